import assert from "node:assert/strict";
import { test } from "node:test";

import { isGiven, thingOf, unitOf, wireOf } from "../../../static/js/record/addresses.js";
import { curveOf, samplesOf } from "../../../static/js/stage/draw/curve.js";
import { draggedValue } from "../../../static/js/stage/hands/number-drag.js";
import { fitted, following, held, zoomed } from "../../../static/js/stage/layout/viewport.js";
import { fact } from "../../../static/js/timeline/fact.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { layoutFor, traceNamed } from "../scene-fixtures.mjs";

test("every number belongs to the thing that shows it", () => {
  assert.equal(thingOf("/layers/1/dl_dw/0/2"), "/layers/1/w/0/2");
  assert.equal(thingOf("/updated/layers/1/w/0/2"), "/layers/1/w/0/2");
  assert.equal(thingOf("/layers/1/dl_db/3"), "/layers/1/b/3");
  for (const name of ["z", "a", "gain", "dl_da", "dl_dz"])
    assert.equal(thingOf(`/layers/2/${name}/1`), "/layers/2/z/1");
  assert.equal(thingOf("/dl_dx/1"), "/x/1");
  assert.equal(thingOf("/updated/loss"), "/loss/value");
  assert.equal(thingOf("/target/0"), "/target/0");
});

test("wires and units are told apart", () => {
  assert.deepEqual(wireOf("/layers/1/w/0/2"), { layer: 1, row: 0, column: 2 });
  assert.equal(wireOf("/layers/1/b/0"), null);
  assert.deepEqual(unitOf("/layers/1/z/3"), { layer: 1, row: 3 });
  assert.equal(unitOf("/x/0"), null);
});

test("only what was given can be changed where it stands", () => {
  for (const pointer of ["/x/0", "/target/1", "/signal/0", "/layers/0/w/1/0", "/layers/0/b/1"])
    assert.ok(isGiven(pointer));
  for (const pointer of ["/layers/0/z/1", "/loss/value", "/updated/layers/0/w/1/0", "/dl_dx/0"])
    assert.ok(!isGiven(pointer));
});

const Z = Array.from({ length: 81 }, (_, index) => Math.sinh((index - 40) * 0.13));
/** @param {(z: number) => number} shape @param {number} [reach] */
const sampled = (shape, reach = 3) => ({ reach, z: Z, a: Z.map(shape), by: {} });
const logistic = (/** @type {number} */ z) => 1 / (1 + Math.exp(-z));

test("a curve is drawn inside its box, however far its point lies out", () => {
  const box = { width: 50, height: 32 };
  for (const shape of [
    (/** @type {number} */ z) => z,
    logistic,
    Math.tanh,
    (/** @type {number} */ z) => Math.max(z, 0),
    (/** @type {number} */ z) => Math.exp(-z * z),
  ]) {
    for (const z of [0, -2, 40, -800]) {
      const numbers = [...curveOf(sampled(shape), z, box).path.matchAll(/-?[\d.]+/g)].map(Number);
      assert.ok(numbers.length > 20);
      numbers.forEach((number, index) => {
        assert.ok(
          Number.isFinite(number) && number >= -0.6 && number <= (index % 2 === 0 ? box.width : box.height) + 0.6,
          `${shape} at ${z}: ${number}`,
        );
      });
    }
  }
});

test("a function that reads its whole layer has no curve, and a layer's own slope moves it", () => {
  const entry = {
    name: "leaky_relu",
    title: { en: "", zh: "" },
    formula: "",
    derivative: "",
    parameters: { slope: 0.01 },
  };
  assert.equal(samplesOf({ ...entry, curve: null }, {}), null);
  const curve = { reach: 3, z: [-1, 0, 1], a: [-0.01, 0, 1], by: { slope: [-1, 0, 0] } };
  assert.deepEqual(samplesOf({ ...entry, curve }, {})?.a, [-0.01, 0, 1]);
  assert.ok(Math.abs((samplesOf({ ...entry, curve }, { slope: 0.2 })?.a[0] ?? 0) + 0.2) < 1e-12);
});

test("the point of the trace lies on the curve, and its slope is steepness times gain", () => {
  const curve = curveOf(sampled(logistic), 1, { width: 48, height: 32 });
  const [[x0, y0], [x1, y1]] = [curve.place(1, logistic(1)), curve.place(1.001, logistic(1.001))];
  assert.ok(Math.abs((y0 - y1) / (x1 - x0) - logistic(1) * (1 - logistic(1)) * curve.steepness) < 1e-3);
});

test("dragging up raises a number, finely with Shift, and comes back to where it began", () => {
  assert.equal(draggedValue(1, 10, false), 1.2);
  assert.equal(draggedValue(1, -10, true), 0.98);
  assert.equal(draggedValue(0.123456, 0, false), 0.123456);
});

const layout = layoutFor({ sizes: [2, 2, 2, 2], view: "forward" });
const room = { layout, width: 1080, height: 620 };

test("fit shows the whole drawing, centred; on a phone and on a projector it stays legible instead", () => {
  const { scale, x, y } = fitted(room);
  assert.ok(layout.width * scale <= 1081 && layout.height * scale <= 621 && x >= 0 && y >= 0);
  assert.ok(fitted({ ...room, width: 390 }).scale >= 0.6);
  assert.ok(27 * fitted({ ...room, width: 390, layout: layoutFor({ projector: true }) }).scale >= 20);
});

test("all units of a wide layer are shown large enough to be read, their middle in the middle", () => {
  const tall = layoutFor({ sizes: [64, 2], view: "forward", expanded: [0] });
  const { scale, y } = fitted({ layout: tall, width: 1080, height: 620 });
  assert.ok(scale >= 0.6 && tall.height * scale > 620);
  assert.ok(Math.abs(y + (tall.height * scale) / 2 - 310) < 1e-9);
});

test("zooming keeps what is under the pointer in its place, within limits", () => {
  const about = { x: 300, y: 200 };
  const before = { scale: 1, x: 10, y: -20 };
  const after = zoomed(before, 1.7, about);
  assert.ok(Math.abs((about.x - after.x) / after.scale - (about.x - before.x)) < 1e-9);
  assert.equal(zoomed(before, 1e9, about).scale, 4);
});

test("the drawing cannot be thrown out of sight", () => {
  const { x, y } = held({ scale: 1, x: 99_999, y: -99_999 }, room);
  assert.ok(x < room.width && y > -layout.height);
});

test("following moves only if it must, and never past the drawing's ends", () => {
  const still = { scale: 0.5, x: 0, y: 0 };
  assert.deepEqual(following(still, { x: 900, y: 100 }, room), still);
  const narrow = { layout, width: 390, height: 1000 };
  const middle = { scale: 1, x: 100 - layout.width / 2, y: 0 };
  assert.deepEqual(
    following(middle, { x: layout.width / 2, y: 100 }, { ...narrow, height: 99_999 }),
    middle,
    "it is in sight, away from the edge",
  );
  const moved = following({ scale: 1, x: 0, y: 0 }, { x: layout.width, y: 0 }, narrow);
  assert.equal(moved.x, 390 - layout.width);
});

/** @type {any} */
const trace = traceNamed("lecture-unit");
const request = { network: { layers: trace.layers }, x: [7, 7], target: [1, 0], loss: "half_squared_error" };

test("without a trace the numbers given are shown and nothing computed is, though an old trace had it", () => {
  const facts = {
    request: { ...request, network: { layers: [{ w: [[5]], b: [1], activation: "tanh" }] } },
    trace: null,
    timeline: null,
    done: 9,
    digits: 3,
  };
  assert.equal(fact(facts, "/layers/0/w/0/0"), 5);
  assert.equal(fact(facts, "/x/1"), 7);
  assert.equal(fact(facts, "/layers/0/z/0"), undefined);
});

test("an update that the walk does not have is never known", () => {
  const { updated: _updated, ...still } = trace;
  const steps = trace.steps.filter((/** @type {any} */ step) => step.phase !== "update");
  const facts = {
    request,
    trace: { ...still, steps },
    timeline: timelineOf({ ...still, steps }),
    done: steps.length,
    digits: 3,
  };
  assert.equal(fact(facts, "/updated/layers/0/w/0/0"), undefined);
  assert.equal(fact(facts, "/loss/value"), trace.loss.value);
});

test("a number that float64 cannot hold is known, and null", () => {
  const broken = { ...trace, loss: { ...trace.loss, value: null } };
  const facts = { request, trace: broken, timeline: timelineOf(broken), done: broken.steps.length, digits: 3 };
  assert.equal(fact(facts, "/loss/value"), null);
});
