/**
 * What is to be seen at one moment. Pure: two visits to the same moment give equal frames.
 *
 * @import { Frame, Timeline } from "../record/types.js"
 */
import { cubicInOut, cubicOut, within } from "./easing.js";
import { pulsesOf } from "./pulses.js";
import { beatsOverAt, sharesOf, stepsDoneAt } from "./timeline.js";

/** The shares of a moment between steps. */
const RESTING = Object.freeze({ travel: 1, adding: 1, landing: 1 });

/**
 * @param {Timeline} timeline
 * @param {number} time seconds at speed 1
 * @param {{ motion?: boolean }} [options] motion false: no travelling pulses, the result appears at once
 * @returns {Frame}
 */
export function frameAt(timeline, time, { motion = true } = {}) {
  const held = Math.min(Math.max(time, 0), timeline.duration);
  const over = beatsOverAt(timeline, held);
  const beat = timeline.beats[over];
  const progress = beat === undefined ? 0 : within(held, beat.start, beat.end);
  const current = progress > 0 ? over : over - 1;
  const step = timeline.trace.steps[current] ?? null;
  const shares = step === null ? RESTING : sharesOf(step);
  return {
    time: held,
    done: stepsDoneAt(timeline, held),
    current,
    step,
    phase: (step ?? timeline.trace.steps[0])?.phase ?? "forward",
    progress,
    travel: motion && shares.travel > 0 ? cubicInOut(within(progress, 0, shares.travel)) : Number(progress > 0),
    adding:
      motion && shares.adding > shares.travel ? within(progress, shares.travel, shares.adding) : Number(progress > 0),
    arrival: cubicOut(within(progress, motion ? shares.adding : 0, shares.landing)),
    pulses: motion && progress > 0 && step !== null ? pulsesOf(timeline, step) : [],
  };
}
