/** The course's formulas in other books' symbols. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  hasHalfSquare,
  hasOutputSlope,
  hasSymbol,
  inNotation,
  textInNotation,
} from "../../../static/js/course/notation.js";

const DELTA = { "\\partial l/\\partial z": "\\delta" };
const SWAPPED = { "\\hat{y}": "y", y: "\\hat{y}" };
const C = { l: "C", C: "J" };

test("without a choice a formula stays as it is", () => {
  const tex = String.raw`\sigma'(z)\,[\,w_3 \frac{\partial l}{\partial z'} + w_4 \frac{\partial l}{\partial z''}\,]`;
  assert.equal(inNotation(tex, {}), tex);
});

test("output and target change places in one pass, however the hat is written", () => {
  assert.equal(inNotation("(y_k - \\hat y_k)^2", SWAPPED), "(\\hat{y}_k - y_k)^2");
  assert.equal(inNotation("y - \\hat{y}_{1}", SWAPPED), "\\hat{y} - y_{1}");
  assert.equal(inNotation(inNotation("y_1 - \\hat{y}_1", SWAPPED), SWAPPED), "y_1 - \\hat{y}_1");
});

test("the loss may be C, and then the cost is J", () => {
  assert.equal(inNotation("L = \\sum_n l^n,\\; C = L / N", C), "L = \\sum_n C^n,\\; J = L / N");
  assert.equal(inNotation("\\partial l/\\partial w", C), "\\partial C/\\partial w");
  assert.equal(inNotation("\\frac{\\partial l}{\\partial z'}", C), "\\frac{\\partial C}{\\partial z'}");
});

test("δ keeps the primes, indices and exponents of its z, in fractions and beside a slash", () => {
  assert.equal(
    inNotation("w_3 \\frac{\\partial l}{\\partial z'} + w_4 \\frac{\\partial l}{\\partial z''}", DELTA),
    "w_3 \\delta' + w_4 \\delta''",
  );
  assert.equal(inNotation("\\partial l/\\partial z", DELTA), "\\delta");
  assert.equal(inNotation("\\frac{\\partial l}{\\partial z^{(1)}_{2}} = 3", DELTA), "\\delta^{(1)}_{2} = 3");
  assert.equal(
    inNotation("\\partial l/\\partial w + \\partial z/\\partial w", DELTA),
    "\\partial l/\\partial w + \\partial z/\\partial w",
  );
});

test("commands and words keep their letters", () => {
  assert.equal(
    inNotation("-\\ln y_k + \\lambda w \\left( \\text{wly} \\right)", { ...SWAPPED, ...C, w: "W" }),
    "-\\ln \\hat{y}_k + \\lambda W \\left( \\text{wly} \\right)",
  );
});

test("in running text every symbol that stands alone is written otherwise, and no letter of a word", () => {
  const plain = { l: "C", C: "J", w: "W", y: "ŷ", ŷ: "y", "∂l/∂z": "δ" };
  assert.equal(textInNotation("∂l/∂w = ∂z/∂w · ∂l/∂z of all", plain), "∂C/∂W = ∂z/∂W · δ of all");
  assert.equal(textInNotation("σ'(z) · [w₃ ∂l/∂z' + w₄ ∂l/∂z'']", plain), "σ'(z) · [W₃ δ' + W₄ δ'']");
  assert.equal(
    textInNotation("课上用 ŷ 表示目标、y 表示输出，C 是平均，lⁿ 是一个样本的", plain),
    "课上用 y 表示目标、ŷ 表示输出，J 是平均，Cⁿ 是一个样本的",
  );
  assert.equal(
    textInNotation("two layers, C1 and y-axis: why w2l, well", { w: "W", l: "C", C: "J" }),
    "two layers, C1 and y-axis: why w2l, well",
  );
  assert.ok(hasSymbol("the loss l of one example") && hasSymbol("y、z") && !hasSymbol("why two layers, C1?"));
  assert.equal(textInNotation("a plain line", {}), "a plain line");
});

test("a squared error with its half is known in each spelling of the texts", () => {
  assert.ok(hasHalfSquare("l = \\tfrac12 \\sum_k (y_k - \\hat y_k)^2"));
  assert.ok(hasHalfSquare("\\frac{1}{2} \\sum_{k}"));
  assert.ok(!hasHalfSquare("\\sum_n l^n"));
  assert.ok(hasOutputSlope("\\frac{\\partial l}{\\partial z} = (y - \\hat y)\\,\\sigma'(z)"));
  assert.ok(hasOutputSlope("\\partial l/\\partial z = y - \\hat{y}"));
  assert.ok(!hasOutputSlope("\\frac{\\partial l}{\\partial z} = \\sigma'(z) \\sum_j w_j"));
  assert.ok(!hasOutputSlope("l = (y - \\hat y)^2"));
});

test("every option of the data writes symbols that are known here, and they do change", () => {
  const choices = JSON.parse(
    readFileSync(new URL("../../../app/library/data/notations.json", import.meta.url), "utf8"),
  );
  for (const { options } of choices)
    for (const { tex = {} } of options)
      for (const [symbol, written] of Object.entries(tex)) assert.equal(inNotation(symbol, tex), written);
});
