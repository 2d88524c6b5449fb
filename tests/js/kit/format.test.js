import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, parseNumber, significant, subscript, superscript } from "../../../static/js/kit/format.js";

test("a number has four significant digits and no trailing zeros", () => {
  assert.equal(significant(0.9820137900379085), "0.982");
  assert.equal(significant(0.4167981090280999), "0.4168");
  assert.equal(significant(4), "4");
  assert.equal(significant(1200), "1200");
});

test("a negative number has a real minus sign", () => {
  assert.equal(significant(-0.01766), "−0.01766");
  assert.equal(significant(-2), "−2");
});

test("zero is 0, whatever its sign", () => {
  assert.equal(significant(0), "0");
  assert.equal(significant(-0), "0");
});

test("very small and very large numbers are written with a power of ten", () => {
  assert.equal(significant(1.2e-9), "1.2×10⁻⁹");
  assert.equal(significant(-6.02214e23), "−6.022×10²³");
  assert.equal(significant(5e-324), "4.941×10⁻³²⁴");
  assert.equal(significant(1e-5), "1×10⁻⁵");
});

test("the power of ten begins where Python's %g begins it", () => {
  assert.equal(significant(0.0001), "0.0001");
  assert.equal(significant(9999), "9999");
  assert.equal(significant(9999.6), "1×10⁴");
  assert.equal(significant(12345, 6), "12345");
});

test("a tie goes to the even digit", () => {
  assert.equal(significant(1000.5), "1000");
  assert.equal(significant(1001.5), "1002");
  assert.equal(significant(0.5, 1), "0.5");
  assert.equal(significant(2.5, 1), "2");
});

test("two digits of a hundred stay a plain number", () => {
  assert.equal(significant(123, 2), "120");
});

test("what is not finite is a dash", () => {
  assert.equal(significant(null), "–");
  assert.equal(significant(undefined), "–");
  assert.equal(significant(Number.NaN), "–");
  assert.equal(significant(Infinity), "–");
});

test("indices go above and below the line", () => {
  assert.equal(superscript(-12), "⁻¹²");
  assert.equal(subscript(10), "₁₀");
  assert.equal(subscript(-10), "₋₁₀");
});

test("numbers are understood as people type them", () => {
  for (const [text, value] of /** @type {[string, number][]} */ ([
    ["1/3", 1 / 3],
    ["0,5", 0.5],
    [" -2 ", -2],
    ["−2", -2],
    ["1e-3", 0.001],
    [".5", 0.5],
    ["5.", 5],
    ["-1 / 4", -0.25],
    ["１．５", 1.5],
    ["1.2×10⁻⁹", 1.2e-9],
    ["3*10^4", 30000],
  ])) {
    assert.equal(parseNumber(text), value, text);
  }
});

test("what is no number is null", () => {
  for (const text of [
    "",
    " ",
    "a",
    "1/0",
    "1/2/3",
    "1,2,3",
    "0x10",
    "Infinity",
    "NaN",
    "1e999",
    "--1",
    "1 2",
    "/2",
    "<b>",
  ]) {
    assert.equal(parseNumber(text), null, text);
  }
});

test("what is shown can be typed again", () => {
  for (const value of [-0.01766, 4, 1.2e-9, -6.022e23, 0.982]) {
    assert.equal(parseNumber(significant(value)), value);
  }
});

test("a number that has changed is shown with as many digits as show the change", () => {
  assert.equal(apart(1, 1.0018, 3), "1.002");
  assert.equal(apart(-1, -0.99951, 3), "−0.9995");
  assert.equal(apart(2, 2.02247, 3), "2.02");
  assert.equal(apart(1, 1, 3), "1");
  assert.equal(apart(undefined, 1.0018, 3), "1");
});
