/**
 * What has been drawn, as a list of marks in their order; undo takes the last one away. Pure.
 *
 * @typedef {readonly [number, number]} Point on a pad of PAD × PAD
 * @typedef {{ tool: "pen" | "eraser", points: readonly Point[] }} Stroke
 * @typedef {{ tool: "cell", row: number, column: number, value: number }} CellMark a cell of the 8×8 picture set by
 *   hand
 * @typedef {Stroke | CellMark} Mark
 */

export const PAD = 280;
export const PEN_RADIUS = 9;
export const ERASER_RADIUS = 18;

/** How far apart the points of a line are at most: well below a pen's width. */
const SPACING = 2;

/**
 * The line with points in between, so that it can be cut anywhere.
 * @param {readonly Point[]} points
 * @returns {Point[]}
 */
export function dense(points) {
  const [first, ...rest] = points;
  if (first === undefined) return [];
  /** @type {Point[]} */
  const made = [first];
  let [x, y] = first;
  for (const [nextX, nextY] of rest) {
    const pieces = Math.max(1, Math.ceil(Math.hypot(nextX - x, nextY - y) / SPACING));
    for (let piece = 1; piece <= pieces; piece += 1)
      made.push([x + ((nextX - x) * piece) / pieces, y + ((nextY - y) * piece) / pieces]);
    [x, y] = [nextX, nextY];
  }
  return made;
}

/**
 * @param {readonly Point[]} line
 * @param {readonly Point[]} eraser dense
 * @returns {Point[][]} what is left of the line, in pieces
 */
function cut(line, eraser) {
  /** @type {Point[][]} */
  const pieces = [[]];
  for (const point of line) {
    const isGone = eraser.some(([x, y]) => Math.hypot(point[0] - x, point[1] - y) < ERASER_RADIUS);
    if (!isGone) pieces.at(-1)?.push(point);
    else if (pieces.at(-1)?.length) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

/**
 * The pen's lines as far as no later eraser has taken them away.
 * @param {readonly Mark[]} marks
 * @returns {Point[][]}
 */
export function linesOf(marks) {
  /** @type {Point[][]} */
  let lines = [];
  for (const mark of marks) {
    if (mark.tool === "pen") lines.push(dense(mark.points));
    if (mark.tool === "eraser") {
      const eraser = dense(mark.points);
      lines = lines.flatMap((line) => cut(line, eraser));
    }
  }
  return lines;
}
