import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf } from "../../static/js/stage/motion/stack-canvas.js";
import { addsUp, sumsOf } from "../../static/js/timeline/sums.js";
import { timelineOf } from "../../static/js/timeline/timeline.js";
import { traceNamed } from "./scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");
const timeline = timelineOf(trace);

test("the terms of every sum, in whatever step, come to what the step writes", () => {
  for (const [name, counted] of /** @type {const} */ ([
    ["lecture-unit", 30],
    ["four-six-three-layer", 70],
  ])) {
    const walk = timelineOf(traceNamed(name));
    let sums = 0;
    for (const step of walk.trace.steps.filter(addsUp)) {
      sumsOf(walk, step).forEach(({ pointer, terms, total }, index) => {
        assert.equal(pointer, step.writes[index]);
        assert.equal(total, step.value[index]);
        const added = terms.reduce((/** @type {number} */ sum, term) => sum + Number(term), 0);
        assert.ok(
          Math.abs(added - Number(total)) <= 1e-12 * Math.max(1, Math.abs(Number(total))),
          `${pointer}: ${added}`,
        );
        sums += 1;
      });
    }
    assert.equal(sums, counted, name);
  }
});

test("the bias of a weighted sum comes last", () => {
  const [sum] = sumsOf(timeline, trace.steps[0]);
  assert.deepEqual(sum.terms, [1, 2, 1]);
  assert.equal(sum.total, 4);
});

test("an update adds a change to what was there", () => {
  const step = trace.steps.find((/** @type {any} */ { operation }) => operation === "weight_update");
  const [{ terms, total }] = sumsOf(timeline, step);
  assert.equal(terms[0], trace.layers[step.layer].w[step.unit][0]);
  assert.equal(Number(terms[0]) + Number(terms[1]), total);
});

test("many terms are told by the first ones and the last", () => {
  assert.deepEqual(linesOf([1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(linesOf([1, 2, 3, 4, 5, 6, 7]), [1, 2, 3, null, 7]);
});
