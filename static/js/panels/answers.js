/**
 * Answers of the server about the request on the page: asked for once, never shown for another request.
 *
 * @import { AppState, TraceRequest } from "../record/types.js"
 * @import { Store } from "../kit/store.js"
 * @import { Said } from "../i18n/i18n.js"
 *
 * @template T
 * @typedef {{ state: "waiting" } | { state: "here", answer: T } | { state: "failed", detail: Said }} Asked
 */
import { ProblemError } from "../api/client.js";

/** Dragging or playing makes many requests; a question is asked once things have come to rest for this long. */
const REST_MS = 150;

/**
 * @template T
 * @param {Store<AppState>} store
 * @param {(request: TraceRequest, key: string, signal: AbortSignal) => Promise<T>} ask
 * @param {(asked: Asked<T> | null) => void} onChange null: nothing is asked
 */
export function createAnswers(store, ask, onChange) {
  /** @type {WeakMap<TraceRequest, Map<string, T>>} */
  const kept = new WeakMap();
  /** @type {string | null} */
  let key = null;
  /** @type {TraceRequest | null} */
  let shownFor = store.get().request;
  /** @type {AbortController | null} */
  let running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const stop = () => {
    clearTimeout(timer);
    running?.abort();
    running = null;
  };

  /** @param {TraceRequest} request @param {string} wanted */
  const fetchNow = async (request, wanted) => {
    const own = new AbortController();
    running = own;
    try {
      const answer = await ask(request, wanted, own.signal);
      const answers = kept.get(request) ?? new Map();
      kept.set(request, answers.set(wanted, answer));
      if (!own.signal.aborted) onChange({ state: "here", answer });
    } catch (error) {
      if (own.signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      onChange({ state: "failed", detail: error.detail });
    }
  };

  const update = () => {
    const { request, trace } = store.get();
    stop();
    shownFor = request;
    if (key === null || request === null) return onChange(null);
    const answer = kept.get(request)?.get(key);
    if (answer !== undefined) return onChange({ state: "here", answer });
    onChange({ state: "waiting" });
    // A request that the server has not accepted as a trace yet may be wrong, and it is the stage that says so.
    if (trace === null) return;
    const wanted = key;
    timer = setTimeout(() => void fetchNow(request, wanted), REST_MS);
  };

  store.watch(
    (state) => state.request,
    (request) => {
      if (request !== shownFor) update();
    },
  );
  store.watch(
    (state) => state.trace,
    (trace) => {
      if (trace !== null && key !== null) update();
    },
  );

  return {
    /** @param {string | null} next what is asked about; null for nothing */
    about(next) {
      if (next === key) return;
      key = next;
      update();
    },
    update,
  };
}
