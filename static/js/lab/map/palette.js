/**
 * The colours of the maps, from the tokens of the theme; read again when the theme changes.
 *
 * One output stands between two colours: negative (low, class 0) and positive (high, class 1), as the wires do. More
 * classes have a colour each, the same as in the charts.
 */
import { colourToken } from "../../kit/colour-token.js";
import { classLevels, colourOf, flatClasses, mixed, twoSided } from "./paint.js";

/** @import { Colour } from "./paint.js" */

/** How far the ends of the palette are from the bare tokens: points must stand out on them. */
const STRENGTH = 0.82;
const CLASSES = 10;

/** @typedef {ReturnType<typeof read>} Palette */

function read() {
  const colour = (/** @type {string} */ name) => colourOf(colourToken(name));
  const [ground, positive, negative] = [colour("--card"), colour("--positive"), colour("--negative")];
  const low = mixed(ground, negative, STRENGTH);
  const high = mixed(ground, positive, STRENGTH);
  const classes = Array.from({ length: CLASSES }, (_, index) => colour(`--class-${index}`));
  /** @type {Colour[]} */
  const pair = [negative, positive];
  const [levels, pairLevels] = [classLevels(ground, classes), classLevels(ground, pair)];
  const [shares, pairShares] = [classes, pair].map((colours) =>
    colours.map((colour) => twoSided(ground, ground, mixed(ground, colour, STRENGTH))),
  );
  const [flat, pairFlat] = [flatClasses(ground, classes), flatClasses(ground, pair)];
  return {
    values: twoSided(low, ground, high),
    sides: pairFlat,
    levels: (/** @type {number} */ count) => (count === 2 ? pairLevels : levels),
    flat: (/** @type {number} */ count) => (count === 2 ? pairFlat : flat),
    /** Each softmax unit in its class's own colour, from nothing to all. */
    shares: (/** @type {number} */ index, /** @type {number} */ count) =>
      count === 2 ? pairShares[index] : shares[index % CLASSES],
    ink: twoSided(ground, ground, colour("--ink")),
    curve: colourToken("--forward"),
    low: colourToken("--negative"),
    high: colourToken("--positive"),
    axis: colourToken("--line"),
    ground: colourToken("--card"),
  };
}

/** @type {Palette | null} */
let current = null;

/** @returns {Palette} */
export function palette() {
  if (current === null) {
    document.addEventListener("themechange", () => (current = null), { once: true });
    current = read();
  }
  return current;
}

/**
 * The class names of a point of class `label` among `count`, by which the style sheet colours it.
 * @param {number} label
 * @param {number} count
 */
export const classColour = (label, count) =>
  count === 2 ? ["side-low", "side-high"][label] : `class-${label % CLASSES}`;
