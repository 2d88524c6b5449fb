import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { translator } from "../../../static/js/i18n/i18n.js";
import { choose, sentence } from "../../../static/js/record/sentence.js";
import { traceNamed } from "../scene-fixtures.mjs";

const read = (/** @type {string} */ language) =>
  JSON.parse(readFileSync(new URL(`../../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));

for (const name of /** @type {const} */ (["lecture-unit", "lecture-term", "four-six-three-layer"])) {
  test(`every step of ${name} is said in both languages, with all its numbers filled in`, () => {
    const trace = traceNamed(name);
    for (const language of ["en", "zh"]) {
      const t = translator(read(language));
      const said = trace.steps.map((/** @type {any} */ step) => sentence(step, trace, t, {}));
      for (const each of said) assert.doesNotMatch(each, /[{}]|undefined|NaN|step\./);
      assert.ok(new Set(said).size > said.length / 2);
    }
  });
}

/**
 * A 1-3-1 network with numbers that no sentence finds remarkable.
 * @param {Record<string, any>} [changed] of its last layer
 */
const trace = (changed = {}) => ({
  x: [2],
  target: [1],
  layers: [
    {
      activation: "tanh",
      w: [[1], [2], [3]],
      b: [0, 0, 1],
      z: [2, 4, 7],
      a: [0.9, 0.8, 0.7],
      gain: [0.5, 0.4, 0.3],
      jacobian: null,
      dl_da: [1, 2, 3],
      dl_dz: [0.5, 0.8, 0.9],
      dl_dw: [[1], [1.6], [1.8]],
      dl_db: [0.5, 0.8, 0.9],
    },
    {
      activation: "tanh",
      w: [[1, 2, 3]],
      b: [1],
      z: [0.3],
      a: [0.2],
      gain: [0.9],
      jacobian: null,
      dl_da: [-0.8],
      dl_dz: [-0.72],
      dl_dw: [[1, 2, 3]],
      dl_db: [-0.72],
      ...changed,
    },
  ],
  loss: { name: "half_squared_error", value: 0.32 },
  dl_dx: [4],
  updated: {
    layers: [
      { w: [[0], [1], [2]], b: [0, 0, 1] },
      { w: [[1, 2, 3]], b: [2] },
    ],
    loss: 0.1,
  },
  counts: {},
  steps: [],
});
/** A 1-3-3 network whose last layer is a softmax. */
const softmax = () => ({
  ...trace(),
  target: [0, 1, 0],
  layers: [
    trace().layers[0],
    {
      activation: "softmax",
      w: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      b: [1, 2, 3],
      z: [1, 2, 3],
      a: [0.1, 0.2, 0.7],
      gain: null,
      jacobian: [],
      dl_da: [0, -5, 0],
      dl_dz: [0.1, -0.8, 0.7],
      dl_dw: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      dl_db: [0, 0, 0],
    },
  ],
  loss: { name: "cross_entropy", value: 1.6 },
});
const pair = ["/layers/1/z/0", "/target/0"];
const whole = { unit: null };

/** @param {any[]} a of the hidden layer */
const feeding = (...a) => ({ ...trace(), layers: [{ ...trace().layers[0], a }, trace().layers[1]] });
const lostUpdate = () => ({
  ...trace(),
  updated: {
    ...trace().updated,
    layers: [
      { w: [[null], [null], [null]], b: [0, 0, 1] },
      { w: [[1, 2, 3]], b: [2] },
    ],
  },
});

/** @type {[string, Record<string, any>, any][]} */
const KINDS = [
  ["step.weighted_sum.one", { operation: "weighted_sum", layer: 0, unit: 0 }, trace()],
  ["step.weighted_sum", { operation: "weighted_sum", layer: 1, unit: 0 }, feeding(null, 0.8, 0.7)],
  ["step.weighted_sum.layer", { operation: "weighted_sum", layer: 0, ...whole }, trace()],
  ["step.weighted_sum.silent", { operation: "weighted_sum", layer: 1, unit: 0 }, softmax()],
  ["step.activation.softmax", { operation: "activation", layer: 1, ...whole }, softmax()],
  ["step.activation.layer", { operation: "activation", layer: 0, ...whole }, trace()],
  ["step.activation.output", { operation: "activation", layer: 1, unit: 0 }, trace()],
  ["step.activation", { operation: "activation", layer: 0, unit: 0 }, trace()],
  ["step.loss.one", { operation: "loss", phase: "loss", layer: null, ...whole }, trace()],
  ["step.loss.class", { operation: "loss", phase: "loss", layer: null, ...whole }, softmax()],
  ["step.loss", { operation: "loss", phase: "loss", layer: null, ...whole }, { ...softmax(), target: [0.5, 0.5, 0] }],
  [
    "step.loss.output_sum",
    { operation: "loss", phase: "loss", layer: null, ...whole },
    { ...trace(), loss: { name: "output_sum", value: 0.2 } },
  ],
  ["step.loss.after.lower", { operation: "loss", phase: "update", layer: null, ...whole }, trace()],
  [
    "step.loss.after.same",
    { operation: "loss", phase: "update", layer: null, ...whole },
    { ...trace(), updated: undefined },
  ],
  ["step.loss_gradient.layer", { operation: "loss_gradient", layer: 1, ...whole }, softmax()],
  ["step.loss_gradient.zero", { operation: "loss_gradient", layer: 1, unit: 0 }, softmax()],
  ["step.loss_gradient.down", { operation: "loss_gradient", layer: 1, unit: 0 }, trace()],
  ["step.loss_gradient.up", { operation: "loss_gradient", layer: 1, unit: 0 }, trace({ dl_da: [2] })],
  ["step.inject", { operation: "inject", layer: 1, unit: 0 }, trace()],
  ["step.inject.layer", { operation: "inject", layer: 1, ...whole }, softmax()],
  ["step.gain.softmax", { operation: "gain", layer: 1, ...whole }, softmax()],
  ["step.gain.layer", { operation: "gain", layer: 0, ...whole }, trace()],
  ["step.gain.open", { operation: "gain", layer: 1, unit: 0 }, trace({ gain: [1] })],
  ["step.backward_sum.one", { operation: "backward_sum", layer: 0, unit: 1 }, trace()],
  ["step.backward_sum.layer", { operation: "backward_sum", layer: 0, ...whole }, trace()],
  ["step.backward_sum.silent", { operation: "backward_sum", layer: 0, unit: 0 }, softmax()],
  ["step.amplify.output", { operation: "amplify", layer: 1, unit: 0 }, trace()],
  ["step.amplify", { operation: "amplify", layer: 0, unit: 0 }, trace()],
  ["step.amplify.layer", { operation: "amplify", layer: 0, ...whole }, trace()],
  ["step.amplify.layer_jacobian", { operation: "amplify", layer: 1, ...whole }, softmax()],
  ["step.amplify.layer_pair", { operation: "amplify", layer: 1, reads: pair, ...whole }, softmax()],
  ["step.amplify.difference", { operation: "amplify", layer: 1, unit: 0, reads: pair }, softmax()],
  [
    "step.amplify.difference",
    { operation: "amplify", layer: 1, unit: 0, reads: pair },
    { ...trace(), loss: { name: "binary_cross_entropy", value: 1 } },
  ],
  ["step.amplify.jacobian", { operation: "amplify", layer: 1, unit: 0 }, softmax()],
  ["step.weight_gradient.layer", { operation: "weight_gradient", layer: 0, ...whole }, trace()],
  ["step.weight_gradient.layer_zero", { operation: "weight_gradient", layer: 1, ...whole }, softmax()],
  ["step.weight_gradient", { operation: "weight_gradient", layer: 1, unit: 0, writes: ["a", "b", "c"] }, trace()],
  [
    "step.weight_gradient.some_zero",
    { operation: "weight_gradient", layer: 1, unit: 0, writes: ["a", "b", "c"] },
    feeding(0, 0.8, 0.7),
  ],
  [
    "step.weight_gradient.shut",
    { operation: "weight_gradient", layer: 1, unit: 0, writes: ["a", "b", "c"] },
    trace({ dl_dz: [0] }),
  ],
  [
    "step.weight_gradient.inputs_zero",
    { operation: "weight_gradient", layer: 0, unit: 0, writes: ["a", "b"] },
    { ...trace(), x: [0] },
  ],
  [
    "step.weight_gradient.one",
    { operation: "weight_gradient", layer: 0, unit: 0, writes: ["/layers/0/dl_dw/0/0"] },
    trace(),
  ],
  [
    "step.weight_gradient.one_shut",
    { operation: "weight_gradient", layer: 1, unit: 0, writes: ["/layers/1/dl_dw/0/0"] },
    trace({ dl_dz: [0] }),
  ],
  ["step.bias_gradient", { operation: "bias_gradient", layer: 0, unit: 0 }, trace()],
  ["step.bias_gradient.layer", { operation: "bias_gradient", layer: 0, ...whole }, trace()],
  ["step.input_gradient", { operation: "input_gradient", layer: 0, unit: 0 }, trace()],
  [
    "step.input_gradient.layer",
    { operation: "input_gradient", layer: 0, ...whole },
    { ...trace(), x: [1, 2], dl_dx: [4, 5] },
  ],
  ["step.weight_update.layer_tie", { operation: "weight_update", layer: 0, ...whole }, trace()],
  ["step.weighted_sum.tie", { operation: "weighted_sum", layer: 1, unit: 0 }, feeding(0.6, 0.3, 0.2)],
  [
    "step.loss.exact",
    { operation: "loss", phase: "loss", layer: null, ...whole },
    { ...softmax(), target: [0.1, 0.2, 0.7], loss: { name: "half_squared_error", value: 0 } },
  ],
  [
    "step.weight_gradient.signal",
    { operation: "weight_gradient", layer: 1, unit: 0, writes: ["a", "b", "c"] },
    { ...trace(), signal: [1] },
  ],
  [
    "step.weight_gradient.signal_one",
    { operation: "weight_gradient", layer: 1, unit: 0, writes: ["/layers/1/dl_dw/0/1"] },
    { ...trace(), signal: [1] },
  ],
  ["step.bias_gradient.signal", { operation: "bias_gradient", layer: 1, unit: 0 }, { ...trace(), signal: [1] }],
  ["step.input_gradient.signal", { operation: "input_gradient", layer: 0, unit: 0 }, { ...trace(), signal: [1] }],
  [
    "step.amplify.saturated_signal",
    { operation: "amplify", layer: 1, unit: 0 },
    { ...trace({ gain: [1e-9] }), signal: [1] },
  ],
  ["step.weight_update.layer", { operation: "weight_update", layer: 0, ...whole }, lostUpdate()],
  ["step.weight_update_still", { operation: "weight_update", layer: 1, unit: 0, writes: ["a", "b"] }, trace()],
  ["step.bias_update", { operation: "bias_update", layer: 1, unit: 0 }, trace()],
  ["step.bias_update.still", { operation: "bias_update", layer: 0, unit: 0 }, trace()],
  [
    "step.bias_update.layer_still",
    { operation: "bias_update", layer: 0, ...whole },
    { ...trace(), updated: undefined },
  ],
  [
    "step.product.forward",
    {
      operation: "product",
      part_of: "weighted_sum",
      layer: 0,
      unit: 0,
      reads: ["/layers/0/w/0/0", "/x/0"],
      value: [2],
    },
    trace(),
  ],
  [
    "step.product.backward",
    {
      operation: "product",
      part_of: "input_gradient",
      layer: 0,
      unit: 0,
      reads: ["/layers/0/w/0/0", "/layers/0/dl_dz/0"],
      value: [0.5],
    },
    trace(),
  ],
  [
    "step.product.backward.zero",
    {
      operation: "product",
      part_of: "backward_sum",
      layer: 0,
      unit: 0,
      reads: ["/layers/1/w/0/0", "/layers/1/dl_dz/0"],
      value: [0],
    },
    trace({ dl_dz: [0] }),
  ],
  [
    "step.accumulate.forward_one",
    { operation: "accumulate", part_of: "weighted_sum", layer: 0, unit: 0, reads: ["a", "b"] },
    trace(),
  ],
  [
    "step.accumulate.forward",
    { operation: "accumulate", part_of: "weighted_sum", layer: 1, unit: 0, reads: ["a", "b", "c"] },
    trace(),
  ],
  [
    "step.accumulate.input_one",
    { operation: "accumulate", part_of: "input_gradient", layer: 0, unit: 0, reads: ["a"] },
    trace(),
  ],
  [
    "step.accumulate.input_many",
    { operation: "accumulate", part_of: "input_gradient", layer: 0, unit: 0, reads: ["a", "b"] },
    trace(),
  ],
  [
    "step.accumulate.backward_one",
    { operation: "accumulate", part_of: "backward_sum", layer: 0, unit: 0, reads: ["a"] },
    trace(),
  ],
  [
    "step.accumulate.backward_many",
    { operation: "accumulate", part_of: "backward_sum", layer: 0, unit: 0, reads: ["a", "b"] },
    trace(),
  ],
];

for (const [wanted, step, of] of KINDS) {
  test(`${step.operation} is told as ${wanted}, in words of both languages`, () => {
    const complete = /** @type {any} */ ({ reads: [], writes: [], value: [], ...step });
    assert.equal(choose(complete, of, {}).key, wanted);
    for (const language of ["en", "zh"]) {
      assert.doesNotMatch(sentence(complete, of, translator(read(language)), {}), /[{}]|undefined|NaN|step\./);
    }
  });
}
