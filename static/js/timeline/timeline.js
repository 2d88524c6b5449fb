/**
 * From a trace to its time: one beat for each step, in order. Pure; no DOM, no clock.
 *
 * @import { Beat, PhaseSpan, Pointer, Step, Timeline, Trace } from "../types.js"
 */

/** Seconds a step takes at speed 1, by operation. */
const SECONDS = Object.freeze({
  weighted_sum: 2.2,
  activation: 1.4,
  loss: 2,
  loss_gradient: 1.7,
  inject: 1.4,
  gain: 1.2,
  backward_sum: 2.2,
  amplify: 1.6,
  weight_gradient: 2,
  bias_gradient: 1.2,
  input_gradient: 1.8,
  weight_update: 1.4,
  bias_update: 1.2,
  product: 1.2,
  accumulate: 1.4,
});

/** The share of a beat after which its numbers are there; the rest is time to read them. */
export const LANDING = 0.66;

/** A walk longer than this is played faster, so that its end can be lived to see. */
const LONGEST_SECONDS = 240;

/** @type {readonly string[]} */
const KNOWN = Object.keys(SECONDS);

/** @param {Step} step */
function secondsOf(step) {
  if (!KNOWN.includes(step.operation)) throw new RangeError(`no duration for the operation ${step.operation}`);
  return SECONDS[/** @type {keyof typeof SECONDS} */ (step.operation)];
}

/**
 * @param {Trace} trace
 * @returns {Timeline}
 */
export function timelineOf(trace) {
  const total = trace.steps.reduce((sum, step) => sum + secondsOf(step), 0);
  const pace = Math.min(1, LONGEST_SECONDS / total);
  /** @type {Beat[]} */
  const beats = [];
  /** @type {PhaseSpan[]} */
  const phases = [];
  /** @type {Map<Pointer, number>} */
  const writtenBy = new Map();
  let start = 0;
  for (const step of trace.steps) {
    const end = start + secondsOf(step) * pace;
    beats.push({ index: step.index, start, landing: start + LANDING * (end - start), end });
    for (const pointer of step.writes) writtenBy.set(pointer, step.index);
    const last = phases.at(-1);
    if (last?.phase === step.phase) {
      last.lastStep = step.index;
      last.end = end;
    } else {
      phases.push({ phase: step.phase, firstStep: step.index, lastStep: step.index, start, end });
    }
    start = end;
  }
  return { trace, beats, phases, duration: start, writtenBy };
}

/**
 * How many beats have reached their `mark` by a moment.
 *
 * @param {readonly Beat[]} beats
 * @param {"landing" | "end"} mark
 * @param {number} time
 */
function countReached(beats, mark, time) {
  let low = 0;
  let high = beats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const beat = beats[middle];
    if (beat !== undefined && beat[mark] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many steps are done at a moment: their numbers are there, though the last one's beat may still give time to read.
 *
 * @param {Timeline} timeline
 * @param {number} time
 */
export const stepsDoneAt = ({ beats }, time) => countReached(beats, "landing", time);

/**
 * How many beats are over at a moment.
 *
 * @param {Timeline} timeline
 * @param {number} time
 */
export const beatsOverAt = ({ beats }, time) => countReached(beats, "end", time);

/**
 * The moment at which exactly `done` steps are done; held to the timeline.
 *
 * @param {Timeline} timeline
 * @param {number} done
 */
export function timeAfter({ beats }, done) {
  const last = Math.min(done, beats.length) - 1;
  return last < 0 ? 0 : beats[last].end;
}

/**
 * Whether a number is to be shown once `done` steps are done: it was given, or one of them wrote it.
 *
 * @param {Timeline} timeline
 * @param {Pointer} pointer
 * @param {number} done
 */
export function isKnown({ writtenBy }, pointer, done) {
  const step = writtenBy.get(pointer);
  return step === undefined || step < done;
}

/**
 * The number of done steps at the start of the next phase, or of this or the previous one going back.
 *
 * @param {Timeline} timeline
 * @param {number} done
 * @param {1 | -1} direction
 */
export function phaseJump({ phases, beats }, done, direction) {
  const starts = [...phases.map((phase) => phase.firstStep), beats.length];
  return direction > 0
    ? (starts.find((start) => start > done) ?? beats.length)
    : (starts.findLast((start) => start < done) ?? 0);
}
