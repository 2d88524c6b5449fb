/**
 * Which part of the input space a map shows, read off the examples. Pure.
 *
 * The data alone decides, never the network: so the frame stays the same over all epochs of a run, and nothing jitters.
 *
 * @import { ExampleChoice, Examples } from "../types.js"
 *
 * @typedef {"curve" | "plane" | "picture"} Kind how data is shown: one input; two of them; the pixels of a picture
 * @typedef {{ inputs: number[], low: number[], high: number[], held: number[] }} Plane as POST /regions takes it
 */

/** Air around the examples, as a share of their span. */
const MARGIN = 0.1;
/** What adding up some thousand float64 may leave of a sum that is 0. */
const ROUNDING = 1e-12;
const PIXEL = /^pixel_(\d+)_(\d+)$/;

/** @param {Examples} examples @returns {Kind} */
export function kindOf({ feature_names }) {
  if (pictureSide({ feature_names }) !== null) return "picture";
  return feature_names.length === 1 ? "curve" : "plane";
}

/**
 * Pixels along a side, if the features are the pixels of a square picture, row by row.
 * @param {Pick<Examples, "feature_names">} examples
 */
export function pictureSide({ feature_names }) {
  const side = Math.round(Math.sqrt(feature_names.length));
  if (side < 2 || side * side !== feature_names.length) return null;
  const inOrder = feature_names.every((name, index) => {
    const found = PIXEL.exec(name);
    return found !== null && Number(found[1]) === Math.floor(index / side) && Number(found[2]) === index % side;
  });
  return inOrder ? side : null;
}

/**
 * Lowest and highest of one column, all examples counted, with air.
 * @param {readonly number[][][]} parts
 * @param {number} column
 */
export function spanOf(parts, column) {
  let low = Infinity;
  let high = -Infinity;
  for (const rows of parts) {
    for (const row of rows) {
      low = Math.min(low, row[column]);
      high = Math.max(high, row[column]);
    }
  }
  if (low > high) return { low: -1, high: 1 };
  // A column that is the same everywhere still needs a width to be drawn over.
  const air = (high - low) * MARGIN || Math.max(Math.abs(low), 1) * MARGIN;
  return { low: low - air, high: high + air };
}

/**
 * The part of the input space that holds all examples.
 *
 * @param {Examples} examples
 * @param {readonly number[]} inputs which inputs vary
 * @returns {Plane}
 */
export function planeOf({ xs, test_xs, feature_names }, inputs) {
  const spans = inputs.map((input) => spanOf([xs, test_xs], input));
  const held = feature_names.map((_, column) => meanOf(xs, column));
  return { inputs: [...inputs], low: spans.map(({ low }) => low), high: spans.map(({ high }) => high), held };
}

/**
 * The mean of a column; where it is 0 but for rounding, as standardising leaves it, it is 0.
 * @param {number[][]} rows
 * @param {number} column
 */
function meanOf(rows, column) {
  const [sum, size] = rows.reduce(([sum, size], row) => [sum + row[column], size + Math.abs(row[column])], [0, 0]);
  return Math.abs(sum) <= size * ROUNDING ? 0 : sum / rows.length;
}

/** A feature's name as people write it. @param {string} name */
export const spoken = (name) => name.replaceAll("_", " ");

/**
 * The inputs to show first: of more than two, those whose values tell the targets apart best.
 *
 * For each input, the squared correlation with each target column, summed; for one-hot targets that is how much of the
 * input's variance lies between the classes. Only a first choice: the visitor may take any other two.
 *
 * @param {Pick<Examples, "xs" | "targets">} examples
 * @returns {number[]} one or two places, ascending
 */
export function tellingInputs({ xs, targets }) {
  const count = xs[0]?.length ?? 0;
  if (count <= 2) return [...Array(count).keys()];
  const scores = [...Array(count).keys()].map((column) => {
    const values = xs.map((row) => row[column]);
    return targets[0].reduce(
      (sum, _, place) =>
        sum +
        correlation(
          values,
          targets.map((row) => row[place]),
        ) **
          2,
      0,
    );
  });
  const best = [...scores.keys()].sort((one, other) => scores[other] - scores[one] || one - other);
  return best.slice(0, 2).sort((one, other) => one - other);
}

/** @param {readonly number[]} p @param {readonly number[]} q */
function correlation(p, q) {
  const meanP = p.reduce((sum, value) => sum + value, 0) / p.length;
  const meanQ = q.reduce((sum, value) => sum + value, 0) / q.length;
  let [both, alone, other] = [0, 0, 0];
  p.forEach((value, index) => {
    const [dp, dq] = [value - meanP, q[index] - meanQ];
    both += dp * dq;
    alone += dp * dp;
    other += dq * dq;
  });
  return alone > 0 && other > 0 ? both / Math.sqrt(alone * other) : 0;
}

/**
 * The example that a choice means in this data: of the part it names if there is one, and a place that exists.
 *
 * @param {Examples} examples
 * @param {ExampleChoice} choice
 */
export function exampleOf(examples, { heldOut, index }) {
  const isHeldOut = heldOut && examples.test_xs.length > 0;
  const [xs, targets, labels] = isHeldOut
    ? [examples.test_xs, examples.test_targets, examples.test_labels]
    : [examples.xs, examples.targets, examples.labels];
  const place = Math.min(Math.max(Math.trunc(index) || 0, 0), Math.max(xs.length - 1, 0));
  const label = labels?.[place] ?? null;
  return {
    heldOut: isHeldOut,
    index: place,
    count: xs.length,
    x: xs[place] ?? [],
    target: targets[place] ?? [],
    label,
  };
}
