/**
 * The step in words, as a teacher would say it.
 *
 * @import { AppState } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h } from "../../kit/dom.js";
import { sentence } from "./sentence.js";
import { titlesOf } from "../../state/selectors.js";
import { createSection, reachable } from "../section.js";

/**
 * The current step's sentence; while its numbers are not there yet, what is happening.
 *
 * @param {AppState} state
 * @param {PanelContext["t"]} t
 */
function wordsFor(state, t) {
  const { trace, current, done } = state;
  const step = trace?.steps[current];
  if (trace === null || step === undefined) return t(trace ? "panel.words.start" : "panel.waiting");
  if (done > current) return sentence(step, trace, t, titlesOf(state));
  return t(
    step.phase === "update" && step.operation === "loss" ? "panel.now.loss_after" : `panel.now.${step.operation}`,
  );
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountWords(root, context) {
  const { t } = context;
  root.append(
    createSection(context, {
      name: "words",
      dependsOn: [
        (state) => state.current,
        (state) => state.done > state.current,
        (state) => state.trace,
        (state) => state.catalog,
      ],
      render(body, state) {
        body.replaceChildren(h("p", { class: "words" }, wordsFor(state, t)));
        reachable(body);
      },
    }),
  );
}
