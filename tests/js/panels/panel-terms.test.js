import assert from "node:assert/strict";
import { test } from "node:test";

import { latexNumber, numbersLatex, symbolsLatex } from "../../../static/js/panels/equation/latex.js";
import { wrapTerms } from "../../../static/js/panels/equation/terms.js";

const TRACE = /** @type {any} */ ({
  x: [1, -1],
  target: [1, 0],
  layers: [
    {
      w: [
        [1, -2],
        [-1, 1],
      ],
      b: [-2, 0],
      z: [1, -2],
    },
  ],
});

/** @param {Partial<import("../../../static/js/record/types.js").Step>} step */
const stepOf = (step) =>
  /** @type {any} */ ({
    index: 0,
    phase: "forward",
    operation: "weighted_sum",
    layer: 0,
    unit: 0,
    reads: [],
    writes: [],
    value: [],
    ...step,
  });

const SUM = stepOf({
  writes: ["/layers/0/z/0"],
  formula: "z^{(1)}_{1} = w^{(1)}_{11} x_{1} + w^{(1)}_{12} x_{2} + b^{(1)}_{1}",
  numbers: "1 = 1 \\cdot 1 + (-2) \\cdot (-1) - 2",
});

/** @param {import("../../../static/js/panels/equation/terms.js").Part[]} parts */
const named = (parts) => parts.filter((part) => part.pointer).map(({ text, pointer }) => [text, pointer]);

test("symbols and numbers of a sum know their pointers, a negative addend without its sign", () => {
  const { formula, numbers } = wrapTerms(SUM, TRACE);
  const pointers = ["/layers/0/z/0", "/layers/0/w/0/0", "/x/0", "/layers/0/w/0/1", "/x/1", "/layers/0/b/0"];
  assert.deepEqual(
    named(formula).map(([, pointer]) => pointer),
    pointers,
  );
  assert.deepEqual(
    named(numbers).map(([, pointer]) => pointer),
    pointers,
  );
  assert.deepEqual(
    named(numbers).map(([text]) => text),
    ["1", "1", "1", "(-2)", "(-1)", "2"],
  );
});

test("joined again the parts are the strings they were cut from", () => {
  const { formula, numbers } = wrapTerms(SUM, TRACE);
  assert.equal(formula.map(({ text }) => text).join(""), SUM.formula);
  assert.equal(numbers.map(({ text }) => text).join(""), SUM.numbers);
});

test("subscripts with a comma are two indices of more than one digit", () => {
  const step = stepOf({ formula: "w^{(2)}_{1,12} = x_{11}", numbers: "3 = 4" });
  assert.deepEqual(
    named(wrapTerms(step, TRACE).formula).map(([, pointer]) => pointer),
    ["/layers/1/w/0/11", "/x/10"],
  );
});

test("the cells of a written-out matrix are addressed, across its dots to the last one", () => {
  const w = Array.from({ length: 6 }, (_, row) => [row, 0, 0, 0, 0, 9]);
  const trace = /** @type {any} */ ({ layers: [{ w }] });
  const matrix =
    "\\begin{pmatrix} 0 & 0 & \\cdots & 9 \\\\ 1 & 0 & \\cdots & 9 \\\\ \\vdots \\\\ 5 & 0 & \\cdots & 9 \\end{pmatrix}";
  const { numbers } = wrapTerms(stepOf({ formula: "W^{(1)}", numbers: matrix }), trace);
  const cells = named(numbers).map(([, pointer]) => pointer);
  assert.deepEqual(cells.slice(0, 3), ["/layers/0/w/0/0", "/layers/0/w/0/1", "/layers/0/w/0/5"]);
  assert.deepEqual(cells.slice(-3), ["/layers/0/w/5/0", "/layers/0/w/5/1", "/layers/0/w/5/5"]);
});

test("two strings that do not belong together are refused", () => {
  assert.throws(() => wrapTerms(stepOf({ formula: "z^{(1)}_{1} = x_{1}", numbers: "1 + 1" }), TRACE), SyntaxError);
});

test("a number is written as the server writes it, in the digits wanted", () => {
  assert.equal(latexNumber(-0.0176627, 4), "-0.01766");
  assert.equal(latexNumber(1.25e-9, 3), "1.25 \\times 10^{-9}");
  assert.equal(latexNumber(2 / 3, 6), "0.666667");
  assert.equal(latexNumber(null, 4), "\\text{–}");
});

test("a number not computed yet is a dot without a value", () => {
  const shown = numbersLatex(
    wrapTerms(SUM, TRACE).numbers,
    (pointer) => (pointer === "/layers/0/z/0" ? undefined : 1),
    4,
  );
  assert.match(shown, /^\\htmlData\{pointer=\/layers\/0\/z\/0\}\{\\htmlClass\{pending\}\{\\cdot\}\}/);
});

test("more digits replace the server's, in the same form", () => {
  const shown = numbersLatex(
    wrapTerms(SUM, TRACE).numbers,
    (pointer) => (pointer === "/layers/0/w/0/1" ? -1.23456789 : -2),
    6,
  );
  assert.ok(shown.includes("{(-1.23457)}"));
  assert.ok(shown.endsWith("- \\htmlData{pointer=/layers/0/b/0,value=-2}{\\htmlClass{term term-plain}{2}}"));
});

test("a weight has the colour of its sign, what came forward and what came back theirs", () => {
  const shown = symbolsLatex(wrapTerms(SUM, TRACE).formula, (pointer) => (pointer === "/layers/0/w/0/1" ? -2 : 1));
  assert.ok(shown.includes("{term term-negative}{w^{(1)}_{12}}"));
  assert.ok(shown.includes("{term term-positive}{w^{(1)}_{11}}"));
  assert.ok(shown.includes("{term term-forward}{x_{1}}"));
});

test("of a unit's gain the slope stands on the left, and what it is the slope at on the right", () => {
  const step = stepOf({
    operation: "gain",
    reads: ["/layers/0/z/1"],
    writes: ["/layers/0/gain/1"],
    formula: "\\sigma'(z^{(1)}_{2}) = \\frac{\\partial a^{(1)}_{2}}{\\partial z^{(1)}_{2}}",
    numbers: "0.105 = \\sigma'\\left(-2\\right)",
  });
  const { formula, numbers } = wrapTerms(step, TRACE);
  assert.deepEqual(
    named(formula).map(([, pointer]) => pointer),
    ["/layers/0/gain/1", "/layers/0/gain/1"],
  );
  assert.deepEqual(named(numbers), [
    ["0.105", "/layers/0/gain/1"],
    ["-2", "/layers/0/z/1"],
  ]);
});

test("a gain of a whole layer is a vector at a vector", () => {
  const step = stepOf({
    operation: "gain",
    unit: null,
    reads: ["/layers/0/z/0", "/layers/0/z/1"],
    writes: ["/layers/0/gain/0", "/layers/0/gain/1"],
    formula: "\\sigma'(\\mathbf{z}^{(1)}) = \\frac{\\partial a}{\\partial z}",
    numbers:
      "\\begin{pmatrix} 0.1966 \\\\ 0.105 \\end{pmatrix} = \\sigma'\\left(\\begin{pmatrix} 1 \\\\ -2 \\end{pmatrix}\\right)",
  });
  const trace = { ...TRACE, layers: [{ ...TRACE.layers[0], gain: [0.1966, 0.105] }] };
  const { formula, numbers } = wrapTerms(step, trace);
  assert.deepEqual(
    named(numbers).map(([, pointer]) => pointer),
    ["/layers/0/gain/0", "/layers/0/gain/1", "/layers/0/z/0", "/layers/0/z/1"],
  );
  const shown = symbolsLatex(formula, () => 1);
  assert.ok(shown.startsWith("\\htmlClass{term term-"), shown);
  assert.doesNotMatch(shown, /htmlData/);
});

test("a positive number in other digits needs no brackets, and one that no table shows carries no value", () => {
  const parts = /** @type {any} */ ([
    { text: "1.2", pointer: "/x/0", form: "factor" },
    { text: "3", pointer: "/terms/4", form: "bare" },
  ]);
  const shown = numbersLatex(parts, (pointer) => (pointer === "/x/0" ? 1.23456 : 3), 5);
  assert.match(shown, /^\\htmlData\{pointer=\/x\/0,value=1\.23456\}\{\\htmlClass\{[^}]*\}\{1\.2346\}\}/);
  assert.match(shown, /\\htmlData\{term=\/terms\/4\}\{/);
});

test("a new parameter is told apart from the one it replaces, in whatever digits", () => {
  const parts = [
    { text: "1", pointer: "/updated/layers/0/w/0/0" },
    { text: " = " },
    { text: "1", pointer: "/layers/0/w/0/0" },
  ];
  const valueOf = (/** @type {string} */ pointer) => (pointer.startsWith("/updated") ? 1.0000012 : 1);
  for (const digits of [2, 4, 6]) {
    const shown = numbersLatex(/** @type {any} */ (parts), valueOf, digits);
    assert.match(shown, /\{1\.000001\}/);
    assert.match(shown, /= .*\{1\}\}$/);
  }
});
