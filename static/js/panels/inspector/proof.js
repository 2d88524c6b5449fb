/**
 * The proof of a derivative: the chain rule's number and the loss's own slope, measured, side by side.
 *
 * The measured number needs forward passes only, so it is there from the start; the analytic one is a dot until the
 * backward pass has brought it. Only when both are known are they compared.
 *
 * @import { AppState, Pointer } from "../../record/types.js"
 * @import { Derivative } from "../../api/client.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { Asked } from "../answers.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { kinksOf } from "./kinks.js";
import { createAnswers } from "../answers.js";
import { mark, symbolText } from "../../record/mark.js";
import { PENDING, watchAll } from "../numbers.js";
import { errorChart, secantChart } from "./proof-charts.js";
import { gradientOf } from "./subjects.js";
import { fact } from "../../timeline/fact.js";

/** As the gradient check has it: relative to the larger of both, or to a floor where both drown in rounding. */
const TOLERANCE = 1e-6;

/** A proof is read more closely than the rest. */
const MORE_DIGITS = 1;

/** The h at which the error is smallest. @param {Derivative} derivative */
function bestIndex({ errors }) {
  let best = 0;
  errors.forEach(({ relative_error }, index) => {
    const least = errors[best]?.relative_error ?? Infinity;
    if (relative_error !== null && relative_error < least) best = index;
  });
  return best;
}

/**
 * @param {PanelContext} context
 * @returns {{ element: HTMLElement, about: (pointer: Pointer | null, isUnit?: boolean) => void }}
 */
export function createProof({ store, api, t }) {
  const title = h("h3", { class: "sub-title" });
  const badge = h("span", { class: "badge", role: "status" });
  const pictures = h("div", { class: "proof-pictures" });
  const details = h("details", { class: "proof" }, h("summary", {}, badge), pictures);
  const element = h("div", { class: "sub-panel", "data-part": "proof" }, title, details);
  /** @type {Pointer | null} */
  let pointer = null;
  /** @type {Asked<Derivative> | null} */
  let asked = null;
  let chosen = -1;
  let ofUnit = false;

  const drawBadge = () => {
    const state = store.get();
    title.replaceChildren(t("panel.proof.title"), ...(pointer === null ? [] : [" ", mark(gradientOf(pointer))]));
    badge.className = "badge";
    if (pointer === null || asked === null) return;
    if (asked.state !== "here") {
      badge.replaceChildren(
        asked.state === "failed" ? t("panel.failed", { detail: asked.detail }) : t("panel.proof.measuring"),
      );
      return;
    }
    const { numeric, relative_error, kink } = asked.answer;
    const gradient = gradientOf(pointer);
    const analytic = fact(state, gradient);
    const agrees = analytic !== undefined && relative_error !== null && relative_error <= TOLERANCE;
    const digits = state.digits + MORE_DIGITS;
    const shown = h("span", {
      "data-pointer": gradient,
      "data-value": analytic,
      class: analytic === undefined ? "pending" : "",
    });
    shown.textContent = analytic === undefined ? PENDING : significant(analytic, digits);
    badge.classList.toggle("badge-agrees", agrees && !kink);
    badge.classList.toggle("badge-warns", kink || (analytic !== undefined && !agrees));
    const sign = kink ? "⚠" : analytic === undefined ? "" : agrees ? "✓" : "✗";
    badge.replaceChildren(
      `${sign} ${t("panel.proof.numeric")} ${significant(numeric, digits)} · ${t("panel.proof.analytic")} `.trimStart(),
      shown,
    );
  };

  const drawPictures = () => {
    // While a new answer is on its way the old pictures are hidden, not taken away: what stands below is not to jump.
    pictures.classList.toggle("outdated", asked?.state !== "here");
    if (pointer === null || !details.open) pictures.replaceChildren();
    if (!details.open || asked?.state !== "here" || pointer === null) return;
    const derivative = asked.answer;
    const symbol = symbolText(pointer);
    if (chosen < 0 || chosen >= derivative.errors.length) chosen = Math.min(1, derivative.errors.length - 1);
    const charts = h("div", { class: "charts" });
    const caption = h("p", { class: "chart-caption" });
    const slider = h("input", {
      type: "range",
      min: 0,
      max: derivative.errors.length - 1,
      step: 1,
      value: chosen,
      "aria-label": t("panel.proof.h"),
      class: "h-slider",
    });
    const show = () => {
      const {
        h: step,
        numeric,
        relative_error,
      } = derivative.errors[chosen] ?? { h: 0, numeric: null, relative_error: null };
      const params = {
        symbol,
        h: significant(step, 2),
        numeric: significant(numeric, 8),
        error: significant(relative_error, 2),
      };
      caption.textContent = t("panel.proof.quotient", params);
      slider.setAttribute("aria-valuetext", `h = ${significant(step, 2)}`);
      charts.replaceChildren(
        secantChart(derivative, chosen, { t, symbol }),
        h(
          "p",
          { class: "legend" },
          h("span", { class: "legend-tangent" }, t("panel.proof.tangent")),
          h("span", { class: "legend-secant" }, t("panel.proof.secant")),
        ),
        errorChart(derivative, chosen, { t }),
      );
    };
    slider.addEventListener("input", () => {
      chosen = Number(slider.value);
      show();
    });
    const least = derivative.errors[bestIndex(derivative)];
    const turns = t("panel.proof.why_v", { h: significant(least?.h, 2), error: significant(least?.relative_error, 2) });
    show();
    pictures.replaceChildren(
      ...(derivative.kink
        ? [h("p", { class: "panel-warning" }, t("panel.proof.kink", { derivatives: kinksOf(store.get()) }))]
        : []),
      ...(ofUnit ? [h("p", { class: "panel-note" }, t("panel.proof.bias_is_unit"))] : []),
      h("label", { class: "h-row" }, h("span", { class: "mark" }, "h"), slider),
      caption,
      charts,
      h("p", { class: "panel-note" }, derivative.kink ? "" : turns),
    );
  };

  const draw = () => {
    element.hidden = pointer === null;
    drawBadge();
    drawPictures();
  };

  const answers = createAnswers(store, api.derivative, (next) => {
    asked = next;
    draw();
  });
  details.addEventListener("toggle", drawPictures);
  watchAll(store, [(state) => state.language], draw);
  watchAll(
    store,
    [(state) => state.digits, (state) => pointer !== null && fact(state, gradientOf(pointer))],
    drawBadge,
  );
  /** @param {AppState} state */
  const atRest = ({ playing }) => !playing;
  store.watch(atRest, (rests) => answers.about(rests ? pointer : null));

  return {
    element,
    about(next, isUnit = false) {
      pointer = next;
      ofUnit = isUnit;
      answers.about(store.get().playing ? null : next);
      draw();
    },
  };
}
