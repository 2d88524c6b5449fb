import assert from "node:assert/strict";
import { test } from "node:test";

import { createStore } from "../../../static/js/kit/store.js";

test("a watcher hears the value at once and then only when it is another one", () => {
  const store = createStore({ a: 1, b: 1 });
  /** @type {number[]} */
  const heard = [];
  store.watch(
    (state) => state.a,
    (value) => heard.push(value),
  );
  store.set({ b: 2 });
  store.set({ a: 1 });
  store.set({ a: 3 });
  assert.deepEqual(heard, [1, 3]);
});

test("a watcher that was stopped hears nothing, even when stopped by another one", () => {
  const store = createStore({ a: 1 });
  /** @type {string[]} */
  const heard = [];
  store.watch(
    (state) => state.a,
    (value) => value === 2 && stop(),
  );
  const stop = store.watch(
    (state) => state.a,
    (value) => heard.push(`second ${value}`),
  );
  store.set({ a: 2 });
  assert.deepEqual(heard, ["second 1"]);
});

test("the state is replaced, never changed in place", () => {
  const store = createStore({ a: 1 });
  const before = store.get();
  store.set({ a: 2 });
  assert.equal(before.a, 1);
  assert.equal(store.get().a, 2);
});

test("what a listener sets is there for the ones after it", () => {
  const store = createStore({ a: 1, double: 2 });
  store.watch(
    (state) => state.a,
    (a) => store.set({ double: 2 * a }),
  );
  store.set({ a: 5 });
  assert.equal(store.get().double, 10);
});
