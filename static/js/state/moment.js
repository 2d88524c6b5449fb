/**
 * Where to stand in a new walk so that the visitor stays at the moment they were looking at. Pure.
 *
 * @import { Pointer, Timeline } from "../record/types.js"
 */
import { stepsDoneAt, timeAfter } from "../timeline/timeline.js";

/** Products stand at addresses that exist among the steps of the finest granularity only. @param {Pointer} pointer */
const isOfTrace = (pointer) => !pointer.startsWith("/terms/");

/**
 * The number of done steps in `next` at which just those numbers are known that are known in `before` after `done`
 * steps.
 *
 * Steps of a coarser walk that are only partly done there count as not done, unless that would leave the phase.
 *
 * @param {Timeline} before @param {number} done @param {Timeline} next
 */
export function sameKnowledge(before, done, next) {
  if (done <= 0) return 0;
  if (done >= before.beats.length) return next.beats.length;
  let reached = 0;
  for (const step of next.trace.steps) {
    const writes = step.writes.filter(isOfTrace);
    if (writes.some((pointer) => (before.writtenBy.get(pointer) ?? Infinity) >= done)) break;
    if (writes.length > 0) reached = step.index + 1;
  }
  const phase = before.trace.steps[done - 1]?.phase;
  const span = next.phases.find((each) => each.phase === phase);
  return span === undefined ? reached : Math.max(reached, span.firstStep + 1);
}

/**
 * The moment in `next` that stands for `time` in `before`: the very same one if the walks have the same beats, else the
 * same step, held to the new walk's end.
 *
 * @param {Timeline | null} before @param {number} time @param {Timeline} next
 */
export function sameMoment(before, time, next) {
  if (before === null) return 0;
  const isAlike = before.beats.length === next.beats.length && before.duration === next.duration;
  return isAlike ? time : timeAfter(next, stepsDoneAt(before, time));
}
