/**
 * The loss surface: the total loss over a plane through the parameters, with the path of descent on it and −∇L.
 *
 * @import { Schemas } from "../../../record/types.js"
 * @import { LabContext } from "../../context.js"
 * @import { LabState } from "../../types.js"
 */
import { h } from "../../../kit/dom.js";
import { createChart } from "../charts/chart.js";
import { paced } from "../../../kit/turns.js";
import { hasWebgl } from "../charts/plotly.js";
import { createSurfaceControls } from "./controls.js";
import { landscapeOf, pathOf, subjectOf } from "./request.js";
import { watchView } from "../charts/watch-view.js";
import { mapChoiceOf } from "../../map/choice.js";

const HIGH = 480;
/** What took longer than this is done again on request only. */
const QUICK_MS = 1500;
const SETTLED_MS = 500;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountSurface(root, context) {
  const { store, api, t } = context;
  const solid = hasWebgl();
  let log = true;
  /** @type {{ landscape: Schemas["Landscape"], subject: string } | null} */
  let found = null;
  /** @type {AbortController | null} */
  let asking = null;
  let lastTook = 0;

  const intro = h("p", { class: "view-intro" });
  const controls = createSurfaceControls({ t, onChange: () => compute() });
  const hint = h("p", { class: "view-note" });
  const toggle = h("button", {
    type: "button",
    class: "quiet-button",
    "data-action": "surface-log",
    onclick: () => ((log = !log), say(), draw()),
  });
  const button = h("button", {
    type: "button",
    class: "tool tool-strong",
    "data-action": "surface-compute",
    onclick: () => (asking ? cancel() : compute()),
  });
  const status = h("p", { class: "view-note", role: "status" });
  const flat = createChart(context, { name: "contour", label: () => t("lab.views.surface.contour_label") });
  const tall = solid
    ? createChart(context, { name: "surface", label: () => t("lab.views.surface.surface_label") })
    : null;
  const noWebgl = h("p", { class: "view-note", hidden: solid });
  controls.element.append(toggle, button);
  root.append(
    intro,
    controls.element,
    hint,
    status,
    h("div", { class: "surface-pictures", "data-pictures": solid ? 2 : 1 }, tall?.element, flat.element),
    noWebgl,
  );

  function cancel() {
    asking?.abort();
    asking = null;
    say();
  }

  async function compute() {
    const state = store.get();
    const { examples, request, run, moment, preview, catalog } = state;
    const network = moment?.network ?? preview?.network;
    if (!examples || !request || !network) return;
    controls.use(network);
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    say();
    const choice = controls.choice();
    const started = performance.now();
    try {
      const thetas = pathOf(run?.history ?? null) ?? (await api.lab.runThetas(run?.id ?? "", mine.signal)).thetas;
      if (asking !== mine) return;
      const subject = { network, examples, loss: run?.request.loss ?? request.loss, thetas };
      const answer = await landscapeOf(api.lab, subject, choice, catalog?.limits ?? {}, mine.signal);
      if (asking !== mine) return;
      const { landscape } = answer;
      if (landscape === null) {
        found = null;
        for (const chart of [tall, flat]) chart?.clear(t("lab.views.surface.no_path"));
        return;
      }
      // Two directions through all parameters are as long as θ, and no part of the picture.
      found = { landscape: { ...landscape, directions: null }, subject: subjectOf(state) };
      lastTook = performance.now() - started;
      used = answer.examples;
      draw();
    } catch (error) {
      if (mine.signal.aborted) return;
      found = null;
      for (const chart of [tall, flat]) chart?.fail(error);
    } finally {
      if (asking === mine) {
        asking = null;
        say();
      }
    }
  }
  let used = 0;

  function draw() {
    if (found === null) return;
    const { landscape } = found;
    const shown = { body: { landscape, log }, height: HIGH, subject: `${landscape.kind} ${landscape.pointers} ${log}` };
    flat.show({ endpoint: "contour", ...shown });
    tall?.show({ endpoint: "surface", ...shown });
  }

  function say() {
    const state = store.get();
    intro.textContent = [
      t("lab.views.surface.intro"),
      ...(state.examples?.standardised_targets ? [t("lab.views.standardised")] : []),
    ].join(" ");
    hint.textContent = controls.choice().kind === "pointers" ? t("lab.views.surface.pick") : "";
    toggle.textContent = t("lab.views.log");
    toggle.setAttribute("aria-pressed", String(log));
    button.textContent = t(asking ? "lab.views.surface.cancel" : "lab.views.surface.compute");
    noWebgl.textContent = t("lab.views.surface.no_webgl");
    const all = state.examples?.xs.length ?? 0;
    const some = found && used < all ? t("lab.views.surface.some", { shown: used, all }) : "";
    const old = found && found.subject !== subjectOf(state) ? t("lab.views.surface.outdated") : "";
    status.textContent = asking ? t("lab.views.surface.computing") : [old, some].join(" ").trim();
    status.classList.toggle("is-busy", asking !== null);
    root.toggleAttribute("data-outdated", old !== "");
  }

  /** Once the page rests, and if it is quickly done. */
  const settle = paced(SETTLED_MS, () => {
    const state = store.get();
    say();
    if (state.view !== "surface" || state.run?.state === "running" || asking) return;
    if (found?.subject !== subjectOf(state) && lastTook < QUICK_MS) compute();
  });

  watchView(
    context,
    "surface",
    (state) => `${state.language} ${state.examples?.standardised_targets}`,
    () => {
      controls.render();
      say();
    },
  );
  mapChoiceOf(store).watch(
    (choice) => choice.weight,
    (weight) => {
      if (weight !== null && store.get().view === "surface") controls.pick(weight.pointer);
    },
  );
  watchView(
    context,
    "surface",
    (/** @type {LabState} */ state) => `${subjectOf(state)} ${state.run?.state} ${state.examples === null}`,
    settle,
  );
}
