import assert from "node:assert/strict";
import { test } from "node:test";

import {
  between,
  classLevels,
  colourOf,
  flatClasses,
  paintClasses,
  paintGrid,
  paintSides,
  paintValues,
  twoSided,
} from "../../../../static/js/lab/map/paint.js";
import { exampleOf, kindOf, pictureSide, planeOf, spanOf, tellingInputs } from "../../../../static/js/lab/map/plane.js";
import { activationIn } from "../../../../static/js/record/functions.js";
import { recorded } from "../../recorded.mjs";
import { placeOn, scaleOf, targetScale } from "../../../../static/js/lab/map/scale.js";

/**
 * @param {Partial<import("../../../../static/js/lab/types.js").Examples>} given
 * @returns {import("../../../../static/js/lab/types.js").Examples}
 */
const examplesWith = (given) => ({
  xs: [],
  targets: [],
  test_xs: [],
  test_targets: [],
  labels: null,
  test_labels: null,
  feature_names: ["x1", "x2"],
  class_names: [],
  rows: [],
  test_rows: [],
  shift: [],
  scale: [],
  ...given,
});
const pixels = Array.from({ length: 64 }, (_, index) => `pixel_${Math.floor(index / 8)}_${index % 8}`);

test("the features say how data are shown", () => {
  assert.equal(kindOf(examplesWith({ feature_names: ["x"] })), "curve");
  assert.equal(kindOf(examplesWith({})), "plane");
  assert.equal(kindOf(examplesWith({ feature_names: ["a", "b", "c", "d"] })), "plane");
  assert.equal(kindOf(examplesWith({ feature_names: pixels })), "picture");
});

test("only pixels of a square, row by row, make a picture", () => {
  assert.equal(pictureSide({ feature_names: pixels }), 8);
  assert.equal(pictureSide({ feature_names: pixels.slice(0, 63) }), null);
  assert.equal(pictureSide({ feature_names: [...pixels].reverse() }), null);
  assert.equal(pictureSide({ feature_names: ["pixel_0_0"] }), null);
});

test("the plane holds all examples, those held out too, with air around them", () => {
  const plane = planeOf(
    examplesWith({
      xs: [
        [0, 5],
        [2, 5],
      ],
      test_xs: [[10, 5]],
    }),
    [0, 1],
  );
  assert.deepEqual(plane.low, [-1, 4.5]);
  assert.deepEqual(plane.high, [11, 5.5]);
  assert.deepEqual(plane.held, [1, 5]);
});

test("a column without any spread still has a width, and no data have one too", () => {
  assert.deepEqual(spanOf([[[0]]], 0), { low: -0.1, high: 0.1 });
  assert.deepEqual(spanOf([[], []], 0), { low: -1, high: 1 });
});

test("a mean that is 0 but for rounding is 0", () => {
  const { held } = planeOf(
    examplesWith({
      xs: [
        [0.1 + 0.2, 1],
        [-0.3, 2],
      ],
      feature_names: ["a", "b"],
    }),
    [0],
  );
  assert.deepEqual(held, [0, 1.5]);
});

test("the two inputs that tell the classes apart are shown first, in their own order", () => {
  const xs = [
    [5, 0, 9, 1],
    [5, 1, 1, 1.1],
    [5, 0, 8, 5],
    [5, 1, 1.5, 5.1],
  ];
  const targets = [
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 1],
  ];
  assert.equal(tellingInputs({ xs, targets }).includes(3), true);
  assert.equal(tellingInputs({ xs, targets }).includes(0), false);
  assert.deepEqual(tellingInputs({ xs: [[1, 2]], targets: [[1]] }), [0, 1]);
  assert.deepEqual(tellingInputs({ xs: [], targets: [] }), []);
});

test("a choice of example that this data has not is held to one it has", () => {
  const examples = examplesWith({
    xs: [
      [1, 1],
      [2, 2],
    ],
    targets: [[0], [1]],
    labels: [0, 1],
    class_names: ["no", "yes"],
  });
  assert.deepEqual(exampleOf(examples, { heldOut: true, index: 7 }), {
    heldOut: false,
    index: 1,
    count: 2,
    x: [2, 2],
    target: [1],
    label: 1,
  });
  assert.equal(exampleOf(examples, { heldOut: false, index: -3 }).index, 0);
  assert.deepEqual(exampleOf(examplesWith({}), { heldOut: false, index: 2 }), {
    heldOut: false,
    index: 0,
    count: 0,
    x: [],
    target: [],
    label: null,
  });
});

test("bounded activations keep their own ends, unbounded ones are measured both sides alike", () => {
  const scale = (/** @type {string} */ name, /** @type {(number | null)[][]} */ rows) =>
    scaleOf(activationIn(recorded("catalog"), name), rows);
  assert.deepEqual(scale("sigmoid", [[0.4]]), { low: 0, middle: 0.5, high: 1 });
  for (const name of ["tanh", "softsign"])
    assert.deepEqual(scale(name, [[0.4]]), { low: -1, middle: 0, high: 1 }, name);
  const rows = [
    [0, 3],
    [1, null],
  ];
  assert.deepEqual(scale("relu", rows), { low: -3, middle: 0, high: 3 });
  assert.deepEqual(scale("linear", [[-4, 3]]), { low: -4, middle: 0, high: 4 });
  assert.deepEqual(scale("relu", [[0, 0]]), { low: -1, middle: 0, high: 1 });
  assert.deepEqual(scale("softmax", [[0.4]]), { low: 0, middle: 0, high: 1 });
});

test("targets give the scale of an output that is to meet them", () => {
  assert.deepEqual(targetScale([[[1], [5]], [[-3]]]), { low: -3, middle: 1, high: 5 });
  assert.deepEqual(targetScale([[[2], [2]], []]), { low: 1, middle: 2, high: 3 });
  assert.deepEqual(targetScale([[], []]), { low: -1, middle: 0, high: 1 });
});

test("a place on a scale is held to its ends, and a scale may be one-sided", () => {
  const scale = { low: 0, middle: 0.5, high: 1 };
  assert.deepEqual(
    [-9, 0, 0.25, 0.5, 1, 9].map((value) => placeOn(value, scale)),
    [-1, -1, -0.5, 0, 1, 1],
  );
  assert.equal(placeOn(0, { low: 0, middle: 0, high: 1 }), 0);
  assert.equal(placeOn(-1, { low: 0, middle: 0, high: 1 }), 0);
  assert.equal(placeOn(1, { low: -1, middle: 0, high: 0 }), 0);
});

const [RED, WHITE, BLUE] = /** @type {import("../../../../static/js/lab/map/paint.js").Colour[]} */ ([
  [255, 0, 0],
  [255, 255, 255],
  [0, 0, 255],
]);
/** @param {number} pixel */
const channels = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24];

test("colours are read as the style sheet writes them", () => {
  assert.deepEqual(colourOf(" #0b8a74 "), [11, 138, 116]);
  assert.deepEqual(colourOf("rgb(1, 2, 3)"), [1, 2, 3]);
  assert.throws(() => colourOf("teal"), RangeError);
});

test("a grid becomes pixels with the second input upwards, in the palette's colours, and a gap stays clear", () => {
  const palette = twoSided(RED, WHITE, BLUE);
  const pixels = new Uint32Array(6);
  paintGrid(
    [
      [-1, 0, 1],
      [-9, null, 0.5],
    ],
    { low: -1, middle: 0, high: 1 },
    palette,
    pixels,
  );
  assert.deepEqual(channels(pixels[0]), [255, 0, 0, 255]);
  assert.equal(pixels[1], 0);
  assert.deepEqual(channels(pixels[2]), [128, 128, 255, 255]);
  assert.deepEqual([...pixels.slice(3)].map(channels), [
    [255, 0, 0, 255],
    [255, 255, 255, 255],
    [0, 0, 255, 255],
  ]);
});

test("between four values lies the plane through them, and the corners are the grid's own", () => {
  const fine = between(
    [
      [0, 1],
      [2, 3],
    ],
    3,
  );
  // Top row first: the second input grows upwards.
  assert.deepEqual([...fine], [2, 2.5, 3, 1, 1.5, 2, 0, 0.5, 1]);
  assert.ok(
    Number.isNaN(
      between(
        [
          [0, null],
          [2, 3],
        ],
        3,
      )[4],
    ),
  );
  assert.deepEqual([...between([[0, 1, 2]], 2)], [0, 2, 0, 2]);
});

test("finer values are painted like the grid itself", () => {
  const palette = twoSided(RED, WHITE, BLUE);
  const scale = { low: 0, middle: 0.5, high: 1 };
  const [one, other] = [new Uint32Array(4), new Uint32Array(4)];
  paintGrid(
    [
      [0, 0.3],
      [0.8, 1],
    ],
    scale,
    palette,
    one,
  );
  paintValues(
    between(
      [
        [0, 0.3],
        [0.8, 1],
      ],
      2,
    ),
    scale,
    palette,
    other,
  );
  assert.deepEqual([...one], [...other]);
  paintValues(Float32Array.of(NaN), scale, palette, other);
  assert.equal(other[0], 0);
});

test("beyond the open side of a one-sided scale lies the colour of its middle", () => {
  const palette = twoSided(RED, WHITE, BLUE);
  for (const [scale, values] of [
    [{ low: 0, middle: 0, high: 1 }, [-5, 0, 1]],
    [{ low: -1, middle: 0, high: 0 }, [5, 0, -1]],
  ]) {
    const [one, other] = [new Uint32Array(3), new Uint32Array(3)];
    paintGrid([values], scale, palette, one);
    paintValues(Float32Array.from(values), scale, palette, other);
    assert.deepEqual([...one], [...other]);
    assert.deepEqual([...one].slice(0, 2).map(channels), [
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ]);
    assert.deepEqual(channels(one[2]), scale.high === 1 ? [0, 0, 255, 255] : [255, 0, 0, 255]);
  }
});

test("only the side of the middle counts where only the class is shown", () => {
  const flat = flatClasses(WHITE, [RED, BLUE]);
  const pixels = new Uint32Array(3);
  paintSides(Float32Array.of(0.49, 0.51, NaN), 0.5, flat, pixels);
  assert.deepEqual([...pixels], [flat[0], flat[1], 0]);
});

test("of several classes the largest share wins, the stronger the surer", () => {
  const levels = classLevels(WHITE, [RED, BLUE]);
  const flat = flatClasses(WHITE, [RED, BLUE]);
  const shares = [Float32Array.of(1, 0.5, 0.1, NaN), Float32Array.of(0, 0.5, 0.9, NaN)];
  const pixels = new Uint32Array(4);
  paintClasses(shares, levels, null, pixels);
  assert.equal(pixels[0], levels[0].at(-1));
  assert.equal(pixels[1], levels[0][0]);
  assert.equal(pixels[2], levels[1][Math.floor(0.8 * 64 + 1e-4)]);
  assert.equal(pixels[3], 0);
  paintClasses(shares, levels, flat, pixels);
  assert.deepEqual([...pixels.slice(0, 3)], [flat[0], flat[0], flat[1]]);
});
