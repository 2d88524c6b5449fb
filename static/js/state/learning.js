/**
 * Gradient descent by hand: one update, ten, or on while the loss falls. The server computes every one of them.
 *
 * @import { Store } from "../kit/store.js"
 * @import { AppState, Pointer, Trace, TraceRequest } from "../record/types.js"
 * @import { Snapshot } from "./actions.js"
 */

/** Updates after which it stops even though the loss still falls. */
export const MOST_UPDATES = 500;

/** In a long descent every tenth network is shown on its way. */
const SHOWN_EVERY = 10;

/** Without a learning rate in the request, an update starts with this one. */
const FIRST_LEARNING_RATE = 0.5;

/**
 * The request with the updated parameters in place of its own.
 *
 * @param {TraceRequest} request @param {number} rate @param {NonNullable<Trace["updated"]>} updated
 * @returns {TraceRequest | null} null if one of them is no number any more
 */
export function withUpdate(request, rate, updated) {
  const isFinite = updated.layers.every((layer) =>
    [layer.w.flat(), layer.b].flat().every((value) => typeof value === "number"),
  );
  if (!isFinite) return null;
  const layers = request.network.layers.map((layer, index) => ({
    ...layer,
    .../** @type {{ w: number[][], b: number[] }} */ (updated.layers[index]),
  }));
  const moved = updated.change && { previous_change: /** @type {TraceRequest["previous_change"]} */ (updated.change) };
  return { ...request, network: { layers }, learning_rate: rate, ...moved };
}

/**
 * The weight or bias that two requests with the same structure differ in most.
 *
 * @param {TraceRequest} before @param {TraceRequest} after
 * @returns {Pointer | null} null if they do not differ
 */
export function changedMost(before, after) {
  /** @type {Pointer | null} */
  let most = null;
  let largest = 0;
  /** @param {Pointer} pointer @param {number} was @param {number} is */
  const look = (pointer, was, is) => {
    if (Math.abs(is - was) <= largest) return;
    largest = Math.abs(is - was);
    most = pointer;
  };
  after.network.layers.forEach(({ w, b }, layer) => {
    const old = before.network.layers[layer];
    w.forEach((row, r) => row.forEach((value, c) => look(`/layers/${layer}/w/${r}/${c}`, old?.w[r]?.[c] ?? 0, value)));
    b.forEach((value, r) => look(`/layers/${layer}/b/${r}`, old?.b[r] ?? 0, value));
  });
  return most;
}

/**
 * @param {object} options
 * @param {Store<AppState>} options.store
 * @param {(request: TraceRequest) => Promise<Trace | null>} options.ask a trace without its steps; null if it failed
 * @param {() => Promise<boolean>} options.settled whether what is wanted is on the page
 * @param {() => Snapshot | null} options.present
 * @param {(snapshot: Snapshot, how: { isFirst: boolean, isLast: boolean }) => void} options.show put it on the page; the
 *   first one can be undone
 * @param {() => void} options.diverged
 */
export function createLearning({ store, ask, settled, present, show, diverged }) {
  let isStopped = false;
  let isRunning = false;

  /** @param {number} count */
  async function learn(count) {
    const before = present();
    const { trace } = store.get();
    // What a signal of one's own brings back is no gradient to descend.
    if (before === null || trace === null || before.request.signal !== undefined) return;
    const rate = before.request.learning_rate ?? FIRST_LEARNING_RATE;
    const isDescent = count === Infinity;
    let at = before;
    let shown = before;
    let done = 0;
    /** @type {NonNullable<AppState["learning"]>["ended"]} */
    let ended = null;
    isStopped = false;
    const put = (/** @type {boolean} */ isLast) => {
      if (at === shown) return;
      show(at, { isFirst: shown === before, isLast });
      shown = at;
    };
    const say = (/** @type {boolean} */ running) =>
      store.set({ learning: { running, count: done, ended, changed: changedMost(before.request, at.request) } });

    while (done < Math.min(count, MOST_UPDATES) && !isStopped) {
      const walked = done === 0 && trace.updated ? trace : await ask({ ...at.request, learning_rate: rate });
      // Something else has been set meanwhile: that stands.
      if (present()?.request !== shown.request) return;
      const [updated, loss] = [walked?.updated, walked?.loss.value];
      if (!updated || typeof loss !== "number") break;
      if (isDescent && !(typeof updated.loss === "number" && updated.loss < loss)) {
        ended = "lowest";
        break;
      }
      const request = withUpdate(at.request, rate, updated);
      if (request === null) {
        diverged();
        break;
      }
      const step = (at.losses.at(-1)?.step ?? -1) + 1;
      at = { request, preset: null, published: [], losses: [...at.losses, { step, loss }] };
      done += 1;
      if (isDescent && done % SHOWN_EVERY === 0) put(false);
      if (isDescent) say(true);
    }
    if (isDescent && ended === null && done === MOST_UPDATES) ended = "limit";
    put(true);
    say(false);
  }

  return {
    /** After the update that is on its way. */
    stop() {
      isStopped = true;
    },

    /** @param {number} count updates; Infinity: while the loss falls */
    async learn(count) {
      if (isRunning) return;
      isRunning = true;
      try {
        if (await settled()) await learn(count);
      } finally {
        isRunning = false;
      }
    },
  };
}
