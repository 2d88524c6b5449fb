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
 * @property {() => boolean} isRight
 * @property {() => Promise<void>} check
 */
import { h } from "../dom.js";
import { parseNumber } from "../format.js";
import { showFormula } from "../math.js";
import { judge } from "../panels/verdict.js";

/**
 * @param {Exercise} exercise
 * @param {Exercise["asked"][number]} asked
 * @param {{ api: Client, t: Translate, language: () => "en" | "zh", changed: () => void }} context changed: called when a verdict has come
 * @returns {Cell}
 */
export function createCell(exercise, { pointer, symbol }, { api, t, language, changed }) {
  const label = h("span", { class: "tex" });
  showFormula(label, symbol, { display: false });
  const input = h("input", { class: "number-input", type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", size: 8, "data-answer": pointer, "aria-label": pointer });
  const verdict = h("span", { class: "cell-verdict", role: "status" });
  const element = h("div", { class: "practice-cell", "data-cell": pointer }, h("label", {}, label, " = ", input), verdict);
  let asked = "";

  /** @param {string} mood @param {string} text */
  function say(mood, text) {
    element.dataset.verdict = mood;
    verdict.textContent = text;
    changed();
  }

  async function check() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (text === "") return say("", "");
    const answer = parseNumber(text);
    if (answer === null) return say("wrong", t("practice.no-number"));
    try {
      const { isRight, how, reason } = await judge({ api, t, language: language() }, { request: exercise.request, pointer, answer, digits: exercise.digits });
      if (asked !== text) return;
      if (isRight) say("right", t(`practice.${how}`));
      else say("wrong", reason ? t("practice.misconception", { reason }) : t("practice.wrong"));
    } catch (error) {
      asked = "";
      say("", error instanceof Error ? error.message : String(error));
    }
  }

  input.addEventListener("change", check);
  return { element, pointer, isRight: () => element.dataset.verdict === "right", check };
}
