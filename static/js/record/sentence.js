/**
 * A step as a sentence a teacher would say: which one, and the numbers in it. The twin of `app/pages/sentences.py`.
 *
 * Longer than other modules because it holds one short function for each operation, side by side with Python's: a test
 * compares both on every step.
 *
 * @typedef {import("./types.js").Step} Step
 * @typedef {import("./types.js").Trace} Trace
 * @typedef {import("../i18n/i18n.js").Text} Text
 * @typedef {import("../i18n/i18n.js").Translate} Translate
 * @typedef {import("./sentence-scene.js").Titles} Titles
 * @typedef {import("./sentence-scene.js").Scene} Scene
 */

import {
  changesOf,
  columnOf,
  difference,
  openness,
  sceneOf,
  sender,
  times,
  wiresOf,
  zeros,
  NEARLY_SHUT,
} from "./sentence-scene.js";
import { significant as number, subscript } from "../kit/format.js";
import { isZero, largest, listed, magnitude, size, ties } from "./sizes.js";

/** @type {Record<string, (scene: Scene) => Text>} */
const CHOOSERS = {
  weighted_sum({ layer, inputs, units, unit, one, index, place }) {
    const n = inputs.length;
    if (unit === null) {
      return { key: "step.weighted_sum.layer", params: { n: units, m: n, layer: index + 1, values: listed(layer.z) } };
    }
    const w = layer.w[one];
    const params = { ...place, n, b: number(layer.b[one]), z: number(layer.z[one]) };
    if (n === 1) {
      const single = { w: number(w[0]), value: number(inputs[0]), input: sender(index, 0) };
      return { key: "step.weighted_sum.one", params: { ...params, ...single } };
    }
    const shares = w.map((weight, column) => times(weight, inputs[column]));
    if (isZero(shares)) return { key: "step.weighted_sum.silent", params };
    const tied = ties(shares);
    if (tied) return { key: "step.weighted_sum.tie", params: { ...params, ...tied } };
    const top = largest(shares);
    return { key: "step.weighted_sum", params: { ...params, share: number(shares[top]), input: sender(index, top) } };
  },

  activation({ layer, units, unit, one, index, isLast, title }) {
    const name = layer.activation;
    if (name === "softmax") {
      const top = largest(layer.a);
      const tied = ties(layer.a);
      const params = { n: units, layer: index + 1, a: number(layer.a[top]), unit: top + 1, ...tied };
      return { key: tied ? "step.activation.softmax_tie" : "step.activation.softmax", params };
    }
    const shared = { function: title(name), n: units, layer: index + 1 };
    if (unit === null) return { key: "step.activation.layer", params: { ...shared, values: listed(layer.a) } };
    const z = layer.z[one];
    const params = { ...shared, unit: one + 1, z: number(z), a: number(layer.a[one]) };
    if (name === "linear") return { key: "step.activation.linear", params };
    if (name === "relu" && z !== null) {
      return { key: z > 0 ? "step.activation.relu_open" : "step.activation.relu_shut", params };
    }
    return { key: isLast ? "step.activation.output" : "step.activation", params };
  },

  loss({ step, trace, layer, title }) {
    const { name, value: before } = trace.loss;
    if (step.phase === "update") {
      const after = trace.updated?.loss ?? null;
      const params = { before: number(before), after: number(after) };
      if (before === null || after === null || before === after) return { key: "step.loss.after.same", params };
      return { key: after < before ? "step.loss.after.lower" : "step.loss.after.higher", params };
    }
    const targets = trace.target;
    const params = { function: title(name), loss: number(before) };
    if (name === "output_sum") return { key: "step.loss.output_sum", params };
    const right = targets.indexOf(1);
    if (name === "cross_entropy" && right >= 0 && zeros(targets) === targets.length - 1) {
      return { key: "step.loss.class", params: { ...params, unit: right + 1, a: number(layer.a[right]) } };
    }
    const gaps = layer.a.map((a, index) => difference(a, targets[index]));
    const top = largest(gaps);
    const furthest = { ...params, unit: top + 1, a: number(layer.a[top]), target: number(targets[top]) };
    if (layer.a.length === 1) return { key: "step.loss.one", params: furthest };
    if (isZero(gaps)) return { key: "step.loss.exact", params: furthest };
    const tied = ties(gaps);
    return { key: tied ? "step.loss.tie" : "step.loss", params: { ...furthest, ...tied } };
  },

  loss_gradient({ layer, units, unit, one }) {
    if (unit === null) return { key: "step.loss_gradient.layer", params: { n: units, values: listed(layer.dl_da) } };
    const value = layer.dl_da[one];
    const params = { unit: one + 1, dl_da: number(value) };
    if (value === null) return { key: "step.loss_gradient.unknown", params };
    if (value === 0) return { key: "step.loss_gradient.zero", params };
    return { key: value > 0 ? "step.loss_gradient.up" : "step.loss_gradient.down", params };
  },

  inject({ layer, units, unit, one }) {
    if (unit === null) return { key: "step.inject.layer", params: { n: units, values: listed(layer.dl_da) } };
    return { key: "step.inject", params: { unit: one + 1, value: number(layer.dl_da[one]) } };
  },

  gain({ layer, units, unit, one, index, place }) {
    if (layer.gain === null) return { key: "step.gain.softmax", params: { n: units, layer: index + 1 } };
    if (unit === null) {
      const shut = layer.gain.filter((value) => size(value) < NEARLY_SHUT).length;
      const params = { n: units, layer: index + 1, values: listed(layer.gain), shut };
      return { key: shut ? "step.gain.layer_shut" : "step.gain.layer", params };
    }
    const value = layer.gain[one];
    return { key: `step.gain${openness(value)}`, params: { ...place, z: number(layer.z[one]), gain: number(value) } };
  },

  backward_sum({ trace, layer, unit, one, index }) {
    const after = trace.layers[index + 1];
    const shared = { layer: index + 1, next: index + 2, n: after.b.length };
    if (unit === null) return { key: "step.backward_sum.layer", params: { ...shared, values: listed(layer.dl_da) } };
    const w = after.w.map((row) => row[one]);
    const params = { ...shared, unit: one + 1, dl_da: number(layer.dl_da[one]) };
    if (w.length === 1) {
      return { key: "step.backward_sum.one", params: { ...params, w: number(w[0]), dl_dz: number(after.dl_dz[0]) } };
    }
    const shares = w.map((weight, row) => times(weight, after.dl_dz[row]));
    if (isZero(shares)) return { key: "step.backward_sum.silent", params };
    const tied = ties(shares);
    if (tied) return { key: "step.backward_sum.tie", params: { ...params, ...tied } };
    const top = largest(shares);
    const key = Number(w[top]) < 0 ? "step.backward_sum.flipped" : "step.backward_sum";
    return { key, params: { ...params, share: number(shares[top]), from: top + 1, w: number(w[top]) } };
  },

  amplify({ step, trace, layer, units, unit, one, index, isLast, isResponse, place }) {
    const isPair = step.reads.some((pointer) => pointer.startsWith("/target/"));
    if (unit === null) {
      const kind = isPair ? "layer_pair" : layer.gain === null ? "layer_jacobian" : "layer";
      return { key: `step.amplify.${kind}`, params: { n: units, layer: index + 1, values: listed(layer.dl_dz) } };
    }
    const params = { ...place, n: units, dl_da: number(layer.dl_da[one]), dl_dz: number(layer.dl_dz[one]) };
    if (isPair) {
      const sum = trace.target.reduce((total, value) => total + value, 0);
      const isPlain = trace.loss.name === "binary_cross_entropy" || (layer.gain === null && sum === 1);
      const both = { a: number(layer.a[one]), target: number(trace.target[one]) };
      return { key: isPlain ? "step.amplify.difference" : "step.amplify.pair", params: { ...params, ...both } };
    }
    if (layer.gain === null) return { key: "step.amplify.jacobian", params };
    const value = layer.gain[one];
    const kind = openness(value);
    if (kind === ".saturated" && isResponse)
      return { key: "step.amplify.saturated_signal", params: { ...params, gain: number(value) } };
    const isShut = kind === ".shut" || kind === ".saturated";
    const key = isShut ? `step.amplify${kind}` : isLast ? "step.amplify.output" : "step.amplify";
    return { key, params: { ...params, gain: number(value) } };
  },

  weight_gradient({ step, layer, inputs, unit, one, index, isResponse, place }) {
    if (unit === null) {
      const flat = layer.dl_dw.flat();
      const shared = { count: flat.length, layer: index + 1, size: magnitude(flat) };
      if (isResponse) return { key: "step.weight_gradient.signal_layer", params: shared };
      const kind = isZero(flat) ? "layer_zero" : zeros(inputs) ? "layer_some_zero" : "layer";
      return { key: `step.weight_gradient.${kind}`, params: { ...shared, zeros: zeros(inputs) } };
    }
    const row = layer.dl_dw[one];
    const dl_dz = layer.dl_dz[one];
    const params = { ...place, n: row.length, dl_dz: number(dl_dz) };
    if (step.writes.length === 1) {
      const column = columnOf(step.writes[0]);
      const kind = isResponse
        ? ".signal_one"
        : inputs[column] === 0
          ? ".one_input_zero"
          : dl_dz === 0
            ? ".one_shut"
            : ".one";
      const single = { value: number(row[column]), input: sender(index, column), arrived: number(inputs[column]) };
      return { key: `step.weight_gradient${kind}`, params: { ...params, ...single } };
    }
    if (isResponse) return { key: "step.weight_gradient.signal", params };
    const top = largest(row);
    const tied = ties(row);
    const all = { ...params, value: number(row[top]), input: sender(index, top), zeros: zeros(inputs), ...tied };
    if (isZero(inputs)) return { key: "step.weight_gradient.inputs_zero", params: all };
    if (dl_dz === 0) return { key: "step.weight_gradient.shut", params: all };
    if (zeros(inputs)) return { key: `step.weight_gradient.some_zero${tied ? "_tie" : ""}`, params: all };
    return { key: tied ? "step.weight_gradient.tie" : "step.weight_gradient", params: all };
  },

  bias_gradient({ layer, units, unit, one, index, isResponse, place }) {
    if (unit === null) {
      const params = { n: units, layer: index + 1, values: listed(layer.dl_db) };
      return { key: `step.bias_gradient.${isResponse ? "signal_layer" : "layer"}`, params };
    }
    const params = { ...place, value: number(layer.dl_db[one]) };
    return { key: `step.bias_gradient${isResponse ? ".signal" : ""}`, params };
  },

  input_gradient({ trace, unit, one, isResponse }) {
    const values = trace.dl_dx;
    if (unit === null) {
      const params = { n: values.length, values: listed(values) };
      return { key: `step.input_gradient.${isResponse ? "signal_layer" : "layer"}`, params };
    }
    const params = { sub: subscript(one + 1), value: number(values[one]) };
    return { key: `step.input_gradient${isResponse ? ".signal" : ""}`, params };
  },

  weight_change(scene) {
    const { trace, unit, index } = scene;
    const { previous, change } = changesOf(trace, index);
    const wires = wiresOf(scene);
    const [row, column] = wires[0];
    const params = {
      unit: row + 1,
      layer: index + 1,
      count: wires.length,
      input: sender(index, column),
      momentum: number(trace.momentum ?? null),
      previous: number(previous.w[row][column]),
      change: number(change.w[row][column]),
      size: magnitude(wires.map(([r, c]) => change.w[r][c])),
    };
    return { key: `step.weight_change${unit === null ? ".layer" : wires.length === 1 ? ".one" : ""}`, params };
  },

  bias_change({ trace, units, unit, one, index, place }) {
    const { previous, change } = changesOf(trace, index);
    const momentum = number(trace.momentum ?? null);
    if (unit === null)
      return {
        key: "step.bias_change.layer",
        params: { n: units, layer: index + 1, momentum, values: listed(change.b) },
      };
    return {
      key: "step.bias_change",
      params: { ...place, momentum, previous: number(previous.b[one]), change: number(change.b[one]) },
    };
  },

  weight_update(scene) {
    const { trace, layer, unit, index } = scene;
    const before = layer.w;
    const after = trace.updated?.layers[index].w ?? before;
    const wires = wiresOf(scene);
    const moves = wires.map(([row, column]) => difference(after[row][column], before[row][column]));
    const [row, column] = wires[largest(moves)];
    const isStill = isZero(moves);
    const tied = isStill ? null : ties(moves);
    const whose = unit === null ? ".layer" : wires.length === 1 ? ".one" : "";
    const kind = isStill ? `${whose}_still` : tied ? (unit === null ? ".layer_tie" : ".tie") : whose;
    const params = {
      unit: row + 1,
      layer: index + 1,
      count: wires.length,
      input: sender(index, column),
      before: number(before[row][column]),
      after: number(after[row][column]),
      ...tied,
    };
    if (trace.momentum !== undefined) {
      const moved = unit === null ? ".moved_layer" : wires.length === 1 ? ".moved_one" : ".moved";
      return { key: `step.weight_update${moved}`, params: { ...params, size: magnitude(moves) } };
    }
    return { key: `step.weight_update${kind}`, params };
  },

  bias_update({ trace, layer, units, unit, one, index, place }) {
    const before = layer.b;
    const after = trace.updated?.layers[index].b ?? before;
    if (unit === null) {
      const isStill = isZero(after.map((value, row) => difference(value, before[row])));
      const params = { n: units, layer: index + 1, values: listed(after) };
      if (trace.momentum !== undefined) return { key: "step.bias_update.moved_layer", params };
      return { key: isStill ? "step.bias_update.layer_still" : "step.bias_update.layer", params };
    }
    const params = { ...place, before: number(before[one]), after: number(after[one]) };
    if (trace.momentum !== undefined) return { key: "step.bias_update.moved", params };
    return { key: before[one] === after[one] ? "step.bias_update.still" : "step.bias_update", params };
  },

  product({ step, trace, inputs, index }) {
    const [row, column] = step.reads[0].split("/").slice(-2).map(Number);
    const isForward = step.part_of === "weighted_sum";
    const receiving = isForward || step.part_of === "input_gradient" ? index : index + 1;
    const fed = trace.layers[receiving];
    const w = fed.w[row][column];
    const carried = isForward ? inputs[column] : fed.dl_dz[row];
    const kind = carried === 0 ? ".zero" : w !== null && w < 0 ? ".flipped" : "";
    const params = {
      unit: row + 1,
      layer: receiving + 1,
      input: sender(receiving, column),
      w: number(w),
      carried: number(carried),
      product: number(step.value[0]),
    };
    return { key: `step.product.${isForward ? "forward" : "backward"}${kind}`, params };
  },

  accumulate({ step, trace, layer, one, place }) {
    const terms = step.reads.length;
    if (step.part_of === "weighted_sum") {
      const params = { ...place, n: terms - 1, b: number(layer.b[one]), z: number(layer.z[one]) };
      return { key: terms === 2 ? "step.accumulate.forward_one" : "step.accumulate.forward", params };
    }
    const many = terms === 1 ? "one" : "many";
    if (step.part_of === "input_gradient") {
      const params = { sub: subscript(one + 1), n: terms, value: number(trace.dl_dx[one]) };
      return { key: `step.accumulate.input_${many}`, params };
    }
    return { key: `step.accumulate.backward_${many}`, params: { ...place, n: terms, value: number(layer.dl_da[one]) } };
  },
};

/**
 * The catalogue's key for a step and the values to fill in.
 * @param {Step} step
 * @param {Trace} trace the trace it belongs to
 * @param {Titles} titles names of activations and losses in the language wanted
 * @returns {Text}
 */
export function choose(step, trace, titles) {
  const chooser = CHOOSERS[step.operation];
  if (!chooser) throw new Error(`There is no sentence for the operation ${step.operation}.`);
  return chooser(sceneOf(step, trace, titles));
}

/**
 * A step as a sentence.
 * @param {Step} step
 * @param {Trace} trace
 * @param {Translate} t
 * @param {Titles} titles
 */
export function sentence(step, trace, t, titles) {
  const { key, params } = choose(step, trace, titles);
  return t(key, params);
}
