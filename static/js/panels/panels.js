/**
 * The right column: views of the same step, the most urgent first.
 *
 * @import { AppState } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Client } from "../api/client.js"
 * @import { Translate } from "../i18n/i18n.js"
 *
 * @typedef {{ store: Store<AppState>, actions: Actions, t: Translate, api: Client }} PanelContext
 */
import { mountCode } from "./code.js";
import { mountCounts } from "./counts.js";
import { mountEquation } from "./equation.js";
import { followPointer } from "./highlight.js";
import { mountInspector } from "./inspector.js";
import { mountMatrices } from "./matrices.js";
import { mountPredict } from "./predict.js";
import { mountPublished } from "./published.js";
import { createSection } from "./section.js";
import { mountSignal } from "./signal.js";
import { mountValues } from "./values.js";
import { mountWords } from "./words.js";

const PANELS = [mountHeader, mountPredict, mountEquation, mountWords, mountSignal, mountInspector, mountCounts, mountCode, mountMatrices, mountValues, mountPublished];

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
