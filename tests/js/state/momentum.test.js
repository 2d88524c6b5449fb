/** An update with momentum in the Explorer: its symbols, sentences, sums, matrix forms, links and files. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bodyOf } from "../../../static/js/api/client.js";
import { translator } from "../../../static/js/i18n/i18n.js";
import { questions } from "../../../static/js/panels/inspector/linearity.js";
import { matrixForms } from "../../../static/js/panels/equation/matrix-forms.js";
import { markOf, relativesOf, subjectOf } from "../../../static/js/record/pointers.js";
import { numbersOf } from "../../../static/js/panels/inspector/subjects.js";
import { sentence } from "../../../static/js/panels/walk/sentence.js";
import { fromFile } from "../../../static/js/state/file.js";
import { overlaid, read, requestOf, save } from "../../../static/js/state/links/permalink.js";
import { withUnits, withoutLearningRate } from "../../../static/js/record/request.js";
import { workingsOf } from "../../../static/js/timeline/workings.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { valueAt } from "../../../static/js/timeline/values.js";
import { recorded } from "../recorded.mjs";
import { CATALOG, state } from "../explorer-fixtures.mjs";

/** @param {"unit" | "layer"} granularity */
const traced = (granularity) => recorded(`momentum-${granularity}`);
const texts = (/** @type {string} */ language) =>
  JSON.parse(readFileSync(new URL(`../../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));

const TRACE = traced("unit");
const REQUEST = {
  network: { layers: TRACE.layers.map(({ w, b, activation }) => ({ w, b, activation })) },
  x: TRACE.x,
  target: TRACE.target,
  loss: "half_squared_error",
  learning_rate: 0.1,
  momentum: 0.9,
  previous_change: TRACE.previous_change,
};
const updates = (/** @type {any} */ trace) =>
  trace.steps.filter(({ phase, layer }) => phase === "update" && layer !== null);

test("every symbol of an update with momentum knows its number", () => {
  for (const step of updates(TRACE)) {
    const named = step.parts.flatMap((/** @type {any} */ part) => (typeof part === "string" ? [] : (part.at ?? [])));
    const pointers = named.filter((/** @type {string} */ pointer) => pointer !== "/learning_rate");
    for (const pointer of pointers) assert.equal(typeof valueAt(TRACE, pointer), "number", pointer);
    for (const pointer of [...step.reads, ...step.writes])
      assert.ok(pointers.includes(pointer), `${pointer} in ${step.formula}`);
    assert.equal(pointers.includes("/momentum"), step.operation.endsWith("_change"));
  }
});

test("the step of a whole layer has its matrices in the trace", () => {
  for (const step of updates(traced("layer"))) {
    const blocks = matrixForms(step, REQUEST)
      .flat()
      .filter((part) => typeof part !== "string");
    assert.equal(blocks.length, 3, step.operation);
    for (const { prefix, rows, columns } of blocks) {
      const corner = columns ? `${prefix}/${rows - 1}/${columns - 1}` : `${prefix}/${rows - 1}`;
      assert.equal(typeof valueAt(TRACE, corner), "number", corner);
    }
  }
});

test("a weight and its change add up to the new weight", () => {
  const timeline = timelineOf(TRACE);
  for (const step of updates(TRACE).filter(({ operation }) => operation.endsWith("_update"))) {
    for (const { pointer, lines, total } of workingsOf(timeline, step)) {
      const terms = lines.map(([{ value }]) => value);
      const change = valueAt(TRACE, pointer.replace("/updated", "/updated/change"));
      assert.ok(Math.abs(Number(terms[1]) - Number(change)) < 1e-15, pointer);
      assert.equal(valueAt(TRACE, pointer), total);
    }
  }
});

test("each step is said in both languages, and none of them as a step against the gradient alone", () => {
  for (const trace of [TRACE, traced("layer")]) {
    const said = updates(trace).map((/** @type {any} */ step) => sentence(step, trace, translator(texts("en")), {}));
    for (const each of said) assert.doesNotMatch(each, /[{}]|undefined|NaN|^step\.|s against (its|their)/);
    assert.ok(said.some((/** @type {string} */ each) => each.includes("0.9 times")));
    const chinese = updates(trace).map((/** @type {any} */ step) => sentence(step, trace, translator(texts("zh")), {}));
    for (const each of chinese) assert.match(each, /改变量/);
  }
});

test("changes have symbols of their own, and belong to their parameter", () => {
  const spelt = (/** @type {string} */ pointer) => Object.values(markOf(pointer)).join("");
  assert.equal(spelt("/momentum"), "μ");
  assert.equal(spelt("/updated/change/layers/0/w/1/0"), "Δw(1)21");
  assert.equal(spelt("/previous_change/layers/1/b/0"), "Δprev b(2)1");
  assert.equal(subjectOf("/updated/change/layers/0/w/1/0"), "/layers/0/w/1/0");
  assert.equal(subjectOf("/momentum"), null);
  assert.deepEqual(relativesOf("/previous_change/layers/1/b/0"), ["/previous_change/layers/1/b/0"]);
  const numbers = numbersOf(REQUEST, "/layers/0/w/0/1", CATALOG);
  assert.deepEqual(numbers.slice(-3), [
    "/previous_change/layers/0/w/0/1",
    "/updated/change/layers/0/w/0/1",
    "/updated/layers/0/w/0/1",
  ]);
});

test("a link keeps momentum and the previous change, and names what does not fit", async () => {
  const fragment = await save(state({ request: REQUEST }));
  const { linked, dropped } = await read(fragment);
  assert.deepEqual(dropped, []);
  assert.deepEqual(requestOf(linked, CATALOG), { request: REQUEST, dropped: [] });
  assert.deepEqual(requestOf({ ...linked, change: [1, 2] }, CATALOG).dropped, ["change"]);
  const { learning_rate: _rate, momentum: _momentum, previous_change: _change, ...still } = REQUEST;
  assert.deepEqual(requestOf({ ...linked, rate: undefined }, CATALOG), {
    request: still,
    dropped: ["momentum", "change"],
  });
  assert.deepEqual((await read("v=1&momentum=1")).dropped, ["momentum"]);
  assert.equal(overlaid(still, { rate: 0.2, momentum: 0.5 }).request.momentum, 0.5);
});

test("a file brings both, and is told what is wrong with them", () => {
  const file = (/** @type {any} */ changed) => fromFile(JSON.stringify({ ...REQUEST, ...changed }), null, CATALOG);
  assert.deepEqual(file({}).request, REQUEST);
  assert.equal(file({ momentum: 1 }).problem?.params?.at, "/momentum");
  assert.equal(file({ previous_change: { layers: [] } }).problem?.params?.at, "/previous_change/layers/0/w");
});

test("without a learning rate, with a signal, or in another shape there is nothing for the old change to move", () => {
  const names = (/** @type {any} */ request) =>
    Object.keys(request).filter((name) => ["momentum", "previous_change"].includes(name));
  assert.deepEqual(names(withoutLearningRate(REQUEST)), []);
  assert.deepEqual(names(bodyOf({ ...REQUEST, signal: [1] })), []);
  assert.deepEqual(names(questions(REQUEST)[0]), []);
  assert.deepEqual(names(withUnits(REQUEST, 0, 3, CATALOG.limits)), ["momentum"]);
});
