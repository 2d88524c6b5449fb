import assert from "node:assert/strict";
import { test } from "node:test";

import { createHistory, epochAt, networkWith } from "../../../../static/js/lab/state/epochs.js";

/** @param {number} epoch @param {number[] | null} [theta] */
const epoch = (epoch, theta = null) => ({
  epoch,
  total_loss: 2,
  cost: 1,
  test_total_loss: null,
  test_cost: null,
  train_accuracy: null,
  test_accuracy: null,
  gradient_norms: [1],
  gain_means: [1],
  theta,
});

test("time travel stops at the last recorded epoch that is not after the one asked for", () => {
  const run = createHistory();
  for (let each = 0; each <= 10; each += 1) run.add(epoch(each, each % 4 === 0 || each === 10 ? [each] : null));
  assert.deepEqual(
    run.recorded.map((each) => each.epoch),
    [0, 4, 8, 10],
  );
  const stops = [-1, 0, 3, 4, 9, 10, 99].map((at) => epochAt(run.recorded, at)?.epoch ?? null);
  assert.deepEqual(stops, [null, 0, 0, 4, 8, 10, 10]);
  assert.equal(epochAt(createHistory().epochs, 5), null);
});

test("an epoch that comes again takes the place of itself and of all that came after", () => {
  const run = createHistory();
  for (const each of [0, 1, 2, 3]) run.add(epoch(each, [each]));
  run.add(epoch(2, [20]));
  assert.deepEqual(
    run.epochs.map((each) => each.theta),
    [[0], [1], [20]],
  );
  assert.deepEqual(run.recorded, run.epochs);
});

test("the server may have a network that the event did not bring", () => {
  const run = createHistory();
  run.add(epoch(0), true);
  run.add(epoch(1), false);
  assert.deepEqual(
    run.recorded.map((each) => each.epoch),
    [0],
  );
});

test("θ fills each layer's w row by row, then its b, and leaves the given network alone", () => {
  const given = {
    layers: [
      {
        w: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        b: [0, 0, 0],
        activation: "tanh",
      },
      { w: [[0, 0, 0]], b: [0], activation: "sigmoid" },
    ],
  };
  const theta = Array.from({ length: 13 }, (_, index) => index + 1);
  assert.deepEqual(networkWith(given, theta), {
    layers: [
      {
        w: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        b: [7, 8, 9],
        activation: "tanh",
      },
      { w: [[10, 11, 12]], b: [13], activation: "sigmoid" },
    ],
  });
  assert.equal(given.layers[0].w[0][0], 0);
  assert.throws(() => networkWith(given, theta.slice(1)), /12 numbers, the network 13/);
  assert.throws(() => networkWith(given, [...theta, 0]), /14 numbers, the network 13/);
});
