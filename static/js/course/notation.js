/**
 * A formula in another book's symbols. Pure.
 *
 * The course's LaTeX is cut into symbols, and each is written as the reader has chosen; all at once, so that output and
 * target can change places.
 *
 * @typedef {Readonly<Record<string, string>>} Spelling symbol → how it is written, "\\partial l/\\partial z" →
 *   "\\delta"
 */

/** What hangs on a z: primes, an index, an exponent. */
const MARKS = String.raw`((?:\s*['’]|\s*[_^](?:\{[^{}]*\}|\\?\w))*)`;
const SLOPE = "\\partial l/\\partial z";
const SYMBOLS = new RegExp(
  [
    String.raw`(?<word>\\(?:text|mathrm|operatorname|htmlData)\{[^{}]*\})`,
    String.raw`(?<fraction>\\[dt]?frac\{\\partial l\}\{\\partial z${MARKS}\})`,
    String.raw`(?<quotient>\\partial l\s*/\s*\\partial z${MARKS})`,
    String.raw`(?<hat>\\hat\s*(?:\{y\}|y))`,
    String.raw`(?<command>\\[a-zA-Z]+)`,
    String.raw`(?<letter>[a-zA-Z])`,
  ].join("|"),
  "g",
);

/**
 * @param {string} tex
 * @param {Spelling} spelling
 * @returns {string}
 */
export function inNotation(tex, spelling) {
  return tex.replace(SYMBOLS, (whole, ...given) => {
    const { word, fraction, quotient, hat, command, letter } = given.at(-1);
    if (word !== undefined) return whole;
    if (fraction !== undefined || quotient !== undefined) {
      const written = spelling[SLOPE];
      // The two captures of marks stand behind "fraction" and behind "quotient".
      if (written !== undefined) return written + (given[2] ?? given[4] ?? "").trim();
      return whole.replace("\\partial l", `\\partial ${spelling.l ?? "l"}`);
    }
    if (hat !== undefined) return spelling["\\hat{y}"] ?? whole;
    if (command !== undefined) return whole;
    return spelling[letter] ?? whole;
  });
}

/** In the course's texts a lone w, l, C or y is a symbol, whatever stands below, above or behind it: w₃, lⁿ, ∂l. */
const alone = (/** @type {string} */ letter) => `(?<![A-Za-z0-9])${letter}(?![A-Za-z0-9])`;

const ANY = new RegExp(`∂|ŷ|${alone("[wlCy]")}`);

/** Whether a text has any of the symbols that an option may write otherwise. @param {string} text */
export const hasSymbol = (text) => ANY.test(text);

/**
 * Running text in another book's symbols, all at once.
 *
 * @param {string} text
 * @param {Spelling} spelling "∂l/∂z" → "δ"
 */
export function textInNotation(text, spelling) {
  const symbols = Object.keys(spelling).sort((a, b) => b.length - a.length);
  if (symbols.length === 0) return text;
  return text.replace(
    new RegExp(symbols.map((symbol) => (symbol.length === 1 ? alone(symbol) : symbol)).join("|"), "gu"),
    (symbol) => spelling[symbol] ?? symbol,
  );
}

/**
 * Whether a formula is a squared error with its half, which another convention writes with other numbers.
 * @param {string} tex
 */
export const hasHalfSquare = (tex) => /\\[dt]?frac\s*(?:12|\{1\}\{2\})\s*\\sum/.test(tex);

/**
 * Whether a formula says what ∂l/∂z of an output is, which another convention gives the other sign.
 * @param {string} tex
 */
export const hasOutputSlope = (tex) => /\\partial l[}\s/]*(?:\{\\partial z|\\partial z)/.test(tex) && /\\hat/.test(tex);
