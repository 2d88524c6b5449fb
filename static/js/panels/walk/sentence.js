/**
 * A step as a sentence a teacher would say: the words in a language for what the step says of itself. The other voice of
 * `app/pages/sentences.py`; a test holds the two against each other. Pure.
 *
 * @import { Step, Trace } from "../../record/types.js"
 * @import { Param, Text, Translate } from "../../i18n/i18n.js"
 *
 * @typedef {Readonly<Record<string, string>>} Titles names of activations and losses by their words in JSON
 * @typedef {number | string | { number: number | null } | { list: string[] } | { subscript: number } | { name: string }
 *   | Words} Filling what stands in a sentence
 * @typedef {{ key: string, params: Record<string, Filling> }} Words
 */
import { apart, significant, subscript } from "../../kit/format.js";
import { replacedBy } from "../../record/addresses.js";
import { valueAt } from "../../timeline/values.js";

/**
 * Words with everything filled in but the texts.
 *
 * @param {Words} words
 * @param {Trace} trace
 * @param {Titles} titles
 * @returns {Text}
 */
function filled({ key, params }, trace, titles) {
  /** @param {Filling} filling @returns {Param} */
  const shown = (filling) => {
    if (typeof filling === "number") return filling;
    if (typeof filling === "string") {
      const old = replacedBy(filling);
      const value = valueAt(trace, filling);
      return old === null ? significant(value) : apart(valueAt(trace, old), value);
    }
    if ("number" in filling) return significant(filling.number);
    if ("list" in filling) return filling.list.map(shown).join(", ");
    if ("subscript" in filling) return subscript(filling.subscript);
    if ("name" in filling) return titles[filling.name] ?? filling.name;
    return filled(filling, trace, titles);
  };
  return { key, params: Object.fromEntries(Object.entries(params).map(([name, filling]) => [name, shown(filling)])) };
}

/**
 * A step as a sentence; empty if the step was not asked for its words.
 *
 * @param {Step} step
 * @param {Trace} trace the trace it belongs to
 * @param {Translate} t
 * @param {Titles} titles in the language of `t`
 */
export const sentence = ({ words }, trace, t, titles) =>
  words ? t(filled(/** @type {Words} */ (words), trace, titles)) : "";
