/**
 * Where a value stands between the two ends of the palette. Pure.
 *
 * Bounded activations keep their own ends, so that pale means undecided and strong means saturated; unbounded ones are
 * measured by what they reach here, both sides alike, so that white is 0.
 *
 * @import { ActivationEntry, Value } from "../../record/types.js"
 *
 * @typedef {{ low: number, middle: number, high: number }} Scale
 */

/** Of a share, such as softmax gives, 0 is nothing. */
export const SHARE = Object.freeze({ low: 0, middle: 0, high: 1 });

/** @param {readonly (readonly Value[])[]} rows */
export function reach(rows) {
  let most = 0;
  for (const row of rows) for (const value of row) if (value !== null && Math.abs(value) > most) most = Math.abs(value);
  return most;
}

/**
 * @param {Pick<ActivationEntry, "shares" | "bounds"> | null} activation the catalogue's entry
 * @param {readonly (readonly Value[])[]} rows values of the unit
 * @returns {Scale}
 */
export function scaleOf(activation, rows) {
  if (activation?.shares) return SHARE;
  if (activation?.bounds) {
    const [low, high] = activation.bounds;
    return { low, middle: (low + high) / 2, high };
  }
  const most = reach(rows) || 1;
  return { low: -most, middle: 0, high: most };
}

/**
 * For an output that is to meet numbers: from the lowest target to the highest, of both parts.
 * @param {readonly number[][][]} parts
 * @returns {Scale}
 */
export function targetScale(parts) {
  const all = parts.flatMap((rows) => rows.map((row) => row[0]));
  const low = all.reduce((least, value) => Math.min(least, value), Infinity);
  const high = all.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(low < high))
    return { low: (low > high ? 0 : low) - 1, middle: low > high ? 0 : low, high: (low > high ? 0 : low) + 1 };
  return { low, middle: (low + high) / 2, high };
}

/** −1 at the low end, 0 in the middle, 1 at the high end; held to them. @param {number} value @param {Scale} scale */
export function placeOn(value, { low, middle, high }) {
  if (value >= middle) return high > middle ? Math.min((value - middle) / (high - middle), 1) : 0;
  return low < middle ? Math.max((value - middle) / (middle - low), -1) : 0;
}
