import assert from "node:assert/strict";
import { test } from "node:test";

import { latexNumber, numbersLatex, symbolsLatex } from "../../../static/js/panels/equation/latex.js";
import { recorded } from "../recorded.mjs";

/** @type {any} */
const SUM = recorded("lecture-unit").steps[0].parts;

/** @param {Record<string, number | undefined>} values @param {number} otherwise */
const values = (values, otherwise) => (/** @type {string} */ at) => (at in values ? values[at] : otherwise);

test("a number is written as the server writes it, in the digits wanted", () => {
  assert.equal(latexNumber(-0.0176627, 4), "-0.01766");
  assert.equal(latexNumber(1.25e-9, 3), "1.25 \\times 10^{-9}");
  assert.equal(latexNumber(2 / 3, 6), "0.666667");
  assert.equal(latexNumber(null, 4), "\\text{–}");
});

test("a number not computed yet is a dot without a value", () => {
  const shown = numbersLatex(SUM, values({ "/layers/0/z/0": undefined }, 1), 4);
  assert.match(shown, /^\\htmlData\{pointer=\/layers\/0\/z\/0\}\{\\htmlClass\{pending\}\{\\cdot\}\}/);
});

test("more digits are shown in the same form: a negative factor in brackets, an addend without its sign", () => {
  const shown = numbersLatex(SUM, values({ "/layers/0/w/0/1": -1.23456789 }, -2), 6);
  assert.ok(shown.includes("{(-1.23457)}"));
  assert.ok(shown.endsWith("- \\htmlData{pointer=/layers/0/b/0,value=-2}{\\htmlClass{term term-plain}{2}}"));
  const pending = numbersLatex(SUM, values({ "/layers/0/b/0": undefined }, -2), 6);
  assert.ok(pending.endsWith("+ \\htmlData{pointer=/layers/0/b/0}{\\htmlClass{pending}{\\cdot}}"));
});

test("a weight has the colour of its sign, what came forward and what came back theirs", () => {
  const shown = symbolsLatex(SUM, values({ "/layers/0/w/0/1": -2 }, 1));
  assert.ok(shown.includes("{term term-negative}{w^{(1)}_{12}}"));
  assert.ok(shown.includes("{term term-positive}{w^{(1)}_{11}}"));
  assert.ok(shown.includes("{term term-forward}{x_{1}}"));
  assert.match(
    shown,
    / \+ \\htmlData\{term=\/layers\/0\/b\/0\}\{\\htmlClass\{term term-plain\}\{b\^\{\(1\)\}_\{1\}\}\}$/,
  );
});

test("of a unit's gain the slope stands on the left, and what it is the slope at on the right", () => {
  const { steps } = recorded("lecture-unit");
  const { parts, writes, reads } = steps.find((/** @type {any} */ step) => step.operation === "gain");
  const marked = (/** @type {string} */ line) => [...line.matchAll(/(?:term|pointer)=([^,}]+)/g)].map(([, at]) => at);
  assert.deepEqual(marked(symbolsLatex(parts, () => 1)), [writes[0], writes[0]]);
  assert.deepEqual(marked(numbersLatex(parts, () => 1, 4)), [writes[0], reads[0]]);
});

test("a whole vector is coloured, and each number of it marked", () => {
  const { steps } = recorded("four-six-three-layer");
  const { parts } = steps.find((/** @type {any} */ step) => step.operation === "amplify" && step.layer === 0);
  const shown = symbolsLatex(parts, () => 1);
  assert.ok(shown.startsWith("\\htmlClass{term term-"), shown);
  assert.doesNotMatch(shown, /htmlData/);
  assert.match(
    numbersLatex(parts, () => 1, 4),
    /pointer=\/layers\/0\/dl_dz\/0,value=1.*\\vdots.*pointer=\/layers\/0\/dl_dz\/5,/,
  );
});

test("a positive number in other digits needs no brackets, and one that no table shows carries no value", () => {
  const parts = /** @type {any} */ ([
    { tex: "x", at: "/x/0", form: "factor" },
    { tex: "p", at: "/terms/4" },
  ]);
  const shown = numbersLatex(parts, (pointer) => (pointer === "/x/0" ? 1.23456 : 3), 5);
  assert.match(shown, /^\\htmlData\{pointer=\/x\/0,value=1\.23456\}\{\\htmlClass\{[^}]*\}\{1\.2346\}\}/);
  assert.match(shown, /\\htmlData\{term=\/terms\/4\}\{/);
});

test("a new parameter is told apart from the one it replaces, in whatever digits", () => {
  const parts = [{ tex: "w", at: "/updated/layers/0/w/0/0" }, " = ", { tex: "w", at: "/layers/0/w/0/0" }];
  const valueOf = (/** @type {string} */ pointer) => (pointer.startsWith("/updated") ? 1.0000012 : 1);
  for (const digits of [2, 4, 6]) {
    const shown = numbersLatex(/** @type {any} */ (parts), valueOf, digits);
    assert.match(shown, /\{1\.000001\}/);
    assert.match(shown, /= .*\{1\}\}$/);
  }
});
