import { CATALOG } from "../explorer-fixtures.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";

import { markOf, placeOf, relativesOf, subjectOf, toneOf } from "../../../static/js/record/pointers.js";
import { inspected, numbersOf, provable, sourcesOf } from "../../../static/js/panels/inspector/subjects.js";
import { traceNamed } from "../scene-fixtures.mjs";

/** @param {string} pointer */
const spelt = (pointer) => {
  const { before, letter, above, below, after } = markOf(pointer);
  return `${before}${letter}${above}${below}${after}`;
};

for (const [pointer, symbol] of [
  ["/loss/value", "l"],
  ["/updated/loss", "l̃"],
  ["/learning_rate", "η"],
  ["/target/0", "ŷ1"],
  ["/signal/1", "s2"],
  ["/terms/3", "p4"],
  ["/layers/0/gain/1", "σ′(z(1)2)"],
  ["/layers/1/jacobian/0/2", "∂a(2)1/∂z(2)3"],
  ["/layers/0/dl_dw/0/11", "∂l/∂w(1)1,12"],
  ["/updated/layers/0/b/1", "b̃(1)2"],
  ["/layers/0/w/1/0", "w(1)21"],
  ["nowhere", "nowhere"],
]) {
  test(`${pointer} is written ${symbol}`, () => assert.equal(spelt(pointer), symbol));
}

for (const [pointer, subject] of [
  ["/updated/loss", "/loss/value"],
  ["/learning_rate", null],
  ["/dl_dx/1", "/x/1"],
  ["/target/0", "/target/0"],
  ["/terms/0", null],
  ["/layers/1/dl_dw/0/1", "/layers/1/w/0/1"],
  ["/updated/layers/1/b/0", "/layers/1/b/0"],
  ["/layers/1/jacobian/0/2", "/layers/1/z/2"],
  ["/layers/1/dl_da/2", "/layers/1/z/2"],
  ["/layers", null],
]) {
  test(`${pointer} is looked into at ${subject}`, () => assert.equal(subjectOf(String(pointer)), subject));
}

test("pointing at a unit, a wire or an input means all of its numbers, at anything else only that", () => {
  assert.deepEqual(relativesOf("/x/0"), ["/x/0", "/dl_dx/0"]);
  assert.deepEqual(relativesOf("/layers/0/b/1"), ["/layers/0/b/1", "/layers/0/dl_db/1", "/updated/layers/0/b/1"]);
  assert.equal(relativesOf("/layers/0/z/1").length, 5);
  for (const alone of ["/layers/0/a/1", "/updated/layers/0/b/1", "nowhere"])
    assert.deepEqual(relativesOf(alone), [alone]);
});

test("a number's colour is that of what it is, a weight's that of its sign", () => {
  const tones = /** @type {[string, any, string][]} */ ([
    ["/layers/0/w/0/0", 1, "positive"],
    ["/layers/0/w/0/0", -1, "negative"],
    ["/layers/0/w/0/0", 0, "plain"],
    ["/layers/0/w/0/0", null, "plain"],
    ["/layers/0/a/0", 1, "forward"],
    ["/layers/0/dl_dz/0", 1, "backward"],
    ["/signal/0", 1, "backward"],
    ["/target/0", 1, "plain"],
    ["nowhere", 1, "plain"],
  ]);
  for (const [pointer, value, tone] of tones) assert.equal(toneOf(pointer, value), tone, pointer);
});

test("what is no address of a number has no place", () => {
  for (const pointer of ["", "/layers", "/layers/0/w", "/x/one"]) assert.equal(placeOf(pointer), null, pointer);
});

const network = {
  layers: [
    {
      w: [
        [1, 2],
        [3, 4],
      ],
      b: [0, 0],
      activation: "tanh",
    },
    {
      w: [
        [1, 2],
        [3, 4],
      ],
      b: [0, 0],
      activation: "softmax",
    },
  ],
};
const request = /** @type {any} */ ({ network, x: [1, 2], target: [1, 0], loss: "cross_entropy", steps: "unit" });
/** @param {object} changed */
const state = (changed) =>
  /** @type {any} */ ({ request, selected: null, trace: { steps: [] }, current: 0, ...changed });
/** @param {object} step */
const at = (step) => state({ trace: { steps: [{ writes: ["/terms/0"], layer: 1, unit: 0, ...step }] } });

test("what is inspected is what the network has: the selection, else what the step works out", () => {
  for (const there of ["/loss/value", "/x/1", "/target/1", "/layers/1/z/1", "/layers/1/w/1/1", "/layers/0/b/0"]) {
    assert.equal(inspected(state({ selected: there }), null), there);
  }
  for (const gone of [
    "/x/2",
    "/target/2",
    "/signal/0",
    "/layers/2/z/0",
    "/layers/1/z/2",
    "/layers/1/w/0/2",
    "nowhere",
    "/terms/0",
  ]) {
    assert.equal(inspected(state({ selected: gone }), null), null, gone);
  }
  assert.equal(inspected(state({ request: { ...request, signal: [1, 0] }, selected: "/signal/1" }), null), "/signal/1");
  assert.equal(inspected(state({ request: null, selected: "/x/0" }), null), null);
  assert.equal(inspected(at({}), null), "/layers/1/z/0");
  assert.equal(inspected(at({ part_of: "input_gradient" }), null), "/x/0");
  assert.equal(inspected(at({ unit: null }), null), null);
  assert.equal(inspected(at({ writes: ["/layers/0/dl_dw/1/0", "/layers/0/dl_dw/1/1"] }), null), "/layers/0/w/1/0");
});

test("a subject's numbers are those that the request has, given ones first", () => {
  const learning = { ...request, learning_rate: 0.5 };
  assert.deepEqual(numbersOf(request, "/loss/value", CATALOG), ["/loss/value"]);
  assert.deepEqual(numbersOf(learning, "/loss/value", CATALOG), ["/loss/value", "/updated/loss"]);
  assert.deepEqual(numbersOf(request, "/x/1", CATALOG), ["/x/1", "/dl_dx/1"]);
  assert.deepEqual(numbersOf(request, "/target/0", CATALOG), ["/target/0"]);
  assert.deepEqual(numbersOf(request, "/layers/0/w/0/1", CATALOG), [
    "/layers/0/w/0/1",
    "/x/1",
    "/layers/0/dl_dz/0",
    "/layers/0/dl_dw/0/1",
  ]);
  assert.equal(numbersOf(learning, "/layers/1/w/0/1", CATALOG)[1], "/layers/0/a/1");
  assert.equal(numbersOf(learning, "/layers/1/w/0/1", CATALOG).at(-1), "/updated/layers/1/w/0/1");
  assert.equal(numbersOf(learning, "/layers/1/b/0", CATALOG).at(-1), "/updated/layers/1/b/0");
  assert.equal(numbersOf(request, "/layers/1/b/0", CATALOG).length, 3);
  assert.equal(numbersOf(request, "/layers/0/z/0", CATALOG).filter((each) => each.includes("/gain/")).length, 1);
  assert.deepEqual(
    numbersOf(request, "/layers/1/z/0", CATALOG).filter((each) => each.includes("/jacobian/")),
    ["/layers/1/jacobian/0/0", "/layers/1/jacobian/1/0"],
  );
  assert.deepEqual(numbersOf(request, "nowhere", CATALOG), []);
  assert.equal(provable("nowhere"), null);
});

for (const name of /** @type {const} */ (["lecture-unit", "four-six-three-layer"])) {
  test(`in ${name} each number of a whole layer is told from fewer than all that its step reads`, () => {
    const trace = traceNamed(name);
    for (const step of trace.steps) {
      for (const pointer of step.writes) {
        const found = sourcesOf(step, pointer);
        assert.ok(found.length > 0 && found.every((read) => step.reads.includes(read)), pointer);
        const [place, row] = [placeOf(pointer), placeOf(pointer)?.indices[0]];
        if (place?.updated && place.name === "b")
          assert.ok(
            found.some((read) => read.endsWith(`/dl_db/${row}`)),
            pointer,
          );
        if (step.writes.length === 1) assert.equal(found, step.reads);
      }
    }
  });
}
