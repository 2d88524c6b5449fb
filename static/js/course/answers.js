/**
 * The cells of an exercise: what the learner has filled in, and what the server says of each.
 *
 * @import { Client } from "../api/client.js"
 * @import { Translate } from "../i18n/i18n.js"
 * @import { Exercise } from "./types.js"
 *
 * @typedef {object} Cell
 * @property {HTMLElement} element
 * @property {string} pointer
 * @property {() => number | null} answer what is filled in, if it is a number
 * @property {() => boolean} isRight by itself, not only going on from a wrong one
 * @property {() => Promise<void>} check
 */
import { h } from "../kit/dom.js";
import { parseNumber } from "../kit/format.js";
import { showFormula } from "../kit/math.js";
import { judge } from "../panels/verdict.js";

/**
 * @param {Exercise} exercise
 * @param {Exercise["asked"][number]} asked
 * @param {{ api: Client, t: Translate, language: () => "en" | "zh", given: () => Record<string, number>, changed: () =>
 *   void }} context
 *   given: what the learner has filled in before; changed: called when a verdict has come
 * @returns {Cell}
 */
export function createCell(exercise, { pointer, symbol }, { api, t, language, given, changed }) {
  const label = h("span", { class: "tex" });
  showFormula(label, symbol, { display: false });
  const input = h("input", {
    class: "number-input",
    type: "text",
    inputmode: "text",
    autocomplete: "off",
    spellcheck: "false",
    size: 8,
    "data-answer": pointer,
    "aria-label": pointer,
  });
  const verdict = h("span", { class: "cell-verdict", role: "status" });
  const element = h(
    "div",
    { class: "practice-cell", "data-cell": pointer },
    h("label", {}, label, " = ", input),
    verdict,
  );
  let asked = "";

  /** @param {string} mood @param {string} text */
  function say(mood, text) {
    element.dataset.verdict = mood;
    verdict.textContent = text;
    changed();
  }

  async function check() {
    const text = input.value.trim();
    const before = given();
    const question = JSON.stringify([text, before]);
    if (question === asked) return;
    asked = question;
    if (text === "") return say("", "");
    const answer = parseNumber(text);
    if (answer === null) return say("wrong", t("practice.no-number"));
    try {
      const { isRight, how, from, reason } = await judge(
        { api, t, language: language() },
        { request: exercise.request, pointer, answer, digits: exercise.digits, given: before },
      );
      if (asked !== question) return;
      if (isRight) say(how === "follows" ? "follows" : "right", t(`practice.${how}`, { symbol: from }));
      else say("wrong", reason ? t("practice.misconception", { reason }) : t("practice.wrong"));
    } catch (error) {
      asked = "";
      say("", error instanceof Error ? error.message : String(error));
    }
  }

  input.addEventListener("change", () => element.dispatchEvent(new CustomEvent("answer", { bubbles: true })));
  return {
    element,
    pointer,
    answer: () => parseNumber(input.value),
    isRight: () => element.dataset.verdict === "right",
    check,
  };
}
