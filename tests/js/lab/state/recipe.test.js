import assert from "node:assert/strict";
import { test } from "node:test";

import { SETUPS } from "../../../../static/js/lab/setups.js";
import { differences } from "../../../../static/js/lab/state/difference.js";
import {
  merged,
  patched,
  recordEvery,
  same,
  sameButEpochs,
  sizesOf,
  withDataset,
  withFields,
  withOwnData,
  withSizes,
} from "../../../../static/js/lab/state/recipe.js";
import { parameterCount } from "../../../../static/js/record/request.js";

const recipe = () => ({
  sizes: [2, 3, 1],
  activation: "tanh",
  output_activation: "sigmoid",
  initializer: "xavier_uniform",
  dataset: { name: "circles", n: 100, noise: 0.1, seed: 1, test_fraction: 0.2 },
  loss: "binary_cross_entropy",
  optimizer: { name: "adam", learning_rate: 0.01 },
  batch_size: 10,
  epochs: 40,
  seed: 3,
});
const numbers = { layers: [{ w: [[1, 2]], b: [0], activation: "sigmoid" }] };

test("what changes nothing gives the same object, so that it is no edit", () => {
  const request = recipe();
  assert.equal(patched(request, { epochs: 40 }), request);
  assert.equal(withDataset(request, { name: "circles" }), request);
  assert.equal(withSizes(request, [2, 3, 1]), request);
  assert.notEqual(withFields(request, { epochs: 41 }), request);
});

test("a field set to undefined is left out", () => {
  assert.equal("batch_size" in withFields(recipe(), { batch_size: undefined }), false);
  assert.equal(withFields(recipe(), { batch_size: null }).batch_size, null);
});

test("JSON is the same whatever the order of its names; null is not the lack of a name", () => {
  assert.ok(same({ a: [1, { b: 2 }], c: undefined }, { a: [1, { b: 2 }] }));
  assert.ok(!same({ a: null }, {}));
  assert.ok(!same([1, 2], [1, 2, 3]));
  assert.ok(same({ x: 1, y: 2 }, { y: 2, x: 1 }));
});

test("another data set keeps what is held out and drops the parameters of the one before", () => {
  assert.deepEqual(withDataset(recipe(), { name: "iris" }).dataset, { name: "iris", test_fraction: 0.2 });
  assert.deepEqual(withDataset(recipe(), { noise: 0.3 }).dataset, { ...recipe().dataset, noise: 0.3 });
});

test("own data takes the place of a data set, and a data set that of own data", () => {
  const own = withOwnData(
    recipe(),
    { xs: [[1, 2]], targets: [[1]], class_names: ["a", "b"], standardise: true },
    { epochs: 5 },
  );
  assert.equal(own.dataset, undefined);
  assert.deepEqual([own.xs, own.epochs], [[[1, 2]], 5]);
  const back = withDataset(own, { name: "xor" });
  assert.deepEqual(
    Object.keys(back).filter((name) => ["xs", "targets", "class_names", "standardise"].includes(name)),
    [],
  );
});

test("a network in numbers keeps its activations when its sizes change, and a drawn one takes its place", () => {
  const request = withFields(recipe(), { network: numbers });
  assert.deepEqual([request.sizes, request.activation, sizesOf(request)], [undefined, undefined, [2, 1]]);
  const wider = withSizes(request, [2, 4, 1]);
  assert.deepEqual([wider.network, wider.sizes, wider.output_activation], [undefined, [2, 4, 1], "sigmoid"]);
  assert.equal(withFields(request, { initializer: "zeros" }).network, undefined);
});

test("without a name there is no data set to change", () => {
  const own = withOwnData(recipe(), { xs: [[1, 2]], targets: [[1]] });
  assert.equal(withDataset(own, { noise: 0.3 }), own);
  assert.deepEqual(sizesOf({ ...own, sizes: undefined, network: { layers: [] } }), [0]);
});

test("only the number of epochs may differ for a run to go on", () => {
  assert.ok(sameButEpochs(recipe(), { ...recipe(), epochs: 99 }));
  assert.ok(!sameButEpochs(recipe(), { ...recipe(), seed: 4 }));
});

test("networks are recorded as often as the page can hold them", () => {
  assert.equal(parameterCount([2, 3, 1]), 13);
  assert.equal(recordEvery([2, 3, 1], 10_000), 1);
  const every = recordEvery([64, 128, 10], 10_000);
  const bytes = (10_000 / every) * parameterCount([64, 128, 10]) * 8;
  assert.ok(every > 1 && bytes <= 8_000_000, String(bytes));
});

test("what two recipes do differently is said field by field, the weightiest first", () => {
  const other = withFields(recipe(), {
    activation: "relu",
    optimizer: { name: "momentum", learning_rate: 0.1, momentum: 0.5 },
    batch_size: null,
  });
  assert.deepEqual(differences(recipe(), other), [
    { field: "activation", from: "tanh", to: "relu" },
    { field: "optimizer", from: "adam", to: "momentum" },
    { field: "optimizer.momentum", from: null, to: 0.5 },
    { field: "learning_rate", from: 0.01, to: 0.1 },
    { field: "batch_size", from: 10, to: "all" },
  ]);
  assert.deepEqual(differences(recipe(), recipe()), []);
  const more = { ...recipe(), seed: 4, l2: 0.1, schedule: { name: "step", factor: undefined } };
  assert.deepEqual(
    differences(recipe(), more).map(({ field, to }) => [field, to]),
    [
      ["schedule", "step"],
      ["seed", 4],
      ["l2", 0.1],
    ],
  );
});

test("other data and other weights are different, though no short word says how", () => {
  const own = withOwnData(recipe(), { xs: [[1, 2]], targets: [[1]] });
  const fields = differences(own, withOwnData(own, { xs: [[1, 3]], targets: [[1]] })).map(({ field }) => field);
  assert.deepEqual(fields, ["data"]);
  const drawn = withFields(recipe(), { network: numbers });
  const moved = withFields(drawn, { network: { layers: [{ w: [[1, 3]], b: [0], activation: "sigmoid" }] } });
  assert.deepEqual(
    differences(drawn, moved).map(({ field }) => field),
    ["network"],
  );
});

test("each setup has a name of its own and is said in both languages", () => {
  assert.equal(new Set(SETUPS.map(({ name }) => name)).size, SETUPS.length);
  for (const { title, description } of SETUPS)
    for (const text of [title, description]) assert.ok(text.en && text.zh && text.en !== text.zh);
});

test("each twin differs in one thing", () => {
  const twins = SETUPS.filter(({ twin }) => twin);
  assert.equal(twins.length, 3);
  for (const { request, twin } of twins) assert.equal(differences(request, withFields(request, twin ?? {})).length, 1);
});

test("what mends a recipe goes into its data set, and leaves the rest of it alone", () => {
  const remedy = /** @type {any} */ ({ dataset: { standardise: { inputs: true, targets: true } } });
  assert.deepEqual(withFields(recipe(), merged(recipe(), remedy)).dataset, { ...recipe().dataset, ...remedy.dataset });
  assert.deepEqual(merged(recipe(), { standardise: true }), { standardise: true });
});
