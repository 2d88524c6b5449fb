/**
 * Which glyphs of a step's formula speak of which number: the server's two LaTeX strings cut into parts.
 *
 * The two strings are made from the same pieces (app/core/record/formulas.py), so they are read side by side: where the
 * formula has a symbol and the other string a number, they belong together; all else is the same in both, but for the
 * few places named in `ALTERNATIVES`. Joined again, the parts of either string give that string, letter for letter.
 *
 * @import { Pointer, Step, Trace } from "../../record/types.js"
 *
 * @typedef {object} Part
 * @property {string} text LaTeX
 * @property {Pointer} [pointer] the number, or the vector or matrix, it stands for
 * @property {boolean} [whole] whether it stands for a vector or matrix
 * @property {"factor" | "addend" | "bare"} [form] how a number is written: in parentheses if negative, without its sign
 *
 * @typedef {{ formula: Part[], numbers: Part[] }} Terms
 */
import { SYMBOLS } from "./symbols.js";

const NUMBER = /-?\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?|\\text\{–\}/y;
const FACTOR = /\(-\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?\)/y;
const MATRIX = /\\begin\{pmatrix\} .*? \\end\{pmatrix\}/y;
const TOKEN = /\\[a-zA-Z]+|[^]/y;
const CELLS = / \\\\ | & |\\[vc]dots|-?\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?|\\text\{–\}/g;

/** Texts that differ between symbols and numbers without being a number: [in the formula, in the numbers]. */
const ALTERNATIVES = /** @type {const} */ ([
  [" ", " \\cdot "],
  [" := ", " = "],
]);
const TOTAL = /\\sum_\{k\} \\hat\{y\}_\{k\}/y;

/** @param {RegExp} pattern sticky @param {string} text @param {number} at */
function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {{ text: string, pointer: Pointer, whole: boolean } | null}
 */
function symbolAt(text, at) {
  for (const { pattern, pointer, whole = false } of SYMBOLS) {
    const match = matchAt(pattern, text, at);
    if (match) return { text: match[0], pointer: pointer(match.slice(1)), whole };
  }
  return null;
}

/** @param {string} text @param {number} at @returns {{ text: string, form: "factor" | "bare" } | null} */
function numberAt(text, at) {
  const factor = matchAt(FACTOR, text, at);
  if (factor) return { text: factor[0], form: "factor" };
  const bare = matchAt(NUMBER, text, at);
  return bare && { text: bare[0], form: "bare" };
}

/** @param {Trace} trace @param {Pointer} pointer @returns {unknown} */
const found = (trace, pointer) =>
  pointer
    .split("/")
    .slice(1)
    .reduce((/** @type {any} */ value, part) => value?.[part], trace);

/**
 * The cells of a written-out matrix: "…" stands for what lies between the first two and the last one.
 *
 * @param {string} text
 * @param {Pointer} pointer of the whole
 * @param {Trace} trace
 * @returns {Part[]}
 */
function cellsOf(text, pointer, trace) {
  const values = /** @type {unknown[]} */ (found(trace, pointer));
  const rows = values.length;
  const first = values[0];
  const columns = Array.isArray(first) ? first.length : 0;
  /** @type {Part[]} */
  const parts = [];
  let row = 0;
  let column = 0;
  let end = 0;
  for (const match of text.matchAll(CELLS)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    const cell = match[0];
    end = match.index + cell.length;
    if (cell === " \\\\ ") [row, column] = [row + 1, 0];
    else if (cell === " & ") column += 1;
    else if (cell === "\\cdots") column = columns - 2;
    else if (cell === "\\vdots") row = rows - 2;
    else {
      parts.push({ text: cell, pointer: columns ? `${pointer}/${row}/${column}` : `${pointer}/${row}`, form: "bare" });
      continue;
    }
    parts.push({ text: cell });
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/**
 * Numbers and matrices of a text that has no counterpart among the symbols, in the order of `pointers`.
 *
 * @param {string} text
 * @param {readonly Pointer[]} pointers
 * @param {Trace} trace
 */
function listed(text, pointers, trace) {
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  let next = 0;
  while (at < text.length) {
    const matrix = matchAt(MATRIX, text, at);
    const number = numberAt(text, at);
    if (matrix) parts.push(...cellsOf(matrix[0], (pointers[0] ?? "").replace(/\/\d+$/, ""), trace));
    else if (number) parts.push({ ...number, pointer: pointers[next++] });
    else parts.push({ text: matchAt(TOKEN, text, at)?.[0] ?? "" });
    if (!matrix && !number && text.startsWith("\\cdots", at)) next = pointers.length - 1;
    at += (matrix?.[0] ?? number?.text ?? parts.at(-1)?.text ?? "").length;
  }
  return parts;
}

/** Literal neighbours joined, so that the wrapped LaTeX stays short. @param {Part[]} parts */
function joined(parts) {
  /** @type {Part[]} */
  const result = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last && !last.pointer && !part.pointer) last.text += part.text;
    else if (part.text) result.push({ ...part });
  }
  return result;
}

/**
 * @param {Step} step
 * @param {Trace} trace
 * @returns {Terms}
 * @throws {SyntaxError} if the two strings do not belong together
 */
export function wrapTerms(step, trace) {
  const { formula: symbols, numbers } = step;
  /** @type {Terms} */
  const terms = { formula: [], numbers: [] };
  let i = 0;
  let j = 0;
  /** @param {Part} left @param {Part[]} right */
  const take = (left, ...right) => {
    terms.formula.push(left);
    terms.numbers.push(...right);
    i += left.text.length;
    j += right.reduce((length, part) => length + part.text.length, 0);
  };
  while (i < symbols.length) {
    if (step.operation === "gain" && symbols.slice(0, i).endsWith(" = ")) {
      // σ'(z) is written out as its definition among the symbols, but as σ'(4) among the numbers.
      const own = step.writes.length === 1 ? step.writes[0] : undefined;
      take({ text: symbols.slice(i), ...(own && { pointer: own }) }, ...listed(numbers.slice(j), step.reads, trace));
      break;
    }
    const symbol = symbolAt(symbols, i);
    const matrix = symbol?.whole ? matchAt(MATRIX, numbers, j) : null;
    const number = symbol && !symbol.whole ? numberAt(numbers, j) : null;
    if (symbol && matrix) {
      take(symbol, ...cellsOf(matrix[0], symbol.pointer, trace));
      continue;
    }
    if (symbol && number) {
      take(symbol, { ...number, pointer: symbol.pointer });
      continue;
    }
    const total = matchAt(TOTAL, symbols, i);
    if (total) {
      const end = closing(numbers, j);
      take(
        { text: total[0] },
        ...listed(
          numbers.slice(j, end),
          trace.target.map((_, k) => `/target/${k}`),
          trace,
        ),
      );
      continue;
    }
    if (symbols.startsWith("+ ", i) && numbers.startsWith("- ", j)) {
      // A negative addend: its sign has taken the place of the plus.
      const addend = symbolAt(symbols, i + 2);
      const size = numberAt(numbers, j + 2);
      take({ text: "+ " }, { text: "- " });
      if (addend && size) take(addend, { text: size.text, pointer: addend.pointer, form: "addend" });
      continue;
    }
    const other = ALTERNATIVES.find(([left, right]) => symbols.startsWith(left, i) && numbers.startsWith(right, j));
    const token = matchAt(TOKEN, symbols, i)?.[0] ?? "";
    if (other) take({ text: other[0] }, { text: other[1] });
    else if (numbers.startsWith(token, j)) take({ text: token }, { text: token });
    else throw new SyntaxError(`no number for ${symbols.slice(i)} in ${numbers.slice(j)}`);
  }
  if (j < numbers.length) terms.numbers.push({ text: numbers.slice(j) });
  return { formula: joined(terms.formula), numbers: joined(terms.numbers) };
}

/** The end of the sum in parentheses that opens at or after `start`. @param {string} text @param {number} start */
function closing(text, start) {
  let depth = 0;
  for (let at = text.indexOf("(", start); at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
