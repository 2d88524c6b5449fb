import assert from "node:assert/strict";
import { test } from "node:test";

import {
  givenAt,
  isPlace,
  newWeight,
  sizesOf,
  withActivation,
  withFreeze,
  withInputs,
  withLayer,
  withLoss,
  withNumber,
  withSignal,
  withUnits,
  withinLimits,
  withoutLayer,
  withoutLearningRate,
} from "../../../static/js/record/request.js";
import { CATALOG, lecture } from "../explorer-fixtures.mjs";

const LIMITS = CATALOG.limits;
/** @param {any} request */
const layersOf = (request) => request.network.layers;

test("a number is read and written at its address in the trace", () => {
  const request = lecture();
  for (const [pointer, before] of [
    ["/x/1", -1],
    ["/target/0", 1],
    ["/layers/2/w/1/1", 4],
    ["/layers/0/b/0", 1],
    ["/learning_rate", 0.5],
  ]) {
    assert.equal(givenAt(request, pointer), before);
    const next = withNumber(request, pointer, 7.25);
    assert.equal(givenAt(next, pointer), 7.25);
    assert.equal(givenAt(request, pointer), before, "the request before the edit stays as it was");
  }
});

test("an edit copies only the way to what it changes", () => {
  const request = lecture();
  const next = withNumber(request, "/layers/0/w/0/0", 9);
  assert.equal(layersOf(next)[1], layersOf(request)[1]);
  assert.equal(layersOf(next)[0].w[1], layersOf(request)[0].w[1]);
  assert.equal(next.x, request.x);
});

test("what changes nothing, is no number or has no such address gives the same request back", () => {
  const request = lecture();
  assert.equal(withNumber(request, "/x/0", 1), request);
  assert.equal(withNumber(request, "/x/0", NaN), request);
  assert.equal(withNumber(request, "/x/9", 1), request);
  assert.equal(withNumber(request, "/layers/0/z/0", 1), request);
  assert.equal(withNumber(request, "/constructor/name", 1), request);
});

test("−0 is another number than 0", () => {
  assert.ok(Object.is(givenAt(withNumber(withNumber(lecture(), "/x/0", 0), "/x/0", -0), "/x/0"), -0));
});

test("a learning rate can be added and taken away", () => {
  const without = withoutLearningRate(lecture());
  assert.ok(!("learning_rate" in without));
  assert.equal(withNumber(without, "/learning_rate", 0.1).learning_rate, 0.1);
});

test("a new hidden layer leaves every old weight where it was", () => {
  const request = lecture();
  const next = withLayer(request, LIMITS);
  assert.deepEqual(sizesOf(next), [2, 2, 2, 2, 2]);
  assert.deepEqual(layersOf(next)[0], layersOf(request)[0]);
  assert.deepEqual(layersOf(next)[1], layersOf(request)[1]);
  assert.deepEqual(layersOf(next)[3], layersOf(request)[2]);
  assert.equal(layersOf(next)[2].activation, "sigmoid");
  assert.deepEqual(layersOf(next)[2].b, [0, 0]);
});

test("a network of one layer gets its first hidden layer", () => {
  const one = {
    ...lecture(),
    network: { layers: [{ w: [[1, 2, 3]], b: [4], activation: "linear" }] },
    x: [1, 2, 3],
    target: [1],
  };
  const next = withLayer(one, LIMITS);
  assert.deepEqual(sizesOf(next), [3, 3, 1]);
  assert.deepEqual(layersOf(next)[1], one.network.layers[0]);
});

test("a hidden layer can go, the output layer cannot", () => {
  const request = lecture();
  assert.deepEqual(sizesOf(withoutLayer(request, 0)), [2, 2, 2]);
  assert.equal(withoutLayer(request, 2), request);
  assert.equal(withoutLayer(request, -1), request);
});

test("another unit gets weights of its own on both sides, and the old ones stay", () => {
  const request = lecture();
  const next = withUnits(request, 0, 3, LIMITS);
  assert.deepEqual(layersOf(next)[0].w.slice(0, 2), layersOf(request)[0].w);
  assert.deepEqual(
    layersOf(next)[1].w.map((/** @type {number[]} */ row) => row.slice(0, 2)),
    layersOf(request)[1].w,
  );
  assert.equal(layersOf(next)[0].w[2].length, 2);
  assert.equal(layersOf(next)[1].w[0].length, 3);
  assert.deepEqual(withUnits(next, 0, 2, LIMITS), request);
});

test("another output unit brings a target, and a place for a signal", () => {
  const next = withUnits(withSignal(lecture(), [1, 2]), 2, 3, LIMITS);
  assert.deepEqual(next.target, [1, 0, 0]);
  assert.deepEqual(next.signal, [1, 2, 0]);
});

test("another input brings an x of 0", () => {
  const next = withInputs(lecture(), 3, LIMITS);
  assert.deepEqual(next.x, [1, -1, 0]);
  assert.equal(layersOf(next)[0].w[0].length, 3);
});

test("beyond a limit, and below one unit, nothing changes", () => {
  const request = lecture();
  assert.equal(withUnits(request, 0, 9, LIMITS), request);
  assert.equal(withUnits(request, 0, 0, LIMITS), request);
  assert.equal(withInputs(request, 0, LIMITS), request);
  assert.equal(withUnits(request, 7, 2, LIMITS), request);
  const deep = [1, 2].reduce((each) => withLayer(each, LIMITS), request);
  assert.equal(sizesOf(deep).length, 6);
  assert.equal(withLayer(deep, LIMITS), deep);
  assert.ok(!withinLimits([8, 8, 8], LIMITS), "144 parameters are more than 60");
  assert.ok(withinLimits([8, 8, 8], {}), "a limit that is not told does not bind");
});

test("a new weight is small, never 0, two decimals, and always the same for its place", () => {
  const weights = [0, 1, 2].flatMap((layer) =>
    [0, 1, 2, 3].flatMap((row) => [0, 1, 2, 3].map((column) => newWeight(layer, row, column))),
  );
  for (const weight of weights) {
    assert.ok(weight !== 0 && Math.abs(weight) <= 0.5);
    assert.equal(weight, Math.round(weight * 100) / 100);
  }
  assert.ok(new Set(weights).size > 30);
  assert.equal(newWeight(1, 2, 3), newWeight(1, 2, 3));
});

test("softmax stands in the last layer only, and says so", () => {
  const request = lecture();
  const refused = withActivation(request, 0, "softmax", CATALOG);
  assert.equal(refused.request, request);
  assert.equal(refused.notices[0]?.key, "app.notice.last-layer-only");
  assert.equal(layersOf(withActivation(request, 2, "softmax", CATALOG).request)[2].activation, "softmax");
});

test("a loss that the new output does not allow makes way, with a notice", () => {
  const binary = { ...lecture(), loss: "binary_cross_entropy" };
  const { request, notices } = withActivation(binary, 2, "softmax", CATALOG);
  assert.equal(request.loss, "cross_entropy");
  assert.equal(notices[0]?.key, "app.notice.loss-changed");
  assert.equal(withActivation(binary, 0, "tanh", CATALOG).notices.length, 0);
  for (const [layer, activation] of /** @type {const} */ ([
    [0, "no such activation"],
    [9, "tanh"],
  ])) {
    assert.deepEqual(withActivation(binary, layer, activation, CATALOG), { request: binary, notices: [] });
  }
  const alone = { ...CATALOG, losses: CATALOG.losses.filter(({ name }) => name === "binary_cross_entropy") };
  assert.deepEqual(withActivation(binary, 2, "softmax", alone), { request: binary, notices: [] });
  assert.equal(withActivation(binary, 2, "tanh", CATALOG).request.loss, "half_squared_error");
});

test("a loss that the output does not allow changes the output, with a notice", () => {
  const linear = withActivation(lecture(), 2, "linear", CATALOG).request;
  const { request, notices } = withLoss(linear, "cross_entropy", CATALOG);
  assert.equal(layersOf(request)[2].activation, "softmax");
  assert.equal(notices[0]?.key, "app.notice.output-changed");
  assert.equal(withLoss(lecture(), "cross_entropy", CATALOG).notices.length, 0, "a sigmoid output will do");
  assert.equal(withLoss(linear, "no such loss", CATALOG).request, linear);
});

test("a signal is fitted to the outputs and can be taken back", () => {
  const own = withSignal(lecture(), [1]);
  assert.deepEqual(own.signal, [1, 0]);
  assert.deepEqual(withSignal(own, null), lecture());
});

test("freezing nothing leaves no word of it", () => {
  assert.deepEqual(withFreeze(lecture(), ["b"]).freeze, ["b"]);
  assert.ok(!("freeze" in withFreeze({ ...lecture(), freeze: ["w"] }, [])));
});

test("a place is what the network has", () => {
  for (const pointer of ["/x/1", "/layers/2/z/1", "/layers/0/w/1/1", "/layers/1/b/0", "/loss/value", "/target/1"]) {
    assert.ok(isPlace(lecture(), pointer), pointer);
  }
  for (const pointer of [
    "/x/2",
    "/layers/3/z/0",
    "/layers/0/w/2/0",
    "/layers/0/w/0/2",
    "/target/2",
    "/nonsense",
    "",
    "/layers",
  ]) {
    assert.ok(!isPlace(lecture(), pointer), pointer);
  }
});
