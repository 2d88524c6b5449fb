/**
 * The bar of the training: play and its steps, the slider through the epochs, and the numbers of the moment shown.
 *
 * @import { LabContext } from "../context.js"
 */
import { h, icon } from "../../kit/dom.js";
import { chooser, iconButton, textButton } from "../../kit/widgets/controls.js";
import { remember } from "../../kit/preferences.js";
import { PACES, paceOf, wordOf } from "../state/pace.js";
import { canStep } from "../state/selectors.js";
import { createEpochSlider } from "./epoch-slider.js";
import { createReadouts } from "./readouts.js";

/** @param {LabContext} context */
function createPlay({ store, actions, t }) {
  const play = h("button", { type: "button", class: "play", "data-action": "play", onclick: actions.play });
  store.watch(
    (state) => `${state.training} ${state.run?.state} ${canStep(state)} ${state.language}`,
    () => {
      const { training, run } = store.get();
      const key = training
        ? "lab.pause"
        : run?.state === "finished"
          ? "lab.play.more"
          : run === null
            ? "lab.play"
            : "lab.play.on";
      play.replaceChildren(icon(training ? "pause" : "play"));
      play.setAttribute("aria-label", t(key));
      play.setAttribute("title", t(key));
      play.setAttribute("aria-disabled", String(!training && run?.state !== "finished" && !canStep(store.get())));
    },
  );
  return play;
}

/** @param {HTMLElement} root @param {LabContext} context */
export function mountTransport(root, context) {
  const { store, actions, t } = context;
  const steps = [
    textButton("step-epoch", "lab.step.epoch", actions.stepEpoch, { "data-i18n-attr": "title:lab.step.epoch.hint" }),
    textButton("step-batch", "lab.step.batch", actions.stepBatch, { "data-i18n-attr": "title:lab.step.batch.hint" }),
    textButton("step-example", "lab.step.example", actions.stepExample, {
      "data-i18n-attr": "title:lab.step.example.hint",
    }),
  ];
  const restart = iconButton("restart", "first", "lab.restart", actions.restart);
  const pace = chooser(
    { class: "tool pace-choice", "data-action": "pace", "data-i18n-attr": "aria-label:lab.pace; title:lab.pace" },
    (word) => actions.setPace(paceOf(word)),
  );
  root.append(
    h(
      "div",
      { class: "transport-row" },
      h(
        "div",
        { class: "transport-buttons" },
        createPlay(context),
        h(
          "span",
          { class: "segmented transport-steps", role: "group", "data-i18n-attr": "aria-label:lab.steps" },
          steps,
        ),
        restart,
        pace.element,
      ),
      createEpochSlider(context),
      createReadouts(context),
    ),
  );
  // Not `disabled`: whoever presses a button by keyboard would lose their place with each step.
  store.watch(
    (state) => !state.training && canStep(state),
    (can) => {
      for (const step of steps) step.setAttribute("aria-disabled", String(!can));
    },
  );
  store.watch(
    (state) => state.run === null,
    (isNew) => restart.setAttribute("aria-disabled", String(isNew)),
  );
  store.watch(
    (state) => `${state.pace} ${state.language}`,
    () => {
      const options = PACES.map((each) => ({
        value: wordOf(each),
        label: each === null ? t("lab.pace.full") : t("lab.pace.rate", { rate: each }),
      }));
      pace.fill(options, wordOf(store.get().pace));
    },
  );
  store.watch(
    (state) => state.pace,
    (value) => remember("lab.pace", wordOf(value)),
  );
}
