/**
 * Sizes of everything drawn, as multiples of the type's size. Pure.
 *
 * @import { View } from "../../record/types.js"
 * @import { Form, Metrics } from "../types.js"
 */
import { PITCH_AIR, slotsIn } from "./geometry.js";

const PLAIN = 16;
/** On a projector, at full scale; the least that the drawing is made to fit with is 20 px. */
const PROJECTED = 27;

/**
 * A digit's width as a share of the type's size: Source Sans has 0.5; with some room for a face that stands in for it.
 */
const DIGIT = 0.52;
const BOLD_DIGIT = 0.55;
/** Points and blanks are half as wide, an arrow twice. */
const WIDTHS = Object.freeze({ ".": 0.5, ",": 0.5, " ": 0.5, "→": 1.9 });

const NARROW_SCALE = 0.8;
/** Below this scale numbers beside the pictures could not be read; the pictures alone still can. */
const LEGIBLE = 0.66;

/** A number that is not the unit's own (a weight, a derivative) as a share of the type's size. */
const LESSER = 0.96;

/**
 * @param {{ projector: boolean, digits: number, view: View, form?: Form }} wanted
 * @returns {Metrics}
 */
export function metricsOf({ projector, digits, view, form = "full" }) {
  const size = projector ? PROJECTED : PLAIN;
  const em = size / PLAIN;
  const number = numberWidth(digits, size);
  const full = {
    form,
    size,
    number: projector ? size : size * LESSER,
    isLarge: projector,
    unitWidth: projector ? projectedUnit(number, em, view) : 2 * Math.max(number + 14 * em, 75 * em),
    unitHeight: 70 * em,
    bubbleWidth: projector ? projectedBubble(number, em, view) : Math.max(number + 30 * em, 78 * em),
    bubbleHeight: 48 * em,
    chipHeight: 24 * em,
    learntWidth: numberWidth(digits + 1, size) + 28 * em,
    biasHeight: 24 * em,
    heading: 40 * em,
    lossRadius: (projector ? 30 : 36) * em,
    least: projector ? 20.2 / PROJECTED : 0.12,
    narrow: NARROW_SCALE,
    thumbnail: 0,
    numbers: /** @type {const} */ ("beside"),
    tail: (projector ? 106 : 146) * em,
    gapLeast: (projector ? (view === "forward" ? 80 : 62) : 140) * em,
    gapMost: 330 * em,
    pitchMost: 210 * em,
  };
  if (form === "full") return full;
  return {
    ...full,
    unitWidth: view === "reversed" ? full.unitWidth + 34 * em : 3 * (number + 18 * em),
    unitHeight: 40 * em,
    bubbleHeight: 40 * em,
    biasHeight: 0,
    heading: (view === "reversed" ? 40 : 50) * em,
    chipHeight: 20 * em,
    gapLeast: 96 * em,
  };
}

/**
 * How a unit's picture and its numbers may stand: largest picture first.
 * @type {readonly { side: number, stand: "below" | "beside" | "none" }[]}
 */
const PICTURED = Object.freeze([
  { side: 108, stand: "below" },
  { side: 88, stand: "below" },
  { side: 72, stand: "beside" },
  { side: 60, stand: "beside" },
  { side: 64, stand: "none" },
]);
const ROW = 19;

/**
 * For units that show a picture: it takes the place of the curve, and wires speak by their width alone, so that a whole
 * network is seen at once. Of the ways in which picture and numbers may stand, the one with the largest pictures on the
 * screen that leaves out no unit the others show and whose numbers can be read.
 *
 * @param {{ digits: number, sizes: readonly number[], width: number, height: number }} wanted sizes: the inputs first;
 *   room in pixels
 * @returns {Metrics}
 */
export function thumbnailMetricsOf({ digits, sizes, width, height }) {
  const ways = PICTURED.map((way) => {
    const metrics = picturedMetrics(digits, way);
    const pitch = metrics.unitHeight + PITCH_AIR;
    const most = slotsIn(height, pitch, metrics);
    const tallest = Math.max(...sizes);
    const shown = tallest > most + 1 ? most : tallest;
    const whole =
      metrics.bubbleWidth +
      (sizes.length - 1) * (metrics.unitWidth + metrics.gapLeast) +
      metrics.tail +
      metrics.lossRadius +
      52;
    const scale = Math.min(width / whole, height / (metrics.heading + shown * pitch + 36), 1.35);
    return { metrics, shown, size: way.side * scale, isLegible: way.stand === "none" || scale >= LEGIBLE };
  });
  const bare = ways[ways.length - 1];
  const shown = Math.max(...ways.filter(({ isLegible }) => isLegible).map((way) => way.shown));
  const best = ways.filter((way) => way.isLegible && way.shown === shown && way !== bare);
  return best.reduce((found, way) => (way.size > found.size ? way : found), best[0] ?? bare).metrics;
}

/** @param {number} digits @param {typeof PICTURED[number]} way @returns {Metrics} */
function picturedMetrics(digits, { side, stand }) {
  const plain = metricsOf({ projector: false, digits, view: "forward" });
  const numbers = numberWidth(digits, PLAIN) + 32;
  return {
    ...plain,
    thumbnail: side,
    numbers: stand,
    unitWidth: stand === "beside" ? side + 14 + numbers : side + 12,
    unitHeight: side + 12 + (stand === "below" ? 2 * ROW + 2 : 0),
    biasHeight: 0,
    tail: 158,
    gapLeast: stand === "none" ? 62 : 70,
    gapMost: 190,
    pitchMost: side + 78,
    narrow: 0.5,
  };
}

/**
 * A triangle holds its gain beside the bubble; a unit holds z beside a.
 * @param {number} number
 * @param {number} em
 * @param {View} view
 */
const projectedUnit = (number, em, view) =>
  view === "forward" ? 2 * Math.max(number + 10 * em, 55 * em) : projectedBubble(number, em, view) + number + 8 * em;

/**
 * In the forward network it is only an input's diameter.
 * @param {number} number
 * @param {number} em
 * @param {View} view
 */
const projectedBubble = (number, em, view) => number + (view === "forward" ? 7 : 26) * em;

/** Room for the widest usual number: a sign, "0." and one more zero. @param {number} digits @param {number} size */
export function numberWidth(digits, size) {
  return (digits + 2.8) * size * DIGIT;
}

/** @param {string} text @param {number} size */
export function textWidth(text, size, isBold = false) {
  /** @type {Readonly<Record<string, number>>} */
  const widths = WIDTHS;
  const digits = [...text].reduce((sum, sign) => sum + (widths[sign] ?? 1), 0);
  return digits * size * (isBold ? BOLD_DIGIT : DIGIT);
}
