/**
 * Sizes of everything drawn, as multiples of the type's size. Pure.
 *
 * @import { View } from "../types.js"
 * @import { Metrics } from "./types.js"
 */

const PLAIN = 15;
/** Nothing on a projector under 24 px, at the smallest scale the stage is then shown in. */
const PROJECTED = 27;

/** A digit's width as a share of the type's size; system faces have 0.55 to 0.6. */
const DIGIT = 0.6;
const BOLD_DIGIT = 0.67;

/**
 * @param {{ projector: boolean, digits: number, view: View }} wanted
 * @returns {Metrics}
 */
export function metricsOf({ projector, digits, view }) {
  const size = projector ? PROJECTED : PLAIN;
  const em = size / PLAIN;
  const number = numberWidth(digits, size);
  return {
    size,
    isLarge: projector,
    unitWidth: projector ? projectedUnit(number, em, view) : 2 * Math.max(number + 20 * em, 85 * em),
    unitHeight: 70 * em,
    bubbleWidth: projector ? projectedBubble(number, em, view) : Math.max(number + 20 * em, 74 * em),
    bubbleHeight: 48 * em,
    chipHeight: 24 * em,
    biasHeight: 24 * em,
    heading: 46 * em,
    lossRadius: 40 * em,
    least: projector ? 24 / PROJECTED : 0.12,
    tail: (projector ? 130 : 196) * em,
    gapLeast: (projector ? 54 : 108) * em,
    gapMost: 330 * em,
    pitchMost: 210 * em,
  };
}

/** A triangle holds its gain beside the bubble; a unit holds z beside a. @param {number} number @param {number} em @param {View} view */
const projectedUnit = (number, em, view) => 2 * Math.max(number + 10 * em, 55 * em) + (view === "forward" ? 0 : 56 * em);

/** In the forward network it is only an input's diameter. @param {number} number @param {number} em @param {View} view */
const projectedBubble = (number, em, view) => number + (view === "forward" ? 7 : 30) * em;

/** Room for the widest usual number: a sign, "0." and one more zero. @param {number} digits @param {number} size */
export function numberWidth(digits, size) {
  return (digits + 2.8) * size * DIGIT;
}

/** @param {string} text @param {number} size */
export function textWidth(text, size, isBold = false) {
  return text.length * size * (isBold ? BOLD_DIGIT : DIGIT);
}
