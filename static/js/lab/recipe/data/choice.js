/**
 * From one data set to another, or to one's own lists, with a network whose ends fit. Pure.
 *
 * @import { LabCatalog, TrainingRequest } from "../../types.js"
 * @import { OwnData } from "../own/request.js"
 * @import { Fitted } from "../fit.js"
 */
import { endsOf, endsOfEntry, fitted, shapeOf } from "../fit.js";
import { labelsOf, targetsOf } from "./classes.js";

/** All that goes when a data set of the catalogue takes the place of one's own lists. */
const NO_LISTS = Object.freeze({
  xs: undefined,
  targets: undefined,
  test_xs: undefined,
  test_targets: undefined,
  feature_names: undefined,
  class_names: undefined,
  standardise: undefined,
});

const USUAL_SHARE = 0.2;

/**
 * @param {TrainingRequest} request
 * @param {string} name of the data set
 * @param {LabCatalog} catalog
 * @returns {Fitted | null} null if the catalogue does not know it
 */
export function withDataset(request, name, catalog) {
  const entry = catalog.datasets.find((each) => each.name === name);
  if (entry === undefined) return null;
  const before = endsOf(request, catalog.datasets);
  const old = request.dataset;
  const [least, most] = entry.parameter_limits.n ?? [Infinity, -Infinity];
  const keepsCount = old?.n !== undefined && old.n >= least && old.n <= most;
  /** @type {TrainingRequest["dataset"]} */
  const dataset = {
    name,
    ...(keepsCount && { n: old.n }),
    ...(old?.seed !== undefined && { seed: old.seed }),
    test_fraction: old?.test_fraction ?? USUAL_SHARE,
  };
  const next = { ...request, ...NO_LISTS, dataset };
  const { patch, notices } = fitted(next, endsOfEntry(entry), before, catalog);
  return { patch: { ...NO_LISTS, dataset, ...patch }, notices };
}

/**
 * The same classes on another number of outputs; nothing where the targets are not one's own classes.
 *
 * @param {TrainingRequest} request @param {number} outputs @returns {Partial<TrainingRequest>}
 */
export function recoded({ targets, test_targets, class_names: classes = [] }, outputs) {
  if (targets === undefined || classes.length === 0) return {};
  const again = (/** @type {number[][]} */ rows) => targetsOf(labelsOf(rows), outputs);
  return { targets: again(targets), ...(test_targets && { test_targets: again(test_targets) }) };
}

/**
 * One's own lists, and what else has to change for them.
 *
 * @param {TrainingRequest} request
 * @param {OwnData} data
 * @param {LabCatalog} catalog
 * @returns {Fitted}
 */
export function withOwnData(request, data, catalog) {
  const next = { ...request, ...NO_LISTS, dataset: undefined, ...data };
  const ends = endsOf(next, catalog.datasets);
  if (ends === null) return { patch: {}, notices: [] };
  const { patch, notices } = fitted(next, ends, endsOf(request, catalog.datasets), catalog);
  const outputs = shapeOf({ ...next, ...patch }).sizes.at(-1) ?? 1;
  const isRecoded = data.targets?.[0]?.length !== outputs;
  return { patch: { ...patch, ...(isRecoded && recoded(next, outputs)) }, notices };
}
