import assert from "node:assert/strict";
import { test } from "node:test";

import { labelsOf, targetsOf } from "../../../../static/js/lab/recipe/data/classes.js";
import {
  choiceQuery,
  columnsWith,
  guessedChoice,
  lacks,
  readingQuery,
  withRole,
} from "../../../../static/js/lab/recipe/own/answer.js";
import { judged, ownData, poolOf, splitAgain } from "../../../../static/js/lab/recipe/own/request.js";
import { fairOrder, randomFrom, shuffled, split } from "../../../../static/js/lab/recipe/data/split.js";

const LIMITS = { samples: 10_000, request_numbers: 150_000, units: 1024 };

/** What the server answers to a table of flowers. */
const column = (name, kind = "number", more = {}) => ({
  name,
  kind,
  missing: 0,
  wrong: 0,
  codings: kind === "number" ? ["number"] : ["one_hot"],
  ...more,
});
const TABLE = {
  encoding: "utf-8",
  delimiter: ",",
  decimal: ".",
  header: true,
  skipped: 0,
  rows: 12,
  columns: [column("length"), column("width"), column("id", "identifier"), column("species", "category")],
  guess: { task: "classification", targets: ["species"], inputs: ["length", "width"], part: null },
  notes: [],
  preview: [],
  choices: { delimiter: [], decimal: [], encoding: [] },
};
const LABELS = Array.from({ length: 12 }, (_, row) => row % 3);
const EXAMPLES = {
  task: "classification",
  xs: LABELS.map((_, row) => [row + 0.5, 12 - row]),
  targets: targetsOf(LABELS, 3),
  feature_names: ["length", "width"],
  class_names: ["setosa", "versicolor", "virginica"],
  class_counts: [4, 4, 4],
  coded: [],
  filled: [],
  left_out: [],
  left_out_count: 0,
  parts: null,
};
const settingsOf = (more = {}) => ({
  name: "",
  table: TABLE,
  choice: guessedChoice(TABLE),
  examples: EXAMPLES,
  refusal: null,
  takesFewer: false,
  byPart: true,
  share: 0.25,
  seed: 7,
  standardise: true,
  ...more,
});

test("the guess of the server is the first choice, and another target lets the task be guessed anew", () => {
  const choice = guessedChoice(TABLE);
  assert.deepEqual(choice, { roles: ["input", "input", "unused", "target"], kind: null, codings: {}, missing: "drop" });
  assert.equal(withRole({ ...choice, kind: "classification" }, 0, "unused").kind, "classification");
  const other = withRole({ ...choice, kind: "classification" }, 0, "target");
  assert.equal(other.kind, null);
  assert.deepEqual(columnsWith(TABLE, other, "target"), ["length", "species"]);
});

test("only what was chosen is said of the reading", () => {
  assert.equal(String(readingQuery({}, "en")), "language=en");
  assert.equal(
    String(readingQuery({ delimiter: ";", header: false, skip: 2 }, "zh")),
    "delimiter=%3B&header=false&skip=2&language=zh",
  );
});

test("of the inputs the shorter list is said, and codings of inputs alone", () => {
  const choice = guessedChoice(TABLE);
  assert.equal(String(choiceQuery(TABLE, choice)), "target=species&missing=drop");
  assert.equal(
    String(choiceQuery(TABLE, withRole(choice, 2, "input"))),
    "target=species&inputs=length&inputs=width&inputs=id&missing=drop",
  );
  const three = {
    ...TABLE,
    columns: [...TABLE.columns, column("height")],
    guess: { ...TABLE.guess, inputs: ["length", "width", "height"] },
  };
  assert.equal(
    String(choiceQuery(three, withRole(guessedChoice(three), 0, "unused"))),
    "target=species&unused=length&missing=drop",
  );
  const coded = { ...choice, kind: "regression", missing: "mean", codings: { length: "one_hot", id: "one_hot" } };
  assert.equal(
    String(choiceQuery(TABLE, coded)),
    "target=species&task=regression&coding=length%3Done_hot&missing=mean",
  );
});

test("what lacks is said without asking", () => {
  const choice = guessedChoice(TABLE);
  assert.equal(lacks(TABLE, choice), null);
  assert.equal(lacks({ ...TABLE, rows: 0 }, choice), "lab.own.reason.rows");
  assert.equal(lacks(TABLE, withRole(withRole(choice, 0, "unused"), 1, "unused")), "lab.own.reason.inputs");
  assert.equal(lacks(TABLE, withRole(choice, 3, "unused")), "lab.own.reason.target");
});

test("examples are ready when they are there, not refused and not too many", () => {
  assert.equal(judged(settingsOf(), LIMITS).isReady, true);
  assert.deepEqual(judged(settingsOf({ examples: null }), LIMITS).reason, { key: "lab.own.reading" });
  const refused = judged(settingsOf({ examples: null, refusal: { en: "No.", zh: "不。" } }), LIMITS);
  assert.deepEqual([refused.isReady, refused.reason], [false, null]);
  assert.deepEqual(judged(settingsOf(), { ...LIMITS, samples: 6 }).reason, {
    key: "lab.own.reason.many-rows",
    params: { rows: 12, most: 6 },
  });
  assert.equal(judged(settingsOf(), { ...LIMITS, request_numbers: 1000 + 5 * 7 }).most, 7);
});

test("of too many rows a fair part can be taken", () => {
  const { places, isReady } = judged(settingsOf({ takesFewer: true }), { ...LIMITS, samples: 6 });
  assert.equal(isReady, true);
  assert.deepEqual(
    [0, 1, 2].map((label) => places.filter((place) => LABELS[place] === label).length),
    [2, 2, 2],
  );
});

test("what is sent holds every row once, with its target beside it", () => {
  const settings = settingsOf();
  const data = ownData(settings, judged(settings, LIMITS).places);
  assert.deepEqual([data.xs.length, data.test_xs.length], [9, 3]);
  assert.deepEqual([data.feature_names, data.class_names], [EXAMPLES.feature_names, EXAMPLES.class_names]);
  assert.deepEqual(data.standardise, { inputs: true, targets: true });
  for (const [xs, targets] of [
    [data.xs, data.targets],
    [data.test_xs, data.test_targets],
  ]) {
    xs.forEach(([length], index) => assert.equal(targets[index].indexOf(1), (length - 0.5) % 3));
  }
  assert.equal("test_xs" in ownData({ ...settings, share: 0 }, [0, 1, 2]), false);
});

test("where a column of the file says which rows are held out, those are, unless a share is wanted", () => {
  const parts = LABELS.map((_, row) => (row < 4 ? "test" : "train"));
  const settings = settingsOf({ examples: { ...EXAMPLES, parts } });
  const { places } = judged(settings, LIMITS);
  assert.deepEqual(ownData(settings, places).test_xs, EXAMPLES.xs.slice(0, 4));
  assert.deepEqual(ownData(settings, places).xs, EXAMPLES.xs.slice(4));
  assert.equal(ownData({ ...settings, byPart: false }, places).test_xs?.length, 3);
  const allHeldOut = settingsOf({ examples: { ...EXAMPLES, parts: LABELS.map(() => "test") } });
  assert.equal(ownData(allHeldOut, places).xs.length, 9);
});

test("two classes are one output of 0 or 1, more are one output each, and back", () => {
  assert.deepEqual(targetsOf([0, 1], 1), [[0], [1]]);
  assert.deepEqual(targetsOf([0, 2], 3), [
    [1, 0, 0],
    [0, 0, 1],
  ]);
  assert.deepEqual(labelsOf([[0], [1]]), [0, 1]);
  assert.deepEqual(
    labelsOf([
      [1, 0, 0],
      [0, 0, 1],
    ]),
    [0, 2],
  );
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
    assert.deepEqual(
      Array.from({ length: 3 }, () => random() * 2 ** 32),
      expected(seed),
      String(seed),
    );
  }
  assert.notDeepEqual(randomFrom(5)(), randomFrom(5 + 2 ** 32)());
});

test("a shuffle holds every place once and each seed gives its own", () => {
  const order = shuffled(100, randomFrom(3));
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, index) => index),
  );
  assert.deepEqual(order, shuffled(100, randomFrom(3)));
  assert.notDeepEqual(order, shuffled(100, randomFrom(4)));
});

test("the same share of every class is held out, whatever the seed", () => {
  const labels = Array.from({ length: 150 }, (_, index) => Math.floor(index / 50));
  for (const seed of [0, 1, 2, 3]) {
    const { train, heldOut } = split(150, 0.2, seed, labels);
    assert.equal(heldOut.length, 30);
    assert.deepEqual(
      [0, 1, 2].map((label) => heldOut.filter((place) => labels[place] === label).length),
      [10, 10, 10],
    );
    assert.deepEqual(
      [...train, ...heldOut].sort((a, b) => a - b),
      labels.map((_, index) => index),
    );
  }
  assert.deepEqual(
    [0, 1, 2].map(
      (label) =>
        fairOrder(150, 1, labels)
          .slice(0, 15)
          .filter((place) => labels[place] === label).length,
    ),
    [5, 5, 5],
  );
});

test("something is always left to train on, and nothing is held out of nothing", () => {
  assert.deepEqual(split(2, 0.9, 1, null).train.length, 1);
  assert.deepEqual(split(1, 0.9, 1, null), { train: [0], heldOut: [] });
  assert.deepEqual(split(0, 0.2, 1, null), { train: [], heldOut: [] });
});

test("lists without their table are split anew: every example in one part, the same by the same seed however they lay before", () => {
  const xs = Array.from({ length: 40 }, (_, index) => [index]);
  const targets = xs.map(([x]) => [Number(x) % 2]);
  const lists = {
    xs: xs.slice(0, 30),
    targets: targets.slice(0, 30),
    test_xs: xs.slice(30),
    test_targets: targets.slice(30),
    class_names: ["even", "odd"],
  };
  const pool = poolOf(lists);
  assert.deepEqual([pool.share, pool.xs], [0.25, xs]);
  const first = splitAgain({ ...pool, share: 0.5, seed: 3 });
  assert.deepEqual(
    [...first.xs, ...(first.test_xs ?? [])].map(([x]) => x).sort((a, b) => Number(a) - Number(b)),
    xs.map(([x]) => x),
  );
  assert.equal(first.test_targets?.filter(([target]) => target === 1).length, 10);
  assert.deepEqual(splitAgain({ ...pool, share: 0.5, seed: 3 }), first);
  assert.notDeepEqual(splitAgain({ ...pool, share: 0.5, seed: 4 }), first);
  assert.equal(splitAgain({ ...pool, share: 0 }).test_xs, undefined);
  assert.deepEqual(poolOf({}).xs, []);
});
