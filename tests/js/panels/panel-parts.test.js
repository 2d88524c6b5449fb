import { CATALOG } from "../explorer-fixtures.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";

import { markOfStep, tokensOf } from "../../../static/js/kit/widgets/code-lines.js";
import { spentAfter } from "../../../static/js/panels/values/counting.js";
import { elided } from "../../../static/js/panels/equation/elided.js";
import { questions, responses } from "../../../static/js/panels/inspector/linearity.js";
import { matrixForms } from "../../../static/js/panels/equation/matrix-forms.js";
import { createBoard } from "../../../static/js/panels/numbers.js";
import { fact } from "../../../static/js/timeline/fact.js";
import { markOf, relativesOf, subjectOf, toneOf } from "../../../static/js/record/pointers.js";
import { givenAt } from "../../../static/js/record/request.js";
import { errorExponent, lineWithin, pathThrough, ticks } from "../../../static/js/kit/scales.js";
import { gradientOf, inspected, numbersOf, provable, sourcesOf } from "../../../static/js/panels/inspector/subjects.js";
import { significant } from "../../../static/js/kit/format.js";
import { createStore } from "../../../static/js/kit/store.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { traceNamed } from "../scene-fixtures.mjs";

const UNIT = traceNamed("lecture-unit");
const TERM = traceNamed("lecture-term");
const LAYER = traceNamed("four-six-three-layer");

/** @param {any} trace */
const requestOf = (trace) => ({
  network: { layers: trace.layers.map(({ w, b, activation }) => ({ w, b, activation })) },
  x: trace.x,
  target: trace.target,
  loss: trace.loss.name,
  ...(trace.updated && { learning_rate: 0.5 }),
});

/** @param {any} trace @param {object} [patch] */
const stateOf = (trace, patch = {}) =>
  /** @type {any} */ ({
    request: requestOf(trace),
    trace,
    timeline: timelineOf(trace),
    done: 0,
    current: -1,
    digits: 4,
    selected: null,
    ...patch,
  });

test("the multiplications spent add up to the server's counts, at each granularity", () => {
  for (const trace of [UNIT, TERM, LAYER]) {
    const { forward, backward, products, gradient } = spentAfter(trace);
    assert.equal(forward.at(-1), trace.counts.forward);
    assert.equal(backward.at(-1), trace.counts.backward);
    assert.equal(products.at(-1), trace.counts.products);
    assert.equal(gradient.at(-1), trace.counts.gradient);
    assert.equal(forward.length, trace.steps.length + 1);
    assert.equal(forward[0], 0);
  }
});

test("what fits is shown whole, what does not keeps its first, its last and the active one", () => {
  assert.deepEqual(elided(3, null, 5), [0, 1, 2]);
  assert.deepEqual(elided(10, null, 4), [0, 1, null, 9]);
  assert.deepEqual(elided(10, 5, 4), [0, null, 5, null, 9]);
  assert.equal(elided(64, 63, 5).at(-1), 63);
});

test("a number is undefined before its step and itself afterwards; a given one is there from the start", () => {
  const writer = UNIT.steps.find((/** @type {any} */ step) => step.writes[0] === "/layers/1/a/0").index;
  assert.equal(fact(stateOf(UNIT, { done: writer }), "/layers/1/a/0"), undefined);
  assert.equal(fact(stateOf(UNIT, { done: writer + 1 }), "/layers/1/a/0"), UNIT.layers[1].a[0]);
  assert.equal(fact(stateOf(UNIT), "/layers/0/w/0/1"), -2);
});

test("while a new trace is on its way given numbers are those of the request, computed ones unknown", () => {
  const state = { ...stateOf(UNIT, { done: UNIT.steps.length }), trace: null, timeline: null };
  assert.equal(fact(state, "/x/1"), -1);
  assert.equal(fact(state, "/layers/0/z/0"), undefined);
});

test("a product of a sum has the value of the step that wrote it", () => {
  const product = TERM.steps.find((/** @type {any} */ step) => step.operation === "product");
  assert.equal(fact(stateOf(TERM, { done: product.index + 1 }), product.writes[0]), product.value[0]);
  assert.equal(fact(stateOf(TERM, { done: TERM.steps.length }), "/terms/99999"), undefined);
});

test("a board repaints just what the walk changed, forwards and backwards", () => {
  const store = createStore(stateOf(UNIT));
  const board = createBoard(store);
  const [first] = UNIT.steps;
  const element = /** @type {any} */ ({ dataset: {}, classList: { toggle() {} }, textContent: "" });
  board.show(element, first.writes[0]);
  assert.equal(element.textContent, "·");
  assert.equal(element.dataset.value, undefined);
  store.set({ done: 1, current: 0 });
  assert.equal(element.dataset.value, String(first.value[0]));
  store.set({ done: 0, current: -1 });
  assert.equal(element.textContent, "·");
  assert.equal(element.dataset.value, undefined);
});

/** @returns {any} */
const element = () => ({ dataset: {}, classList: { toggle() {} }, textContent: "" });

test("a number may stand in several places, each in its own manner, and other digits are shown at once", () => {
  const store = createStore(stateOf(UNIT, { done: UNIT.steps.length }));
  const board = createBoard(store);
  const [plain, worded] = [element(), element()];
  const z = UNIT.layers[0].z[0];
  board.show(plain, "/layers/0/z/0");
  board.show(worded, "/layers/0/z/0", (value) => `z is ${value}`);
  assert.deepEqual(board.at("/layers/0/z/0"), [plain, worded]);
  assert.equal(worded.textContent, `z is ${z}`);
  store.set({ digits: 2 });
  assert.equal(plain.textContent, significant(z, 2));
  assert.equal(worded.textContent, `z is ${z}`);
  board.clear();
  assert.deepEqual(board.at("/layers/0/z/0"), []);
  store.set({ done: 0 });
  assert.equal(plain.dataset.value, String(z), "what the board has forgotten is its panel's again");
});

test("what an edit has taken out of the network is not asked for, and a new trace repaints the rest", () => {
  const store = createStore(stateOf(UNIT, { done: UNIT.steps.length }));
  const board = createBoard(store);
  const [gone, kept] = [element(), element()];
  board.show(gone, "/layers/2/z/1");
  board.show(kept, "/layers/0/z/0");
  store.set({ trace: null, timeline: null });
  assert.deepEqual([gone.textContent, kept.textContent], ["·", "·"]);
  const smaller = { ...UNIT, layers: UNIT.layers.slice(0, 2) };
  store.set({ ...stateOf(smaller), timeline: timelineOf(UNIT), done: UNIT.steps.length });
  assert.equal(kept.dataset.value, String(UNIT.layers[0].z[0]));
  assert.equal(gone.textContent, "·");
  assert.equal(board.show(element(), "/layers/2/z/1").textContent, "·");
});

test("every number of the trace leads to something the Inspector can show", () => {
  assert.equal(subjectOf("/layers/1/dl_dw/0/1"), "/layers/1/w/0/1");
  assert.equal(subjectOf("/updated/layers/1/b/0"), "/layers/1/b/0");
  assert.equal(subjectOf("/layers/1/jacobian/0/2"), "/layers/1/z/2");
  assert.equal(subjectOf("/dl_dx/1"), "/x/1");
  assert.equal(subjectOf("/updated/loss"), "/loss/value");
  assert.equal(subjectOf("/terms/3"), null);
  assert.equal(subjectOf("nonsense"), null);
});

test("pointing at a wire means its derivative too, pointing at an activation only itself", () => {
  assert.deepEqual(relativesOf("/layers/0/w/1/0"), [
    "/layers/0/w/1/0",
    "/layers/0/dl_dw/1/0",
    "/updated/layers/0/w/1/0",
  ]);
  assert.deepEqual(relativesOf("/layers/0/a/1"), ["/layers/0/a/1"]);
  assert.ok(relativesOf("/layers/0/z/1").includes("/layers/0/gain/1"));
});

test("symbols carry their layer above and their indices below, with a comma once one has two digits", () => {
  assert.deepEqual(markOf("/layers/1/w/0/11"), { before: "", letter: "w", above: "(2)", below: "1,12", after: "" });
  assert.deepEqual(markOf("/layers/0/dl_dz/0"), { before: "∂l/∂", letter: "z", above: "(1)", below: "1", after: "" });
});

test("the tone of a weight is its sign; what came back is of the backward colour", () => {
  assert.equal(toneOf("/layers/0/w/0/0", -1), "negative");
  assert.equal(toneOf("/layers/0/w/0/0", 0), "plain");
  assert.equal(toneOf("/layers/0/dl_dz/0", 1), "backward");
  assert.equal(toneOf("/layers/0/a/0", undefined), "forward");
});

test("only what the visitor set is given", () => {
  assert.equal(givenAt(/** @type {any} */ (requestOf(UNIT)), "/layers/2/w/1/1"), 4);
  assert.equal(givenAt(/** @type {any} */ (requestOf(UNIT)), "/layers/2/z/1"), null);
  assert.equal(givenAt(/** @type {any} */ (requestOf(UNIT)), "/updated/layers/2/w/1/1"), null);
});

test("the Inspector follows the step until something is selected, and keeps its place while a trace is on its way", () => {
  const state = stateOf(UNIT, { done: 1, current: 0 });
  assert.equal(inspected(state, null), "/layers/0/z/0");
  assert.equal(inspected({ ...state, selected: "/x/1" }, null), "/x/1");
  assert.equal(inspected({ ...state, trace: null }, "/layers/1/z/1"), "/layers/1/z/1");
  assert.equal(inspected({ ...state, selected: "/layers/9/z/0" }, null), "/layers/0/z/0");
});

test("each number the Inspector lists is in the trace", () => {
  for (const trace of [UNIT, LAYER]) {
    const state = stateOf(trace, { done: trace.steps.length });
    const last = trace.layers.length - 1;
    for (const subject of [
      "/x/0",
      "/target/1",
      "/loss/value",
      `/layers/${last}/z/1`,
      "/layers/0/z/0",
      "/layers/0/w/1/1",
      `/layers/${last}/b/0`,
    ]) {
      for (const pointer of numbersOf(state.request, subject, CATALOG))
        assert.notEqual(fact(state, pointer), undefined, pointer);
    }
  }
});

test("a weight, bias or input is proved by its own slope, a unit by that of its bias, a target not at all", () => {
  assert.equal(provable("/layers/1/z/0"), "/layers/1/b/0");
  assert.equal(provable("/layers/1/w/0/1"), "/layers/1/w/0/1");
  assert.equal(provable("/target/0"), null);
  assert.equal(provable("nonsense"), null);
  assert.equal(gradientOf("/layers/1/w/0/1"), "/layers/1/dl_dw/0/1");
  assert.equal(gradientOf("/x/1"), "/dl_dx/1");
});

test("of a step that writes a whole layer, a number's sources are those of its own row", () => {
  /** @param {string} pointer */
  const writerOf = (pointer) => LAYER.steps.find((/** @type {any} */ step) => step.writes.includes(pointer));
  assert.deepEqual(sourcesOf(writerOf("/layers/0/a/1"), "/layers/0/a/1"), ["/layers/0/z/1"]);
  assert.deepEqual(sourcesOf(writerOf("/layers/0/dl_dw/2/1"), "/layers/0/dl_dw/2/1").sort(), [
    "/layers/0/dl_dz/2",
    "/x/1",
  ]);
  assert.equal(sourcesOf(writerOf("/layers/1/a/0"), "/layers/1/a/0").length, 3);
  assert.ok(sourcesOf(writerOf("/layers/0/z/3"), "/layers/0/z/3").every((read) => !/\/w\/[^3]\//.test(read)));
});

test("every step stands in a matrix form whose blocks have their true shapes", () => {
  for (const trace of [UNIT, TERM, LAYER]) {
    const state = stateOf(trace, { done: trace.steps.length });
    for (const step of trace.steps) {
      const blocks = matrixForms(step, state.request)
        .flat()
        .filter((part) => typeof part !== "string");
      assert.ok(blocks.length >= 2, step.operation);
      for (const { prefix, rows, columns } of blocks) {
        const corner = columns ? `${prefix}/${rows - 1}/${columns - 1}` : `${prefix}/${rows - 1}`;
        assert.notEqual(fact(state, corner), undefined, corner);
        const beyond = columns ? `${prefix}/${rows - 1}/${columns}` : `${prefix}/${rows}`;
        assert.equal(fact(state, beyond), undefined, beyond);
      }
    }
  }
});

test("a step's line of code is the one that writes its number; a product's that of its sum", () => {
  const marks = [
    { first_line: 1, last_line: 1, phase: "forward", operation: "weighted_sum", layer: 0, writes: ["/layers/0/z"] },
    { first_line: 2, last_line: 2, phase: "forward", operation: "activation", layer: 0, writes: ["/layers/0/a"] },
    { first_line: 3, last_line: 3, phase: "forward", operation: "weighted_sum", layer: 1, writes: ["/layers/1/z"] },
  ];
  const activation = UNIT.steps.find((/** @type {any} */ step) => step.writes[0] === "/layers/0/a/1");
  assert.equal(markOfStep(marks, activation)?.first_line, 2);
  const product = TERM.steps.find((/** @type {any} */ step) => step.operation === "product" && step.layer === 1);
  assert.equal(markOfStep(marks, product)?.first_line, 3);
  assert.equal(markOfStep([], activation), null);
});

test("a line of Python cut for colouring is the same line", () => {
  for (const line of ["z1 = w1 @ x + b1  # for all units", 'print("loss", 1e-3)', "", "import numpy as np"]) {
    assert.equal(
      tokensOf(line)
        .map(({ text }) => text)
        .join(""),
      line,
    );
  }
  assert.equal(tokensOf("x  # if")[1]?.kind, "comment");
});

test("the reversed network is asked once for the loss and once for each output, without learning", () => {
  const [own, first, second] = questions(/** @type {any} */ ({ ...requestOf(UNIT), signal: [3, 4] }));
  assert.equal(own?.signal, undefined);
  assert.equal(own?.learning_rate, undefined);
  assert.deepEqual(
    [first?.signal, second?.signal],
    [
      [1, 0],
      [0, 1],
    ],
  );
});

test("answers that add up agree, one that does not is told", () => {
  /** @param {number[]} dl_dz @param {number[]} dl_da */
  const swept = (dl_dz, dl_da = [1, 0]) => /** @type {any} */ ({ layers: [{ dl_dz, dl_da }] });
  const good = responses(swept([0.5, -1], [2, -3]), [swept([1, 1]), swept([0.5, 1])]);
  assert.deepEqual(
    good.map(({ sum, agrees }) => [sum, agrees]),
    [
      [0.5, true],
      [-1, true],
    ],
  );
  assert.equal(responses(swept([0.6, -1], [2, -3]), [swept([1, 1]), swept([0.5, 1])])[0]?.agrees, false);
});

test("ticks are round and lie within", () => {
  assert.deepEqual(ticks(-1, 1), [-1, -0.5, 0, 0.5, 1]);
  for (const tick of ticks(0.4139, 0.4402)) assert.ok(tick >= 0.4139 && tick <= 0.4402);
});

test("a tangent stays inside the picture, flat or steep", () => {
  const box = { left: 0, right: 100, top: 0, bottom: 50 };
  assert.deepEqual(lineWithin(50, 25, 0, box), [
    [0, 25],
    [100, 25],
  ]);
  for (const slope of [-9, -0.3, 0.3, 9]) {
    for (const [x, y] of lineWithin(50, 25, slope, box)) assert.ok(x >= 0 && x <= 100 && y >= -1e-9 && y <= 50 + 1e-9);
  }
});

test("a line breaks where a number is missing, and no error is drawn below what float64 can tell", () => {
  assert.equal(pathThrough([[0, 0], null, [1, 1], [2, 2]]), "M0.0 0.0M1.0 1.0L2.0 2.0");
  assert.equal(errorExponent(0), -16);
  assert.equal(errorExponent(null), null);
});

test("an answer that float64 cannot hold agrees with nothing", () => {
  const swept = (/** @type {(number | null)[]} */ dl_dz) =>
    /** @type {any} */ ({ layers: [{ dl_dz, dl_da: [2, -3] }] });
  const [lost, whole] = responses(swept([null, -1]), [swept([null, 1]), swept([0.5, 1])]);
  assert.deepEqual([lost?.sum, lost?.truth, lost?.agrees], [null, null, false]);
  assert.deepEqual([whole?.sum, whole?.agrees], [-1, true]);
});

test("a new parameter is told apart from the one it replaces; all else keeps the digits chosen", () => {
  const store = createStore({ ...stateOf(UNIT, { done: UNIT.steps.length }), digits: 2 });
  const board = createBoard(store);
  const [after, before] = [element(), element()];
  board.show(after, "/updated/layers/0/w/0/0");
  board.show(before, "/layers/0/w/0/0");
  assert.deepEqual([before.textContent, after.textContent], ["1", "1.002"]);
});
