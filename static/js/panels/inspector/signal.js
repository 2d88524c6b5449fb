/**
 * A signal of the learner's own at the outputs of the reversed network, and the check that this network is linear.
 *
 * @import { AppState, TraceRequest } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { Asked } from "../answers.js"
 * @import { Response } from "./linearity.js"
 * @import { GivenField } from "./given-field.js"
 */
import { h, keepingFocus } from "../../kit/dom.js";
import { significant, subscript } from "../../kit/format.js";
import { createAnswers } from "../answers.js";
import { givenField } from "./given-field.js";
import { questions, responses, unitSignal } from "./linearity.js";
import { mark, nameOf } from "../../record/mark.js";
import { structureOf, watchAll } from "../numbers.js";
import { placeOf } from "../../record/pointers.js";
import { createSection } from "../section.js";

/** More outputs than this would mean more traces than the check is worth. */
const MOST_OUTPUTS = 10;
const LINES_SHOWN = 6;
const VECTORS_UP_TO = 3;

/** @param {readonly number[]} signal */
const written = (signal) => `(${signal.map((value) => significant(value, 4)).join(", ")})`;

/** A factor, in parentheses where it is negative. @param {number | null} value @param {number} digits */
const factor = (value, digits) =>
  value !== null && value < 0 ? `(${significant(value, digits)})` : significant(value, digits);

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountSignal(root, context) {
  const { store, actions, api, t } = context;
  /** @type {GivenField[]} */
  let inputs = [];
  const check = h("div", { class: "linearity" });
  /** @type {Asked<Response[]> | null} */
  let asked = null;
  /** @type {HTMLButtonElement[]} */
  let choices = [];

  const answers = createAnswers(
    store,
    async (/** @type {TraceRequest} */ request, _key, signal) => {
      const [truth, ...rest] = await Promise.all(
        questions(request).map((question) => api.trace(question, "none", signal)),
      );
      return truth === undefined ? [] : responses(truth, rest);
    },
    (next) => {
      asked = next;
      keepingFocus(check, drawCheck);
    },
  );

  /** @param {Response} response */
  const lineOf = ({ layer, unit, parts, sum, agrees }) => {
    const { digits } = store.get();
    const pointer = `/layers/${layer}/dl_dz/${unit}`;
    const terms = parts
      .map(({ weight, response }) => `${factor(weight, digits)} · ${factor(response, digits)}`)
      .join(" + ");
    return h(
      "li",
      { "data-term": pointer },
      mark(pointer),
      ` = ${terms} = `,
      h("b", {}, significant(sum, digits)),
      h("span", { class: agrees ? "agrees" : "differs" }, agrees ? " ✓" : " ✗"),
    );
  };

  const drawCheck = () => {
    const { request, selected } = store.get();
    const button = h(
      "button",
      { type: "button", class: "quiet-button", "data-part": "check" },
      t("panel.signal.check"),
    );
    button.addEventListener("click", () => answers.about("linearity"));
    if (request === null || request.target.length > MOST_OUTPUTS)
      return check.replaceChildren(h("p", { class: "panel-note" }, t("panel.signal.too_wide", { most: MOST_OUTPUTS })));
    if (asked === null) return check.replaceChildren(button);
    if (asked.state === "waiting") return check.replaceChildren(h("p", { class: "panel-note" }, t("panel.waiting")));
    if (asked.state === "failed")
      return check.replaceChildren(h("p", { class: "panel-note" }, t("panel.failed", { detail: asked.detail })));
    const all = asked.answer;
    const place = selected === null ? null : placeOf(selected);
    const own = all.filter(
      ({ layer, unit }) => place?.name === "z" && layer === place.layer && unit === place.indices[0],
    );
    const shown = own.length > 0 ? own : all.slice(0, LINES_SHOWN);
    const agreeing = all.filter(({ agrees }) => agrees).length;
    return check.replaceChildren(
      h("p", { class: "panel-note" }, t("panel.signal.linear")),
      h("ul", { class: "linearity-lines" }, ...shown.map(lineOf)),
      h(
        "p",
        { class: agreeing === all.length ? "agrees" : "differs" },
        t("panel.signal.agreeing", { count: agreeing, total: all.length }),
      ),
    );
  };

  /** @param {AppState} state */
  const press = ({ request }) => {
    const signal = request?.signal ?? null;
    for (const button of choices)
      button.setAttribute(
        "aria-pressed",
        String((button.dataset.signal ?? "") === (signal === null ? "" : JSON.stringify(signal))),
      );
  };

  /** @param {string} label @param {number[] | null} signal */
  const choice = (label, signal) => {
    const button = h(
      "button",
      { type: "button", "data-signal": signal === null ? "" : JSON.stringify(signal), "data-keep": `signal ${label}` },
      label,
    );
    button.addEventListener("click", () => actions.setSignal(signal));
    return button;
  };

  const section = createSection(context, {
    name: "signal",
    fold: true,
    open: false,
    visible: ({ view }) => view !== "forward",
    dependsOn: [structureOf],
    clear() {
      for (const input of inputs) input.destroy();
      inputs = [];
      choices = [];
    },
    render(body, { request }) {
      if (request === null) return body.replaceChildren();
      const outputs = request.target.length;
      const units = Array.from({ length: Math.min(outputs, MOST_OUTPUTS) }, (_, index) => unitSignal(outputs, index));
      choices = [
        choice(t("panel.signal.own"), null),
        ...units.map((signal, index) =>
          choice(outputs <= VECTORS_UP_TO ? written(signal) : `e${subscript(index + 1)}`, signal),
        ),
      ];
      inputs = (request.signal ?? [])
        .slice(0, MOST_OUTPUTS)
        .map((_, index) => givenField(context, `/signal/${index}`, nameOf(t, `/signal/${index}`)));
      const fields = inputs.map(({ element }, index) =>
        h("span", { class: "signal-field" }, mark(`/signal/${index}`), element),
      );
      body.replaceChildren(
        h("div", { class: "segments wrap", role: "group", "aria-label": t("panel.signal.title") }, ...choices),
        h(
          "p",
          { class: request.signal === undefined ? "panel-note" : "panel-warning" },
          t(request.signal === undefined ? "panel.signal.is_loss" : "panel.signal.is_not_loss"),
        ),
        ...(fields.length > 0 ? [h("div", { class: "signal-fields" }, ...fields)] : []),
        check,
      );
      drawCheck();
      press({ ...store.get() });
    },
  });
  root.append(section);
  store.watch(
    (state) => state.request,
    (_, state) => {
      for (const input of inputs) input.refresh();
      press(state);
    },
  );
  watchAll(store, [(state) => state.selected, (state) => state.digits], () => {
    if (asked?.state === "here") drawCheck();
  });
}
