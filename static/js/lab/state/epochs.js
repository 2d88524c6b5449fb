/**
 * A training as far as it has been told: its epochs in order, and the network at any epoch recorded. Pure.
 *
 * @import { Network } from "../../record/types.js"
 * @import { Epoch } from "../types.js"
 *
 * @typedef {ReturnType<typeof createHistory>} History
 */

/** Appended to in place: a run may have tens of thousands of epochs, and copying them at each would be quadratic. */
export function createHistory() {
  /** @type {Epoch[]} */
  const epochs = [];
  /** @type {Epoch[]} */
  const recorded = [];

  /** Forget an epoch and what came after it. @param {Epoch[]} list @param {number} from */
  function cut(list, from) {
    while ((list.at(-1)?.epoch ?? -1) >= from) list.pop();
  }

  return {
    epochs: /** @type {readonly Epoch[]} */ (epochs),
    /** Those whose network is known, here (`theta`) or to the server: where time travel can stop. */
    recorded: /** @type {readonly Epoch[]} */ (recorded),
    /**
     * An epoch that comes again, since its run was taken up from before it, takes the place of all from there on.
     *
     * @param {Epoch} epoch
     * @param {boolean} [isRecorded] whether its network can be had
     */
    add(epoch, isRecorded = Boolean(epoch.theta)) {
      cut(epochs, epoch.epoch);
      cut(recorded, epoch.epoch);
      epochs.push(epoch);
      if (isRecorded) recorded.push(epoch);
    },
  };
}

/**
 * The last of the epochs that is not after one; null if all are.
 * @param {readonly Epoch[]} epochs
 * @param {number} epoch
 */
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
  const layers = network.layers.map((layer) => ({
    ...layer,
    w: layer.w.map((row) => take(row.length)),
    b: take(layer.b.length),
  }));
  if (taken !== theta.length) throw new RangeError(`θ has ${theta.length} numbers, the network ${taken}`);
  return { layers };
}
