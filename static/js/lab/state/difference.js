/**
 * What two recipes do differently, field by field. Pure.
 *
 * @import { TrainingRequest } from "../types.js"
 *
 * @typedef {string | number | boolean | null} Said a value as it can be said; null where the field is not there
 * @typedef {{ field: string, from: Said, to: Said }} Difference
 */
import { standardised } from "../units.js";
import { same, sizesOf } from "./recipe.js";

/** Those that say the most come first. */
const ORDER = [
  "sizes",
  "network",
  "activation",
  "output_activation",
  "initializer",
  "dataset",
  "data",
  "loss",
  "optimizer",
  "learning_rate",
  "schedule",
  "batch_size",
  "reduction",
  "epochs",
  "seed",
];

/** Lists, and what stands for itself below. */
const NOT_SAID = [
  "network",
  "sizes",
  "dataset",
  "xs",
  "targets",
  "test_xs",
  "test_targets",
  "feature_names",
  "class_names",
  "standardise",
  "optimizer",
  "schedule",
  "record_every",
  "keep",
];

/**
 * The parameters of a choice, under its name.
 * @param {string} choice
 * @param {Record<string, Said | undefined>} parameters
 */
const under = (choice, parameters) =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`${choice}.${name}`, value ?? null]));

/**
 * Short values by the names under which they are said.
 * @param {TrainingRequest} request
 * @returns {Record<string, Said>}
 */
function fieldsOf(request) {
  const { network, dataset, optimizer, schedule, batch_size } = request;
  const { name = null, standardise, ...choice } = dataset ?? {};
  const { inputs, targets } = standardised(standardise ?? request.standardise);
  const { name: optimizerName, learning_rate, ...tuning } = optimizer;
  const { name: scheduleName, ...plan } = schedule ?? { name: "constant" };
  const plain = Object.fromEntries(Object.entries(request).filter(([field]) => !NOT_SAID.includes(field)));
  return {
    sizes: sizesOf(request).join("-"),
    activation: network?.layers[0]?.activation ?? null,
    output_activation: network?.layers.at(-1)?.activation ?? null,
    .../** @type {Record<string, Said>} */ (plain),
    dataset: name,
    ...under("dataset", choice),
    ...(inputs !== null && { "dataset.standardise": inputs }),
    ...(targets && { "dataset.standardise_targets": true }),
    optimizer: optimizerName,
    learning_rate,
    ...under("optimizer", tuning),
    schedule: scheduleName,
    ...under("schedule", plan),
    batch_size: batch_size ?? "all",
    reduction: request.reduction ?? "mean",
  };
}

/** @param {string} field */
function placeOf(field) {
  const at = ORDER.indexOf(field.split(".")[0] ?? "");
  return at < 0 ? ORDER.length : at;
}

/** @param {TrainingRequest} from @param {TrainingRequest} to @returns {Difference[]} */
export function differences(from, to) {
  const [before, after] = [fieldsOf(from), fieldsOf(to)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const found = names
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter((each) => !same(each.from, each.to));
  const sameSizes = same(sizesOf(from), sizesOf(to));
  if (sameSizes && from.network && to.network && !same(from.network, to.network))
    found.push({ field: "network", from: null, to: null });
  if (!same([from.xs, from.targets], [to.xs, to.targets])) found.push({ field: "data", from: null, to: null });
  return found.sort((one, other) => placeOf(one.field) - placeOf(other.field));
}
