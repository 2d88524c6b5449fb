import assert from "node:assert/strict";
import { test } from "node:test";

import { frameAt } from "../../../static/js/timeline/frame.js";
import { timeAfter, timelineOf } from "../../../static/js/timeline/timeline.js";
import { traceNamed } from "../scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");
const timeline = timelineOf(trace);
/** @param {number} step @param {number} share */
const inside = (step, share) =>
  timeline.beats[step].moves + share * (timeline.beats[step].end - timeline.beats[step].moves);

test("two visits to the same moment give equal frames, also on another timeline of the same trace", () => {
  const other = timelineOf(traceNamed("lecture-unit"));
  for (let time = 0; time <= timeline.duration; time += 0.37) {
    const frame = frameAt(timeline, time);
    frameAt(timeline, timeline.duration - time);
    assert.deepEqual(frameAt(timeline, time), frame);
    assert.deepEqual(frameAt(other, time), frame);
  }
});

test("before the first step nothing is done and nothing is current", () => {
  const { done, current, step, progress, pulses, phase } = frameAt(timeline, 0);
  assert.deepEqual(
    { done, current, step, progress, phase },
    { done: 0, current: -1, step: null, progress: 0, phase: "forward" },
  );
  assert.equal(pulses.length, 0);
});

test("between steps the last one done is shown, at rest", () => {
  const frame = frameAt(timeline, timeAfter(timeline, 5));
  assert.equal(frame.current, 4);
  assert.equal(frame.progress, 0);
  assert.equal(frame.pulses.length, 0);
});

test("inside a step pulses travel, then their terms add up, then the sum appears", () => {
  const early = frameAt(timeline, inside(0, 0.2));
  assert.ok(early.travel > 0 && early.travel < 1);
  assert.deepEqual([early.adding, early.arrival], [0, 0]);
  const adding = frameAt(timeline, inside(0, 0.65));
  assert.equal(adding.travel, 1);
  assert.ok(adding.adding > 0 && adding.adding < 1);
  assert.equal(adding.arrival, 0);
  const late = frameAt(timeline, inside(0, 0.82));
  assert.deepEqual([late.travel, late.adding], [1, 1]);
  assert.ok(late.arrival > 0.5);
  assert.equal(late.done, 0);
});

test("a phase is announced before anything moves, and never at rest", () => {
  for (const { firstStep } of timeline.phases) {
    const { start, moves } = timeline.beats[firstStep];
    const announced = frameAt(timeline, (start + moves) / 2);
    assert.ok(Math.abs(Number(announced.chapter) - 0.5) < 1e-9);
    assert.equal(announced.phase, trace.steps[firstStep].phase);
    assert.deepEqual([announced.current, announced.travel, announced.adding, announced.arrival], [firstStep, 0, 0, 0]);
    assert.equal(frameAt(timeline, start).chapter, null);
    assert.equal(frameAt(timeline, moves).chapter, null);
  }
});

test("a step that adds nothing up goes from travelling to its result", () => {
  const frame = frameAt(timeline, inside(13, 0.64));
  assert.equal(frame.step?.operation, "loss_gradient");
  assert.deepEqual([frame.travel, frame.adding], [1, 1]);
  assert.ok(frame.arrival > 0.5);
});

test("once landed the result counts as done, and the rest of the beat is time to read it", () => {
  for (const motion of [true, false]) {
    const read = frameAt(timeline, inside(4, 0.9), { motion });
    assert.deepEqual([read.done, read.current, read.arrival], [5, 4, 1]);
    assert.ok(read.progress > 0);
  }
});

test("times beyond the ends are the ends", () => {
  assert.deepEqual(frameAt(timeline, -7), frameAt(timeline, 0));
  const end = frameAt(timeline, timeline.duration * 9);
  assert.equal(end.done, trace.steps.length);
  assert.equal(end.current, trace.steps.length - 1);
  assert.equal(end.progress, 0);
});

test("without motion a step shows what it works out as one picture, until its numbers are there", () => {
  for (const share of [0.01, 0.3, 0.8]) {
    const { done, isStill, travel, adding, arrival } = frameAt(timeline, inside(4, share), { motion: false });
    assert.deepEqual(
      { done, isStill, travel, adding, arrival },
      { done: 4, isStill: true, travel: 1, adding: 1, arrival: 1 },
    );
  }
});

test("without motion nothing travels and the same steps are done", () => {
  for (let time = 0; time <= timeline.duration; time += 0.53) {
    const still = frameAt(timeline, time, { motion: false });
    assert.equal(still.pulses.length, 0);
    assert.equal(still.done, frameAt(timeline, time).done);
    assert.ok(still.travel === 0 || still.travel === 1);
  }
});

test("a walk without steps has a frame", () => {
  const frame = frameAt(timelineOf({ ...trace, steps: [] }), 3);
  assert.deepEqual([frame.done, frame.current, frame.phase], [0, -1, "forward"]);
});
