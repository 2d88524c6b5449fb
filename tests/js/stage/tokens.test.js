import assert from "node:assert/strict";
import { test } from "node:test";

import { pulsesOf } from "../../../static/js/timeline/pulses.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { routeOf } from "../../../static/js/stage/layout/routes.js";
import { between } from "../../../static/js/stage/motion/acts/change.js";
import { opacityAt } from "../../../static/js/stage/motion/chapter.js";
import { tokenAt, tokensOf } from "../../../static/js/stage/motion/tokens.js";
import { layoutFor, traceNamed } from "../scene-fixtures.mjs";

const layout = layoutFor();
const timeline = timelineOf(traceNamed("lecture-unit"));
const pulses = pulsesOf(timeline, timeline.trace.steps[0]);
const SHARES = Array.from({ length: 101 }, (_, index) => index / 100);

test("each signal begins at its unit, is multiplied at its weight and ends at its place", () => {
  const ends = new Map(pulses.map((pulse, line) => [pulse, { x: 300, y: 100 + 20 * line }]));
  for (const token of tokensOf(layout, "forward", pulses, ends)) {
    const route = routeOf(layout, "forward", token.pulse.wire);
    const [first, last] = [tokenAt(token, 0), tokenAt(token, 1)];
    assert.deepEqual([first.x, first.y], [route?.x0, route?.y0]);
    assert.deepEqual({ x: last.x, y: last.y }, ends.get(token.pulse));
    if (token.gate === null) continue;
    const multiplied = SHARES.map((share) => tokenAt(token, share)).filter(({ gate }) => gate === 1);
    assert.ok(multiplied.length > 3, "it stays there for a moment");
    for (const { x, y } of multiplied) assert.deepEqual({ x, y }, token.gate);
    const passed = SHARES.map((share) => tokenAt(token, share).hasPassed);
    assert.deepEqual(passed, [...passed].sort(), "what is multiplied stays so");
    assert.ok(passed.includes(true) && passed.includes(false));
  }
});

test("the bias arrives last", () => {
  const tokens = tokensOf(layout, "forward", pulses);
  const bias = tokens.find(({ pulse }) => pulse.wire.kind === "bias");
  assert.equal(bias?.ends, 1);
  assert.ok(tokens.every((token) => token === bias || token.ends < 1));
});

test("a signal may come from elsewhere before it enters its wire", () => {
  const start = { x: 7, y: 9 };
  const [token] = tokensOf(layout, "forward", pulses.slice(0, 1), new Map(), new Map([[pulses[0], start]]));
  const { x, y } = tokenAt(token, 0);
  assert.deepEqual({ x, y }, start);
});

test("a signal never leaps", () => {
  for (const token of tokensOf(layout, "forward", pulses)) {
    const places = SHARES.map((share) => tokenAt(token, share));
    const leaps = places.slice(1).map(({ x, y }, index) => Math.hypot(x - places[index].x, y - places[index].y));
    assert.ok(Math.max(...leaps) < 20, String(Math.max(...leaps)));
  }
});

test("a number slides from one value to another, and is the other at the end", () => {
  assert.equal(between(2, 2.0225, 0, "2.02"), "2.00");
  assert.equal(between(2, 2.0225, 0.5, "2.02"), "2.01");
  assert.equal(between(-1, -0.9995, 1, "−0.9995"), "−0.9995");
  assert.equal(between(-0.001, 0.001, 0.4, "0.00"), "0.00");
});

test("a title comes, stays to be read, and goes", () => {
  assert.deepEqual([opacityAt(0), opacityAt(0.5), opacityAt(1)], [0, 1, 0]);
});
