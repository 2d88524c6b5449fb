import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_UPDATES, changedMost, createLearning, withUpdate } from "../../../static/js/state/learning.js";
import { createStore } from "../../../static/js/kit/store.js";

/** One weight w, loss w²: an update takes it to w − rate · 2w. */
const request = (/** @type {number} */ w, rate = 0.1) =>
  /** @type {any} */ ({ network: { layers: [{ w: [[w]], b: [0], activation: "linear" }] }, learning_rate: rate });
const weightOf = (/** @type {any} */ made) => made.network.layers[0].w[0][0];
const traceOf = (/** @type {any} */ asked) => {
  const w = weightOf(asked);
  const next = w - asked.learning_rate * 2 * w;
  return /** @type {any} */ ({
    loss: { value: w ** 2 },
    updated: { layers: [{ w: [[next]], b: [0] }], loss: next ** 2 },
  });
};

/** @param {any} first @param {(asked: any) => any} [answer] */
function bench(first, answer = traceOf) {
  const store = createStore(/** @type {any} */ ({ trace: answer(first), learning: null }));
  let here = /** @type {any} */ ({ request: first, preset: "p", published: [1], losses: [] });
  const shown = /** @type {any[]} */ ([]);
  let asked = 0;
  let diverged = 0;
  const learning = createLearning({
    store,
    settled: async () => true,
    present: () => here,
    ask: async (/** @type {any} */ made) => {
      asked += 1;
      return answer(made);
    },
    show(snapshot, how) {
      here = snapshot;
      shown.push(how);
    },
    diverged: () => (diverged += 1),
  });
  return {
    learning,
    store,
    shown,
    get: () => here,
    set: (/** @type {any} */ to) => (here = to),
    counts: () => ({ asked, diverged }),
  };
}

test("ten updates are the server's ten, each from the one before, shown once and undone as one", async () => {
  const { learning, shown, get, counts, store } = bench(request(1));
  await learning.learn(10);
  assert.ok(Math.abs(weightOf(get().request) - 0.8 ** 10) < 1e-12);
  assert.deepEqual(shown, [{ isFirst: true, isLast: true }]);
  assert.equal(counts().asked, 9, "the first is on the page already");
  assert.equal(get().losses.length, 10);
  assert.ok(Math.abs(get().losses[3].loss - 0.8 ** 6) < 1e-12);
  assert.deepEqual([get().preset, get().published], [null, []]);
  assert.deepEqual(store.get().learning, { running: false, count: 10, ended: null, changed: "/layers/0/w/0/0" });
});

test("a descent stops before the update that would not lower the loss", async () => {
  /** The weight falls by a fixed step: it would jump over the lowest point. */
  const steep = (/** @type {any} */ asked) => {
    const w = weightOf(asked);
    return { loss: { value: w ** 2 }, updated: { layers: [{ w: [[w - 0.3]], b: [0] }], loss: (w - 0.3) ** 2 } };
  };
  const { learning, get, store, shown } = bench(request(1), steep);
  await learning.learn(Infinity);
  assert.ok(Math.abs(weightOf(get().request) - 0.1) < 1e-12);
  assert.equal(store.get().learning.ended, "lowest");
  assert.deepEqual(shown, [{ isFirst: true, isLast: true }]);
});

test("at the lowest point nothing is applied, and there is nothing to undo", async () => {
  const { learning, shown, store } = bench(request(0));
  await learning.learn(Infinity);
  assert.deepEqual(shown, []);
  assert.deepEqual(store.get().learning, { running: false, count: 0, ended: "lowest", changed: null });
});

test("a loss that falls for ever is left after so many updates, with what is on the way shown", async () => {
  const { learning, shown, store } = bench(request(1, 1e-6));
  await learning.learn(Infinity);
  assert.equal(store.get().learning.count, MOST_UPDATES);
  assert.equal(store.get().learning.ended, "limit");
  assert.equal(shown.filter(({ isFirst }) => isFirst).length, 1);
  assert.ok(shown.length > 10);
});

test("it can be stopped, and two do not run at once", async () => {
  const { learning, store, counts } = bench(request(1, 1e-6));
  const first = learning.learn(Infinity);
  const second = learning.learn(Infinity);
  await Promise.resolve();
  learning.stop();
  await Promise.all([first, second]);
  assert.ok(store.get().learning.count < 5);
  assert.ok(counts().asked < 5);
});

test("what is set meanwhile stands", async () => {
  const { learning, get, set } = bench(request(1));
  const other = { request: request(7), preset: null, published: [], losses: [] };
  const running = learning.learn(10);
  await Promise.resolve();
  await Promise.resolve();
  set(other);
  await running;
  assert.equal(get(), other);
});

test("a weight that is no number any more is said and not applied; a signal of one's own is no gradient", async () => {
  const wild = () => ({ loss: { value: 1 }, updated: { layers: [{ w: [[null]], b: [0] }], loss: null } });
  const one = bench(request(1), wild);
  await one.learning.learn(10);
  assert.deepEqual([one.counts().diverged, one.shown.length], [1, 0]);
  const own = bench({ ...request(1), signal: [1] });
  await own.learning.learn(1);
  assert.deepEqual([own.counts().asked, own.shown.length, own.store.get().learning], [0, 0, null]);
});

test("the momentum of an update goes along, and what changed most is the largest difference", () => {
  const change = { layers: [{ w: [[0.5]], b: [0] }] };
  const moved = withUpdate(request(1), 0.1, /** @type {any} */ ({ layers: [{ w: [[0.5]], b: [2] }], loss: 1, change }));
  assert.deepEqual(moved?.previous_change, change);
  assert.equal(changedMost(request(1), /** @type {any} */ (moved)), "/layers/0/b/0");
  assert.equal(changedMost(request(1), request(1)), null);
});
