/**
 * Small pictures of data sets, drawn from their examples: points in the plane, a curve's points, or digits in ink.
 *
 * @import { Schemas } from "../../../record/types.js"
 *
 * @typedef {Schemas["DatasetExamples"]} DatasetAnswer
 */
import { colourToken } from "../../../kit/colour-token.js";

const EDGE = 3;
const POINTS = 160;
const DIGIT_SIDE = 8;
const MOST_INK = 16;
const COLOURS = 10;

/**
 * As in the map: two classes are the two sides of one output, more have a colour each.
 * @param {number} label
 * @param {number} count
 */
const classToken = (label, count) =>
  count === 2 ? (["--negative", "--positive"][label] ?? "--ink") : `--class-${label % COLOURS}`;

/** @param {readonly number[]} values @returns {(value: number) => number} to 0 … 1 */
function spanned(values) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return (value) => (value - low) / span;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} side
 * @param {DatasetAnswer} answer
 * @param {(token: string) => string} css
 */
function drawPoints(pen, side, { xs, targets, labels, class_names: classes }, css) {
  const step = Math.max(1, Math.floor(xs.length / POINTS));
  const shown = xs.flatMap((_, index) => (index % step === 0 ? [index] : []));
  const width = xs[0]?.length ?? 0;
  // Of iris, petal length over petal width: the two that tell the species apart best are its last.
  const across = shown.map((index) => xs[index]?.[Math.max(0, width - 2)] ?? 0);
  const up = shown.map((index) => (width === 1 ? targets[index]?.[0] : xs[index]?.[width - 1]) ?? 0);
  const [toX, toY] = [spanned(across), spanned(up)];
  const values = shown.map((index) => targets[index]?.[0] ?? 0);
  const toShare = spanned(values);
  shown.forEach((index, place) => {
    const share = toShare(values[place] ?? 0);
    const isValue = labels === null && width > 1;
    pen.fillStyle = css(
      labels !== null
        ? classToken(labels[index] ?? 0, classes.length)
        : isValue
          ? share > 0.5
            ? "--positive"
            : "--negative"
          : "--forward",
    );
    pen.globalAlpha = isValue ? 0.15 + 0.85 * Math.abs(2 * share - 1) : 0.85;
    pen.beginPath();
    pen.arc(
      EDGE + toX(across[place] ?? 0) * (side - 2 * EDGE),
      side - EDGE - toY(up[place] ?? 0) * (side - 2 * EDGE),
      1.35,
      0,
      2 * Math.PI,
    );
    pen.fill();
  });
  pen.globalAlpha = 1;
}

/**
 * The first four examples, two by two.
 * @param {CanvasRenderingContext2D} pen
 * @param {number} side
 * @param {DatasetAnswer} answer
 * @param {(token: string) => string} css
 */
function drawDigits(pen, side, { xs }, css) {
  const cell = (side - 2 * EDGE) / (2 * DIGIT_SIDE);
  pen.fillStyle = css("--ink");
  xs.slice(0, 4).forEach((pixels, digit) => {
    pixels.forEach((ink, place) => {
      pen.globalAlpha = ink / MOST_INK;
      const column = (digit % 2) * DIGIT_SIDE + (place % DIGIT_SIDE);
      const row = Math.floor(digit / 2) * DIGIT_SIDE + Math.floor(place / DIGIT_SIDE);
      pen.fillRect(EDGE + column * cell, EDGE + row * cell, cell + 0.3, cell + 0.3);
    });
  });
  pen.globalAlpha = 1;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {DatasetAnswer} answer
 * @param {number} side in CSS pixels
 */
export function drawPicture(canvas, answer, side) {
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  const ratio = Math.max(2, devicePixelRatio);
  canvas.width = canvas.height = Math.round(side * ratio);
  pen.scale(ratio, ratio);
  const draw = answer.xs[0]?.length === DIGIT_SIDE ** 2 ? drawDigits : drawPoints;
  draw(pen, side, answer, colourToken);
}
