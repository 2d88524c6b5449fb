import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { translator } from "../../../static/js/i18n/i18n.js";
import { choose, sentence } from "../../../static/js/record/sentence.js";

const read = (/** @type {string} */ language) =>
  JSON.parse(readFileSync(new URL(`../../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));
const t = translator(read("en"));

/** A 2-2-1 network with one open and one dead ReLU unit; the second input is 0. */
const trace = () => ({
  x: [2, 0],
  target: [1],
  layers: [
    {
      activation: "relu",
      w: [
        [1, -1],
        [-3, 1],
      ],
      b: [0.5, 1],
      z: [2.5, -5],
      a: [2.5, 0],
      gain: [1, 0],
      jacobian: null,
      dl_da: [-3, 1.5],
      dl_dz: [-3, 0],
      dl_dw: [
        [-6, 0],
        [0, 0],
      ],
      dl_db: [-3, 0],
    },
    {
      activation: "linear",
      w: [[2, -1]],
      b: [-5.5],
      z: [-0.5],
      a: [-0.5],
      gain: [1],
      jacobian: null,
      dl_da: [-1.5],
      dl_dz: [-1.5],
      dl_dw: [[-3.75, 0]],
      dl_db: [-1.5],
    },
  ],
  loss: { name: "half_squared_error", value: 1.125 },
  dl_dx: [-3, 3],
  updated: {
    layers: [
      {
        w: [
          [7, -1],
          [-3, 1],
        ],
        b: [3.5, 1],
      },
      { w: [[5.75, -1]], b: [-4] },
    ],
    loss: 45,
  },
  counts: { forward: 6, backward: 2, products: 6, gradient: 8, naive_recursion: 2, finite_differences: 108 },
  steps: [],
});

/** @param {object} step */
const key = (step, changed = trace()) =>
  choose(/** @type {any} */ ({ reads: [], writes: [], value: [], ...step }), changed, {}).key;
/** @param {object} step */
const say = (step, titles = {}) =>
  sentence(/** @type {any} */ ({ reads: [], writes: [], value: [], ...step }), trace(), t, titles);

test("a weighted sum names its largest term and where it comes from", () => {
  assert.equal(
    say({ operation: "weighted_sum", layer: 0, unit: 1 }),
    "Unit 2 of layer 1 multiplies each of its 2 inputs by the weight on its connection and adds the products and the bias 1: " +
      "z = −5. The largest term in size, −6, comes from input x₁.",
  );
});

test("a dead ReLU unit is told from a live one, forward and back", () => {
  assert.equal(key({ operation: "activation", layer: 0, unit: 0 }), "step.activation.relu_open");
  assert.equal(key({ operation: "activation", layer: 0, unit: 1 }), "step.activation.relu_shut");
  assert.equal(key({ operation: "gain", layer: 0, unit: 0 }), "step.gain.open");
  assert.equal(key({ operation: "gain", layer: 0, unit: 1 }), "step.gain.shut");
  assert.equal(key({ operation: "amplify", layer: 0, unit: 1 }), "step.amplify.shut");
  assert.equal(
    key({ operation: "weight_gradient", layer: 0, unit: 1, writes: ["a", "b"] }),
    "step.weight_gradient.shut",
  );
});

test("a saturated unit almost closes the tap", () => {
  const saturated = trace();
  saturated.layers[0].gain = [9e-5, 1e-4];
  assert.equal(key({ operation: "gain", layer: 0, unit: 0 }, saturated), "step.gain.saturated");
  assert.equal(key({ operation: "amplify", layer: 0, unit: 0 }, saturated), "step.amplify.saturated");
  assert.equal(key({ operation: "gain", layer: 0, unit: 1 }, saturated), "step.gain");
});

test("where 0 came in, the weight's derivative is exactly 0", () => {
  const step = { operation: "weight_gradient", layer: 0, unit: 0, writes: ["/layers/0/dl_dw/0/1"] };
  assert.equal(key(step), "step.weight_gradient.one_input_zero");
  assert.match(say(step), /from input x₂ is 0, so ∂l\/∂w .* is exactly 0/);
});

test("case 1 is the output layer, case 2 a hidden one", () => {
  assert.match(say({ operation: "amplify", layer: 1, unit: 0, reads: ["/layers/1/gain/0"] }), /^Case 1/);
  assert.match(say({ operation: "backward_sum", layer: 0, unit: 0 }), /^Case 2/);
});

test("loss and activation taken together are known by the target they read", () => {
  assert.equal(
    key({ operation: "amplify", layer: 1, unit: 0, reads: ["/layers/1/z/0", "/target/0"] }),
    "step.amplify.pair",
  );
});

test("a negative weight turns the sign round", () => {
  const step = {
    operation: "product",
    part_of: "weighted_sum",
    layer: 0,
    unit: 1,
    reads: ["/layers/0/w/1/0", "/x/0"],
    value: [-6],
  };
  assert.equal(key(step), "step.product.forward.flipped");
  assert.match(say(step), /−6 reaches unit 2 of layer 1/);
});

test("a product on the way back names both ends of its wire", () => {
  const step = {
    operation: "product",
    part_of: "backward_sum",
    layer: 0,
    unit: 0,
    reads: ["/layers/1/w/0/0", "/layers/1/dl_dz/0"],
    value: [-3],
  };
  assert.equal(
    say(step),
    "∂l/∂z = −1.5 of unit 1 in layer 2 runs back over the wire with the weight 2 and reaches unit 1 of layer 1 as −3.",
  );
});

test("an update that made things worse is called so", () => {
  assert.match(say({ operation: "loss", phase: "update", layer: null, unit: null }), /rises from 1.125 to 45/);
});

test("a weight that does not move is said to stay", () => {
  const step = { operation: "weight_update", layer: 0, unit: 1, writes: ["/updated/layers/0/w/1/0"] };
  assert.equal(key(step), "step.weight_update.one_still");
});

test("a number float64 cannot hold is named as such", () => {
  const changed = /** @type {any} */ (trace());
  changed.layers[1].dl_da = [null];
  assert.equal(key({ operation: "loss_gradient", layer: 1, unit: 0 }, changed), "step.loss_gradient.unknown");
});

test("a layer of one unit is spoken of as that unit", () => {
  assert.equal(key({ operation: "activation", layer: 1, unit: null }), "step.activation.linear");
});

test("a whole layer is said in one sentence", () => {
  assert.equal(say({ operation: "gain", layer: 0, unit: null }).includes("1 of 2"), true);
});

test("the names of functions come from outside, and their words stand in where there are none", () => {
  const step = { operation: "loss", phase: "loss", layer: null, unit: null };
  assert.match(say(step, { half_squared_error: "Half squared error" }), /Half squared error: l = 1.125/);
  assert.match(say(step), /half_squared_error: l = 1.125/);
});

test("an operation without a sentence is an error that names it", () => {
  assert.throws(() => say({ operation: "guess", layer: 0, unit: 0 }), /guess/);
});
