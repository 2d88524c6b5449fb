/**
 * How a number runs along a slider, and from one value to the next by arrow keys. Pure.
 *
 * @typedef {object} Scale
 * @property {number} steps places of the slider, from 0 to this
 * @property {(value: number) => number} place of a value, within the slider
 * @property {(place: number) => number} value at a place, rounded as people would say it
 * @property {(value: number, direction: 1 | -1, isCoarse: boolean) => number} next
 */

/** Decimal places kept, so that 0.1 + 0.2 is 0.3. */
const PLACES = 10;

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.min(Math.max(value, low), high);

/** @param {number} value */
const tidy = (value) => Number(value.toFixed(PLACES));

/** @param {number} low @param {number} high @param {number} step @returns {Scale} */
export function linear(low, high, step) {
  const steps = Math.round((high - low) / step);
  return {
    steps,
    place: (value) => within(Math.round((value - low) / step), 0, steps),
    value: (place) => tidy(low + place * step),
    next: (value, direction, isCoarse) => tidy(value + direction * step * (isCoarse ? 10 : 1)),
  };
}

/**
 * Equal ways for equal ratios, in two significant digits.
 *
 * @param {number} low more than 0
 * @param {number} high
 * @param {number} [perDecade] places
 * @returns {Scale}
 */
export function logarithmic(low, high, perDecade = 20) {
  const steps = Math.round(Math.log10(high / low) * perDecade);
  const exact = (/** @type {number} */ place) => Number((low * 10 ** (place / perDecade)).toPrecision(2));
  const place = (/** @type {number} */ value) =>
    value <= low ? 0 : within(Math.round(Math.log10(value / low) * perDecade), 0, steps);
  return {
    steps,
    place,
    value: (at) => within(exact(at), low, high),
    next: (value, direction, isCoarse) =>
      Number((value * 10 ** ((direction * (isCoarse ? 10 : 1)) / perDecade)).toPrecision(2)),
  };
}

/** A scale of whole numbers. @param {Scale} scale @returns {Scale} */
export const whole = (scale) => ({
  ...scale,
  value: (place) => Math.round(scale.value(place)),
  next(value, direction, isCoarse) {
    const moved = Math.round(scale.next(value, direction, isCoarse));
    return moved === value ? value + direction : moved;
  },
});
