/**
 * What a step works out, as one would write it down by hand: its terms line by line, and what they come to. Pure; from
 * the step and the trace's numbers alone.
 *
 * @import { Pointer, Pulse, Step, Timeline, Value } from "../record/types.js"
 */
import { replacedBy } from "../record/addresses.js";
import { pulsesOf } from "./pulses.js";
import { valueAt } from "./values.js";

/**
 * @typedef {object} Term
 * @property {Value | undefined} value undefined: still to come
 * @property {"" | "+" | "×"} sign how it joins the terms before it
 * @property {Pulse | null} pulse the signal that brings it; null if it is there already
 *
 * @typedef {object} Working
 * @property {"sum" | "product" | "pairs" | "meeting" | "change"} kind
 * @property {Pointer} pointer the number that is worked out
 * @property {readonly (readonly Term[])[]} lines
 * @property {Value | undefined} total undefined: not in this step
 */

const NONE = /** @type {readonly Working[]} */ (Object.freeze([]));

/** @type {Readonly<Record<string, (timeline: Timeline, step: Step) => readonly Working[]>>} */
const MADE = Object.freeze({
  weighted_sum: (timeline, step) => sums(timeline, step, "row"),
  backward_sum: (timeline, step) => sums(timeline, step, "column"),
  input_gradient: (timeline, step) => sums(timeline, step, "column"),
  product: oneOfSeveral,
  accumulate: accumulated,
  loss: (timeline, step) => (step.phase === "loss" ? outputsAndTargets(timeline, step) : changes(timeline, step)),
  amplify,
  weight_gradient: meetings,
  weight_update: changes,
  bias_update: changes,
});

/** Operations whose terms are to be seen coming together. @param {Pick<Step, "operation">} step */
export const isWorkedOut = ({ operation }) => operation in MADE;

/** @type {WeakMap<Step, readonly Working[]>} */
const cache = new WeakMap();

/**
 * The workings of a step, one for each number that it writes; the same array each time it is asked for.
 *
 * @param {Timeline} timeline
 * @param {Step} step
 * @returns {readonly Working[]}
 */
export function workingsOf(timeline, step) {
  const found = cache.get(step);
  if (found !== undefined) return found;
  const workings = MADE[step.operation]?.(timeline, step) ?? NONE;
  cache.set(step, workings);
  return workings;
}

/**
 * The terms of each sum come over the wires that meet in its unit; a bias comes last.
 * @param {Timeline} timeline
 * @param {Step} step
 * @param {"row" | "column"} end of the wire, at which they meet
 * @returns {Working[]}
 */
function sums(timeline, step, end) {
  const pulses = pulsesOf(timeline, step);
  return step.writes.map((pointer, index) => {
    const unit = Number(pointer.slice(pointer.lastIndexOf("/") + 1));
    const terms = pulses.filter(({ wire }) => (wire.kind === "bias" ? wire.row : wire[end]) === unit);
    return {
      kind: "sum",
      pointer,
      lines: terms.map((pulse, term) => [{ value: pulse.delivered, sign: term > 0 ? "+" : "", pulse }]),
      total: step.value[index],
    };
  });
}

/**
 * The products that are there already, and then the bias.
 * @param {Timeline} timeline
 * @param {Step} step
 * @returns {Working[]}
 */
function accumulated(timeline, step) {
  const [bias = null] = pulsesOf(timeline, step);
  const lines = step.reads.map((pointer, index) => [
    {
      value: termAt(timeline, pointer),
      sign: /** @type {Term["sign"]} */ (index > 0 ? "+" : ""),
      pulse: pointer.startsWith("/terms/") ? null : bias,
    },
  ]);
  return [{ kind: "sum", pointer: step.writes[0], lines, total: step.value[0] }];
}

/**
 * One product, among those that its sum will add up.
 * @param {Timeline} timeline
 * @param {Step} step
 * @returns {Working[]}
 */
function oneOfSeveral(timeline, step) {
  const sum = timeline.trace.steps.find(({ index, operation }) => index > step.index && operation === "accumulate");
  if (sum === undefined) return [];
  const [pulse = null] = pulsesOf(timeline, step);
  const [here] = step.writes;
  const writer = (/** @type {Pointer} */ pointer) => timeline.writtenBy.get(pointer) ?? Infinity;
  return [
    {
      kind: "sum",
      pointer: sum.writes[0],
      lines: sum.reads.map((pointer, index) => [
        {
          value: writer(pointer) <= step.index ? termAt(timeline, pointer) : undefined,
          sign: index > 0 ? "+" : "",
          pulse: pointer === here ? pulse : null,
        },
      ]),
      total: undefined,
    },
  ];
}

/**
 * A term lives in the step that writes it, not in the trace.
 * @param {Timeline} timeline
 * @param {Pointer} pointer
 * @returns {Value}
 */
function termAt({ trace, writtenBy }, pointer) {
  if (!pointer.startsWith("/terms/")) return valueAt(trace, pointer);
  return trace.steps[writtenBy.get(pointer) ?? -1]?.value[0] ?? null;
}

/** Each output beside its target. @param {Timeline} timeline @param {Step} step @returns {Working[]} */
function outputsAndTargets(timeline, step) {
  const pulses = pulsesOf(timeline, step);
  const of = (/** @type {string} */ kind) => pulses.filter(({ wire }) => wire.kind === kind);
  const targets = of("target");
  const cell = (/** @type {Pulse} */ pulse) => ({ value: pulse.delivered, sign: /** @type {const} */ (""), pulse });
  return [
    {
      kind: "pairs",
      pointer: step.writes[0],
      lines: of("output").map((output, index) => [cell(output), cell(targets[index])]),
      total: step.value[0],
    },
  ];
}

/** ∂l/∂a times the gain; softmax has no gain of its own. @param {Timeline} timeline @param {Step} step */
function amplify(timeline, step) {
  const pulses = pulsesOf(timeline, step);
  return step.writes.flatMap((pointer, index) => {
    const pulse = pulses[index];
    if (pulse?.factor === undefined) return [];
    return [
      /** @type {Working} */ ({
        kind: "product",
        pointer,
        lines: [[{ value: pulse.carried, sign: "", pulse }], [{ value: pulse.factor, sign: "×", pulse: null }]],
        total: step.value[index],
      }),
    ];
  });
}

/** The input of a wire and ∂l/∂z meet on it. @param {Timeline} timeline @param {Step} step @returns {Working[]} */
function meetings(timeline, step) {
  const pulses = pulsesOf(timeline, step);
  return step.writes.map((pointer, index) => ({
    kind: "meeting",
    pointer,
    lines: [
      [{ value: pulses[2 * index].carried, sign: "", pulse: pulses[2 * index] }],
      [{ value: pulses[2 * index + 1].carried, sign: "×", pulse: pulses[2 * index + 1] }],
    ],
    total: step.value[index],
  }));
}

/**
 * What was there and its change make the new value.
 * @param {Timeline} timeline
 * @param {Step} step
 * @returns {Working[]}
 */
function changes({ trace }, step) {
  return step.writes.map((pointer, index) => {
    const total = step.value[index];
    const replaced = replacedBy(pointer);
    const before = replaced === null ? null : valueAt(trace, replaced);
    const change = typeof before === "number" && typeof total === "number" ? total - before : null;
    return {
      kind: "change",
      pointer,
      lines: [[{ value: before, sign: "", pulse: null }], [{ value: change, sign: "+", pulse: null }]],
      total,
    };
  });
}
