/**
 * The epochs of one or two runs as columns of numbers. Pure.
 *
 * @import { Value } from "../../../record/types.js"
 * @import { Epoch } from "../../types.js"
 *
 * @typedef {(epoch: Epoch) => Value} Pick
 */

/**
 * Two runs over one axis of epochs, with a gap where one of them has nothing to say.
 *
 * @param {readonly Epoch[]} epochs by rising epoch
 * @param {readonly Epoch[]} twin likewise; [] for none
 * @param {readonly Pick[]} picks one column of each run per pick
 * @returns {{ x: number[], own: Value[][], twin: Value[][] }}
 */
export function aligned(epochs, twin, picks) {
  /** @type {number[]} */
  const x = [];
  const own = picks.map(() => /** @type {Value[]} */ ([]));
  const other = picks.map(() => /** @type {Value[]} */ ([]));
  let [mine, theirs] = [0, 0];
  while (mine < epochs.length || theirs < twin.length) {
    const at = Math.min(epochs[mine]?.epoch ?? Infinity, twin[theirs]?.epoch ?? Infinity);
    const first = epochs[mine]?.epoch === at ? epochs[mine++] : undefined;
    const second = twin[theirs]?.epoch === at ? twin[theirs++] : undefined;
    x.push(at);
    picks.forEach((pick, index) => {
      own[index]?.push(first ? pick(first) : null);
      other[index]?.push(second ? pick(second) : null);
    });
  }
  return { x, own, twin: other };
}

/** What a logarithmic axis has a place for; the rest is a gap. @param {readonly Value[]} values @returns {Value[]} */
export const positive = (values) => values.map((value) => (value !== null && value > 0 ? value : null));

/**
 * At most so many of a list, evenly, with the first and the last.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {number} most at least 2
 * @returns {readonly T[]}
 */
export function evenly(items, most) {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => /** @type {T} */ (items[Math.round(index * step)]));
}
