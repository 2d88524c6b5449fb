import assert from "node:assert/strict";
import { test } from "node:test";

import { layoutOf } from "../../../static/js/stage/layout/geometry.js";
import { metricsOf, thumbnailMetricsOf } from "../../../static/js/stage/layout/metrics.js";
import { stageFactsOf } from "../../../static/js/lab/network/stage-store.js";
import { fact } from "../../../static/js/timeline/fact.js";
import { fitted } from "../../../static/js/stage/layout/viewport.js";

const DESK = { width: 820, height: 600 };

/** @param {number[]} sizes @param {{ width: number, height: number }} [room] */
function laidOut(sizes, room = DESK) {
  const metrics = thumbnailMetricsOf({ digits: 3, sizes, ...room });
  return layoutOf({ sizes, view: "forward", expanded: [], ...room, metrics, chipWidths: sizes.slice(1).map(() => 60) });
}

/**
 * Pixels of a picture's side on the screen.
 * @param {number[]} sizes
 * @param {{ width: number, height: number }} [room]
 */
function sideOf(sizes, room = DESK) {
  const layout = laidOut(sizes, room);
  return layout.metrics.thumbnail * fitted({ layout, ...room }).scale;
}

test("few units have large pictures with their numbers below, many smaller ones", () => {
  assert.equal(laidOut([2, 3, 1]).metrics.numbers, "below");
  assert.ok(sideOf([2, 3, 1]) > 80);
  assert.equal(laidOut([2, 8, 1]).metrics.numbers, "beside");
  assert.ok(sideOf([2, 8, 1]) > 40);
});

test("too many layers for numbers still have pictures", () => {
  const { metrics } = laidOut([2, 6, 6, 6, 6, 6, 6, 1]);
  assert.equal(metrics.numbers, "none");
  assert.ok(metrics.unitWidth < 80);
});

test("a large picture is never at the cost of a unit", () => {
  for (let units = 1; units <= 9; units++) {
    const layout = laidOut([2, units, 1]);
    assert.equal(layout.columns[1].slots.filter(({ kind }) => kind === "unit").length, units, `${units} units`);
  }
});

test("a whole network of the usual sizes is seen on a telephone", () => {
  const room = { width: 390, height: 300 };
  const layout = laidOut([2, 4, 2, 1], room);
  assert.ok(layout.width * fitted({ layout, ...room }).scale <= room.width * 1.05);
});

test("pictures do not overlap", () => {
  for (const sizes of [
    [2, 3, 1],
    [2, 8, 8, 1],
    [64, 16, 10],
  ]) {
    const { columns, metrics } = laidOut(sizes);
    for (const { slots } of columns.slice(1)) {
      slots.slice(1).forEach(({ offset }, index) => assert.ok(offset - slots[index].offset >= metrics.unitHeight));
    }
  }
});

test("between units that show pictures a weight's number is only shown for what is pointed at", () => {
  for (const pair of laidOut([2, 2, 1]).pairs) assert.ok(pair.crowded);
  const plain = layoutOf({
    sizes: [2, 2, 1],
    view: "forward",
    expanded: [],
    width: 1000,
    height: 600,
    metrics: metricsOf({ projector: false, digits: 3, view: "forward" }),
    chipWidths: [48, 48],
  });
  for (const pair of plain.pairs) assert.ok(!pair.crowded);
});

const request = {
  network: { layers: [{ w: [[0.5]], b: [0.25], activation: "sigmoid" }] },
  x: [1],
  target: [0],
  loss: "squared_error",
};
const trace = /** @type {any} */ ({
  x: [1],
  target: [0],
  loss: { name: "squared_error", value: 0.1 },
  dl_dx: [7],
  steps: [],
  layers: [
    {
      activation: "sigmoid",
      w: [[0.5]],
      b: [0.25],
      z: [0.75],
      a: [0.68],
      gain: [7],
      dl_da: [7],
      dl_dz: [7],
      dl_dw: [[7]],
      dl_db: [7],
    },
  ],
});

test("in the Lab the forward pass is known and the backward pass is not", () => {
  /** @type {any} */
  const facts = { ...stageFactsOf(/** @type {any} */ ({ request, trace })), done: 0 };
  const known = ["/x/0", "/layers/0/w/0/0", "/layers/0/b/0", "/layers/0/z/0", "/layers/0/a/0", "/loss/value"];
  assert.deepEqual(
    known.map((pointer) => fact(facts, pointer)),
    [1, 0.5, 0.25, 0.75, 0.68, 0.1],
  );
  for (const pointer of [
    "/layers/0/gain/0",
    "/layers/0/dl_dw/0/0",
    "/layers/0/dl_dz/0",
    "/layers/0/dl_da/0",
    "/layers/0/dl_db/0",
    "/dl_dx/0",
  ]) {
    assert.equal(fact(facts, pointer), undefined, pointer);
  }
});

test("without a moment the computed numbers are unknown, whatever network was shown before", () => {
  const facts = stageFactsOf(null);
  assert.equal(facts.trace, null);
  assert.equal(facts.status, "loading");
  assert.equal("request" in facts, false);
  assert.equal(fact({ request, trace: null, timeline: null, done: 0, digits: 3 }, "/layers/0/a/0"), undefined);
});
