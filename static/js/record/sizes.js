/**
 * Several numbers: which is largest in size, whether one of them is, and how they are listed. The twin of the same in
 * `app/pages/scene.py`. Pure.
 *
 * @typedef {import("./types.js").Value} Value
 */

import { significant as number } from "../kit/format.js";

/** Two sizes whose ratio is nearer to 1 than this differ by rounding only: neither is called the larger. */
const EQUALLY_LARGE = 1 - 1e-9;

const VALUES_SHOWN = 4;

/** |value|; what float64 cannot hold is larger than all. @param {Value} value */
export const size = (value) => (value !== null && Number.isFinite(value) ? Math.abs(value) : Infinity);

/** The index of the value that is largest in size, the first of equals. @param {readonly Value[]} values */
export const largest = (values) =>
  values.reduce((/** @type {number} */ top, value, index) => (size(value) > size(values[top]) ? index : top), 0);

/** The largest size among the values, as a number is shown. @param {readonly Value[]} values */
export function magnitude(values) {
  const top = values[largest(values)];
  return number(top === null ? null : Math.abs(top));
}

/**
 * How many values are equally the largest in size, and that size; null where one of them is the largest.
 * @param {readonly Value[]} values
 */
export function ties(values) {
  const least = size(values[largest(values)]) * EQUALLY_LARGE;
  const count = values.filter((value) => size(value) >= least).length;
  // Of numbers that float64 cannot hold it is not known which is larger.
  return count > 1 && Number.isFinite(least) ? { ties: count, size: magnitude(values) } : null;
}

/** @param {readonly Value[]} values */
export const isZero = (values) => values.every((value) => value === 0);

/**
 * Numbers in parentheses; of many the first ones, the last one, and which is largest in size.
 * @param {readonly Value[]} values
 * @returns {string | { key: string, params: Record<string, string | number> }}
 */
export function listed(values) {
  const shown = values.map((value) => number(value));
  if (shown.length <= VALUES_SHOWN) return `(${shown.join(", ")})`;
  const ends = { start: shown.slice(0, VALUES_SHOWN - 1).join(", "), end: shown[shown.length - 1] };
  if (isZero(values)) return { key: "list.long.zero", params: ends };
  const tied = ties(values);
  if (tied) return { key: "list.long.tie", params: { ...ends, ...tied } };
  const top = largest(values);
  return { key: "list.long", params: { ...ends, at: top + 1, top: shown[top] } };
}
