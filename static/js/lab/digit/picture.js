/**
 * From lines to the 64 numbers of the data set: as its pictures were made, so that a network trained on them knows what
 * it sees. Pure.
 *
 * The set's own way (E. Alpaydin, C. Kaynak 1998, UCI "Optical Recognition of Handwritten Digits"): the programs of
 * NIST (Garris et al., NISTIR 5469, 1994) bring each digit to a bitmap of 32×32, upright, as high as the bitmap and
 * about 20 wide, with lines as thick as makes the ink about the same for every digit; then the inked dots are counted
 * in each block of 4×4, which gives 8×8 numbers of 0 … 16. How upright, how wide and how much ink has been measured on
 * the 1,797 pictures: mean ink 312 dots, standard deviation 34; x and y hardly correlated in any class.
 *
 * @import { CellMark, Mark, Point } from "./strokes.js"
 */
import { linesOf } from "./strokes.js";

export const SIDE = 8;
export const FULL = 16;
const BLOCK = 4;
const DOTS = SIDE * BLOCK;
const WIDTH = 20;
const INK = 312;
const RADII = Object.freeze({ least: 0.9, most: 5.5 });
const HALVINGS = 10;

/** A "1" is not drawn out to the width of a "0", nor a dash to the height of a "1". */
const MOST_STRETCH = 1.3;
/** What leans more is not slanted writing but a slanted figure, such as the stem of a "7" or a "/". */
const MOST_LEAN = 0.25;
/** Dots of the bitmap that one unit of the pad may become at most: a dot stays a dot. */
const MOST_SCALE = 0.6;

/** @typedef {{ x: number, y: number }} Scales */

/** @param {readonly Point[]} points @returns {Point[]} as if written upright */
function upright(points) {
  const count = points.length;
  let meanX = 0;
  let meanY = 0;
  for (const [x, y] of points) {
    meanX += x / count;
    meanY += y / count;
  }
  let both = 0;
  let vertical = 0;
  for (const [x, y] of points) {
    both += (x - meanX) * (y - meanY);
    vertical += (y - meanY) ** 2;
  }
  const lean = vertical === 0 ? 0 : Math.min(Math.max(both / vertical, -MOST_LEAN), MOST_LEAN);
  return points.map(([x, y]) => [x - lean * (y - meanY), y]);
}

/** @param {readonly Point[]} points */
function boxOf(points) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** @param {number} width @param {number} height @param {number} radius of the pen in dots @returns {Scales} */
function scales(width, height, radius) {
  const x = Math.min((WIDTH - 2 * radius) / width, MOST_SCALE);
  const y = Math.min((DOTS - 2 * radius) / height, MOST_SCALE);
  return { x: Math.min(x, MOST_STRETCH * y), y: Math.min(y, MOST_STRETCH * x) };
}

/**
 * @param {readonly Point[]} points
 * @param {number} radius
 * @returns {{ dots: Uint8Array, count: number }} 32×32, row by row
 */
function inked(points, radius) {
  const box = boxOf(points);
  const scale = scales(box.width, box.height, radius);
  const dots = new Uint8Array(DOTS * DOTS);
  let count = 0;
  for (const [px, py] of points) {
    const x = (px - box.x) * scale.x + DOTS / 2 - 0.5;
    const y = (py - box.y) * scale.y + DOTS / 2 - 0.5;
    for (let row = Math.max(0, Math.ceil(y - radius)); row <= Math.min(DOTS - 1, y + radius); row += 1) {
      for (let column = Math.max(0, Math.ceil(x - radius)); column <= Math.min(DOTS - 1, x + radius); column += 1) {
        const at = row * DOTS + column;
        if (dots[at] || (row - y) ** 2 + (column - x) ** 2 > radius ** 2) continue;
        dots[at] = 1;
        count += 1;
      }
    }
  }
  return { dots, count };
}

/** The bitmap with a pen just so thick that the ink is the set's. @param {readonly Point[]} points */
export function bitmapOf(points) {
  if (points.length === 0) return new Uint8Array(DOTS * DOTS);
  const straight = upright(points);
  /** @type {number} */
  let thin = RADII.least;
  /** @type {number} */
  let thick = RADII.most;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const radius = (thin + thick) / 2;
    if (inked(straight, radius).count < INK) thin = radius;
    else thick = radius;
  }
  return inked(straight, thick).dots;
}

/** Inked dots per block. @param {Uint8Array} dots 32×32 @returns {number[]} 8×8, row by row */
export function counted(dots) {
  const counts = Array.from({ length: SIDE * SIDE }, () => 0);
  for (const [at, dot] of dots.entries()) {
    const row = Math.floor(at / DOTS / BLOCK);
    const column = Math.floor((at % DOTS) / BLOCK);
    counts[row * SIDE + column] += dot;
  }
  return counts;
}

/**
 * The 64 numbers of what has been drawn; cells set by hand stand above what the lines make of them.
 *
 * @param {readonly Mark[]} marks
 * @returns {number[]} 0 … 16, row by row
 */
export function pictureOf(marks) {
  const picture = counted(bitmapOf(linesOf(marks).flat()));
  for (const mark of marks) if (mark.tool === "cell") picture[mark.row * SIDE + mark.column] = mark.value;
  return picture;
}

/**
 * As the network is given it.
 * @param {readonly number[]} picture
 * @param {readonly number[]} shift
 * @param {readonly number[]} scale
 */
export const standardised = (picture, shift, scale) =>
  picture.map((value, index) => (value - shift[index]) / scale[index]);
