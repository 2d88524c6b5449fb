import assert from "node:assert/strict";
import { test } from "node:test";

import { heightOf, unitsOf } from "../../../static/js/stage/layout/geometry.js";
import { placeNumbers } from "../../../static/js/stage/layout/labels.js";
import { layoutFor } from "../scene-fixtures.mjs";

test("in both, twins stand one above the other and share their wires' numbers", () => {
  const layout = layoutFor({ view: "both" });
  const { forward, reversed } = layout.rows;
  assert.ok(forward && reversed && forward.bottom <= reversed.top);
  for (const column of layout.columns) {
    for (const { unit } of unitsOf(column)) {
      const lower = heightOf(layout, "reversed", column.index, unit);
      assert.ok(
        Math.abs(lower - heightOf(layout, "forward", column.index, unit) - (reversed.centre - forward.centre)) < 1e-9,
      );
    }
  }
});

test("columns run from left to right with room for a number between them", () => {
  for (const sizes of [
    [1, 1],
    [2, 2, 2, 2],
    [4, 6, 3],
    [64, 16, 10],
  ]) {
    const { columns, width } = layoutFor({ sizes });
    columns.slice(1).forEach((column, index) => assert.ok(column.left - columns[index].right >= 48));
    assert.ok((columns.at(-1)?.right ?? 0) < width);
  }
});

test("units of a column never touch, bias included", () => {
  for (const view of ["forward", "reversed", "both"]) {
    const layout = layoutFor({ sizes: [4, 9, 3], view, height: 300 });
    for (const { slots } of layout.columns) {
      slots
        .slice(1)
        .forEach((slot, index) =>
          assert.ok(slot.offset - slots[index].offset >= layout.metrics.unitHeight + layout.metrics.biasHeight),
        );
    }
  }
});

test("a wide layer shows its first units, one place for the rest, and the last one", () => {
  const { columns } = layoutFor({ sizes: [64, 2] });
  const kinds = columns[0].slots.map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === "rest").length, 1);
  assert.equal(kinds.at(-2), "rest");
  const units = unitsOf(columns[0]).map(({ unit }) => unit);
  assert.equal(units[0], 0);
  assert.equal(units.at(-1), 63);
  const rest = columns[0].slots.at(-2);
  assert.ok(rest?.kind === "rest" && rest.last - rest.first + 1 + units.length === 64);
});

test("on demand a wide layer is shown in full, and can be folded again", () => {
  const { columns } = layoutFor({ sizes: [64, 2], expanded: [0] });
  assert.equal(unitsOf(columns[0]).length, 64);
  assert.ok(columns[0].wide && !columns[1].wide);
});

test("a higher stage shows more units before it leaves some out", () => {
  const shown = (/** @type {number} */ height) =>
    layoutFor({ sizes: [20, 2], view: "forward", height }).columns[0].slots.length;
  assert.ok(shown(900) > shown(350));
});

test("each unit has a height, those left out within the place that stands for them", () => {
  const layout = layoutFor({ sizes: [64, 2] });
  const heights = Array.from({ length: 64 }, (_, unit) => heightOf(layout, "forward", 0, unit));
  heights.slice(1).forEach((height, index) => assert.ok(height > heights[index]));
  assert.throws(() => heightOf(layout, "forward", 0, 64), /no unit 64/);
  assert.throws(() => heightOf(layoutFor({ view: "forward" }), "reversed", 0, 0), /reversed/);
});

test("more than 400 wires become a picture of the matrix, 400 do not", () => {
  const { pairs } = layoutFor({ sizes: [20, 20, 21], expanded: [0, 1, 2] });
  assert.deepEqual(
    pairs.map(({ summary }) => summary),
    [false, true],
  );
  assert.equal(pairs[0].at.size, 400);
  assert.equal(pairs[1].at.size, 0);
});

test("weights' numbers that are shown never cover one another", () => {
  for (const sizes of [
    [1, 1],
    [2, 2, 2, 2],
    [3, 4, 2],
    [2, 3, 3, 1],
    [1, 8, 1],
  ]) {
    for (const height of [320, 620, 900]) {
      const layout = layoutFor({ sizes, height });
      for (const pair of layout.pairs.filter(({ crowded }) => !crowded)) {
        const places = [...pair.at].map(([key, at]) => {
          const [row, column] = key.split("/").map(Number);
          const [from, to] = [layout.columns[pair.layer], layout.columns[pair.layer + 1]];
          const [y0, y1] = [
            heightOf(layout, "forward", pair.layer, column),
            heightOf(layout, "forward", pair.layer + 1, row),
          ];
          return { x: from.right + (to.left - from.right) * at, y: y0 + (y1 - y0) * at };
        });
        places.forEach((p, index) =>
          places.slice(index + 1).forEach((q) => {
            const apart = Math.abs(p.x - q.x) >= pair.chipWidth || Math.abs(p.y - q.y) >= layout.metrics.chipHeight;
            assert.ok(apart, `${sizes} at ${height}: two numbers at ${p.x}, ${p.y} and ${q.x}, ${q.y}`);
          }),
        );
      }
    }
  }
});

test("the lecture's network shows all its weights; 4-6-3 shows them for what is pointed at", () => {
  assert.ok(layoutFor({ sizes: [2, 2, 2, 2] }).pairs.every(({ crowded }) => !crowded));
  assert.ok(layoutFor({ sizes: [4, 6, 3], view: "forward" }).pairs.every(({ crowded }) => crowded));
});

test("on a projector type is larger and the geometry grows with it", () => {
  const [plain, large] = [layoutFor({ view: "forward" }), layoutFor({ view: "forward", projector: true })];
  assert.ok(large.metrics.size * large.metrics.least >= 20);
  assert.ok(large.metrics.unitWidth > plain.metrics.unitWidth);
});

test("where not even two columns of numbers have room the wires are crowded", () => {
  const lines = [
    { key: "a", from: 0, to: 10 },
    { key: "b", from: 5, to: 12 },
  ];
  const { crowded, at } = placeNumbers(lines, { length: 60, width: 48, height: 18 });
  assert.deepEqual([crowded, [...at.keys()]], [true, ["a", "b"]]);
  assert.equal(placeNumbers(lines, { length: 400, width: 48, height: 18 }).crowded, false);
});

test("the winning output is shown in any case, and no unit is lost or doubled beside it", () => {
  for (let winner = 0; winner < 12; winner++) {
    for (const height of [200, 420]) {
      const { columns } = layoutFor({ sizes: [3, 12], view: "forward", height, winner });
      const { slots, wide } = columns[1];
      assert.ok(wide, "12 units do not fit");
      assert.ok(slots.some((slot) => slot.kind === "unit" && slot.unit === winner));
      const told = slots.flatMap((slot) =>
        slot.kind === "unit"
          ? [slot.unit]
          : Array.from({ length: slot.last - slot.first + 1 }, (_, index) => slot.first + index),
      );
      assert.deepEqual(told, [...Array(12).keys()]);
      const places = slots.map(({ offset }) => offset);
      assert.deepEqual(
        places,
        [...places].sort((p, q) => p - q),
      );
      assert.ok(slots.length <= layoutFor({ sizes: [3, 12], view: "forward", height }).columns[1].slots.length);
    }
  }
});
