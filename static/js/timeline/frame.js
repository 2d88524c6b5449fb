/**
 * What is to be seen at one moment. Pure: two visits to the same moment give equal frames.
 *
 * @import { Frame, Timeline } from "../types.js"
 */
import { cubicInOut, cubicOut, within } from "./easing.js";
import { pulsesOf } from "./pulses.js";
import { beatsOverAt, LANDING, stepsDoneAt } from "./timeline.js";

/** The share of a beat in which pulses travel; from there to the landing the result appears. */
const TRAVEL_END = 0.55;

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
  return {
    time: held,
    done: stepsDoneAt(timeline, held),
    current,
    step,
    phase: (step ?? timeline.trace.steps[0])?.phase ?? "forward",
    progress,
    travel: motion ? cubicInOut(within(progress, 0, TRAVEL_END)) : Number(progress > 0),
    arrival: cubicOut(within(progress, motion ? TRAVEL_END : 0, LANDING)),
    pulses: motion && progress > 0 && step !== null ? pulsesOf(timeline, step) : [],
  };
}
