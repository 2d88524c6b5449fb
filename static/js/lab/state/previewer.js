/**
 * Everything before the first step of what the visitor has set, asked of the server whenever that changes. The latest
 * request wins; a server that is away is asked again.
 *
 * @import { LabClient } from "../../api/lab-client.js"
 * @import { Store } from "../../kit/store.js"
 * @import { ExampleChoice, Examples } from "../types.js"
 * @import { PageState } from "./state.js"
 */
import { BACKOFF, isPassing, problemFrom } from "../../api/asking.js";

/** Milliseconds in which several edits, such as those of one drag, become one question. */
const DEBOUNCE = 250;

/**
 * The chosen example, if there is such a one.
 * @param {ExampleChoice} choice
 * @param {Examples} examples
 * @returns {ExampleChoice}
 */
export function heldToExamples({ heldOut, index }, examples) {
  const count = (heldOut ? examples.test_xs : examples.xs).length;
  return index < count ? { heldOut, index } : { heldOut: false, index: 0 };
}

/** @param {{ store: Store<PageState>, api: Pick<LabClient, "preview"> }} options */
export function createPreviewer({ store, api }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {AbortController | null} */
  let inFlight = null;
  let tries = 0;
  /** @type {((isThere: boolean) => void)[]} */
  let waiting = [];

  /** @param {boolean} isThere */
  function settle(isThere) {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve(isThere);
  }

  async function askNow() {
    const { request } = store.get();
    if (request === null) return;
    const mine = new AbortController();
    inFlight = mine;
    try {
      const preview = await api.preview(request, mine.signal);
      if (mine.signal.aborted) return;
      tries = 0;
      store.set({
        preview,
        examples: preview.examples,
        example: heldToExamples(store.get().example, preview.examples),
        status: "ready",
        problem: null,
      });
      settle(true);
    } catch (error) {
      if (mine.signal.aborted) return;
      store.set({ status: "error", problem: problemFrom(error) });
      if (isPassing(error)) again();
      else settle(false);
    } finally {
      if (inFlight === mine) inFlight = null;
    }
  }

  function again() {
    const seconds = BACKOFF[Math.min(tries, BACKOFF.length - 1)] ?? 1;
    tries += 1;
    timer = setTimeout(askNow, seconds * 1000);
  }

  function stop() {
    clearTimeout(timer);
    inFlight?.abort();
    inFlight = null;
    settle(false);
  }

  return {
    /** Ask for what is in the store now. @param {{ debounced?: boolean }} [how] */
    want({ debounced = false } = {}) {
      clearTimeout(timer);
      inFlight?.abort();
      inFlight = null;
      tries = 0;
      timer = setTimeout(askNow, debounced ? DEBOUNCE : 0);
    },
    /** Nothing is wanted any more. */
    stop,
    retry() {
      clearTimeout(timer);
      if (inFlight === null) askNow();
    },
    /** Whether the preview of the latest request is there, once that is known. @returns {Promise<boolean>} */
    settled() {
      if (store.get().preview !== null) return Promise.resolve(true);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
