/** Predict, then reveal: what is asked, to how many places, and what takes the question back. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { askable, createPrediction, decimalsFor } from "../../../static/js/state/predict.js";
import { createStore } from "../../../static/js/kit/store.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { traceNamed } from "../scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");

function walked() {
  const store = createStore(
    /** @type {any} */ ({
      trace,
      timeline: timelineOf(trace),
      status: "ready",
      predicting: false,
      asked: [],
      done: 0,
      time: 0,
    }),
  );
  /** @type {string[]} */
  const calls = [];
  const walk = {
    /** @param {1 | -1} by */
    step: (by) => {
      calls.push(`step ${by}`);
      store.set({ done: store.get().done + by });
    },
    toggle: () => void calls.push("toggle"),
    seek: () => void calls.push("seek"),
  };
  return { store, calls, prediction: createPrediction({ store, walk }) };
}

test("while it is off, a step is a step and playing is playing", () => {
  const { store, calls, prediction } = walked();
  prediction.step(1);
  prediction.toggle();
  assert.deepEqual(calls, ["step 1", "toggle"]);
  assert.deepEqual(store.get().asked, []);
});

test("while it is on, going forward asks for the next step's numbers and waits", () => {
  const { store, calls, prediction } = walked();
  prediction.setPredicting(true);
  prediction.step(1);
  assert.deepEqual(store.get().asked, trace.steps[0]?.writes);
  prediction.step(1);
  prediction.toggle();
  assert.equal(store.get().done, 0);
  assert.ok(!calls.includes("step 1") && !calls.includes("toggle"));
});

test("revealing does the step, and the question is over", () => {
  const { store, prediction } = walked();
  prediction.setPredicting(true);
  prediction.step(1);
  prediction.reveal();
  assert.equal(store.get().done, 1);
  assert.equal(store.get().asked.length, 0);
});

test("a step back, or any other move, takes the question back", () => {
  const { store, prediction } = walked();
  prediction.setPredicting(true);
  prediction.reveal();
  prediction.step(1);
  assert.ok(store.get().asked.length > 0);
  prediction.step(-1);
  assert.equal(store.get().asked.length, 0);
  prediction.step(1);
  store.set({ done: 9 });
  assert.equal(store.get().asked.length, 0);
});

test("products on their way into a sum and updated numbers are not asked for, and of a large step only the first", () => {
  const step = (/** @type {string[]} */ ...writes) => /** @type {any} */ ({ writes });
  assert.deepEqual(askable(step("/terms/0"), trace), []);
  assert.deepEqual(askable(step("/updated/layers/0/w/0/0"), trace), []);
  assert.deepEqual(askable(undefined, trace), []);
  const all = [0, 1, 2].flatMap((layer) => [`/layers/${layer}/z/0`, `/layers/${layer}/z/1`]);
  assert.deepEqual(askable(step(...all), trace), all.slice(0, 4));
});

test("small numbers are asked for to more places, so that as many digits count", () => {
  assert.equal(decimalsFor(0.982, 3), 3);
  assert.equal(decimalsFor(4, 3), 2);
  assert.equal(decimalsFor(-0.00357, 3), 5);
  assert.equal(decimalsFor(12345, 3), 0);
  assert.equal(decimalsFor(0, 3), 2);
});
