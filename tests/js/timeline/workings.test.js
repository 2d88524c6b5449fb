import assert from "node:assert/strict";
import { test } from "node:test";

import { areApart, linesOf, signed, slipOf } from "../../../static/js/stage/motion/slips.js";
import { isWorkedOut, workingsOf } from "../../../static/js/timeline/workings.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { traceNamed } from "../scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");
const timeline = timelineOf(trace);
const fine = timelineOf(traceNamed("lecture-term"));
const BOUNDS = { width: 1000, height: 600 };
const TYPE = { size: 16, digits: 3 };

/** @param {string} operation @param {any} [walk] @returns {any} */
const stepOf = (operation, walk = timeline) =>
  walk.trace.steps.find((/** @type {any} */ step) => step.operation === operation);
/** @param {any} working */
const valuesOf = ({ lines }) => lines.flat().map((/** @type {any} */ { value }) => value);
/** @param {number} p @param {number} q @param {string} name */
const near = (p, q, name) =>
  assert.ok(Math.abs(p - q) <= 1e-12 * Math.max(1, Math.abs(q)), `${name}: ${p} is not ${q}`);

/** What a kind of working makes of its terms. @type {Record<string, (terms: number[]) => number>} */
const RESULT = {
  sum: (terms) => terms.reduce((sum, term) => sum + term, 0),
  change: (terms) => terms.reduce((sum, term) => sum + term, 0),
  product: (terms) => terms.reduce((product, term) => product * term, 1),
  meeting: (terms) => terms.reduce((product, term) => product * term, 1),
};

test("what every step works out, in whatever walk, comes to what it writes", () => {
  for (const [name, counted] of /** @type {const} */ ([
    ["lecture-unit", 49],
    ["four-six-three-layer", 119],
    ["lecture-term", 49],
  ])) {
    const walk = timelineOf(traceNamed(name));
    let checked = 0;
    for (const step of walk.trace.steps.filter(isWorkedOut)) {
      for (const { kind, pointer, lines, total } of workingsOf(walk, step)) {
        if (!(kind in RESULT) || total === undefined) continue;
        assert.equal(total, step.value[step.writes.indexOf(pointer)]);
        near(RESULT[kind](lines.map(([{ value }]) => Number(value))), Number(total), `${name} ${pointer}`);
        checked += 1;
      }
    }
    assert.equal(checked, counted, name);
  }
});

test("the bias of a weighted sum comes last", () => {
  const [sum] = workingsOf(timeline, trace.steps[0]);
  assert.deepEqual(valuesOf(sum), [1, 2, 1]);
  assert.equal(sum.lines[2][0].pulse?.wire.kind, "bias");
  assert.equal(sum.total, 4);
});

test("at the loss each output stands beside its target", () => {
  const [pairs] = workingsOf(timeline, stepOf("loss"));
  assert.deepEqual(
    pairs.lines.map((line) => line.map(({ value }) => value)),
    trace.layers.at(-1).a.map((/** @type {number} */ a, /** @type {number} */ row) => [a, trace.target[row]]),
  );
});

test("an update adds a change to what was there, and the loss changes from what it was", () => {
  const step = stepOf("weight_update");
  const [{ lines, total }] = workingsOf(timeline, step);
  assert.equal(lines[0][0].value, trace.layers[step.layer].w[step.unit][0]);
  assert.equal(Number(lines[0][0].value) + Number(lines[1][0].value), total);
  const [loss] = workingsOf(timeline, trace.steps.at(-1));
  assert.deepEqual([loss.lines[0][0].value, loss.total], [trace.loss.value, trace.updated.loss]);
});

test("by terms, each product is written where its sum will be, and the sum brings the bias", () => {
  const [first] = workingsOf(fine, fine.trace.steps[0]);
  const [second] = workingsOf(fine, fine.trace.steps[1]);
  assert.deepEqual(
    [valuesOf(first), valuesOf(second).slice(0, 2)],
    [
      [1, undefined, undefined],
      [1, 2],
    ],
  );
  assert.deepEqual([first.pointer, first.total], ["/layers/0/z/0", undefined]);
  const [sum] = workingsOf(fine, fine.trace.steps[2]);
  assert.deepEqual(
    sum.lines.map(([{ pulse }]) => pulse?.wire.kind ?? null),
    [null, null, "bias"],
  );
});

test("a derivative by terms is met on its own wire only", () => {
  const [meeting, ...others] = workingsOf(fine, stepOf("weight_gradient", fine));
  assert.equal(others.length, 0);
  assert.deepEqual(
    meeting.lines.map(([{ pulse }]) => [pulse?.direction, pulse?.wire.column]),
    [
      ["forward", 0],
      ["backward", 0],
    ],
  );
});

test("many terms are told by the first ones and the last", () => {
  assert.deepEqual(linesOf([1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(linesOf([1, 2, 3, 4, 5, 6, 7]), [1, 2, 3, null, 7]);
});

test("a term is written as it joins the others", () => {
  assert.deepEqual(
    [signed(2, 3, "+"), signed(-0.119, 3, "+"), signed(-1, 3, "×"), signed(3, 3, "×"), signed(-1, 3, "")],
    ["+ 2", "− 0.119", "× (−1)", "× 3", "−1"],
  );
});

test("a slip holds all its numbers and stays in the drawing; every signal has its place on it", () => {
  for (const step of trace.steps.filter(isWorkedOut)) {
    for (const working of workingsOf(timeline, step)) {
      for (const place of [
        { x: 500, y: 300 },
        { x: 1, y: 599 },
      ]) {
        const { left, top, width, height, numbers, ends } = slipOf(working, place, TYPE, BOUNDS);
        assert.ok(left >= 0 && top >= 0 && left + width <= BOUNDS.width && top + height <= BOUNDS.height);
        assert.ok(numbers.every(({ x, y }) => x > left && x < left + width && y > top && y < top + height));
        const pulses = working.lines.flat().filter(({ pulse }) => pulse !== null);
        assert.equal(ends.size, pulses.length);
      }
    }
  }
});

test("slips that lie on one another are told apart from those that do not", () => {
  const [working] = workingsOf(timeline, trace.steps[0]);
  const slipAt = (/** @type {number} */ y) => slipOf(working, { x: 300, y }, TYPE, BOUNDS);
  assert.ok(areApart([slipAt(100), slipAt(300)]));
  assert.ok(!areApart([slipAt(100), slipAt(150)]));
});
