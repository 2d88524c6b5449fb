/**
 * A training as far as it has been told: its epochs in order, and the network at any epoch recorded. Pure.
 *
 * @import { Network } from "../types.js"
 * @import { Epoch } from "./types.js"
 *
 * @typedef {ReturnType<typeof createHistory>} History
 */

/** Appended to in place: a run may have tens of thousands of epochs, and copying them at each would be quadratic. */
export function createHistory() {
  /** @type {Epoch[]} */
  const epochs = [];
  /** @type {Epoch[]} */
  const recorded = [];

  return {
    epochs: /** @type {readonly Epoch[]} */ (epochs),
    /** Those with a θ: where time travel can stop. */
    recorded: /** @type {readonly Epoch[]} */ (recorded),
    /** @param {Epoch} epoch */
    add(epoch) {
      const last = epochs.at(-1);
      if (last && epoch.epoch <= last.epoch) throw new RangeError(`epoch ${epoch.epoch} after epoch ${last.epoch}`);
      epochs.push(epoch);
      if (epoch.theta) recorded.push(epoch);
    },
  };
}

/** The last of the epochs that is not after one; null if all are. @param {readonly Epoch[]} epochs @param {number} epoch */
export function epochAt(epochs, epoch) {
  let low = 0;
  let high = epochs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {Epoch} */ (epochs[middle]).epoch <= epoch) low = middle + 1;
    else high = middle;
  }
  return epochs[low - 1] ?? null;
}

/**
 * A network of the same form with other numbers.
 *
 * @param {Network} network
 * @param {readonly number[]} theta of each layer w row by row, then b
 * @returns {Network}
 */
export function networkWith(network, theta) {
  let taken = 0;
  const take = (/** @type {number} */ count) => theta.slice(taken, (taken += count));
  const layers = network.layers.map(({ w, b, activation }) => ({
    w: w.map((row) => take(row.length)),
    b: take(b.length),
    activation,
  }));
  if (taken !== theta.length) throw new RangeError(`θ has ${theta.length} numbers, the network ${taken}`);
  return { layers };
}
