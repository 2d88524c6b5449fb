/**
 * The right column: the step, and below it in tabs all that can be asked about it.
 *
 * @import { AppState, Tab } from "../record/types.js"
 * @import { Store } from "../kit/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Client } from "../api/client.js"
 * @import { Mount } from "../panels/late.js"
 * @import { Translate } from "../i18n/i18n.js"
 *
 * @typedef {{ store: Store<AppState>, actions: Actions, t: Translate, api: Client,
 *   isShown?: (state: AppState) => boolean }} PanelContext isShown: whether the tab that a panel is in is the open one
 */
import { mountEquation } from "../panels/equation/equation.js";
import { followPointer } from "../panels/equation/highlight.js";
import { h } from "../kit/dom.js";
import { mountInspector } from "../panels/inspector/inspector.js";
import { mountLate, mountWhen } from "../panels/late.js";
import { mountLossHistory } from "../panels/values/loss-history.js";
import { createSection } from "../panels/section.js";
import { mountTabs } from "./tabs.js";
import { mountWords } from "../panels/walk/words.js";

/** @type {readonly Mount[]} the step, whose place never changes its height */
const CARD = [mountHeader, mountEquation, mountWords];

/** @type {readonly { name: Tab, parts: readonly Mount[] }[]} */
const TABS = [
  {
    name: "inspect",
    parts: [
      mountInspector,
      fold("signal", () => import("../panels/inspector/signal.js").then(({ mountSignal }) => mountSignal)),
      fold("counts", () => import("../panels/values/counts.js").then(({ mountCounts }) => mountCounts)),
    ],
  },
  {
    name: "code",
    parts: [
      late("code", () =>
        import("../panels/values/code.js").then(({ mountCode }) => {
          return (root, context) => void mountCode(root, context, { fold: false });
        }),
      ),
    ],
  },
  {
    name: "values",
    parts: [
      late("values", () => import("../panels/values/values.js").then(({ mountValues }) => mountValues)),
      fold("matrices", () => import("../panels/equation/matrices.js").then(({ mountMatrices }) => mountMatrices)),
      when(
        (state) => state.published.length > 0 && state.tab === "values",
        () => import("../panels/values/published.js").then(({ mountPublished }) => mountPublished),
      ),
    ],
  },
  { name: "history", parts: [mountLossHistory] },
];

const mountPredictions = when(
  (state) => state.predicting,
  () => import("../panels/predict.js").then(({ mountPredict }) => mountPredict),
);

/** @param {(state: AppState) => boolean} isWanted @param {() => Promise<Mount>} load @returns {Mount} */
function when(isWanted, load) {
  return (root, context) => mountWhen(root, context, { when: isWanted, load });
}

/** @param {string} name @param {() => Promise<Mount>} load @returns {Mount} */
function fold(name, load) {
  return (root, context) => mountLate(root, context, { name, fold: true, load });
}

/** @param {string} name @param {() => Promise<Mount>} load @returns {Mount} */
function late(name, load) {
  return (root, context) => mountLate(root, context, { name, load });
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
  const card = h("div", { class: "step-card" });
  for (const mount of CARD) mount(card, context);
  mountPredictions(root, context);
  root.append(card);
  mountTabs(root, context, TABS);
  followPointer(root, context);
}
