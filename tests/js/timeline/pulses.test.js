import assert from "node:assert/strict";
import { test } from "node:test";

import { pulsesOf } from "../../../static/js/timeline/pulses.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { valueAt } from "../../../static/js/timeline/values.js";
import { traceNamed } from "../scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");
const timeline = timelineOf(trace);
/** @param {string} operation @param {any} [of] @returns {any} */
const stepOf = (operation, of = trace) => of.steps.find((/** @type {any} */ step) => step.operation === operation);
/** @param {readonly any[]} pulses */
const sum = (pulses) => pulses.reduce((total, { delivered }) => total + delivered, 0);
/** @param {number} p @param {number} q */
const near = (p, q) => assert.ok(Math.abs(p - q) <= 1e-12 * Math.max(1, Math.abs(q)), `${p} is not ${q}`);

test("what the pulses of a weighted sum deliver adds up to z", () => {
  for (const step of trace.steps) {
    if (step.operation === "weighted_sum") near(sum(pulsesOf(timeline, step)), Number(valueAt(trace, step.writes[0])));
  }
});

test("what runs back into a hidden unit adds up to ∂l/∂a, and into an input to ∂l/∂x", () => {
  for (const step of trace.steps) {
    if (step.operation !== "backward_sum" && step.operation !== "input_gradient") continue;
    const pulses = pulsesOf(timeline, step);
    assert.ok(pulses.every(({ direction }) => direction === "backward"));
    near(sum(pulses), Number(step.value[0]));
  }
});

test("an amplifier is entered by ∂l/∂a and left by ∂l/∂z", () => {
  const step = stepOf("amplify");
  const [pulse] = pulsesOf(timeline, step);
  assert.deepEqual(
    [pulse.carried, pulse.delivered],
    [valueAt(trace, step.writes[0].replace("dl_dz", "dl_da")), step.value[0]],
  );
});

test("for a weight's derivative the two factors meet half-way on its wire", () => {
  const step = stepOf("weight_gradient");
  const pulses = pulsesOf(timeline, step);
  assert.ok(pulses.every(({ from, to }) => from === 0 && to === 0.5));
  const [value, slope] = pulses;
  near(Number(value.carried) * Number(slope.carried), Number(step.value[0]));
});

test("outputs and targets run into the loss", () => {
  assert.deepEqual(
    pulsesOf(timeline, stepOf("loss"))
      .map(({ wire }) => wire.kind)
      .sort(),
    ["output", "output", "target", "target"],
  );
});

test("a step of a whole layer has the pulses of all its units", () => {
  const wide = traceNamed("four-six-three-layer");
  assert.equal(pulsesOf(timelineOf(wide), stepOf("weighted_sum", wide)).length, 4 * 6 + 6);
});

test("a single product runs over a single wire", () => {
  const fine = traceNamed("lecture-term");
  const ofTerms = timelineOf(fine);
  for (const step of fine.steps) {
    if (step.operation !== "product") continue;
    const pulses = pulsesOf(ofTerms, step);
    assert.equal(pulses.length, 1);
    near(Number(pulses[0].delivered), step.value[0]);
  }
});

test("an update moves nothing over wires", () => {
  assert.equal(pulsesOf(timeline, stepOf("weight_update")).length, 0);
});

test("the same step gives the same pulses, not new ones in every frame", () => {
  assert.equal(pulsesOf(timeline, trace.steps[0]), pulsesOf(timeline, trace.steps[0]));
});

test("an address without a number is named", () => {
  assert.throws(() => valueAt(trace, "/layers/7/z/0"), /\/layers\/7\/z\/0/);
});
