/**
 * Predict, then reveal: while it is on, going forward stops before each step and asks for its numbers.
 *
 * @import { Store } from "../kit/store.js"
 * @import { AppState, Pointer, Step, Trace } from "../record/types.js"
 */
import { valueAt } from "../timeline/values.js";

/** As many numbers are asked for at once; of a larger step, the first ones. */
const MOST = 4;

/** @type {readonly Pointer[]} */
const NOTHING = Object.freeze([]);

/**
 * The numbers of a step that can be asked for: those of the trace that float64 can hold, not products on their way into
 * a sum, and nothing that only follows from an update.
 *
 * @param {Step | undefined} step
 * @param {Trace} trace
 * @returns {readonly Pointer[]}
 */
export function askable(step, trace) {
  if (step === undefined) return NOTHING;
  const own = step.writes.filter((pointer) => !pointer.startsWith("/terms/") && !pointer.startsWith("/updated/"));
  return own.filter((pointer) => typeof valueAt(trace, pointer) === "number").slice(0, MOST);
}

/**
 * To how many decimal places a number is asked for, so that about as many digits of it count.
 * @param {number} value
 * @param {number} digits
 */
export function decimalsFor(value, digits) {
  if (value === 0) return digits - 1;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(value))), 0), 12);
}

/**
 * @param {{ store: Store<AppState>, walk: { step: (by: 1 | -1) => void, toggle: () => void, seek: (time: number) =>
 *   void } }} context
 */
export function createPrediction({ store, walk }) {
  const forget = () => {
    if (store.get().asked !== NOTHING) store.set({ asked: NOTHING });
  };
  // Whatever moves the walk or changes the network takes the question back.
  store.watch((state) => state.done, forget);
  store.watch((state) => state.timeline, forget);

  /** Ask for the next step's numbers; if there is nothing to ask, go on. @param {() => void} go */
  function forward(go) {
    const { predicting, trace, status, done } = store.get();
    const asked = predicting && status === "ready" && trace !== null ? askable(trace.steps[done], trace) : NOTHING;
    if (asked.length === 0) return go();
    // A step that is being played out is over now: its numbers are there.
    walk.seek(store.get().time);
    store.set({ asked });
  }

  return {
    /** @param {1 | -1} by */
    step(by) {
      if (by > 0) return forward(() => walk.step(1));
      forget();
      walk.step(-1);
    },
    toggle: () => forward(walk.toggle),
    /** Let the numbers asked for appear. */
    reveal() {
      forget();
      walk.step(1);
    },
    /** @param {boolean} predicting */
    setPredicting(predicting) {
      if (predicting) walk.seek(store.get().time);
      forget();
      store.set({ predicting });
    },
  };
}
