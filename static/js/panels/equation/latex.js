/**
 * A step's two lines as LaTeX for KaTeX: each term marked with its pointer and its colour, numbers in the digits
 * chosen.
 *
 * @import { Parts, Pointer, Value } from "../../record/types.js"
 */
import { apart, significant } from "../../kit/format.js";
import { replacedBy } from "../../record/addresses.js";
import { toneOf } from "../../record/pointers.js";

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

/** @param {Pointer} pointer @param {Value | undefined} value */
const tone = (pointer, value) => `term term-${toneOf(pointer, value)}`;

/**
 * The line of symbols.
 *
 * @param {Parts} parts
 * @param {(pointer: Pointer) => Value | undefined} valueOf
 */
export function symbolsLatex(parts, valueOf) {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const { tex, at, form, numbers } = part;
      if (!at || !tex) return tex;
      if (Array.isArray(numbers)) return `\\htmlClass{${tone(`${at}/0`, undefined)}}{${tex}}`;
      const sign = form === "addend" ? "+ " : "";
      return `${sign}\\htmlData{term=${at}}{\\htmlClass{${tone(at, valueOf(at))}}{${tex}}}`;
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
 * @param {Parts} parts
 * @param {(pointer: Pointer) => Value | undefined} valueOf
 * @param {number} digits
 */
export function numbersLatex(parts, valueOf, digits) {
  /** @param {Pointer} at @param {string | null} [form] */
  const numberAt = (at, form) => {
    const value = valueOf(at);
    const name = isOfTrace(at) ? "pointer" : "term";
    const plus = form === "addend" ? "+ " : "";
    if (value === undefined) return `${plus}\\htmlData{${name}=${at}}{\\htmlClass{pending}{\\cdot}}`;
    const replaced = replacedBy(at);
    const text =
      replaced === null || value === null
        ? latexNumber(value, digits)
        : latexText(apart(valueOf(replaced), value, digits));
    const isNegative = text.startsWith("-");
    const shown = !isNegative || !form ? text : form === "factor" ? `(${text})` : text.slice(1);
    const known = name === "pointer" ? `,value=${value}` : "";
    const marked = `\\htmlData{${name}=${at}${known}}{\\htmlClass{${tone(at, value)}}{${shown}}}`;
    return `${plus && isNegative ? "- " : plus}${marked}`;
  };
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const { tex, at, form, numbers } = part;
      if (Array.isArray(numbers))
        return numbers.map((each) => (typeof each === "string" ? each : numberAt(each.at))).join("");
      return numbers ?? (at ? numberAt(at, form) : tex);
    })
    .join("");
}
