/**
 * The right column: views of the same step, the most urgent first.
 *
 * @import { AppState } from "../record/types.js"
 * @import { Store } from "../kit/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Client } from "../api/client.js"
 * @import { Mount } from "../panels/late.js"
 * @import { Translate } from "../i18n/i18n.js"
 *
 * @typedef {{ store: Store<AppState>, actions: Actions, t: Translate, api: Client }} PanelContext
 */
import { mountCounts } from "../panels/values/counts.js";
import { mountEquation } from "../panels/equation/equation.js";
import { followPointer } from "../panels/equation/highlight.js";
import { mountInspector } from "../panels/inspector/inspector.js";
import { mountFold, mountWhen } from "../panels/late.js";
import { createSection } from "../panels/section.js";
import { mountSignal } from "../panels/inspector/signal.js";
import { mountWords } from "../panels/walk/words.js";

/** @type {readonly Mount[]} */
const PANELS = [
  mountHeader,
  when(
    (state) => state.predicting,
    () => import("../panels/predict.js").then(({ mountPredict }) => mountPredict),
  ),
  mountEquation,
  mountWords,
  mountSignal,
  mountInspector,
  mountCounts,
  fold("code", true, () => import("../panels/values/code.js").then(({ mountCode }) => mountCode)),
  fold("matrices", false, () => import("../panels/equation/matrices.js").then(({ mountMatrices }) => mountMatrices)),
  fold("values", false, () => import("../panels/values/values.js").then(({ mountValues }) => mountValues)),
  when(
    (state) => state.published.length > 0,
    () => import("../panels/values/published.js").then(({ mountPublished }) => mountPublished),
  ),
  when(
    (state) => state.losses.length > 0,
    () => import("../panels/values/loss-history.js").then(({ mountLossHistory }) => mountLossHistory),
  ),
];

/** @param {(state: AppState) => boolean} isWanted @param {() => Promise<Mount>} load @returns {Mount} */
function when(isWanted, load) {
  return (root, context) => mountWhen(root, context, { when: isWanted, load });
}

/** @param {string} name @param {boolean} open @param {() => Promise<Mount>} load @returns {Mount} */
function fold(name, open, load) {
  return (root, context) => mountFold(root, context, { name, open, load });
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
function mountHeader(root, context) {
  root.append(
    createSection(context, {
      name: "step",
      dependsOn: [(state) => state.trace, (state) => state.current],
      heading({ trace, current }) {
        const step = trace?.steps[current];
        if (trace === null || trace === undefined) return context.t("panel.step.none");
        if (!step) return context.t("panel.step.start", { total: trace.steps.length });
        return context.t("panel.step.title", {
          step: current + 1,
          total: trace.steps.length,
          phase: { key: `phase.${step.phase}` },
        });
      },
      render: (_, { trace, current }) => {
        root.dataset.phase = trace?.steps[current]?.phase ?? "";
      },
    }),
  );
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountPanels(root, context) {
  root.classList.add("panels");
  for (const mount of PANELS) mount(root, context);
  followPointer(root, context);
}
