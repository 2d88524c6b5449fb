/**
 * From numbers to places in a picture. Pure.
 *
 * @import { Value } from "../record/types.js"
 *
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box the area within the axes
 */

/**
 * @param {number} from
 * @param {number} to
 * @param {number} start
 * @param {number} end
 * @returns {(value: number) => number}
 */
export function linear(from, to, start, end) {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** The lowest and the highest of the finite ones, with some air. @param {readonly Value[]} values */
export function extent(values, air = 0.08) {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)).map(Number);
  if (finite.length === 0) return { from: 0, to: 1 };
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  // A flat curve is to lie in the middle, not fill the picture with its rounding.
  const least = Math.max(Math.abs(low), Math.abs(high), 1e-12) * 1e-6;
  const margin = Math.max((high - low) * air, least);
  return { from: low - margin, to: high + margin };
}

/** Three to five round numbers between two. @param {number} from @param {number} to */
export function ticks(from, to) {
  const raw = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** The smallest relative error that can be told from none: half a unit in the last place of float64. */
export const LEAST_ERROR = 1e-16;

/** Where an error stands on a scale of powers of ten; null if there is none to show. @param {Value} error */
export const errorExponent = (error) =>
  error === null || !Number.isFinite(error) ? null : Math.log10(Math.max(error, LEAST_ERROR));

/**
 * SVG path data through points; a gap where one is missing.
 *
 * @param {readonly (readonly [number, number] | null)[]} points
 */
export function pathThrough(points) {
  let draws = false;
  const parts = points.map((point) => {
    if (point === null) {
      draws = false;
      return "";
    }
    const part = `${draws ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    draws = true;
    return part;
  });
  return parts.join("");
}

/**
 * The part of the line through (x, y) with a slope that lies in a box; all in the picture's own units.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} slope downwards, as y grows downwards
 * @param {Box} box
 * @returns {[[number, number], [number, number]]}
 */
export function lineWithin(x, y, slope, { left, right, top, bottom }) {
  const rising = Math.abs(slope);
  const up = rising === 0 ? Infinity : (y - top) / rising;
  const down = rising === 0 ? Infinity : (bottom - y) / rising;
  const before = Math.min(x - left, slope > 0 ? up : down);
  const after = Math.min(right - x, slope > 0 ? down : up);
  return [
    [x - before, y - before * slope],
    [x + after, y + after * slope],
  ];
}
