/**
 * What runs over the wires during a step. Pure: worked out from the step and the trace's numbers.
 *
 * @import { Pointer, Pulse, Step, Timeline, Trace, Value, Wire } from "../record/types.js"
 */
import { valueAt } from "./values.js";

const NONE = /** @type {readonly Pulse[]} */ (Object.freeze([]));

/** @param {number} layer @param {number} row @param {number} column @returns {Wire} */
const weight = (layer, row, column) => ({ kind: "weight", layer, row, column });

/**
 * The units a step speaks of: one, or at `layer` granularity all of its layer.
 *
 * @param {Step} step
 * @param {number} count
 */
const unitsOf = (step, count) => (step.unit === null ? [...Array(count).keys()] : [step.unit]);

/** @param {Trace} trace @param {number} layer @returns {Value[]} what arrives at a layer's wires */
const inputsOf = (trace, layer) => (layer === 0 ? trace.x : trace.layers[layer - 1].a);

/** @param {Value | undefined} p @param {Value | undefined} q @returns {Value} */
function times(p, q) {
  return typeof p === "number" && typeof q === "number" && Number.isFinite(p * q) ? p * q : null;
}

/** @param {Trace} trace @param {number} layer @param {number} row @returns {Pulse[]} */
function sumForward(trace, layer, row) {
  const { w, b } = trace.layers[layer];
  const inputs = inputsOf(trace, layer);
  return [
    ...w[row].map((each, column) => multiplied(weight(layer, row, column), "forward", inputs[column], each)),
    run({ kind: "bias", layer, row }, "forward", b[row], b[row]),
  ];
}

/**
 * @param {Trace} trace
 * @param {number} layer the layer whose ∂l/∂z runs back
 * @param {number} column
 * @returns {Pulse[]}
 */
function sumBackward(trace, layer, column) {
  const { w, dl_dz } = trace.layers[layer];
  return w.map((weights, row) => multiplied(weight(layer, row, column), "backward", dl_dz[row], weights[column]));
}

/**
 * The input's value and the output's ∂l/∂z meet in the middle of the wire whose derivative the step writes.
 * @param {Trace} trace
 * @param {Pointer} pointer of ∂l/∂w
 */
function meetOnWire(trace, pointer) {
  const [layer, row, column] = pointer.split("/").filter(isIndex).map(Number);
  const [value, slope] = [inputsOf(trace, layer)[column], trace.layers[layer].dl_dz[row]];
  return [
    run(weight(layer, row, column), "forward", value, value, 0, 0.5),
    run(weight(layer, row, column), "backward", slope, slope, 0, 0.5),
  ];
}

/** @param {string} part of a pointer */
const isIndex = (part) => /^\d+$/.test(part);

/**
 * @param {Wire} wire
 * @param {"forward" | "backward"} direction
 * @param {Value | undefined} carried
 * @param {Value} factor
 * @returns {Pulse}
 */
const multiplied = (wire, direction, carried, factor) => ({
  ...run(wire, direction, carried ?? null, times(factor, carried)),
  factor,
});

/**
 * @param {Wire} wire
 * @param {"forward" | "backward"} direction
 * @param {Value} carried
 * @param {Value} delivered
 * @returns {Pulse}
 */
function run(wire, direction, carried, delivered, from = 0, to = 1) {
  return { wire, direction, from, to, carried, delivered };
}

/** @param {Trace} trace @param {Step} step @returns {Pulse[]} the single wire of a `product` */
function onOneWire(trace, step) {
  const pointer = step.reads.find((read) => /^\/layers\/\d+\/w\//.test(read));
  if (pointer === undefined) return [];
  const [layer = 0, row = 0, column = 0] = pointer.split("/").filter(isIndex).map(Number);
  const other = step.reads.find((read) => read !== pointer);
  const carried = other === undefined ? null : valueAt(trace, other);
  const direction = step.part_of === "weighted_sum" ? "forward" : "backward";
  return [multiplied(weight(layer, row, column), direction, carried, trace.layers[layer].w[row][column])];
}

/** @param {Trace} trace @param {Step} step @returns {readonly Pulse[]} */
function made(trace, step) {
  const last = trace.layers.length - 1;
  const layer = step.layer ?? last;
  const here = trace.layers[layer];
  const units = unitsOf(step, here.b.length);
  switch (step.operation) {
    case "weighted_sum":
      return units.flatMap((row) => sumForward(trace, layer, row));
    case "activation":
      return units.map((row) => run({ kind: "inside", layer, row }, "forward", here.z[row], here.a[row]));
    case "loss":
      return step.phase === "loss"
        ? trace.layers[last].a.flatMap((a, row) => [
            run({ kind: "output", layer: last, row }, "forward", a, a),
            run({ kind: "target", layer: last, row }, "forward", trace.target[row], trace.target[row]),
          ])
        : NONE;
    case "loss_gradient":
    case "inject":
      return units.map((row) => run({ kind: "output", layer, row }, "backward", here.dl_da[row], here.dl_da[row]));
    case "backward_sum":
      return units.flatMap((column) => sumBackward(trace, layer + 1, column));
    case "input_gradient":
      return unitsOf(step, trace.x.length).flatMap((column) => sumBackward(trace, 0, column));
    case "amplify":
      return units.map((row) => ({
        ...run({ kind: "inside", layer, row }, "backward", here.dl_da[row], here.dl_dz[row]),
        factor: here.gain?.[row] ?? undefined,
      }));
    case "weight_gradient":
      return step.writes.flatMap((pointer) => meetOnWire(trace, pointer));
    case "bias_gradient":
      return units.map((row) => run({ kind: "bias", layer, row }, "backward", here.dl_dz[row], here.dl_db[row]));
    case "product":
      return onOneWire(trace, step);
    case "accumulate":
      return step.part_of === "weighted_sum"
        ? units.map((row) => run({ kind: "bias", layer, row }, "forward", here.b[row], here.b[row]))
        : NONE;
    default:
      return NONE;
  }
}

/** @type {WeakMap<Step, readonly Pulse[]>} */
const cache = new WeakMap();

/**
 * The pulses of a step; the same array each time it is asked for.
 *
 * @param {Timeline} timeline
 * @param {Step} step
 * @returns {readonly Pulse[]}
 */
export function pulsesOf({ trace }, step) {
  const found = cache.get(step);
  if (found !== undefined) return found;
  const pulses = made(trace, step);
  cache.set(step, pulses);
  return pulses;
}
