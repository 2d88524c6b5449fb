/**
 * What each kind of task watches, and when it is done. Pure but for what it is given.
 *
 * @import { AppState, Pointer } from "../record/types.js"
 * @import { Task } from "./types.js"
 */
import { isKnown } from "../timeline/timeline.js";
import { valueAt } from "../timeline/values.js";

/** @param {unknown} value @param {Task} task */
export function satisfies(value, { relation, value: bound = NaN }) {
  if (typeof value !== "number") return false;
  return relation === ">" ? value > bound : value < bound;
}

/**
 * Those that are done by what is on the stage.
 * @type {Partial<Record<Task["kind"], (state: AppState, task: Task) => boolean>>}
 */
export const DONE_ON_STAGE = Object.freeze({
  reach: (state, task) => state.trace !== null && satisfies(valueAt(state.trace, task.pointer ?? ""), task),
  point: (state, task) => state.selected !== null && (task.accept ?? []).includes(state.selected),
  walk: (state, task) => state.timeline !== null && isKnown(state.timeline, task.pointer ?? "", state.done),
});

/**
 * Whether a scene lets this number be changed.
 * @param {readonly Pointer[] | undefined} touch
 * @param {Pointer} pointer
 */
export const mayTouch = (touch, pointer) =>
  (touch ?? []).some((each) => pointer === each || pointer.startsWith(`${each}/`));
