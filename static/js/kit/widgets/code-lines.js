/**
 * Which lines of a program do a step. Pure.
 *
 * @import { Step } from "../../record/types.js"
 * @import { CodeMark } from "../../api/client.js"
 */

/** @param {CodeMark} mark @param {string} pointer */
const writesIt = ({ writes }, pointer) =>
  writes.some((written) => pointer === written || pointer.startsWith(`${written}/`));

/**
 * @param {readonly CodeMark[]} marks
 * @param {Step} step
 * @returns {CodeMark | null}
 */
export function markOfStep(marks, step) {
  const [first = ""] = step.writes;
  const operation = step.part_of ?? step.operation;
  const same = marks.filter(
    (each) => each.operation === operation && each.phase === step.phase && (each.layer ?? step.layer) === step.layer,
  );
  // A product of a sum has no place in the trace: the line of its sum is meant.
  return (
    marks.find((each) => writesIt(each, first) && same.includes(each)) ??
    marks.find((each) => writesIt(each, first)) ??
    same[0] ??
    null
  );
}

const TOKENS =
  /(#.*$)|("[^"]*"|'[^']*')|\b(import|from|as|def|return|for|in|if|else|with|lambda|print)\b|(\b\d+(?:\.\d*)?(?:e[+-]?\d+)?\b)/gm;

/**
 * A line of Python cut for colouring.
 *
 * @param {string} line
 * @returns {{ text: string, kind: "" | "comment" | "string" | "keyword" | "number" }[]}
 */
export function tokensOf(line) {
  const kinds = /** @type {const} */ (["comment", "string", "keyword", "number"]);
  /** @type {ReturnType<typeof tokensOf>} */
  const tokens = [];
  let end = 0;
  for (const match of line.matchAll(TOKENS)) {
    if (match.index > end) tokens.push({ text: line.slice(end, match.index), kind: "" });
    tokens.push({ text: match[0], kind: kinds[match.slice(1).findIndex((part) => part !== undefined)] });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ text: line.slice(end), kind: "" });
  return tokens;
}
