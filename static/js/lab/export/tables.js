/**
 * History and data of a training as rows, for a file: every number to its last digit, an empty cell where there is
 * none. Pure.
 *
 * @import { Cell } from "../../kit/csv-cell.js"
 * @import { Epoch, Examples } from "../types.js"
 *
 * @typedef {{ columns: string[], rows: Cell[][] }} Table
 */

const MEASURES = /** @type {const} */ ([
  "total_loss",
  "cost",
  "test_total_loss",
  "test_cost",
  "train_accuracy",
  "test_accuracy",
  "standardised_cost",
  "standardised_test_cost",
]);

/** One row per epoch. @param {readonly Epoch[]} epochs @returns {Table} */
export function historyTable(epochs) {
  const layers = epochs[0]?.gradient_norms.map((_norm, index) => index + 1) ?? [];
  const measures = MEASURES.filter((name) => !name.startsWith("standardised") || typeof epochs[0]?.[name] === "number");
  return {
    columns: [
      "epoch",
      ...measures,
      ...layers.map((layer) => `gradient_norm_${layer}`),
      ...layers.map((layer) => `gain_mean_${layer}`),
    ],
    rows: epochs.map((epoch) => [
      epoch.epoch,
      ...measures.map((name) => epoch[name]),
      ...epoch.gradient_norms,
      ...epoch.gain_means,
    ]),
  };
}

/** What is to be known about each epoch; θ has a file of its own. @param {readonly Epoch[]} epochs */
export const historyDocument = (epochs) => epochs.map(({ theta: _theta, ...measured }) => measured);

/** A name that no other column has. @param {readonly string[]} names */
function distinct(names) {
  /** @type {Set<string>} */
  const taken = new Set();
  return names.map((name) => {
    let own = name;
    for (let count = 2; taken.has(own); count += 1) own = `${name}_${count}`;
    taken.add(own);
    return own;
  });
}

/**
 * One row per example, those trained on first: which part it belongs to, its place in the data set, x and target, and
 * the name of its class.
 *
 * @param {Examples} examples @returns {Table}
 */
export function dataTable(examples) {
  const { feature_names: features, class_names: classes } = examples;
  const inputs = features;
  const outputs = (examples.targets[0] ?? []).map((_target, index) => `target_${index + 1}`);
  const hasClasses = classes.length > 0;
  /**
   * @param {string} part
   * @param {number[][]} xs
   * @param {number[][]} targets
   * @param {number[]} places
   * @param {number[] | null} labels
   */
  const rows = (part, xs, targets, places, labels) =>
    xs.map((x, index) => [
      part,
      places[index],
      ...x,
      ...targets[index],
      ...(labels === null ? [] : [classes[labels[index]]]),
    ]);
  return {
    columns: distinct(["part", "row", ...inputs, ...outputs, ...(hasClasses ? ["class"] : [])]),
    rows: [
      ...rows("train", examples.xs, examples.targets, examples.rows, examples.labels),
      ...rows("test", examples.test_xs, examples.test_targets, examples.test_rows, examples.test_labels),
    ],
  };
}

/** How many numbers x and target of all examples are. @param {Examples} examples */
export function numbersIn({ xs, targets, test_xs: testXs, test_targets: testTargets }) {
  return [xs, targets, testXs, testTargets].reduce((sum, rows) => sum + rows.length * (rows[0]?.length ?? 0), 0);
}
