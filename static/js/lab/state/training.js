/**
 * One training as it is told by the server: started, gone on with, paused, and taken up again when the server was away.
 *
 * The run in the store is a new object at each frame in which something has come; its history is appended to in place.
 *
 * @import { LabClient, RunDocument } from "../../api/lab-client.js"
 * @import { StreamEvent } from "../../api/event-stream.js"
 * @import { Network } from "../../record/types.js"
 * @import { Epoch, Progress, Run, TrainingRequest, Until } from "../types.js"
 *
 * @typedef {object} Piece how far to go; to the end if nothing is said
 * @property {Until} [until]
 * @property {number | null} [pace] epochs a second, so that one can watch; null as fast as the server can
 *
 * @typedef {object} Options
 * @property {Pick<LabClient, "training" | "continueRun" | "run">} api
 * @property {() => Run | null} read the run in the store
 * @property {(run: Run) => void} write
 * @property {(isOpen: boolean) => void} onOpen whether a stream is open, or on its way
 * @property {(error: unknown) => void} onProblem null once it has passed
 * @property {(callback: () => void) => void} frame calls back before the next picture
 * @property {(milliseconds: number) => Promise<void>} [sleep]
 * @property {() => number} [now] milliseconds
 *
 * @typedef {ReturnType<typeof createTraining>} Training
 */
import { BACKOFF, ProblemError, away, isPassing } from "../../api/asking.js";
import { eventsOf } from "../../api/event-stream.js";
import { createHistory } from "./epochs.js";
import { trainingBody } from "./recipe.js";
import { endingOf, runOf } from "./runs.js";
import { GONE, newestOf } from "./selectors.js";

/** The end of the problem type's address: somebody trains this run just now. */
const STILL_RUNS = "run-is-running";
const NOT_FOUND = "run-not-found";

/** How long and how often to ask whether the server has stopped. */
const STOP_TRIES = 40;
const STOP_MS = 100;

/** At a given pace the server is asked for so many pieces a second, at most. */
const PIECES_PER_SECOND = 12;

const wait = (/** @type {number} */ milliseconds) =>
  /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, milliseconds)));

/** A stream that breaks off is a server that is away. @param {ReadableStream<Uint8Array>} body */
async function* told(body) {
  try {
    yield* eventsOf(body);
  } catch {
    throw away();
  }
}

/** @param {Options} options */
export function createTraining({
  api,
  read,
  write,
  onOpen,
  onProblem,
  frame,
  sleep = wait,
  now = () => performance.now(),
}) {
  /** The stream that is open, or about to be. @type {AbortController | null} */
  let open = null;
  /** The run as it is now; the store's is that of the last frame. @type {Run | null} */
  let run = null;
  let isScheduled = false;
  /** What asks for what was missed. @type {AbortController | null} */
  let catching = null;
  /** Cuts short the waiting for a server that is away. */
  let hurry = () => {};

  function publish() {
    isScheduled = false;
    if (run !== null) write(run);
  }

  /** @param {Partial<Run>} [patch] */
  function change(patch = {}) {
    if (run === null) return;
    run = { ...run, ...patch, revision: run.revision + 1 };
    if (isScheduled) return;
    isScheduled = true;
    frame(() => isScheduled && publish());
  }

  /**
   * @param {StreamEvent} event
   * @param {TrainingRequest} request
   * @param {boolean} goesOn after its piece
   * @returns {boolean} whether it is the last one
   */
  function take({ type, data }, request, goesOn) {
    const said = JSON.parse(data);
    if (type === "started") {
      const started = /** @type {{ run: string, network: Network }} */ (said);
      if (run === null)
        run = {
          id: started.run,
          request,
          network: started.network,
          state: "running",
          history: createHistory(),
          revision: 0,
          progress: null,
          ending: null,
        };
      onProblem(null);
      change({ request, state: "running", ending: null, verdict: null });
    } else if (type === "epoch") {
      run?.history.add(/** @type {Epoch} */ (said));
      change({ progress: null });
    } else if (type === "verdict") {
      change({ verdict: said.verdict });
    } else if (type === "progress") {
      change({ progress: said });
    } else if (type === "finished") {
      change({ state: "finished", ending: null });
    } else if (type === "diverged") {
      // The last finite state comes with its θ, which its own event may not have brought.
      if (said.last) run?.history.add(/** @type {Epoch} */ (said.last));
      change({ state: "diverged", ending: endingOf(said) });
    } else if (type === "stopped") {
      const state = said.reason === "until" && goesOn ? "running" : said.reason === "error" ? "failed" : "paused";
      change({ state, ending: endingOf(said) });
    }
    const isLast = ["finished", "diverged", "stopped"].includes(type);
    if (isLast) change({ verdict: said.verdict ?? null });
    return isLast;
  }

  /**
   * What the server did after the last event that came: it works ahead of the wire.
   *
   * @param {Run} paused @param {AbortSignal} signal
   */
  async function catchUp(paused, signal) {
    for (let tries = 0; tries < STOP_TRIES; tries += 1) {
      const document = await api.run(paused.id, signal);
      if (signal.aborted) return;
      if (document.state !== "running") return missed(paused, document);
      await sleep(STOP_MS);
    }
  }

  /** @param {Run} paused @param {RunDocument} document */
  function missed({ history, progress }, document) {
    const last = history.epochs.at(-1)?.epoch ?? -1;
    const isRecorded = new Set(document.recorded_epochs);
    const records = document.records.filter(({ epoch }) => epoch > last);
    for (const record of records) history.add(record, isRecorded.has(record.epoch));
    const kept = runOf(document);
    change({
      state: kept.state,
      ending: kept.ending,
      verdict: kept.verdict ?? null,
      progress: kept.progress ?? (records.length > 0 ? null : progress),
    });
    publish();
  }

  /**
   * Follow one stream to its end.
   *
   * @param {TrainingRequest} request
   * @param {Until | undefined} until
   * @param {boolean} goesOn
   * @param {AbortSignal} signal
   */
  async function follow(request, until, goesOn, signal) {
    let isOver = false;
    for await (const events of told(await ask(request, until, signal))) {
      for (const event of events) isOver = take(event, request, goesOn) || isOver;
    }
    // The stream ended without a word: whoever stood between us and the server is gone.
    if (!isOver) throw away();
  }

  /** @param {TrainingRequest} request @param {Until | undefined} until @param {AbortSignal} signal */
  function ask(request, until, signal) {
    const how = until && { until };
    if (run === null) return api.training({ ...trainingBody(request), ...how }, signal);
    const more = run.request.epochs === request.epochs ? {} : { epochs: request.epochs };
    const after = run.history.epochs.at(-1)?.epoch ?? -1;
    return api.continueRun(run.id, { ...more, ...how, after }, signal);
  }

  /** Wait, or until it is to go on at once. @param {number} milliseconds */
  function patience(milliseconds) {
    return Promise.race([
      sleep(milliseconds),
      /** @type {Promise<void>} */ (new Promise((resolve) => (hurry = resolve))),
    ]);
  }

  /**
   * One piece of the way, as often as it takes while the server is away.
   *
   * @param {TrainingRequest} request
   * @param {Until | undefined} until
   * @param {boolean} goesOn
   * @param {AbortSignal} signal
   */
  async function piece(request, until, goesOn, signal) {
    for (let tries = 0; !signal.aborted; tries += 1) {
      const before = run?.revision;
      try {
        return await follow(request, until, goesOn, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (run?.state === "running") change({ state: "paused" });
        if (error instanceof ProblemError && error.kind.endsWith(NOT_FOUND)) {
          change({ state: "failed", ending: { epoch: newestOf({ run }), reason: GONE } });
          return;
        }
        const stillRuns = error instanceof ProblemError && error.kind.endsWith(STILL_RUNS);
        if (!stillRuns) onProblem(error);
        // A single step that the server may have taken already is not asked for again.
        if ((!isPassing(error) && !stillRuns) || (until !== undefined && !goesOn)) return;
        if (run?.revision !== before) tries = 0;
        await patience(1000 * (BACKOFF[Math.min(tries, BACKOFF.length - 1)] ?? 1));
      }
    }
  }

  /**
   * Train on, from where the run in the store stands or from the start.
   *
   * @param {TrainingRequest} request what is to be trained
   * @param {Piece} [how]
   */
  async function go(request, { until, pace = null } = {}) {
    if (open !== null) return;
    const mine = new AbortController();
    const { signal } = mine;
    open = mine;
    catching?.abort();
    run = read();
    onOpen(true);
    try {
      if (until !== undefined || pace === null) await piece(request, until, false, signal);
      else await inPieces(request, pace, signal);
    } finally {
      if (open === mine) {
        open = null;
        publish();
        onOpen(false);
      }
    }
  }

  /** @param {TrainingRequest} request @param {number} pace @param {AbortSignal} signal */
  async function inPieces(request, pace, signal) {
    const epochs = Math.max(1, Math.round(pace / PIECES_PER_SECOND));
    for (let due = now(); !signal.aborted;) {
      await piece(request, { epochs }, true, signal);
      if (run?.state !== "running") return;
      // What was late is not made up for: a burst is nothing to look at.
      due = Math.max(due + (1000 * epochs) / pace, now());
      await patience(due - now());
    }
  }

  return {
    go,
    isOpen: () => open !== null,
    /** Stop, and keep what there is. */
    async pause() {
      const mine = open;
      if (mine === null) return;
      mine.abort();
      open = null;
      change({ state: "paused" });
      publish();
      onOpen(false);
      if (run === null) return;
      const asking = new AbortController();
      catching = asking;
      try {
        await catchUp(run, asking.signal);
      } catch {
        // Nothing is lost: going on says again what was missed.
      }
    },
    /** Stop, and let go of the run: the store has another one, or none. */
    drop() {
      open?.abort();
      catching?.abort();
      const wasOpen = open !== null;
      open = null;
      run = null;
      isScheduled = false;
      if (wasOpen) onOpen(false);
    },
    /** Try again now. */
    retry: () => hurry(),
  };
}
