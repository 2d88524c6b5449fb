/**
 * From a trace to its time: one beat for each step, in order. Pure; no DOM, no clock.
 *
 * @import { Beat, PhaseSpan, Pointer, Step, Timeline, Trace } from "../record/types.js"
 */

/** Seconds a step takes at speed 1, by operation. */
const SECONDS = Object.freeze({
  weighted_sum: 3,
  activation: 2.2,
  loss: 2.6,
  loss_gradient: 1.5,
  inject: 1.4,
  gain: 1.8,
  backward_sum: 3,
  amplify: 2,
  weight_gradient: 2.4,
  bias_gradient: 1,
  input_gradient: 2,
  weight_change: 1.8,
  bias_change: 1.6,
  weight_update: 1.8,
  bias_update: 1.4,
  product: 1.6,
  accumulate: 1.4,
});

/**
 * The shares of a beat: until when its signals travel, until when its terms are worked out, and when its numbers are
 * there; the rest is time to read them.
 *
 * @typedef {{ travel: number, adding: number, landing: number }} Shares
 */
const PLAIN = Object.freeze({ travel: 0.55, adding: 0.55, landing: 0.68 });
const ADDING = Object.freeze({ travel: 0.56, adding: 0.74, landing: 0.84 });
/** Two signals meet and their product stays; or one is seen going through a curve. */
const MEETING = Object.freeze({ travel: 0.44, adding: 0.68, landing: 0.82 });
const CURVED = Object.freeze({ travel: 0.68, adding: 0.7, landing: 0.86 });
/** An update has nothing that travels. */
const CHANGING = Object.freeze({ travel: 0, adding: 0.66, landing: 0.8 });

/** @type {Readonly<Record<string, Shares>>} */
const SHARES = Object.freeze({
  weighted_sum: ADDING,
  backward_sum: ADDING,
  input_gradient: ADDING,
  accumulate: ADDING,
  activation: CURVED,
  gain: CURVED,
  amplify: CURVED,
  weight_gradient: MEETING,
  weight_update: CHANGING,
  bias_update: CHANGING,
});

/** @param {Pick<Step, "operation" | "phase">} step @returns {Shares} */
export const sharesOf = ({ operation, phase }) =>
  operation === "loss" ? (phase === "update" ? CHANGING : ADDING) : (SHARES[operation] ?? PLAIN);

/** The first time that an operation is met it is slow enough to be understood; once it is known, it is fast. */
const PACES = Object.freeze([1.3, 0.8, 0.6, 0.45]);

/** Before a phase begins, its title stands on the stage for so many seconds. */
const LEAD_SECONDS = 1.5;

/** A walk longer than this is played faster, so that its end can be lived to see. */
const LONGEST_SECONDS = 240;

/** @type {readonly string[]} */
const KNOWN = Object.keys(SECONDS);

/** @param {Step} step */
function secondsOf(step) {
  if (!KNOWN.includes(step.operation)) throw new RangeError(`no duration for the operation ${step.operation}`);
  return SECONDS[/** @type {keyof typeof SECONDS} */ (step.operation)];
}

/** Seconds of each step: by what it does, and how often that has been seen. @param {readonly Step[]} steps */
function paced(steps) {
  /** @type {Map<string, number>} */
  const met = new Map();
  return steps.map((step) => {
    const known = `${step.phase} ${step.operation}`;
    const times = met.get(known) ?? 0;
    met.set(known, times + 1);
    return secondsOf(step) * PACES[Math.min(times, PACES.length - 1)];
  });
}

/**
 * @param {Trace} trace
 * @returns {Timeline}
 */
export function timelineOf(trace) {
  const seconds = paced(trace.steps);
  const leads = trace.steps.map(({ phase }, index) => (trace.steps[index - 1]?.phase === phase ? 0 : LEAD_SECONDS));
  const total = seconds.reduce((sum, each, index) => sum + each + leads[index], 0);
  const pace = Math.min(1, LONGEST_SECONDS / total);
  /** @type {Beat[]} */
  const beats = [];
  /** @type {PhaseSpan[]} */
  const phases = [];
  /** @type {Map<Pointer, number>} */
  const writtenBy = new Map();
  let start = 0;
  for (const [index, step] of trace.steps.entries()) {
    const moves = start + leads[index] * pace;
    const end = moves + seconds[index] * pace;
    beats.push({ index: step.index, start, moves, landing: moves + sharesOf(step).landing * (end - moves), end });
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
