import assert from "node:assert/strict";
import { test } from "node:test";

import { layoutFitting } from "../../../static/js/stage/layout/forms.js";
import { fitted } from "../../../static/js/stage/layout/viewport.js";

const LAPTOP = { width: 960, height: 536 };

/** @param {number[]} sizes @param {Record<string, any>} [wanted] */
const formOf = (sizes, wanted = {}) =>
  layoutFitting({
    sizes,
    view: "both",
    home: "forward",
    expanded: [],
    ...LAPTOP,
    projector: false,
    digits: 3,
    chipWidths: () => sizes.slice(1).map(() => 48),
    ...wanted,
  });

test("both rows of the lecture's network fit a laptop", () => {
  assert.deepEqual([formOf([2, 2, 2, 2]).view, formOf([2, 2, 2, 2]).metrics.form], ["both", "full"]);
});

test("where both rows could not be read, the row of the step stands for them", () => {
  assert.equal(formOf([3, 4, 4, 2]).view, "forward");
  assert.equal(formOf([3, 4, 4, 2], { home: "reversed" }).view, "reversed");
});

test("a row that the visitor has chosen stays whatever the step", () => {
  assert.equal(formOf([3, 4, 4, 2], { view: "forward", home: "reversed" }).view, "forward");
});

test("ten units stand as tables, all of them, and every number can be read", () => {
  for (const home of ["forward", "reversed"]) {
    const layout = formOf([10, 10, 10], { home });
    assert.equal(layout.metrics.form, "table");
    assert.ok(layout.columns.every(({ wide }) => !wide));
    const { scale } = fitted({ layout, ...LAPTOP });
    assert.ok(
      layout.metrics.number * scale >= 12 && layout.height * scale <= LAPTOP.height + 1,
      `${home}: ${layout.metrics.number * scale}`,
    );
  }
});

test("on a projector the lecture's network is one row, and its numbers are twice as large as at a desk must be", () => {
  const room = { width: 1024, height: 430 };
  const layout = formOf([2, 2, 2, 2], { projector: true, ...room });
  assert.equal(layout.view, "forward");
  assert.ok(layout.metrics.number * fitted({ layout, ...room }).scale >= 20);
});
