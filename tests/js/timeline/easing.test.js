import assert from "node:assert/strict";
import { test } from "node:test";

import { cubicInOut, cubicOut, linear, within } from "../../../static/js/timeline/easing.js";

for (const [name, ease] of Object.entries({ linear, cubicInOut, cubicOut })) {
  test(`${name} starts at 0, ends at 1 and never turns back`, () => {
    assert.equal(ease(0), 0);
    assert.equal(ease(1), 1);
    for (let t = 0; t < 1; t += 0.01) assert.ok(ease(t + 0.01) >= ease(t));
  });
}

test("cubicInOut is the same from either end", () => {
  for (const t of [0.1, 0.25, 0.4]) assert.ok(Math.abs(cubicInOut(t) + cubicInOut(1 - t) - 1) < 1e-12);
});

test("within is held to 0 and 1 outside of its span", () => {
  assert.equal(within(-5, 1, 3), 0);
  assert.equal(within(2, 1, 3), 0.5);
  assert.equal(within(99, 1, 3), 1);
});
