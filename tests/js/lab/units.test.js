import assert from "node:assert/strict";
import test from "node:test";

import { programRequest } from "../../../static/js/lab/export/requests.js";
import { csvOf } from "../../../static/js/kit/csv-cell.js";
import { dataTable, historyTable } from "../../../static/js/lab/export/tables.js";
import {
  inOwnUnits,
  ownInput,
  ownScale,
  ownTarget,
  standardiseChoice,
  standardised,
} from "../../../static/js/lab/units.js";

const GIVEN = { xs: [[60], [140]], targets: [[178000], [399500]], test_xs: [[100]], test_targets: [[301500]] };
const EXAMPLES = /** @type {any} */ ({
  xs: [[-1], [1]],
  targets: [[-1], [1]],
  test_xs: [[0]],
  test_targets: [[0.1]],
  labels: null,
  test_labels: null,
  feature_names: ["area"],
  class_names: [],
  rows: [0, 1],
  test_rows: [0],
  shift: [100],
  scale: [40],
  target_shift: [288750],
  target_scale: [110750],
  standardised_targets: true,
  given: GIVEN,
});

test("what the network has becomes what was given, and the numbers given are those of the file to the last digit", () => {
  assert.equal(ownInput(EXAMPLES, 0, -1), 60);
  assert.equal(ownTarget(EXAMPLES, 0, 1), 399500);
  assert.equal(ownTarget(EXAMPLES, 0, null), null);
  assert.equal(ownTarget(EXAMPLES, 0, undefined), undefined);
  assert.deepEqual(ownScale(EXAMPLES, 0, { low: -1, middle: 0, high: 1 }), {
    low: 178000,
    middle: 288750,
    high: 399500,
  });
  assert.deepEqual(inOwnUnits(EXAMPLES).test_targets, [[301500]]);
  assert.equal(inOwnUnits(EXAMPLES), inOwnUnits(EXAMPLES));
  const plain = { ...EXAMPLES, given: null };
  assert.equal(inOwnUnits(plain), plain);
});

test("what is taken along is in own units, and the program is told how to standardise", () => {
  assert.equal(csvOf(dataTable(inOwnUnits(EXAMPLES))).split("\r\n")[1], "train,0,60,178000");
  const body = programRequest({ layers: [] }, EXAMPLES, { loss: "huber" }, "numpy");
  assert.deepEqual([body.xs, body.test_targets], [GIVEN.xs, GIVEN.test_targets]);
  assert.deepEqual(body.scaling, { shift: [100], scale: [40], target_shift: [288750], target_scale: [110750] });
  assert.equal(
    "scaling" in programRequest({ layers: [] }, { ...EXAMPLES, given: null }, { loss: "huber" }, "numpy"),
    false,
  );
});

test("a history has both costs under their names where they are two", () => {
  const epoch = /** @type {any} */ ({
    epoch: 0,
    total_loss: 4,
    cost: 2,
    test_total_loss: null,
    test_cost: null,
    train_accuracy: null,
    test_accuracy: null,
    gradient_norms: [1],
    gain_means: [1],
    standardised_cost: 0.5,
    standardised_test_cost: null,
  });
  assert.match(csvOf(historyTable([epoch])), /^epoch,total_loss,cost,.*,standardised_cost,gradient_norm_1/);
  assert.doesNotMatch(csvOf(historyTable([{ ...epoch, standardised_cost: null }])), /standardised/);
});

test("a choice of inputs alone is said as older links say it", () => {
  assert.deepEqual(standardised(true), { inputs: true, targets: false });
  assert.deepEqual(standardised(undefined), { inputs: null, targets: false });
  assert.deepEqual(standardised({ targets: true }), { inputs: null, targets: true });
  assert.equal(standardiseChoice(true, false), true);
  assert.equal(standardiseChoice(null, false), undefined);
  assert.deepEqual(standardiseChoice(null, true), { targets: true });
  assert.deepEqual(standardiseChoice(false, true), { inputs: false, targets: true });
});
