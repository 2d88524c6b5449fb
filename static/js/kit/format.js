/**
 * Numbers for people: significant digits, a real minus sign, powers of ten in place of e; and back from what people
 * type.
 */

/** What stands for a number that float64 cannot hold. */
export const UNKNOWN = "–";

const EXACT = 100;
const SMALLEST_PLAIN = -4;
const LARGEST_PLAIN = 4;

/**
 * Round the decimal expansion of a positive number, a tie to the even digit, as Python does; `toExponential` rounds
 * ties up.
 * @param {number} magnitude
 * @param {number} digits
 * @returns {[string, number]} the digits and the power of ten of the first one
 */
function rounded(magnitude, digits) {
  const [mantissa, exponent] = magnitude.toExponential(digits - 1).split("e");
  const [exact, exactExponent] = magnitude.toExponential(EXACT).split("e");
  const all = exact.replace(".", "");
  const isTie = all[digits] === "5" && /^0*$/.test(all.slice(digits + 1));
  const isEven = Number(all[digits - 1]) % 2 === 0;
  if (isTie && isEven) return [all.slice(0, digits), Number(exactExponent)];
  return [mantissa.replace(".", ""), Number(exponent)];
}

/**
 * A whole number in superscript digits.
 * @param {number} value
 */
export function superscript(value) {
  return String(value).replace(/[-\d]/g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]));
}

/**
 * A whole number in subscript digits.
 * @param {number} value
 */
export function subscript(value) {
  return String(value).replace(/[-\d]/g, (sign) => (sign === "-" ? "₋" : "₀₁₂₃₄₅₆₇₈₉"[Number(sign)]));
}

/**
 * So many significant digits without trailing zeros: `−0.01766`, `1.2×10⁻⁹`; a dash for what is not finite.
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
export function significant(value, digits = 4) {
  if (typeof value !== "number" || !Number.isFinite(value)) return UNKNOWN;
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const [all, exponent] = rounded(Math.abs(value), digits);
  const kept = all.replace(/0+$/, "");
  if (exponent < SMALLEST_PLAIN || exponent >= Math.max(digits, LARGEST_PLAIN)) {
    const mantissa = kept.length > 1 ? `${kept[0]}.${kept.slice(1)}` : kept;
    return `${sign}${mantissa}×10${superscript(exponent)}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${kept}`;
  const whole = kept.padEnd(exponent + 1, "0");
  const fraction = whole.slice(exponent + 1);
  return sign + whole.slice(0, exponent + 1) + (fraction ? `.${fraction}` : "");
}

/** Digits that tell two float64 numbers apart, however close. */
const ALL_DIGITS = 17;

/**
 * A number that has changed, with at least so many digits and as many more as it takes to look changed.
 * @param {number | null | undefined} before
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
export function apart(before, value, digits = 4) {
  let enough = digits;
  while (before !== value && enough < ALL_DIGITS && significant(before, enough) === significant(value, enough))
    enough += 1;
  return significant(value, enough);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * One decimal number, a comma or a point in it.
 * @param {string} text
 * @returns {number | null}
 */
function decimal(text) {
  const plain = text.trim().replace(",", ".");
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/**
 * What a person typed as a number: `1/3`, `0,5`, `−2`, `1e-3`, full-width digits, `1.2×10⁻⁹`; null if it is none.
 * @param {string} text
 * @returns {number | null}
 */
export function parseNumber(text) {
  const plain = text
    .normalize("NFKC")
    .replace(/[−‒–—﹣]/g, "-")
    .replace(/[⁄∕÷]/g, "/")
    .replace(/\s*[×·*]\s*10\s*\^?\s*(-?\d+)\s*$/, "e$1");
  const parts = plain.split("/");
  if (parts.length > 2) return null;
  const [above, below] = parts.map(decimal);
  if (above === null || above === undefined || below === null) return null;
  const value = below === undefined ? above : above / below;
  return Number.isFinite(value) ? value : null;
}
