/**
 * What a step adds up: its terms in order, and what they come to. Pure; worked out from the step and the trace's
 * numbers.
 *
 * @import { Pointer, Pulse, Step, Timeline, Value } from "../record/types.js"
 */
import { pulsesOf } from "./pulses.js";
import { valueAt } from "./values.js";

/**
 * @typedef {{ pointer: Pointer, terms: readonly Value[], total: Value }} Sum `pointer`: the number that the step writes
 */

/**
 * Operations whose terms come over the wires, and the end of the wire at which they meet.
 * @type {Readonly<Record<string, "row" | "column">>}
 */
const MEET = Object.freeze({ weighted_sum: "row", backward_sum: "column", input_gradient: "column" });
/** Operations that add a change to a parameter. */
const UPDATES = Object.freeze(["weight_update", "bias_update"]);

const NONE = /** @type {readonly Sum[]} */ (Object.freeze([]));

/** Whether a step's terms are to be seen adding up. @param {Pick<Step, "operation">} step */
export const addsUp = ({ operation }) => operation in MEET || UPDATES.includes(operation);

/** @type {WeakMap<Step, readonly Sum[]>} */
const cache = new WeakMap();

/**
 * The sums of a step; the same array each time it is asked for.
 *
 * @param {Timeline} timeline
 * @param {Step} step
 * @returns {readonly Sum[]}
 */
export function sumsOf(timeline, step) {
  const found = cache.get(step);
  if (found !== undefined) return found;
  const sums = made(timeline, step);
  cache.set(step, sums);
  return sums;
}

/** @param {Timeline} timeline @param {Step} step @returns {readonly Sum[]} */
function made(timeline, step) {
  if (UPDATES.includes(step.operation))
    return step.writes.map((pointer, index) => changed(timeline, pointer, step.value[index]));
  const end = MEET[step.operation];
  if (end === undefined) return NONE;
  const pulses = pulsesOf(timeline, step);
  return step.writes.map((pointer, index) => {
    const unit = Number(pointer.slice(pointer.lastIndexOf("/") + 1));
    return {
      pointer,
      terms: pulses.filter((pulse) => meets(pulse, end, unit)).map(({ delivered }) => delivered),
      total: step.value[index],
    };
  });
}

/** A bias arrives where its unit's wires do. @param {Pulse} pulse @param {"row" | "column"} end @param {number} unit */
const meets = ({ wire }, end, unit) => (wire.kind === "bias" ? wire.row : wire[end]) === unit;

/**
 * A parameter and its change make its new value.
 * @param {Timeline} timeline
 * @param {Pointer} pointer
 * @param {Value} total
 * @returns {Sum}
 */
function changed({ trace }, pointer, total) {
  const before = valueAt(trace, pointer.replace(/^\/updated/, ""));
  const change = typeof before === "number" && typeof total === "number" ? total - before : null;
  return { pointer, terms: [before, change], total };
}
