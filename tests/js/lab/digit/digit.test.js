import assert from "node:assert/strict";
import { test } from "node:test";

import { largest, percent } from "../../../../static/js/lab/digit/outputs.js";
import { bitmapOf, counted, pictureOf, standardised } from "../../../../static/js/lab/digit/picture.js";
import { dense, linesOf } from "../../../../static/js/lab/digit/strokes.js";

const pen = (...points) => ({ tool: "pen", points });
const eraser = (...points) => ({ tool: "eraser", points });
const sum = (numbers) => numbers.reduce((total, value) => total + value, 0);
const circle = (x, y, across, high, lean = 0) =>
  pen(
    ...Array.from({ length: 40 }, (_, i) => [
      x + across * Math.cos((i * Math.PI) / 19) - lean * high * Math.sin((i * Math.PI) / 19),
      y + high * Math.sin((i * Math.PI) / 19),
    ]),
  );
const ONE = pen([140, 60], [140, 220]);
const SEVEN = pen([90, 60], [190, 60], [130, 220]);

test("a blank pad is 64 zeros", () => {
  assert.deepEqual(pictureOf([]), Array(64).fill(0));
  assert.deepEqual(pictureOf([pen()]), Array(64).fill(0));
});

test("numbers are whole, between 0 and 16, and each counts the inked dots of its block", () => {
  const picture = pictureOf([SEVEN]);
  assert.equal(picture.length, 64);
  assert.ok(picture.every((value) => Number.isInteger(value) && value >= 0 && value <= 16));
  assert.equal(sum(picture), sum([...bitmapOf(linesOf([SEVEN]).flat())]));
  const corner = new Uint8Array(1024);
  corner[0] = corner[33] = corner[1023] = 1;
  const counts = counted(corner);
  assert.equal(counts[0], 2);
  assert.equal(counts[63], 1);
});

test("a digit fills the height and has the ink of the set, a thin one as well as a wide one", () => {
  for (const marks of [[ONE], [SEVEN], [circle(140, 140, 60, 90)]]) {
    const picture = pictureOf(marks);
    assert.ok(sum(picture.slice(0, 8)) > 0 && sum(picture.slice(56)) > 0, "top and bottom row are inked");
    assert.ok(Math.abs(sum(picture) - 312) <= 45, `ink ${sum(picture)}`);
    for (const row of [0, 1, 2, 3, 4, 5, 6, 7]) assert.equal(picture[row * 8 + 7], 0);
  }
});

test("where it is drawn and how large makes no difference", () => {
  const large = pictureOf([circle(140, 140, 60, 100)]);
  assert.deepEqual(pictureOf([circle(100, 160, 60, 100)]), large);
  const small = pictureOf([circle(200, 60, 30, 50)]);
  assert.ok(sum(small.map((value, at) => Math.abs(value - large[at]))) <= 12);
});

test("leaning writing is brought upright", () => {
  const straight = pictureOf([circle(140, 140, 50, 90)]);
  const leaning = pictureOf([circle(140, 140, 50, 90, 0.2)]);
  assert.ok(sum(leaning.map((value, at) => Math.abs(value - straight[at]))) <= 30);
});

test("a dot stays a dot and a dash a dash", () => {
  const dot = pictureOf([pen([20, 20])]);
  assert.ok(sum(dot) > 0 && sum(dot) < 120);
  assert.ok(
    [27, 28, 35, 36].every((at) => dot[at] > 0),
    "in the middle",
  );
  const dash = pictureOf([pen([60, 140], [220, 140])]);
  assert.equal(sum(dash.slice(0, 8)), 0);
  assert.ok(sum(dash) > 0);
});

test("the eraser takes away only what was there before it, and can cut a line in two", () => {
  const line = pen([40, 140], [240, 140]);
  const through = eraser([140, 100], [140, 180]);
  const [left, right, ...more] = linesOf([line, through]);
  assert.equal(more.length, 0);
  assert.ok(Math.max(...left.map(([x]) => x)) < 140 && Math.min(...right.map(([x]) => x)) > 140);
  assert.equal(linesOf([through, line]).length, 1);
  assert.deepEqual(pictureOf([line, eraser([30, 140], [250, 140])]), Array(64).fill(0));
});

test("a line has points close enough to be cut anywhere, and keeps its ends", () => {
  const points = dense([
    [0, 0],
    [30, 40],
  ]);
  assert.deepEqual(points[0], [0, 0]);
  assert.deepEqual(points.at(-1), [30, 40]);
  for (let at = 1; at < points.length; at += 1)
    assert.ok(Math.hypot(points[at][0] - points[at - 1][0], points[at][1] - points[at - 1][1]) <= 2 + 1e-9);
});

test("a cell set by hand stands above what the lines make of it", () => {
  const picture = pictureOf([
    ONE,
    { tool: "cell", row: 2, column: 0, value: 16 },
    { tool: "cell", row: 0, column: 4, value: 0 },
  ]);
  assert.equal(picture[16], 16);
  assert.equal(picture[4], 0);
});

test("the network is given (x - shift) / scale", () => {
  assert.deepEqual(standardised([16, 8], [0, 4], [16, 2]), [1, 2]);
});

test("a share is said in percent with as many digits as say something", () => {
  assert.equal(percent(0.97234, 4), "97.2 %");
  assert.equal(percent(0.0004, 3), "0.04 %");
  assert.equal(percent(1e-9, 3), "<0.01 %");
  assert.equal(percent(0, 3), "0 %");
  assert.equal(percent(1, 3), "100 %");
});

test("the largest output is found among those that are numbers", () => {
  assert.equal(largest([0.1, 0.7, null, 0.2]), 1);
  assert.equal(largest([null, -3, -2]), 2);
  assert.equal(largest([]), -1);
  assert.equal(largest([null]), -1);
});
