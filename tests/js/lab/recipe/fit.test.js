/**
 * What has to change along with an edit of the recipe, how numbers run along a slider, and how a recipe is put into
 * words.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { recoded, withDataset, withOwnData } from "../../../../static/js/lab/recipe/data/choice.js";
import {
  endsOf,
  endsOfEntry,
  fitted,
  isBlind,
  isConstant,
  neededOutputs,
  parametersIn,
  shapeOf,
  withOutput,
} from "../../../../static/js/lab/recipe/fit.js";
import { createSay } from "../../../../static/js/lab/recipe/saying.js";
import { linear, logarithmic, whole } from "../../../../static/js/lab/recipe/scales.js";
import { mountAnnouncer } from "../../../../static/js/lab/shell/announcer.js";
import { differencesInWords, recipeInWords, titleOf } from "../../../../static/js/lab/shell/words.js";
import { DEFAULT_PACE, PACES, isPaceWord, paceOf, wordOf } from "../../../../static/js/lab/state/pace.js";
import { watchView } from "../../../../static/js/lab/views/charts/watch-view.js";
import { createStore } from "../../../../static/js/kit/store.js";
import { recorded } from "../../recorded.mjs";

/** With titles that a sentence is easily told by. */
const named = (name, more = {}) => ({ ...more, name, title: { en: `${name}`.toUpperCase(), zh: `〈${name}〉` } });
const catalog = Object.fromEntries(
  Object.entries(recorded("catalog")).map(([part, entries]) => [
    part,
    Array.isArray(entries) ? entries.map((entry) => named(entry.name, entry)) : entries,
  ]),
);
const entryOf = (part, name) => catalog[part].find((entry) => entry.name === name);
const request = (more = {}) => ({
  sizes: [2, 3, 1],
  activation: "tanh",
  output_activation: "sigmoid",
  initializer: "xavier_uniform",
  loss: "binary_cross_entropy",
  dataset: { name: "moons", n: 100, seed: 4, test_fraction: 0.25 },
  optimizer: { name: "adam", learning_rate: 0.05 },
  epochs: 10,
  seed: 1,
  ...more,
});
const layer = (rows, columns, activation) => ({
  w: Array.from({ length: rows }, () => Array(columns).fill(1)),
  b: Array(rows).fill(0),
  activation,
});

test("data asks for as many inputs as it has features, and two classes fit on one output or two", () => {
  assert.deepEqual(endsOfEntry(entryOf("datasets", "moons")), { inputs: 2, outputs: [1, 2], kind: "classification" });
  assert.deepEqual(endsOfEntry(entryOf("datasets", "iris")), { inputs: 4, outputs: [3], kind: "classification" });
  assert.deepEqual(endsOfEntry(entryOf("datasets", "sine")), { inputs: 1, outputs: [1], kind: "regression" });
  assert.equal(endsOf(request({ dataset: { name: "unheard" } }), catalog.datasets), null);
  assert.equal(endsOf(request({ dataset: undefined }), catalog.datasets), null);
  const lists = { dataset: undefined, xs: [[1, 2, 3]], targets: [[0, 1]] };
  assert.deepEqual(endsOf(request(lists), catalog.datasets), { inputs: 3, outputs: [2], kind: "regression" });
  assert.deepEqual(endsOf(request({ ...lists, class_names: ["a"] }), catalog.datasets), {
    inputs: 3,
    outputs: [1],
    kind: "classification",
  });
});

test("a network is sizes and activations, however it is given", () => {
  assert.deepEqual(shapeOf({}), { sizes: [], activation: "tanh", output_activation: "sigmoid", isMixed: false });
  const network = { layers: [layer(3, 2, "relu"), layer(4, 3, "tanh"), layer(1, 4, "linear")] };
  assert.deepEqual(shapeOf({ network }), {
    sizes: [2, 3, 4, 1],
    activation: "relu",
    output_activation: "linear",
    isMixed: true,
  });
  assert.deepEqual(shapeOf({ network: { layers: [layer(1, 2, "linear")] } }), {
    sizes: [2, 1],
    activation: "tanh",
    output_activation: "linear",
    isMixed: false,
  });
  assert.deepEqual(shapeOf({ network: { layers: [] } }).sizes, [0]);
  assert.equal(parametersIn([2, 3, 1]), 3 * 3 + 4);
  const [softmax, sigmoid] = ["softmax", "sigmoid"].map((name) => entryOf("activations", name));
  assert.ok(isConstant(softmax, 1) && !isConstant(softmax, 2) && !isConstant(sigmoid, 1));
  const [oneHot, huber] = ["cross_entropy", "huber"].map((name) => entryOf("losses", name));
  assert.ok(isBlind(oneHot, 1) && !isBlind(oneHot, 2) && !isBlind(huber, 1));
});

test("a loss says which outputs it needs", () => {
  assert.deepEqual(neededOutputs(entryOf("losses", "cross_entropy"), "tanh"), ["softmax", "sigmoid"]);
  assert.equal(neededOutputs(entryOf("losses", "cross_entropy"), "softmax"), null);
  assert.equal(neededOutputs(entryOf("losses", "half_squared_error"), "tanh"), null);
  assert.equal(neededOutputs(entryOf("losses", "huber"), "tanh"), null);
});

test("another data set changes the ends, and output and loss where the task is another", () => {
  const { patch, notices } = withDataset(request(), "iris", catalog);
  assert.deepEqual(patch.dataset, { name: "iris", seed: 4, test_fraction: 0.25 });
  assert.deepEqual([patch.sizes, patch.output_activation, patch.loss], [[4, 3, 3], "softmax", "cross_entropy"]);
  assert.deepEqual(notices, [
    { key: "lab.recipe.fitted", params: { inputs: 4, outputs: 3, output: "softmax", loss: "cross_entropy" } },
  ]);
  const many = request({ dataset: { name: "moons", n: 1 + entryOf("datasets", "sine").parameter_limits.n[1] } });
  const regression = withDataset(many, "sine", catalog).patch;
  assert.deepEqual(
    [regression.sizes, regression.output_activation, regression.loss],
    [[1, 3, 1], "linear", "half_squared_error"],
  );
  assert.equal("n" in regression.dataset, false);
  assert.equal(withDataset(request(), "unheard", catalog), null);
});

test("what fits stays: the count within its limits, the output, the loss", () => {
  const { patch, notices } = withDataset(request(), "moons", catalog);
  assert.deepEqual(patch.dataset, request().dataset);
  assert.deepEqual([patch.sizes, patch.loss, notices], [undefined, undefined, []]);
  assert.deepEqual(withDataset(request({ dataset: undefined }), "moons", catalog).patch.dataset, {
    name: "moons",
    test_fraction: 0.2,
  });
  const huber = withDataset(request({ loss: "huber" }), "iris", catalog).patch;
  assert.deepEqual([huber.output_activation, huber.loss], ["softmax", undefined]);
});

test("a network in numbers gives way to one that is drawn", () => {
  const network = { layers: [layer(3, 2, "relu"), layer(1, 3, "sigmoid")] };
  const { patch } = withDataset(request({ sizes: undefined, network, initializer: undefined }), "iris", catalog);
  assert.deepEqual(
    [patch.network, patch.initializer, patch.activation, "network" in patch],
    [undefined, "xavier_uniform", "relu", true],
  );
});

test("a softmax of one unit, which is 1 whatever comes, does not stay", () => {
  const { patch } = fitted(
    request({ output_activation: "softmax", loss: "cross_entropy" }),
    { inputs: 2, outputs: [1], kind: "classification" },
    { inputs: 2, outputs: [1], kind: "classification" },
    catalog,
  );
  assert.deepEqual([patch.output_activation, patch.loss], ["sigmoid", "binary_cross_entropy"]);
});

test("another output takes a loss that can stand after it along", () => {
  assert.deepEqual(withOutput(request({ loss: "huber" }), "tanh", "classification", catalog), {
    patch: { output_activation: "tanh" },
    notices: [],
  });
  assert.deepEqual(withOutput(request({ loss: "unheard" }), "tanh", "classification", catalog).notices, []);
  assert.deepEqual(withOutput(request(), "tanh", "classification", catalog).patch, {
    output_activation: "tanh",
    loss: "half_squared_error",
  });
  const two = request({ sizes: [2, 3, 2] });
  assert.deepEqual(withOutput(two, "softmax", "classification", catalog).patch, {
    output_activation: "softmax",
    loss: "cross_entropy",
  });
  assert.deepEqual(withOutput(request({ loss: "cross_entropy" }), "sigmoid", "classification", catalog).notices, [
    { key: "lab.recipe.fitted.loss", params: { loss: "binary_cross_entropy" } },
  ]);
});

test("one's own classes are written for as many outputs as the network has", () => {
  assert.deepEqual(recoded(request(), 2), {});
  const lists = { targets: [[0], [1]], test_targets: [[1]], class_names: ["a", "b"] };
  assert.deepEqual(recoded(request(lists), 2), {
    targets: [
      [1, 0],
      [0, 1],
    ],
    test_targets: [[0, 1]],
  });
  assert.deepEqual(
    recoded(
      request({
        targets: [
          [1, 0],
          [0, 1],
        ],
        class_names: ["a", "b"],
      }),
      1,
    ),
    { targets: [[0], [1]] },
  );
});

test("own lists take the place of a data set and are recoded where the outputs stay", () => {
  const data = {
    xs: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    targets: [[0], [1]],
    class_names: ["a", "b"],
  };
  const kept = withOwnData(
    request({ sizes: [2, 3, 2], output_activation: "softmax", loss: "cross_entropy" }),
    data,
    catalog,
  ).patch;
  assert.deepEqual(
    [kept.sizes, kept.targets],
    [
      [3, 3, 2],
      [
        [1, 0],
        [0, 1],
      ],
    ],
  );
  const plain = withOwnData(request(), data, catalog).patch;
  assert.deepEqual([plain.sizes, plain.targets], [[3, 3, 1], undefined]);
  assert.deepEqual(withOwnData(request(), { xs: [], targets: [] }, catalog), { patch: {}, notices: [] });
});

test("a linear scale and back, and its arrow keys", () => {
  const scale = linear(0, 1, 0.1);
  assert.deepEqual(
    [scale.steps, scale.place(0.3), scale.value(3), scale.place(7), scale.place(-7)],
    [10, 3, 0.3, 10, 0],
  );
  assert.deepEqual([scale.next(0.2, 1, false), scale.next(0.2, -1, false), scale.next(0, 1, true)], [0.3, 0.1, 1]);
});

test("a logarithmic scale goes by equal ratios in two digits", () => {
  const scale = logarithmic(0.001, 10);
  assert.deepEqual(
    [scale.steps, scale.place(0.001), scale.place(0), scale.place(10), scale.place(1e9)],
    [80, 0, 0, 80, 80],
  );
  assert.deepEqual(
    [scale.value(20), scale.value(80), scale.next(0.1, 1, true), scale.next(1, -1, false)],
    [0.01, 10, 0.32, 0.89],
  );
  const counts = whole(logarithmic(1, 100));
  assert.deepEqual(
    [counts.value(1), counts.next(1, 1, false), counts.next(2, -1, false), counts.next(50, 1, false)],
    [1, 2, 1, 56],
  );
});

test("a pace is a number of epochs a second, or as fast as it goes", () => {
  for (const pace of PACES) assert.equal(paceOf(wordOf(pace)), pace);
  assert.ok(PACES.includes(DEFAULT_PACE));
  assert.deepEqual(
    [isPaceWord("full"), isPaceWord("20"), isPaceWord("21"), isPaceWord(null)],
    [true, true, false, false],
  );
});

test("a notice names the functions as people do, and takes the one before it away", () => {
  const told = [];
  const actions = {
    notify: (...notices) => told.push(["notify", ...notices]),
    dismiss: (key) => told.push(["dismiss", key]),
  };
  const store = createStore({ catalog, language: "en" });
  const say = createSay({ store, actions });
  say({ key: "k", params: { loss: "huber", outputs: 2 } });
  const first = { key: "k", params: { loss: "HUBER", outputs: 2 } };
  assert.deepEqual(told, [["notify", first]]);
  say();
  assert.deepEqual(told[1], ["dismiss", JSON.stringify(first)]);
  assert.equal(told.length, 2);
  store.set({ catalog: null });
  say({ key: "k", params: { loss: "huber" } });
  assert.deepEqual(told[2], ["notify", { key: "k", params: { loss: "huber" } }]);
});

const t = (key, params) => (params ? `${key}(${Object.values(params).join(",")})` : key);

test("a recipe is a line of words", () => {
  const state = { catalog, language: "en" };
  assert.equal(recipeInWords(request(), state, t), "MOONS · 2-3-1 · TANH · BINARY_CROSS_ENTROPY · ADAM 0.05");
  assert.equal(
    recipeInWords({ dataset: undefined, sizes: [2, 1], activation: "tanh" }, { catalog: null, language: "zh" }, t),
    "lab.field.own-data · 2-1",
  );
  assert.deepEqual(
    [
      titleOf(state, "unheard"),
      titleOf({ catalog, language: "zh" }, "iris"),
      titleOf({ catalog: null, language: "zh" }, "iris"),
    ],
    ["unheard", "〈iris〉", "iris"],
  );
});

test("two recipes differ in words", () => {
  const state = { catalog, language: "en" };
  const words = (from, to) => differencesInWords(request(from), request(to), state, t);
  assert.equal(words({}, {}), "lab.difference.none");
  assert.equal(
    words({ activation: "tanh" }, { activation: "sigmoid" }),
    "lab.difference(lab.field.activation,TANH,SIGMOID)",
  );
  assert.match(
    words({ batch_size: 5 }, { batch_size: null }),
    /lab\.field\.batch_size,5,lab\.field\.all|lab\.field\.none/,
  );
  assert.match(words({ epochs: 5 }, { epochs: 6, seed: 2 }), /lab\.field\.epochs,5,6\)lab\.list/);
});

test("what has no word is told by its name, what is there or not as yes, no or nothing", () => {
  const state = { catalog, language: "en" };
  const words = (from, to) => differencesInWords({ ...request(), ...from }, { ...request(), ...to }, state, t);
  const moons = { name: "moons", n: 10 };
  assert.equal(
    words({ dataset: moons }, { dataset: { ...moons, standardise: true } }),
    "lab.difference(lab.field.dataset.standardise,lab.field.none,lab.field.yes)",
  );
  assert.equal(
    words({ dataset: { ...moons, standardise: true } }, { dataset: { ...moons, standardise: false } }),
    "lab.difference(lab.field.dataset.standardise,lab.field.yes,lab.field.no)",
  );
  const adam = { name: "adam", learning_rate: 0.05, beta_1: 0.9 };
  assert.equal(words({ optimizer: adam }, { optimizer: { ...adam, beta_1: 0.5 } }), "lab.difference(beta_1,0.9,0.5)");
  const own = { dataset: undefined, xs: [[1, 2]], targets: [[1]] };
  assert.equal(words(own, { ...own, xs: [[1, 3]] }), "lab.field.data.other");
});

test("a screen reader is told when a training starts, and where it stops", () => {
  const root = { textContent: "" };
  const store = createStore({ training: false, run: null });
  mountAnnouncer(root, { store, t });
  store.set({ training: true });
  assert.equal(root.textContent, "lab.announce.training");
  store.set({ training: false, run: { history: { epochs: [{ epoch: 3, cost: 0.5 }] } } });
  assert.equal(root.textContent, "lab.announce.stopped(3,0.5)");
});

test("a closed view hears of nothing and catches up when it is opened", () => {
  const store = createStore({ view: "loss", value: 1 });
  const heard = [];
  watchView(
    { store },
    "map",
    (state) => state.value,
    (value) => heard.push(value),
  );
  const before = heard.length;
  store.set({ value: 2 });
  assert.equal(heard.length, before);
  store.set({ view: "map" });
  assert.equal(heard.at(-1), 2);
  store.set({ value: 3 });
  assert.equal(heard.at(-1), 3);
});
