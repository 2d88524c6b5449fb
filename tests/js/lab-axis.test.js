import assert from "node:assert/strict";
import { test } from "node:test";

import { decades, hasLogarithm, logTicks, thinned } from "../../static/js/lab/axis.js";

test("a logarithmic axis spans whole decades of what it can show", () => {
  assert.deepEqual(decades([0.03, 4, 0, -1, null, Infinity]), { from: 0.01, to: 10 });
  assert.deepEqual(decades([1, 1]), { from: 1, to: 10 });
  assert.deepEqual(decades([0, null]), { from: 0.1, to: 1 });
  assert.deepEqual([1e-300, 0, -1, NaN, null].map(hasLogarithm), [true, false, false, false, false]);
});

test("ticks are 1, 2, 5 on a short axis and powers on a long one, never more than fit", () => {
  assert.deepEqual(logTicks(0.1, 10), [0.1, 0.2, 0.5, 1, 2, 5, 10]);
  assert.deepEqual(logTicks(1e-3, 10), [1e-3, 1e-2, 0.1, 1, 10]);
  assert.ok(logTicks(1e-300, 1).length <= 8);
  assert.ok(logTicks(1e-300, 1).every((tick) => tick >= 1e-300 && tick <= 1));
});

test("thinning keeps both ends, every spike, and the order", () => {
  /** @type {[number, number][]} */
  const points = Array.from({ length: 10_000 }, (_, index) => [index, Math.sin(index / 50)]);
  points[4321] = [4321, 99];
  points[4322] = [4322, -99];
  const kept = thinned(points, 100);
  assert.ok(kept.length <= 400);
  assert.deepEqual([kept[0], kept.at(-1)], [points[0], points.at(-1)]);
  assert.ok(kept.includes(points[4321]) && kept.includes(points[4322]));
  assert.ok(kept.every((point, index) => index === 0 || point[0] > kept[index - 1][0]));
});

test("few points are left as they are", () => {
  /** @type {[number, number][]} */
  const few = [[0, 1], [1, 2]];
  assert.equal(thinned(few, 10), few);
  assert.deepEqual(thinned([], 10), []);
});

test("points all at one place come down to the ends and the extremes", () => {
  /** @type {[number, number][]} */
  const points = Array.from({ length: 50 }, (_, index) => [7, (index * 13) % 50]);
  assert.deepEqual(thinned(points, 3).map((point) => point[1]).sort((a, b) => a - b), [0, 37, 49]);
});
