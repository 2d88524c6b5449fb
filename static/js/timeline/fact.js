/**
 * What a number is at a moment: the one answer that the stage, the panels, tables and sentences share. Pure.
 *
 * @import { Pointer, Timeline, Trace, TraceRequest, Value } from "../record/types.js"
 *
 * @typedef {object} RecordSoFar what was asked, what was answered, and how much of it is known
 * @property {TraceRequest | null} request
 * @property {Trace | null} trace null while the answer to `request` is on its way
 * @property {Timeline | null} timeline of `trace`
 * @property {number} done steps done
 */
import { givenAt } from "../record/request.js";
import { isKnown } from "./timeline.js";
import { numberIn } from "./values.js";

/**
 * A number that is given is known from the start, as the request has it; a computed one once its step is done.
 *
 * @param {RecordSoFar} record
 * @param {Pointer} pointer
 * @returns {Value | undefined} undefined: not computed yet, or no number of the trace; null: float64 cannot hold it
 */
export function fact({ request, trace, timeline, done }, pointer) {
  const given = request && givenAt(request, pointer);
  if (given !== null) return given;
  if (trace === null || timeline === null || !isKnown(timeline, pointer, done)) return undefined;
  // The products of a sum exist among the steps only.
  const writer = pointer.startsWith("/terms/") ? timeline.writtenBy.get(pointer) : undefined;
  return writer === undefined ? numberIn(trace, pointer) : trace.steps[writer]?.value[0];
}
