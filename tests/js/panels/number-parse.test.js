import assert from "node:assert/strict";
import { test } from "node:test";

import { parseNumber } from "../../../static/js/kit/format.js";
import { nudged, written } from "../../../static/js/panels/number-edit.js";

test("numbers are understood as people write them", () => {
  for (const [text, value] of /** @type {[string, number][]} */ ([
    ["1/3", 1 / 3],
    ["0,5", 0.5],
    ["-2e-3", -0.002],
    ["−2", -2],
    [" 4 ", 4],
    [".5", 0.5],
    ["１．５", 1.5],
  ])) {
    assert.equal(parseNumber(text), value, text);
  }
});

test("what is no number is none", () => {
  for (const text of ["", "two", "1/0", "1/2/3", "NaN", "Infinity", "1e999", "0x10", "1,000,000", "--1"]) {
    assert.equal(parseNumber(text), null, text);
  }
});

test("what stands in a field can be typed back exactly", () => {
  for (const value of [0.1 + 0.2, -2, 1e-7, 5e-324, 1.7976931348623157e308, 123456789.123]) {
    assert.equal(parseNumber(written(value)), value);
  }
  assert.equal(written(null), "");
});

test("keys nudge a number by round amounts", () => {
  assert.equal(nudged(0.2, 1, {}), 0.3);
  assert.equal(nudged(0.3, -1, { altKey: true }), 0.29);
  assert.equal(nudged(-2, 1, { shiftKey: true }), -1);
  assert.equal(nudged(1e15, 1, { shiftKey: true }), 1e15 + 1);
  assert.equal(nudged(1e-9, 1, {}), 0.100000001);
});
