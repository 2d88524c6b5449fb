import assert from "node:assert/strict";
import { test } from "node:test";

import { FILES, MOST_INLINE, curlOf, jsonOf, programRequest } from "../../../static/js/lab/export/requests.js";
import { csvOf } from "../../../static/js/kit/csv-cell.js";
import { dataTable, historyDocument, historyTable, numbersIn } from "../../../static/js/lab/export/tables.js";

const EPOCHS = [0, 1].map((epoch) => ({
  epoch,
  total_loss: 3 / (epoch + 1),
  cost: 0.1 + 0.2,
  test_total_loss: null,
  test_cost: null,
  test_accuracy: null,
  train_accuracy: 0.5,
  gradient_norms: [1e-300, 2],
  gain_means: [0.25, 1],
  theta: [1, 2, 3],
}));

const EXAMPLES = {
  xs: [
    [0.1, -0],
    [1, 2],
  ],
  targets: [
    [1, 0],
    [0, 1],
  ],
  test_xs: [[1 / 3, 5]],
  test_targets: [[1, 0]],
  labels: [0, 1],
  test_labels: [0],
  feature_names: ["length, cm", 'a "name"'],
  class_names: ["yes", "no"],
  rows: [4, 2],
  test_rows: [0],
  shift: [0, 0],
  scale: [1, 1],
};

test("the history has one row per epoch, every number to its last digit and nothing where nothing was measured", () => {
  const lines = csvOf(historyTable(EPOCHS)).split("\r\n");
  assert.equal(
    lines[0],
    "epoch,total_loss,cost,test_total_loss,test_cost,train_accuracy,test_accuracy,gradient_norm_1,gradient_norm_2,gain_mean_1,gain_mean_2",
  );
  assert.equal(lines[1], "0,3,0.30000000000000004,,,0.5,,1e-300,2,0.25,1");
  assert.equal(lines.length, 4);
  assert.deepEqual(Object.keys(historyDocument(EPOCHS)[0]).includes("theta"), false);
});

test("the data say which part each example belongs to, and its class by name", () => {
  const lines = csvOf(dataTable(EXAMPLES)).split("\r\n");
  assert.equal(lines[0], 'part,row,"length, cm","a ""name""",target_1,target_2,class');
  assert.equal(lines[1], "train,4,0.1,-0,1,0,yes");
  assert.equal(lines[3], "test,0,0.3333333333333333,5,1,0,yes");
});

test("columns that would be called the same are told apart, and data without classes have none", () => {
  const { columns } = dataTable({ ...EXAMPLES, feature_names: ["row", "row"] });
  assert.deepEqual(columns.slice(0, 4), ["part", "row", "row_2", "row_3"]);
  const regression = dataTable({ ...EXAMPLES, labels: null, test_labels: null, class_names: [] });
  assert.deepEqual(regression.columns.at(-1), "target_2");
  assert.equal(regression.rows[0].length, regression.columns.length);
});

test("JSON for people keeps a list of numbers on one line and says the same", () => {
  const document = {
    xs: [
      [1, -2.5],
      [3, null],
    ],
    network: { layers: [{ w: [[1]], b: [0] }] },
    names: ["a", "b"],
  };
  const text = jsonOf(document);
  assert.deepEqual(JSON.parse(text), document);
  assert.match(text, /\[1,-2.5\]/);
});

test("a command carries a short recipe itself and a long one as a file", () => {
  const request = {
    sizes: [2, 2, 1],
    loss: "huber",
    optimizer: { name: "adam", learning_rate: 0.1 },
    epochs: 3,
    seed: 1,
  };
  const short = curlOf(request, "http://host/deep/api/v1/");
  assert.match(short, /^curl -sN 'http:\/\/host\/deep\/api\/v1\/training'/);
  assert.ok(short.includes(`-d '${JSON.stringify(request)}'`));
  const own = { ...request, xs: Array(3000).fill([0.12345, 1]), targets: Array(3000).fill([1]), class_names: ["it's"] };
  assert.match(curlOf(own, "http://host/api/v1/"), new RegExp(`-d @${FILES.recipe}\\.json\\n$`));
  assert.ok(curlOf({ ...request, class_names: ["it's"] }, "http://host/").includes(`it'\\''s`));
});

test("long data are left to a file, and what is not held out is not asked for", () => {
  const network = { layers: [] };
  assert.equal(numbersIn(EXAMPLES), 12);
  const body = programRequest(network, EXAMPLES, { loss: "huber", reduction: "sum" }, "numpy");
  assert.deepEqual([body.data, body.test_xs], ["inline", EXAMPLES.test_xs]);
  const many = {
    ...EXAMPLES,
    xs: Array(MOST_INLINE).fill([1, 2]),
    targets: Array(MOST_INLINE).fill([1, 0]),
    test_xs: [],
    test_targets: [],
  };
  const long = programRequest(network, many, { loss: "huber" }, "pytorch");
  assert.equal(long.data, "file");
  assert.equal("test_xs" in long, false);
});
