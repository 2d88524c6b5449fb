import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createFineGround, withLayer } from "../../../../static/js/lab/map/fine.js";

const REST_MS = 350;
const examples = /** @type {any} */ ({
  xs: [
    [0, 0],
    [1, 2],
  ],
  test_xs: [],
  feature_names: ["x1", "x2"],
});
const layers = (/** @type {number} */ value) => [{ a: [[[value]], [[value]]] }, { a: [[[value]]] }];

/** A moment of a 2-2-1 network over a coarse grid. @param {object} [network] @returns {any} */
const momentOf = (network = { layers: [{ b: [0, 0] }, { b: [0] }] }) => ({
  network,
  response: { inputs: [0, 1], x_values: [0, 1], y_values: [0, 1], layers: layers(0) },
});

/** @param {{ limits?: Record<string, number>, isTrained?: () => boolean, answer?: () => Promise<any> }} [wanted] */
function setUp({
  limits = { batch_numbers: 1e6 },
  isTrained,
  answer = async () => ({ layers: [{ a: [[[9]]] }] }),
} = {}) {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {any[]} */
  const asked = [];
  let fresh = 0;
  const api = /** @type {any} */ ({
    lab: {
      regions: async (/** @type {any} */ body, /** @type {AbortSignal} */ signal) => {
        asked.push({ body, signal });
        return answer();
      },
    },
  });
  const ground = createFineGround({ api, limits: () => limits, onFine: () => (fresh += 1), isTrained });
  const rest = async (milliseconds = REST_MS) => {
    mock.timers.tick(milliseconds);
    for (let turn = 0; turn < 8; turn += 1) await null;
  };
  return { ground, asked, rest, fresh: () => fresh };
}

test("one layer of a response is replaced, the others stay", () => {
  const response = momentOf().response;
  const fine = /** @type {any} */ ({ layers: [{ a: [[[9]]] }] });
  assert.deepEqual(withLayer(response, 1, fine).layers, [response.layers[0], fine.layers[0]]);
});

test("a moment at rest is asked for once, finer, and only the layer that is shown", async (context) => {
  context.after(() => mock.timers.reset());
  const { ground, asked, rest, fresh } = setUp();
  const moment = momentOf();
  assert.equal(ground.of(moment, examples, 1), moment);
  await rest(REST_MS - 1);
  assert.equal(asked.length, 0);
  ground.of({ ...moment }, examples, 1);
  await rest(1);
  assert.deepEqual([asked.length, asked[0].body.layers, asked[0].body.resolution, fresh()], [1, [1], 120, 1]);
  assert.deepEqual(ground.of(moment, examples, 1).response?.layers[1]?.a, [[[9]]]);
  await rest();
  assert.equal(asked.length, 1);
});

test("another network takes the place of the last one, whose answer is of no use any more", async (context) => {
  context.after(() => mock.timers.reset());
  const { ground, asked, rest, fresh } = setUp();
  ground.of(momentOf(), examples, 1);
  mock.timers.tick(REST_MS);
  const next = momentOf();
  assert.equal(ground.of(next, examples, 1), next);
  await rest(0);
  assert.deepEqual([asked.length, asked[0].signal.aborted, fresh()], [1, true, 0]);
  assert.equal(ground.of(next, examples, 1), next);
});

test("what is fine enough, has one input only or would go over the limit is left as it is", async (context) => {
  context.after(() => mock.timers.reset());
  const { ground, asked, rest } = setUp({ limits: { batch_numbers: 70_000 } });
  const fine = momentOf();
  fine.response.x_values = Array(120).fill(0);
  const line = momentOf();
  line.response.y_values = null;
  for (const moment of [fine, line, { ...momentOf(), response: null }, momentOf()])
    assert.equal(ground.of(moment, examples, 1), moment);
  await rest();
  assert.equal(asked.length, 0);
});

test("what has learnt nothing is asked for with fewer points, whatever the limits say if they say nothing", async (context) => {
  context.after(() => mock.timers.reset());
  const { ground, asked, rest } = setUp({ limits: {}, isTrained: () => false });
  ground.of(momentOf(), examples, 1);
  await rest();
  assert.deepEqual([asked.length, asked[0].body.resolution], [1, 72]);
});

test("if the server is away the ground stays as it is", async (context) => {
  context.after(() => mock.timers.reset());
  const { ground, asked, rest, fresh } = setUp({ answer: () => Promise.reject(new TypeError("no way")) });
  const moment = momentOf();
  ground.of(moment, examples, 1);
  await rest();
  assert.deepEqual([asked.length, fresh()], [1, 0]);
  assert.equal(ground.of(moment, examples, 1), moment);
});
