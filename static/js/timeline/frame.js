/**
 * What is to be seen at one moment. Pure: two visits to the same moment give equal frames.
 *
 * @import { Frame, Timeline } from "../record/types.js"
 */
import { cubicOut, within } from "./easing.js";
import { pulsesOf } from "./pulses.js";
import { beatsOverAt, sharesOf, stepsDoneAt } from "./timeline.js";

/** The shares of a moment between steps. */
const RESTING = Object.freeze({ travel: 1, adding: 1, landing: 1 });
/** So long a result takes to turn from what has just arrived into a number among others. */
const SETTLING = 0.1;

/**
 * @param {Timeline} timeline
 * @param {number} time seconds at speed 1
 * @param {{ motion?: boolean }} [options] motion false: nothing travels; what a step works out is there at once, as a
 *   still picture, until its numbers are
 * @returns {Frame}
 */
export function frameAt(timeline, time, { motion = true } = {}) {
  const held = Math.min(Math.max(time, 0), timeline.duration);
  const over = beatsOverAt(timeline, held);
  const beat = timeline.beats[over];
  const progress = beat === undefined ? 0 : within(held, beat.start, beat.end);
  const going = beat === undefined ? 0 : within(held, beat.moves, beat.end);
  const current = progress > 0 ? over : over - 1;
  const step = timeline.trace.steps[current] ?? null;
  const { travel, adding, landing } = step === null ? RESTING : sharesOf(step);
  const isGoing = Number(going > 0);
  const hasMoved = motion && travel > 0 ? within(going, 0, travel) : isGoing;
  return {
    time: held,
    done: stepsDoneAt(timeline, held),
    current,
    step,
    phase: (step ?? timeline.trace.steps[0])?.phase ?? "forward",
    chapter: beat !== undefined && progress > 0 && held < beat.moves ? within(held, beat.start, beat.moves) : null,
    progress,
    travel: hasMoved,
    adding: motion && adding > travel ? within(going, travel, adding) : Number(hasMoved === 1 && isGoing),
    arrival: motion ? cubicOut(within(going, adding, landing)) : isGoing,
    settling: motion ? within(going, landing, landing + SETTLING) : Number(going >= landing),
    reading: within(going, landing, 1),
    isStill: !motion,
    pulses: motion && progress > 0 && step !== null ? pulsesOf(timeline, step) : [],
  };
}
