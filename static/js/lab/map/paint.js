/**
 * From numbers on a grid to pixels: palettes as tables of ready-made pixels, and fills that only look them up. Pure.
 *
 * @import { Value } from "../../record/types.js"
 * @import { Scale } from "./scale.js"
 *
 * @typedef {readonly [number, number, number]} Colour red, green, blue, 0 … 255
 * @typedef {readonly (readonly Value[])[]} Rows values, row = second input, ascending
 * @typedef {{ width: number, height: number, pixels: Uint32Array }} Field top row first, as a picture has it
 */

/** Steps on each side of the middle. */
const STEPS = 128;
const LEVELS = 64;
/** How strong a class's colour is where it barely wins, and where it is certain. */
const FAINT = 0.08;
const CERTAIN = 0.72;
/** A map that only says which class wins is one flat colour each, and its points must stand out of it. */
const FLAT = 0.42;

/** @param {string} text "#rrggbb" or "rgb(r, g, b)" @returns {Colour} */
export function colourOf(text) {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (hex) return [parseInt(hex[1], 16), parseInt(hex[2], 16), parseInt(hex[3], 16)];
  const parts = text.match(/\d+/g)?.map(Number) ?? [];
  if (parts.length < 3) throw new RangeError(`not a colour: ${text}`);
  return [parts[0], parts[1], parts[2]];
}

/** @param {Colour} from @param {Colour} to @param {number} share @returns {Colour} */
export const mixed = (from, to, share) => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

/** Opaque, as ImageData lies in memory on every machine that browsers run on (little-endian). @param {Colour} colour */
const packed = ([red, green, blue]) =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/**
 * From the low colour over the middle one to the high one.
 * @param {Colour} low
 * @param {Colour} middle
 * @param {Colour} high
 */
export function twoSided(low, middle, high) {
  return Uint32Array.from({ length: 2 * STEPS + 1 }, (_, index) => {
    const at = (index - STEPS) / STEPS;
    return packed(mixed(middle, at < 0 ? low : high, Math.abs(at)));
  });
}

/** For each class its colour from faint to certain. @param {Colour} ground @param {readonly Colour[]} classes */
export const classLevels = (ground, classes) =>
  classes.map((colour) =>
    Uint32Array.from({ length: LEVELS + 1 }, (_, level) =>
      packed(mixed(ground, colour, FAINT + ((CERTAIN - FAINT) * level) / LEVELS)),
    ),
  );

/** @param {Colour} ground @param {readonly Colour[]} classes */
export const flatClasses = (ground, classes) =>
  Uint32Array.from(classes, (colour) => packed(mixed(ground, colour, FLAT)));

/**
 * The grid at its own size, turned so that the second input grows upwards. What is no number stays clear.
 *
 * @param {Rows} rows
 * @param {Scale} scale
 * @param {Uint32Array} palette see twoSided
 * @param {Uint32Array} pixels rows × columns, filled
 */
export function paintGrid(rows, { low, middle, high }, palette, pixels) {
  const [below, above] = [middle > low ? STEPS / (middle - low) : 0, high > middle ? STEPS / (high - middle) : 0];
  let at = 0;
  for (let r = rows.length - 1; r >= 0; r--) {
    const row = rows[r];
    for (let c = 0; c < row.length; c++) {
      const value = row[c];
      if (value === null) pixels[at++] = 0;
      else {
        const place = STEPS + (value - middle) * (value < middle ? below : above);
        pixels[at++] = palette[place <= 0 ? 0 : place >= 2 * STEPS ? 2 * STEPS : (place + 0.5) | 0];
      }
    }
  }
}

/**
 * The grid's values at more places, each between the four around it: the same surface, finer. Top row first.
 *
 * @param {Rows} rows
 * @param {number} side of the square that is filled
 * @param {Float32Array} [into]
 */
export function between(rows, side, into = new Float32Array(side * side)) {
  const [height, width] = [rows.length, rows[0].length];
  const acrossStep = (width - 1) / (side - 1);
  const downStep = (height - 1) / (side - 1);
  for (let y = 0; y < side; y++) {
    const down = (side - 1 - y) * downStep;
    const r = Math.min(down | 0, Math.max(height - 2, 0));
    const [lower, upper] = [rows[r], rows[Math.min(r + 1, height - 1)]];
    const v = down - r;
    for (let x = 0; x < side; x++) {
      const across = x * acrossStep;
      const c = Math.min(across | 0, Math.max(width - 2, 0));
      const next = Math.min(c + 1, width - 1);
      const [p, q, m, n] = [lower[c], lower[next], upper[c], upper[next]];
      if (p === null || q === null || m === null || n === null) into[y * side + x] = NaN;
      else {
        const [low, high] = [p + (q - p) * (across - c), m + (n - m) * (across - c)];
        into[y * side + x] = low + (high - low) * v;
      }
    }
  }
  return into;
}

/** @param {Float32Array} values @param {Scale} scale @param {Uint32Array} palette @param {Uint32Array} pixels */
export function paintValues(values, { low, middle, high }, palette, pixels) {
  const [below, above] = [middle > low ? STEPS / (middle - low) : 0, high > middle ? STEPS / (high - middle) : 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    const place = STEPS + (value - middle) * (value < middle ? below : above);
    // NaN fails both comparisons and would become index 0.
    pixels[at] = value !== value ? 0 : palette[place <= 0 ? 0 : place >= 2 * STEPS ? 2 * STEPS : (place + 0.5) | 0];
  }
}

/**
 * Which side of the middle, nothing between.
 * @param {Float32Array} values
 * @param {number} middle
 * @param {Uint32Array} flat two colours
 * @param {Uint32Array} pixels
 */
export function paintSides(values, middle, flat, pixels) {
  for (let at = 0; at < values.length; at++)
    pixels[at] = values[at] !== values[at] ? 0 : flat[values[at] > middle ? 1 : 0];
}

/**
 * The class that wins, the stronger the more certain it is.
 *
 * @param {readonly Float32Array[]} shares one per class
 * @param {readonly Uint32Array[]} levels see classLevels
 * @param {Uint32Array | null} flat only which one wins, in these colours
 * @param {Uint32Array} pixels
 */
export function paintClasses(shares, levels, flat, pixels) {
  const even = 1 / shares.length;
  for (let at = 0; at < pixels.length; at++) {
    let best = 0;
    let most = shares[0][at];
    for (let index = 1; index < shares.length; index++) {
      if (shares[index][at] > most) {
        most = shares[index][at];
        best = index;
      }
    }
    if (most !== most) pixels[at] = 0;
    else if (flat !== null) pixels[at] = flat[best];
    else {
      const sure = (most - even) / (1 - even);
      pixels[at] = levels[best][sure <= 0 ? 0 : sure >= 1 ? LEVELS : (sure * LEVELS) | 0];
    }
  }
}
