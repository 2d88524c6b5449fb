/**
 * Predict, then reveal: the numbers of the next step are asked for here before they appear on the stage.
 *
 * @import { AppState, Pointer, Step } from "../record/types.js"
 * @import { PanelContext } from "../explorer/panels.js"
 */
import { ProblemError } from "../api/client.js";
import { h } from "../kit/dom.js";
import { parseNumber } from "../kit/format.js";
import { showFormula } from "../kit/math.js";
import { decimalsFor } from "../state/predict.js";
import { valueAt } from "../timeline/values.js";
import { mark, symbolText } from "../record/mark.js";
import { createSection } from "./section.js";
import { judge } from "./verdict.js";

const DIGITS = 3;

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountPredict(root, context) {
  const { store, actions, api, t } = context;

  /** @param {Pointer} pointer @param {number} value */
  function cell(pointer, value) {
    const digits = decimalsFor(value, DIGITS);
    const input = h("input", {
      class: "number-input",
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      size: 9,
      "data-answer": pointer,
      "aria-label": symbolText(pointer),
    });
    const verdict = h("span", { class: "predict-verdict", role: "status" });
    const element = h(
      "div",
      { class: "predict-cell" },
      h("label", {}, mark(pointer), " = ", input),
      h("span", { class: "predict-places" }, t("panel.predict.places", { digits })),
      verdict,
    );

    /** @param {"right" | "wrong" | ""} mood @param {string} text */
    const say = (mood, text) => {
      element.dataset.verdict = mood;
      verdict.textContent = text;
      return mood === "right";
    };

    return {
      element,
      input,
      /**
       * Whether the answer is right; says so, or why it may be wrong.
       * @param {NonNullable<AppState["request"]>} request
       */
      async check(request) {
        const answer = parseNumber(input.value);
        if (answer === null) return say("wrong", t("practice.no-number"));
        try {
          const { isRight, how, reason } = await judge(
            { api, t, language: store.get().language },
            { request, pointer, answer, digits },
          );
          if (isRight) return say("right", t(`practice.${how}`));
          return say("wrong", reason ? t("practice.misconception", { reason }) : t("practice.wrong"));
        } catch (error) {
          return say("", error instanceof ProblemError ? t(error.detail) : String(error));
        }
      },
    };
  }

  /** Let them appear, and give the keys back to the walk. */
  function reveal() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    actions.reveal();
  }

  /** @param {HTMLElement} body @param {AppState} state @param {Step} step */
  function ask(body, { asked, trace }, step) {
    const formula = h("p", { class: "tex predict-formula" }, "");
    void showFormula(formula, step.formula);
    const cells =
      trace === null ? [] : asked.map((pointer) => cell(pointer, /** @type {number} */ (valueAt(trace, pointer))));
    const show = h("button", { type: "button", class: "tool", "data-action": "show-me" }, t("panel.predict.show"));
    show.addEventListener("click", reveal);
    const form = h(
      "form",
      { class: "predict-form" },
      ...cells.map(({ element }) => element),
      h(
        "div",
        { class: "panel-tools" },
        h("button", { type: "submit", class: "tool", "data-action": "check" }, t("course.check")),
        show,
      ),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { request } = store.get();
      if (request === null) return;
      const right = await Promise.all(cells.map(({ check }) => check(request)));
      if (right.every(Boolean) && store.get().asked === asked) reveal();
    });
    body.replaceChildren(formula, form);
    // Afterwards: the first time the panel is drawn before it stands in the page, and takes no focus yet.
    queueMicrotask(() => cells[0]?.input.focus({ preventScroll: true }));
  }

  root.append(
    createSection(context, {
      name: "predict",
      visible: (state) => state.predicting,
      dependsOn: [(state) => state.asked],
      render(body, state) {
        const step = state.trace?.steps[state.done];
        if (state.asked.length > 0 && step !== undefined) ask(body, state, step);
        else body.replaceChildren(h("p", { class: "panel-note" }, t("panel.predict.start")));
      },
    }),
  );
}
