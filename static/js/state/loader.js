/**
 * From what the visitor wants to what the page shows: asks the server for traces, and never lets an older answer win.
 *
 * The store's `request` and `trace` always belong together. After an edit the new request is shown at once, with every
 * computed number unknown until its answer is there. During a drag, edits come faster than pictures: there the last
 * true pair stays until the next one replaces it as a whole, and only a slow answer (`GRACE`) brings the unknowns back.
 *
 * @import { Store } from "../kit/store.js"
 * @import { AppState, Granularity, Timeline, Trace, TraceRequest } from "../record/types.js"
 * @import { Client } from "../api/client.js"
 */
import { BACKOFF, ProblemError, isPassing, problemFrom } from "../api/asking.js";
import { frameAt } from "../timeline/frame.js";
import { timelineOf } from "../timeline/timeline.js";
import { sameMoment } from "./moment.js";
import { upTo } from "./taught.js";

/** Milliseconds for which a true but older pair may stand during a drag. */
const GRACE = 80;

/** @param {unknown} error */
const isAway = (error) => error instanceof ProblemError && error.offline;

/** @typedef {(before: Timeline | null, time: number, next: Timeline) => number} KeepMoment */
/** @typedef {{ request: TraceRequest, granularity: Granularity }} Wanted */

/** @typedef {ReturnType<typeof createLoader>} Loader */

/**
 * @param {{ store: Store<AppState>, api: Pick<Client, "trace">, onTooManySteps: () => boolean }} options
 *   onTooManySteps: the walk would be too long at this granularity; true if a coarser one has been asked for
 */
export function createLoader({ store, api, onTooManySteps }) {
  /** @type {Wanted | null} */
  let wanted = null;
  /** @type {AbortController | null} */
  let inFlight = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let graceTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retryTimer;
  /** @type {((isReady: boolean) => void)[]} */
  let waiting = [];
  let tries = 0;
  /**
   * The walk in which the visitor last stood, kept while there is none.
   * @type {{ timeline: Timeline | null, time: number }}
   */
  let stood = { timeline: null, time: 0 };
  /** @type {KeepMoment} */
  let keep = sameMoment;

  function showWaiting() {
    clearTimeout(graceTimer);
    if (wanted === null) return;
    const { timeline, time } = store.get();
    if (timeline !== null) stood = { timeline, time };
    store.set({
      request: wanted.request,
      granularity: wanted.granularity,
      trace: null,
      timeline: null,
      status: "loading",
    });
  }

  /** @param {Wanted} answered @param {Trace} trace */
  function show(answered, trace) {
    clearTimeout(graceTimer);
    const { timeline: shown, time: now } = store.get();
    const before = shown === null ? stood : { timeline: shown, time: now };
    const timeline = upTo(timelineOf(trace), store.get().phases);
    const time = Math.min(keep(before.timeline, before.time, timeline), timeline.duration);
    keep = sameMoment;
    tries = 0;
    const { done, current } = frameAt(timeline, time, { motion: false });
    store.set({ ...answered, trace, timeline, time, done, current, status: "ready", problem: null });
    if (answered === wanted) settle(true);
  }

  /** @param {boolean} isReady */
  function settle(isReady) {
    const settled = waiting;
    waiting = [];
    for (const tell of settled) tell(isReady);
  }

  /** @param {unknown} error */
  function fail(error) {
    const problem = problemFrom(error);
    if (problem.errors.some(({ pointer }) => pointer === "/steps") && onTooManySteps()) return;
    showWaiting();
    store.set({ status: "error", problem });
    settle(false);
    if (!isPassing(error)) return;
    const seconds = BACKOFF[Math.min(tries, BACKOFF.length - 1)] ?? 0;
    tries += 1;
    retryTimer = setTimeout(ask, seconds * 1000);
  }

  async function ask() {
    inFlight?.abort();
    clearTimeout(retryTimer);
    if (wanted === null) return;
    const mine = new AbortController();
    const asked = wanted;
    inFlight = mine;
    try {
      const trace = await api.trace(asked.request, asked.granularity, mine.signal);
      if (inFlight === mine) show(asked, trace);
    } catch (error) {
      if (inFlight === mine && (asked === wanted || isAway(error))) fail(error);
    }
    if (inFlight !== mine) return;
    inFlight = null;
    if (asked !== wanted && store.get().status !== "error") askSoon();
  }

  /** For a drag: the pair on the page stays for a moment. */
  function askSoon() {
    clearTimeout(graceTimer);
    graceTimer = setTimeout(showWaiting, GRACE);
    ask();
  }

  return {
    /** What the visitor has set, shown already or not. @returns {TraceRequest | null} */
    request: () => wanted?.request ?? store.get().request,

    /**
     * Ask for a trace.
     *
     * @param {Partial<Wanted>} change
     * @param {{ drag?: boolean, keepMoment?: KeepMoment }} [how]
     */
    want(change, { drag = false, keepMoment } = {}) {
      const { request, granularity } = { ...store.get(), ...wanted, ...change };
      if (request === null) return;
      wanted = { request, granularity };
      if (keepMoment !== undefined) keep = keepMoment;
      if (drag && store.get().trace !== null) {
        // One request at a time: the next edit goes out as soon as the answer to this one is on the page.
        if (inFlight === null) askSoon();
      } else {
        showWaiting();
        ask();
      }
    },

    /** Try again now. */
    retry() {
      if (store.get().status !== "error") return;
      tries = 0;
      store.set({ status: "loading" });
      ask();
    },

    /** Whether what is wanted is on the page, once that is known. @returns {Promise<boolean>} */
    settled: () =>
      inFlight === null
        ? Promise.resolve(store.get().status === "ready")
        : new Promise((resolve) => waiting.push(resolve)),
  };
}
