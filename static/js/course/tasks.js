/**
 * What each kind of task watches, and when it is done. Pure but for what it is given.
 *
 * @import { AppState, Pointer } from "../types.js"
 * @import { Task } from "./types.js"
 */
import { isKnown } from "../timeline/timeline.js";
import { valueAt } from "../timeline/values.js";

/** Room for the last digit of float64 in a number that lies on the border of rounding. */
const BORDER = 1e-9;

/** @param {unknown} value @param {Task} task */
export function satisfies(value, { relation, value: bound = NaN }) {
  if (typeof value !== "number") return false;
  return relation === ">" ? value > bound : value < bound;
}

/** Whether an answer, rounded to as many decimal places, is the number. @param {number} answer @param {number} value @param {number} digits */
export const isRight = (answer, value, digits) => Math.abs(answer - value) <= 0.5 * 10 ** -digits + BORDER;

/** Those that are done by what is on the stage. @type {Partial<Record<Task["kind"], (state: AppState, task: Task) => boolean>>} */
export const DONE_ON_STAGE = Object.freeze({
  reach: (state, task) => state.trace !== null && satisfies(valueAt(state.trace, task.pointer ?? ""), task),
  point: (state, task) => state.selected !== null && (task.accept ?? []).includes(state.selected),
  walk: (state, task) => state.timeline !== null && isKnown(state.timeline, task.pointer ?? "", state.done),
});

/** Whether a scene lets this number be changed. @param {readonly Pointer[] | undefined} touch @param {Pointer} pointer */
export const mayTouch = (touch, pointer) => (touch ?? []).some((each) => pointer === each || pointer.startsWith(`${each}/`));
