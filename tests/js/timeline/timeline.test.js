import assert from "node:assert/strict";
import { test } from "node:test";

import { isKnown, phaseJump, stepsDoneAt, timeAfter, timelineOf } from "../../../static/js/timeline/timeline.js";
import { traceNamed } from "../scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");
const timeline = timelineOf(trace);

test("each step has one beat, and the beats follow each other without a gap", () => {
  assert.equal(timeline.beats.length, trace.steps.length);
  assert.equal(timeline.beats[0].start, 0);
  timeline.beats.slice(1).forEach((beat, index) => assert.equal(beat.start, timeline.beats[index].end));
  assert.equal(timeline.duration, timeline.beats.at(-1)?.end);
});

test("the phases come in the order of the walk; the loss after the update belongs to the update", () => {
  assert.deepEqual(
    timeline.phases.map(({ phase }) => phase),
    ["forward", "loss", "backward", "gradient", "update"],
  );
  assert.equal(timeline.phases.at(-1)?.lastStep, trace.steps.length - 1);
});

test("the moment after n steps has n steps done, for every n", () => {
  for (let done = 0; done <= trace.steps.length; done++)
    assert.equal(stepsDoneAt(timeline, timeAfter(timeline, done)), done);
});

test("moments and steps beyond the ends are the ends", () => {
  assert.equal(stepsDoneAt(timeline, -1), 0);
  assert.equal(stepsDoneAt(timeline, timeline.duration + 100), trace.steps.length);
  assert.equal(timeAfter(timeline, -3), 0);
  assert.equal(timeAfter(timeline, 10_000), timeline.duration);
});

test("a given number is known at once, a computed one when its step is done", () => {
  assert.ok(isKnown(timeline, "/layers/0/w/0/1", 0));
  const writer = trace.steps.find((/** @type {any} */ step) => step.writes.includes("/layers/1/dl_dz/0")).index;
  assert.ok(!isKnown(timeline, "/layers/1/dl_dz/0", writer));
  assert.ok(isKnown(timeline, "/layers/1/dl_dz/0", writer + 1));
});

test("a phase jump goes to the next start, or back to this one's and then to the one before", () => {
  const [forward, loss, backward] = timeline.phases;
  assert.equal(phaseJump(timeline, forward.firstStep, 1), loss.firstStep);
  assert.equal(phaseJump(timeline, backward.firstStep + 2, -1), backward.firstStep);
  assert.equal(phaseJump(timeline, backward.firstStep, -1), loss.firstStep);
  assert.equal(phaseJump(timeline, trace.steps.length, 1), trace.steps.length);
  assert.equal(phaseJump(timeline, 0, -1), 0);
});

/** @param {number} step */
const secondsOf = (step) => timeline.beats[step].end - timeline.beats[step].moves;

test("an operation is slow when it is first met, and fast once it is known", () => {
  const sums = trace.steps
    .filter((/** @type {any} */ { operation }) => operation === "weighted_sum")
    .map((/** @type {any} */ { index }) => index);
  const [first, second, third, fourth, fifth] = sums.map(secondsOf);
  assert.ok(first > second && second > third && third > fourth);
  assert.ok(Math.abs(fourth - fifth) < 1e-9);
});

test("before a phase begins there is time to read its title, and only then", () => {
  const firsts = timeline.phases.map(({ firstStep }) => firstStep);
  const led = timeline.beats.filter(({ start, moves }) => moves > start).map(({ index }) => index);
  assert.deepEqual(led, firsts);
  const leads = firsts.map((index) => timeline.beats[index].moves - timeline.beats[index].start);
  assert.ok(leads.every((seconds) => seconds > 1 && Math.abs(seconds - leads[0]) < 1e-9));
});

test("a long walk ends within four minutes, its steps still in proportion", () => {
  const steps = Array.from({ length: 5000 }, (_, index) => ({
    ...trace.steps[index % 2],
    index,
    writes: [`/terms/${index}`],
  }));
  const long = timelineOf({ ...trace, steps });
  assert.ok(Math.abs(long.duration - 240) < 1e-6);
  const [first, second] = long.beats.map(({ moves, end }) => end - moves);
  assert.ok(Math.abs(first / second - secondsOf(0) / secondsOf(1)) < 1e-9);
});

test("an operation without a duration is refused by name", () => {
  const steps = [{ ...trace.steps[0], operation: "teleport" }];
  assert.throws(() => timelineOf({ ...trace, steps }), /teleport/);
});

test("a walk without steps has no time", () => {
  const empty = timelineOf({ ...trace, steps: [] });
  assert.equal(empty.duration, 0);
  assert.equal(stepsDoneAt(empty, 1), 0);
});
