/**
 * Which of one's own examples are held out: drawn by a seed, the same share of every class, the same in every browser.
 * Pure.
 */

/**
 * Mulberry32 (Tommy Ettinger, 2017): 32 bits of state, enough to shuffle a table, and the same numbers wherever it
 * runs.
 *
 * @param {number} seed
 * @returns {() => number} the next number, 0 ≤ u < 1
 */
export function randomFrom(seed) {
  // All of a seed up to 2⁵³ counts, not its low half alone.
  let state = (seed ^ Math.floor(seed / 2 ** 32)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * 0 … n − 1 in a random order (Fisher and Yates).
 *
 * @param {number} n
 * @param {() => number} random
 * @returns {number[]}
 */
export function shuffled(n, random) {
  const order = Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [/** @type {number} */ (order[other]), /** @type {number} */ (order[last])];
  }
  return order;
}

/**
 * All places, in an order of which every beginning is a fair sample: each class in turn holds places 0, 1, 2 … of its
 * own, sorted by place over class size, as the server does it for its own data sets.
 *
 * @param {number} n
 * @param {number} seed
 * @param {readonly number[] | null} labels class of each example; null for regression
 * @returns {number[]}
 */
export function fairOrder(n, seed, labels) {
  const order = shuffled(n, randomFrom(seed));
  if (labels === null) return order;
  /** @type {Map<number, number[]>} */
  const members = new Map();
  for (const place of order) {
    const label = /** @type {number} */ (labels[place]);
    const others = members.get(label);
    if (others) others.push(place);
    else members.set(label, [place]);
  }
  const shares = [...members]
    .sort(([a], [b]) => a - b)
    .flatMap(([, places]) => places.map((place, index) => ({ place, share: (index + 0.5) / places.length })));
  return shares.sort((a, b) => a.share - b.share).map(({ place }) => place);
}

/**
 * @param {number} n
 * @param {number} fraction the share held out, 0 ≤ fraction < 1; at least one example stays to train on
 * @param {number} seed
 * @param {readonly number[] | null} labels
 * @returns {{ train: number[], heldOut: number[] }} places, each in ascending order
 */
export function split(n, fraction, seed, labels) {
  const order = fairOrder(n, seed, labels);
  const count = Math.max(0, Math.min(Math.round(n * fraction), n - 1));
  const ascending = (/** @type {number[]} */ places) => places.sort((a, b) => a - b);
  return { train: ascending(order.slice(count)), heldOut: ascending(order.slice(0, count)) };
}
