import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { numberOf } from "../../static/js/lab/recipe/cells.js";
import { readTable } from "../../static/js/lab/recipe/csv.js";
import { decoded } from "../../static/js/lab/recipe/own-file.js";
import { classCounts, judged, ownData, poolOf, splitAgain } from "../../static/js/lab/recipe/own-request.js";
import { fairOrder, randomFrom, shuffled, split } from "../../static/js/lab/recipe/split.js";
import { classesOf, examplesOf, guessedChoice, guessedKind, problemsOf, soundRows, targetsOf } from "../../static/js/lab/recipe/table.js";

const papa = createRequire(import.meta.url)("../../static/vendor/papaparse/papaparse.min.js");
const read = (text, chosen = {}) => readTable(papa, text, chosen, (column) => `column ${column}`);

const FLOWERS = ["length,width,species", ...Array.from({ length: 12 }, (_, row) => `${row + 0.5},${12 - row},${["setosa", "virginica", "versicolor"][row % 3]}`)].join("\n");
const LIMITS = { samples: 10_000, request_numbers: 150_000, units: 1024 };

const settingsOf = (text, more = {}) => {
  const table = read(text);
  return { name: "", table, choice: guessedChoice(table), leavesOut: false, takesFewer: false, share: 0.25, seed: 7, standardise: true, ...more };
};

test("a cell is a number in every usual spelling, and nothing else is", () => {
  const spellings = [["5.1", 5.1], [" 5.1 ", 5.1], [".5", 0.5], ["1e-3", 0.001], ["−2", -2], ["-2", -2], ["+3", 3], ["５.１", 5.1]];
  for (const [cell, value] of spellings) assert.equal(numberOf(cell, ","), value, cell);
  for (const cell of ["", "abc", "1/2", "2026-11-24", "5.1 cm", "NaN", "inf", "1e999", "0x10", "1.2.3", "true"]) assert.equal(numberOf(cell, ","), null, cell);
});

test("a comma in a number is a decimal comma only where it cannot be anything else", () => {
  assert.equal(numberOf("5,1", ";"), 5.1);
  assert.equal(numberOf("5,1", "\t"), 5.1);
  assert.equal(numberOf("5,1", ","), null);
  assert.equal(numberOf("1,234", ";"), null);
  assert.equal(numberOf("1,234.5", ";"), null);
});

test("comma, semicolon, tab and bar are told apart, and the first row is known for what it is", () => {
  for (const delimiter of [",", ";", "\t", "|"]) {
    const table = read(`a${delimiter}b\n1${delimiter}2\n3${delimiter}4\n`);
    assert.equal(table.delimiter, delimiter);
    assert.equal(table.hasHeader, true);
    assert.deepEqual(table.columns, ["a", "b"]);
    assert.deepEqual(table.rows, [{ number: 2, cells: ["1", "2"] }, { number: 3, cells: ["3", "4"] }]);
  }
  assert.deepEqual(read("1,2\n3,4").columns, ["column 1", "column 2"]);
  assert.equal(read("5.1,setosa\n4.9,setosa").hasHeader, false);
  assert.equal(read("a,b\n1,2", { hasHeader: false }).rows.length, 2);
});

test("quoted cells keep their separators and line breaks; a mark at the start of the file is no part of a name", () => {
  const table = read('\uFEFFname,value\r\n"a, b",1\r\n"two\nlines",2\r\n');
  assert.deepEqual(table.columns, ["name", "value"]);
  assert.deepEqual(table.rows.map(({ cells }) => cells[0]), ["a, b", "two\nlines"]);
});

test("columns without a name get one, and none stands twice", () => {
  assert.deepEqual(read("x,,x\n1,2,3\n4,5,6").columns, ["x", "column 2", "x (2)"]);
});

test("separators at the end of every row make no column", () => {
  assert.deepEqual(read("x,y,,\n1,2,,\n3,4,,").columns, ["x", "y"]);
  assert.deepEqual(read("1,2,\n3,4,").columns, ["column 1", "column 2"]);
});

test("empty rows count, as in a spreadsheet, and are no examples", () => {
  assert.deepEqual(read("a,b\n\n1,2\n,\n3,4").rows.map(({ number }) => number), [3, 5]);
});

test("what a visitor most likely means is guessed: target, inputs, columns of no use, classes or values", () => {
  assert.deepEqual(guessedChoice(read(FLOWERS)), { roles: ["input", "input", "target"], kind: "classification" });
  assert.deepEqual(guessedChoice(read("id,x,y\n1,0.1,0.3\n2,0.2,0.1\n3,0.3,0.7\n4,0.9,0.8")), { roles: ["unused", "input", "target"], kind: "regression" });
  assert.deepEqual(guessedChoice(read("class,x\n0,0.1\n1,0.2\n0,0.3\n1,0.4")), { roles: ["target", "input"], kind: "classification" });
  const twoWords = guessedChoice(read("a,b,c\nred,one,1.5\nblue,two,2.5"));
  assert.deepEqual(twoWords, { roles: ["unused", "unused", "target"], kind: "regression" });
  assert.deepEqual(guessedChoice({ ...read("a\n1"), columns: [], rows: [] }), { roles: [], kind: "regression" });
  assert.equal(guessedKind(read("a,b\n1,0.5\n2,0.7\n3,0.1\n4,0.2"), [0, 1]), "regression");
});

test("a bad cell is named by row and column and nothing else is lost", () => {
  const table = read(FLOWERS.replace("5.5,", "abc,").replace("3.5,9,setosa", "3.5,9,").replace("8.5,4,versicolor", "8.5,4"));
  const choice = guessedChoice(table);
  const problems = problemsOf(table, choice);
  assert.deepEqual(problems, [
    { row: 5, column: 2, kind: "empty", text: "" },
    { row: 7, column: 0, kind: "no-number", text: "abc" },
    { row: 10, column: null, kind: "too-few", text: "2", expected: 3 },
  ]);
  assert.deepEqual(soundRows(table, problems).map(({ number }) => number), [2, 3, 4, 6, 8, 9, 11, 12, 13]);
});

test("a cell of a column that is not used cannot be wrong", () => {
  const table = read("a,b,c\n1,x,3\n2,,4\n3,y,5");
  assert.deepEqual(problemsOf(table, { roles: ["input", "unused", "target"], kind: "regression" }), []);
  assert.equal(problemsOf(table, { roles: ["input", "input", "target"], kind: "regression" }).length, 3);
});

test("separators at the end of rows are no cells; words there are", () => {
  const choice = { roles: ["input", "target"], kind: "regression" };
  assert.deepEqual(problemsOf(read("a,b\n1,2,,\n3,4"), choice), []);
  assert.deepEqual(problemsOf(read("a,b\n1,2,x\n3,4"), choice), [{ row: 2, column: null, kind: "too-many", text: "3", expected: 2 }]);
});

test("a quotation mark that does not close is named with its row", () => {
  const table = read('a,b\n1,2\n"3,4\n5,6\n');
  assert.deepEqual(problemsOf(table, { roles: ["input", "target"], kind: "regression" }).map(({ row, kind }) => ({ row, kind })), [{ row: 3, kind: "quotes" }]);
});

test("classes stand in order, numbers by size", () => {
  assert.deepEqual(classesOf(["10", "2", "2.0"], ","), { names: ["2", "10"], labels: [1, 0, 0] });
  assert.deepEqual(classesOf(["b", "a", "10"], ","), { names: ["10", "a", "b"], labels: [2, 1, 0] });
});

test("two classes become one output of 0 or 1, more become one output each, and values stay values", () => {
  assert.deepEqual(targetsOf([0, 1], 1), [[0], [1]]);
  const two = read("x,kind\n1,b\n2,a");
  assert.deepEqual(examplesOf(two, { roles: ["input", "target"], kind: "classification" }, two.rows).targets, [[1], [0]]);
  const three = examplesOf(read(FLOWERS), guessedChoice(read(FLOWERS)), read(FLOWERS).rows.slice(0, 3));
  assert.deepEqual(three, {
    xs: [[0.5, 12], [1.5, 11], [2.5, 10]],
    targets: [[1, 0, 0], [0, 0, 1], [0, 1, 0]],
    labels: [0, 2, 1],
    featureNames: ["length", "width"],
    classNames: ["setosa", "versicolor", "virginica"],
  });
  const table = read("a,b\n1,2\n3,5");
  assert.deepEqual(examplesOf(table, { roles: ["input", "target"], kind: "regression" }, table.rows).targets, [[2], [5]]);
});

/** The published algorithm once more, in whole numbers of 64 bits. */
function expected(seed, count = 3) {
  const mask = 0xffffffffn;
  let state = BigInt(seed);
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5n) & mask;
    let mixed = ((state ^ (state >> 15n)) * (state | 1n)) & mask;
    mixed ^= (mixed + (((mixed ^ (mixed >> 7n)) * (mixed | 61n)) & mask)) & mask;
    return Number((mixed ^ (mixed >> 14n)) & mask);
  });
}

test("the generator equals the published algorithm for seeds small and large", () => {
  for (const seed of [0, 1, 7, 2 ** 31, 2 ** 32 - 1]) {
    const random = randomFrom(seed);
    assert.deepEqual(Array.from({ length: 3 }, () => random() * 2 ** 32), expected(seed), String(seed));
  }
  assert.notDeepEqual(randomFrom(5)(), randomFrom(5 + 2 ** 32)());
});

test("a shuffle holds every place once and each seed gives its own", () => {
  const order = shuffled(100, randomFrom(3));
  assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length: 100 }, (_, index) => index));
  assert.deepEqual(order, shuffled(100, randomFrom(3)));
  assert.notDeepEqual(order, shuffled(100, randomFrom(4)));
});

test("the same share of every class is held out, whatever the seed", () => {
  const labels = Array.from({ length: 150 }, (_, index) => Math.floor(index / 50));
  for (const seed of [0, 1, 2, 3]) {
    const { train, heldOut } = split(150, 0.2, seed, labels);
    assert.equal(heldOut.length, 30);
    assert.deepEqual([0, 1, 2].map((label) => heldOut.filter((place) => labels[place] === label).length), [10, 10, 10]);
    assert.deepEqual([...train, ...heldOut].sort((a, b) => a - b), labels.map((_, index) => index));
  }
  assert.deepEqual([0, 1, 2].map((label) => fairOrder(150, 1, labels).slice(0, 15).filter((place) => labels[place] === label).length), [5, 5, 5]);
});

test("something is always left to train on, and nothing is held out of nothing", () => {
  assert.deepEqual(split(2, 0.9, 1, null).train.length, 1);
  assert.deepEqual(split(1, 0.9, 1, null), { train: [0], heldOut: [] });
  assert.deepEqual(split(0, 0.2, 1, null), { train: [], heldOut: [] });
});

test("a table with bad cells is used only when that was said", () => {
  const settings = settingsOf(FLOWERS.replace("5.5,", "abc,"));
  assert.equal(judged(settings, LIMITS).reason?.key, "lab.own.reason.problems");
  const verdict = judged({ ...settings, leavesOut: true }, LIMITS);
  assert.equal(verdict.reason, null);
  assert.equal(verdict.wrongRows, 1);
  assert.equal(verdict.rows.length, 11);
});

test("every reason against a table is told", () => {
  const key = (settings, limits = LIMITS) => judged(settings, limits).reason?.key;
  const good = settingsOf(FLOWERS);
  const withRoles = (roles, kind = good.choice.kind) => ({ ...good, choice: { roles, kind } });
  assert.equal(key(good), undefined);
  assert.equal(key({ ...good, table: { ...good.table, rows: [] } }), "lab.own.reason.rows");
  assert.equal(key(withRoles(["unused", "unused", "target"])), "lab.own.reason.inputs");
  assert.equal(key(withRoles(["input", "input", "unused"])), "lab.own.reason.target");
  assert.equal(key(withRoles(["input", "target", "target"])), "lab.own.reason.targets");
  assert.equal(key(settingsOf("x,y\n1,a\n2,a\n3,a", {})), "lab.own.reason.classes");
  assert.equal(key(settingsOf("x,y\n1,a")), "lab.own.reason.few");
  assert.equal(key(good, { ...LIMITS, units: 1 }), "lab.own.reason.many-inputs");
  assert.equal(key(good, { ...LIMITS, units: 2 }), "lab.own.reason.many-classes");
  assert.deepEqual(judged(good, { ...LIMITS, samples: 6 }).reason, { key: "lab.own.reason.many-rows", params: { rows: 12, most: 6 } });
});

test("of too many rows a fair part can be taken", () => {
  const settings = settingsOf(FLOWERS, { takesFewer: true });
  const { rows, reason } = judged(settings, { ...LIMITS, samples: 6 });
  assert.equal(reason, null);
  const values = settingsOf("x,y\n1,0.1\n2,0.7\n3,0.2\n4,0.9", { takesFewer: true });
  assert.equal(judged(values, { ...LIMITS, samples: 3 }).rows.length, 3);
  assert.deepEqual(classCounts(settings, rows), ["setosa", "versicolor", "virginica"].map((name) => ({ name, count: 2 })));
});

test("what is sent holds every row once, with its target beside it", () => {
  const settings = settingsOf(FLOWERS);
  const data = ownData(settings, settings.table.rows);
  assert.equal(data.xs.length, 9);
  assert.equal(data.test_xs.length, 3);
  assert.deepEqual(data.feature_names, ["length", "width"]);
  assert.deepEqual(data.class_names, ["setosa", "versicolor", "virginica"]);
  assert.deepEqual(data.standardise, { inputs: true, targets: true });
  const order = ["setosa", "virginica", "versicolor"];
  for (const [xs, targets] of [[data.xs, data.targets], [data.test_xs, data.test_targets]]) {
    xs.forEach(([length], index) => assert.equal(data.class_names[targets[index].indexOf(1)], order[(length - 0.5) % 3]));
  }
  assert.equal("test_xs" in ownData({ ...settings, share: 0 }, settings.table.rows), false);
});

test("a name longer than the server takes is cut, by characters as people count them", () => {
  const table = read(`${"𝑥".repeat(120)},y\n1,2\n3,4`);
  const settings = { name: "", table, choice: guessedChoice(table), leavesOut: false, takesFewer: false, share: 0, seed: 0, standardise: false };
  assert.deepEqual(ownData(settings, table.rows).feature_names, [`${"𝑥".repeat(99)}…`]);
});

test("files in the encodings that spreadsheets write are read", () => {
  assert.equal(decoded(new TextEncoder().encode("种类"), "en"), "种类");
  assert.equal(decoded(new Uint8Array([0xff, 0xfe, 0x61, 0x00, 0x09, 0x00]), "en"), "a\t");
  assert.equal(decoded(new Uint8Array([0xfe, 0xff, 0x00, 0x61, 0x00, 0x09]), "en"), "a\t");
  assert.equal(decoded(new Uint8Array([0xfe, 0x61]), "en"), "þa");
  assert.equal(decoded(new Uint8Array([0xd6, 0xd6, 0xc0, 0xe0]), "zh"), "种类");
  assert.equal(decoded(new Uint8Array([0x67, 0x72, 0xf6, 0xdf, 0x65]), "en"), "größe");
});

test("lists without their table are split anew: every example in one part, the same by the same seed however they lay before", () => {
  const xs = Array.from({ length: 40 }, (_, index) => [index]);
  const targets = xs.map(([x]) => [Number(x) % 2]);
  const lists = { xs: xs.slice(0, 30), targets: targets.slice(0, 30), test_xs: xs.slice(30), test_targets: targets.slice(30), class_names: ["even", "odd"] };
  const pool = poolOf(lists);
  assert.deepEqual([pool.share, pool.xs], [0.25, xs]);
  const first = splitAgain({ ...pool, share: 0.5, seed: 3 });
  assert.deepEqual([...first.xs, ...(first.test_xs ?? [])].map(([x]) => x).sort((a, b) => Number(a) - Number(b)), xs.map(([x]) => x));
  assert.equal(first.test_targets?.filter(([target]) => target === 1).length, 10);
  assert.deepEqual(splitAgain({ ...pool, share: 0.5, seed: 3 }), first);
  assert.notDeepEqual(splitAgain({ ...pool, share: 0.5, seed: 4 }), first);
  assert.equal(splitAgain({ ...pool, share: 0 }).test_xs, undefined);
  assert.deepEqual(poolOf({}).xs, []);
});
