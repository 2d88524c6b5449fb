/**
 * A step's two lines as LaTeX for KaTeX: each term marked with its pointer and its colour, numbers in the digits
 * chosen.
 *
 * @import { Pointer, Value } from "../../record/types.js"
 * @import { Part } from "./terms.js"
 */
import { apart, significant } from "../../kit/format.js";
import { replacedBy } from "../../record/addresses.js";
import { toneOf } from "../../record/pointers.js";

const SERVER_DIGITS = 4;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as LaTeX, as the server writes it.
 *
 * @param {Value} value
 * @param {number} digits
 */
export function latexNumber(value, digits) {
  if (value === null || !Number.isFinite(value)) return "\\text{–}";
  return latexText(significant(value, digits));
}

/** @param {string} text a number as it stands elsewhere on the page */
function latexText(text) {
  const [mantissa = "", power] = text.replace("−", "-").split("×10");
  if (power === undefined) return mantissa;
  const exponent = [...power].map((sign) => (sign === "⁻" ? "-" : SUPERSCRIPTS.indexOf(sign))).join("");
  return `${mantissa} \\times 10^{${exponent}}`;
}

/** @param {string} text @param {NonNullable<Part["form"]>} form */
function formed(text, form) {
  if (!text.startsWith("-")) return text;
  return { factor: `(${text})`, addend: text.slice(1), bare: text }[form];
}

/** @param {Pointer} pointer @param {Value | undefined} value */
const tone = (pointer, value) => `term term-${toneOf(pointer, value)}`;

/**
 * The line of symbols.
 *
 * @param {readonly Part[]} parts
 * @param {(pointer: Pointer) => Value | undefined} valueOf
 */
export function symbolsLatex(parts, valueOf) {
  return parts
    .map(({ text, pointer, whole }) => {
      if (pointer === undefined) return text;
      if (whole) return `\\htmlClass{${tone(`${pointer}/0`, undefined)}}{${text}}`;
      return `\\htmlData{term=${pointer}}{\\htmlClass{${tone(pointer, valueOf(pointer))}}{${text}}}`;
    })
    .join("");
}

/**
 * Numbers that have no place in the trace's document are marked, but are not values of the page.
 * @param {Pointer} pointer
 */
const isOfTrace = (pointer) => !pointer.startsWith("/terms/") && pointer !== "/learning_rate";

/**
 * The line of numbers; a number not computed yet is a dot.
 *
 * @param {readonly Part[]} parts
 * @param {(pointer: Pointer) => Value | undefined} valueOf
 * @param {number} digits
 */
export function numbersLatex(parts, valueOf, digits) {
  return parts
    .map(({ text, pointer, form = "bare" }) => {
      if (pointer === undefined) return text;
      const value = valueOf(pointer);
      const name = isOfTrace(pointer) ? "pointer" : "term";
      if (value === undefined) return `\\htmlData{${name}=${pointer}}{\\htmlClass{pending}{\\cdot}}`;
      const replaced = replacedBy(pointer);
      const latex =
        replaced === null || value === null
          ? latexNumber(value, digits)
          : latexText(apart(valueOf(replaced), value, digits));
      const shown = digits === SERVER_DIGITS && replaced === null ? text : formed(latex, form);
      const known = name === "pointer" ? `,value=${value}` : "";
      return `\\htmlData{${name}=${pointer}${known}}{\\htmlClass{${tone(pointer, value)}}{${shown}}}`;
    })
    .join("");
}
