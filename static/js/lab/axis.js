/**
 * What the curves of a training need beyond panels/scales.js: a logarithmic axis, and fewer points than epochs. Pure.
 *
 * @import { Value } from "../types.js"
 *
 * @typedef {readonly [number, number]} Point
 */

/** Powers of ten by themselves once there are this many of them. */
const MANY_DECADES = 3;
const MOST_TICKS = 8;

/** Whether a logarithmic axis has a place for it. @param {Value} value @returns {value is number} */
export const hasLogarithm = (value) => value !== null && Number.isFinite(value) && value > 0;

/** The whole decades around the positive ones. @param {readonly Value[]} values */
export function decades(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!hasLogarithm(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { from: 0.1, to: 1 };
  const first = Math.floor(Math.log10(low));
  return { from: 10 ** first, to: 10 ** Math.max(Math.ceil(Math.log10(high)), first + 1) };
}

/** Round numbers on a logarithmic axis: 1, 2, 5, or the powers alone, then every so many of them. @param {number} from @param {number} to */
export function logTicks(from, to) {
  const first = Math.round(Math.log10(from));
  const last = Math.round(Math.log10(to));
  const every = Math.ceil((last - first + 1) / MOST_TICKS);
  const factors = last - first < MANY_DECADES ? [1, 2, 5] : [1];
  const exponents = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
  return exponents
    .flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)))
    .filter((tick) => tick <= to * (1 + 1e-9));
}

/**
 * At most four points for each of `columns` equal parts of the way: the first, the lowest, the highest and the last, so
 * that no spike is lost and the picture is the same as of all of them.
 *
 * @param {readonly Point[]} points by rising x
 * @param {number} columns
 * @returns {readonly Point[]}
 */
export function thinned(points, columns) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length <= 4 * columns) return points;
  const width = (last[0] - first[0]) / columns || 1;
  const columnOf = (/** @type {Point} */ [x]) => Math.min(Math.floor((x - first[0]) / width), columns - 1);
  /** @type {Point[]} */
  const kept = [];
  for (let start = 0; start < points.length; ) {
    let [low, high, end] = [start, start, start];
    const column = columnOf(/** @type {Point} */ (points[start]));
    for (; end < points.length; end += 1) {
      const point = /** @type {Point} */ (points[end]);
      if (columnOf(point) !== column) break;
      if (point[1] < /** @type {Point} */ (points[low])[1]) low = end;
      if (point[1] > /** @type {Point} */ (points[high])[1]) high = end;
    }
    const places = new Set([start, low, high, end - 1].sort((a, b) => a - b));
    for (const place of places) kept.push(/** @type {Point} */ (points[place]));
    start = end;
  }
  return kept;
}
