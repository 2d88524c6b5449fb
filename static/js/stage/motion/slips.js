/**
 * The slip of paper on which terms are written under one another and worked out: its size, and where each number
 * stands. Pure.
 *
 * @import { Pulse, Value } from "../../record/types.js"
 * @import { Working } from "../../timeline/workings.js"
 * @import { Place } from "./tokens.js"
 */
import { significant } from "../../kit/format.js";
import { textWidth } from "../layout/metrics.js";

/** More lines than this are told by the first ones and the last. */
const MOST_LINES = 5;
/** In multiples of the type. */
const PITCH = 1.22;
const SIDE = 0.6;
const NARROWEST = 3.6;

/**
 * @typedef {{ text: string, x: number, y: number, pulse: Pulse | null }} Written a number of the slip; flush right at x
 * @typedef {object} Slip
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {readonly Written[]} numbers
 * @property {number | null} rule height of the line above the result
 * @property {Written | null} total
 * @property {ReadonlyMap<Pulse, Place>} ends where the signals end that bring its numbers
 */

/**
 * The lines of a slip: all, or the first ones and the last with one for all between.
 *
 * @template T
 * @param {readonly T[]} lines
 * @returns {(T | null)[]} null for what is left out
 */
export function linesOf(lines) {
  return lines.length <= MOST_LINES ? [...lines] : [...lines.slice(0, MOST_LINES - 2), null, lines[lines.length - 1]];
}

/**
 * @param {Working} working
 * @param {Place} place of its middle
 * @param {{ size: number, digits: number }} type
 * @param {{ width: number, height: number }} bounds of the drawing
 * @returns {Slip}
 */
export function slipOf(working, place, { size, digits }, bounds) {
  const lines = linesOf(working.lines);
  const rows = lines.map((line) =>
    line === null ? ["⋯"] : line.map(({ value, sign }) => (value === undefined ? "" : signed(value, digits, sign))),
  );
  const total = working.total === undefined ? null : significant(working.total, digits);
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...[...rows.map((row) => row[column] ?? ""), columns === 1 ? (total ?? "") : ""].map(widthAt(size))),
  );
  const gap = size * 0.9;
  const inside = widths.reduce((sum, width) => sum + width, 0) + gap * (columns - 1);
  const width = Math.max(inside + 2 * SIDE * size, widthAt(size)(total ?? "") + 2 * SIDE * size, NARROWEST * size);
  const pitch = PITCH * size;
  const height = (lines.length + (isSumming(working) ? 1 : 0)) * pitch + 0.7 * size;
  const left = held(place.x - width / 2, width, bounds.width);
  const top = held(place.y - height / 2, height, bounds.height);
  const right = left + width - SIDE * size;
  const y = (/** @type {number} */ line) => top + 0.35 * size + (line + 0.5) * pitch;
  const rightOf = (/** @type {number} */ column) =>
    right - widths.slice(column + 1).reduce((sum, each) => sum + each + gap, 0);
  const numbers = rows.flatMap((row, line) =>
    row.map((text, column) => ({
      text,
      x: lines[line] === null ? right : rightOf(column),
      y: y(line),
      pulse: lines[line]?.[column]?.pulse ?? null,
    })),
  );
  const leftOut = lines.indexOf(null);
  /** @type {Map<Pulse, Place>} */
  const ends = new Map();
  for (const [index, line] of working.lines.entries()) {
    const shown =
      leftOut < 0 || index < leftOut ? index : index === working.lines.length - 1 ? lines.length - 1 : leftOut;
    line.forEach(({ pulse }, column) => {
      if (pulse !== null) ends.set(pulse, { x: rightOf(column) - widths[column] / 2, y: y(shown) });
    });
  }
  return {
    left,
    top,
    width,
    height,
    numbers,
    rule: isSumming(working) ? top + 0.35 * size + lines.length * pitch : null,
    total: total === null ? null : { text: total, x: right, y: y(lines.length) + size * 0.08, pulse: null },
    ends,
  };
}

/** Whether a result stands, or will stand, below the lines. @param {Working} working */
const isSumming = ({ kind }) => kind !== "change";

/** @param {number} size */
const widthAt = (size) => (/** @type {string} */ text) => textWidth(text, size, true);

/** @param {number} start @param {number} length @param {number} room */
const held = (start, length, room) => Math.max(2, Math.min(start, room - length - 2));

/** Whether no slip lies on another. @param {readonly Slip[]} slips */
export function areApart(slips) {
  return slips.every((slip, index) =>
    slips
      .slice(index + 1)
      .every(
        (other) =>
          slip.left + slip.width <= other.left ||
          other.left + other.width <= slip.left ||
          slip.top + slip.height <= other.top ||
          other.top + other.height <= slip.top,
      ),
  );
}

/**
 * A term as it joins others: `+ 2`, `− 0.119`, `× (−1)`.
 * @param {Value} value
 * @param {number} digits
 * @param {string} sign
 */
export function signed(value, digits, sign) {
  const text = significant(value, digits);
  const isNegative = text.startsWith("−");
  if (sign === "×") return `× ${isNegative ? `(${text})` : text}`;
  if (sign === "+") return isNegative ? text.replace("−", "− ") : `+ ${text}`;
  return text;
}
