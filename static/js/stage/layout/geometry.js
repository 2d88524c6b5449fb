/**
 * From the network's sizes and the room there is to places. Pure; no DOM, no numbers of the trace.
 *
 * The forward row and the reversed row share columns, offsets and wires: twins stand one above the other.
 *
 * @import { View } from "../../record/types.js"
 * @import { Column, Layout, Metrics, Pair, Row, RowName, Slot } from "../types.js"
 */
import { placeNumbers } from "./labels.js";

/** More wires than this between two layers are not told apart by eye; a picture of the matrix stands for them. */
export const MOST_WIRES = 400;
export const FEWEST_SLOTS = 4;
const MOST_SLOTS = 9;
/** The same of units that are small tables. */
const MOST_ROWS = 12;
/** How small the type may become before units are left out, as a share of its full size. */
const LEGIBLE = 0.68;
const LEGIBLE_TABLE = 0.8;
const MARGIN = 16;
/** Between two units, in sixteenths of the type. */
export const PITCH_AIR = 10;
const TABLE_AIR = 6;
/** Narrower than this, the drawing is not made to fit but scrolled sideways: numbers stay legible. */
const NARROW = 760;
/** How much higher a weight's box is with its derivative below, and a gap. */
const TWO_LINES = 1.7;
/** Numbers that are only shown for what is pointed at, where columns stand close. */
const MIDWAY = 0.5;

/**
 * @typedef {object} Wanted
 * @property {number[]} sizes units per layer, the inputs first
 * @property {View} view
 * @property {number[]} expanded columns to show in full although wide
 * @property {number} width room on the screen, in pixels
 * @property {number} height
 * @property {Metrics} metrics
 * @property {number[]} chipWidths widest weight's number between each two layers
 * @property {number | null} [winner] the output that is shown in any case: the largest one
 */

/**
 * @param {Wanted} wanted
 * @returns {Layout}
 */
export function layoutOf({ sizes, view, expanded, width, height, metrics, chipWidths, winner = null }) {
  const em = metrics.size / 16;
  const rowCount = view === "both" ? 2 : 1;
  const below = belowOf(view, metrics, em);
  const pitchLeast =
    metrics.unitHeight + metrics.biasHeight + (metrics.form === "table" ? TABLE_AIR : PITCH_AIR) * em + below;
  const most = slotsIn(height, rowCount * pitchLeast, metrics);
  const slotLists = sizes.map((count, index) =>
    slotsOf(count, most, expanded.includes(index), index === sizes.length - 1 ? winner : null),
  );
  const tallest = Math.max(...slotLists.map((slots) => slots.length));
  const summaries = sizes.slice(1).map((count, layer) => count * sizes[layer] > MOST_WIRES);
  const edges = metrics.heading + metrics.biasHeight + 10 * em + metrics.unitHeight + below + MARGIN;
  // Where the height decides the scale, the width left over goes between the columns; and the other way round.
  const least = rowCount * (edges + (tallest - 1) * pitchLeast);
  const spans = spansOf({ sizes, width: width / Math.min(1, height / least), metrics, summaries, em });
  const last = spans[spans.length - 1];
  const wide = last.right + metrics.tail + metrics.lossRadius + MARGIN;
  const room = height / clamp(width / wide, leastScale(width, metrics), 1) / rowCount - edges;
  const pitch = clamp(room / Math.max(1, tallest - 1), pitchLeast, metrics.pitchMost);
  const columns = spans.map((span, index) => columnOf(span, sizes[index], slotLists[index], most, pitch));
  const tail = {
    label: last.right + 22 * em,
    target: last.right + 62 * em,
    entry: last.right + 34 * em,
    loss: last.right + metrics.tail,
  };
  const rows = rowsOf({ view, metrics, half: ((tallest - 1) * pitch) / 2, em });
  const end = rows.reversed ?? rows.forward;
  return {
    metrics,
    view,
    width: wide,
    height: (end?.bottom ?? 0) + MARGIN / 2,
    isTall: columns.some(({ wide, slots, count }) => wide && slots.length === count),
    columns,
    pairs: columns
      .slice(1)
      .map((column, layer) => pairOf(columns[layer], column, summaries[layer], chipWidths[layer], metrics)),
    rows,
    tail,
  };
}

/**
 * Room under a unit for what came back to it, where no twin stands below.
 * @param {View} view
 * @param {Metrics} metrics
 * @param {number} em
 */
function belowOf(view, { form, thumbnail, isLarge }, em) {
  if (view !== "forward" || thumbnail > 0 || form === "table") return 0;
  return (isLarge ? 24 : 58) * em;
}

/**
 * How many places a column may have.
 * @param {number} height of the stage, in pixels
 * @param {number} pitch least height of one
 * @param {Metrics} metrics
 */
export const slotsIn = (height, pitch, { form }) =>
  form === "table"
    ? clamp(Math.floor(height / (pitch * LEGIBLE_TABLE)), FEWEST_SLOTS, MOST_ROWS)
    : clamp(Math.floor(height / (pitch * LEGIBLE)), FEWEST_SLOTS, MOST_SLOTS);

/**
 * First units, one place for all that are left out, the last unit; and between them the one that is to be shown in any
 * case.
 *
 * @param {number} count
 * @param {number} most places
 * @param {boolean} expanded
 * @param {number | null} kept
 */
function slotsOf(count, most, expanded, kept) {
  const single = (/** @type {number} */ unit) => ({ unit, first: unit, last: unit });
  const rest = (/** @type {number} */ first, /** @type {number} */ last) =>
    first <= last ? [{ unit: null, first, last }] : [];
  const firsts = (/** @type {number} */ many) => [...Array(many).keys()].map(single);
  if (expanded || count <= most + 1) return firsts(count);
  const isHidden = kept !== null && kept >= most - 2 && kept < count - 1;
  if (!isHidden) return [...firsts(most - 2), ...rest(most - 2, count - 2), single(count - 1)];
  const head = most - 4;
  return [...firsts(head), ...rest(head, kept - 1), single(kept), ...rest(kept + 1, count - 2), single(count - 1)];
}

/**
 * From left to right.
 *
 * @param {{ sizes: number[], width: number, metrics: Metrics, summaries: boolean[], em: number }} given
 * @returns {{ index: number, left: number, right: number }[]}
 */
function spansOf({ sizes, width, metrics, summaries, em }) {
  const layers = sizes.length - 1;
  const fixed = 2 * MARGIN + metrics.bubbleWidth + layers * metrics.unitWidth + metrics.tail + metrics.lossRadius;
  const gap = clamp((width - fixed) / layers, metrics.gapLeast, metrics.gapMost);
  let left = MARGIN;
  return sizes.map((_, index) => {
    const span = { index, left, right: left + (index === 0 ? metrics.bubbleWidth : metrics.unitWidth) };
    left = span.right + Math.max(gap, summaries[index] ? 150 * em : 0);
    return span;
  });
}

/**
 * @param {{ index: number, left: number, right: number }} span
 * @param {number} count
 * @param {{ unit: number | null, first: number, last: number }[]} list
 * @param {number} most
 * @param {number} pitch
 * @returns {Column}
 */
function columnOf(span, count, list, most, pitch) {
  const slots = list.map(({ unit, first, last }, place) => {
    const offset = (place - (list.length - 1) / 2) * pitch;
    return /** @type {Slot} */ (unit === null ? { kind: "rest", first, last, offset } : { kind: "unit", unit, offset });
  });
  return { ...span, count, slots, wide: count > most + 1 };
}

/**
 * @param {{ view: View, metrics: Metrics, half: number, em: number }} given half: from the middle of the tallest column
 *   to its last unit's
 * @returns {{ forward: Row | null, reversed: Row | null }}
 */
function rowsOf({ view, metrics, half, em }) {
  /** @param {number} top @returns {Row} */
  const row = (top) => {
    const centre = top + metrics.heading + metrics.biasHeight + 10 * em + metrics.unitHeight / 2 + half;
    const below = Math.max(14 * em, belowOf(view, metrics, em) + 4 * em);
    return {
      top,
      centre,
      bottom: centre + Math.max(half + metrics.unitHeight / 2, metrics.lossRadius + 12 * em) + below,
    };
  };
  const first = row(MARGIN / 2);
  if (view === "forward") return { forward: first, reversed: null };
  if (view === "reversed") return { forward: null, reversed: first };
  return { forward: first, reversed: row(first.bottom + MARGIN) };
}

/**
 * @param {Column} from
 * @param {Column} to
 * @param {boolean} summary
 * @param {number} chipWidth
 * @param {Metrics} metrics
 * @returns {Pair}
 */
function pairOf(from, to, summary, chipWidth, metrics) {
  const lines = summary
    ? []
    : unitsOf(to).flatMap((receiver) =>
        unitsOf(from).map((sender) => ({
          key: `${receiver.unit}/${sender.unit}`,
          from: sender.offset,
          to: receiver.offset,
        })),
      );
  const placed = placeNumbers(lines, {
    length: to.left - from.right,
    width: chipWidth,
    height: metrics.chipHeight,
    least: metrics.learntWidth,
  });
  return {
    layer: to.index - 1,
    summary,
    crowded: placed.crowded || metrics.thumbnail > 0,
    roomy: placed.spacing >= metrics.chipHeight * TWO_LINES,
    at: metrics.thumbnail > 0 ? new Map(lines.map(({ key }) => [key, MIDWAY])) : placed.at,
    chipWidth,
  };
}

/** The units of a column that are shown. @param {Column} column @returns {{ unit: number, offset: number }[]} */
export function unitsOf(column) {
  return column.slots.flatMap((slot) => (slot.kind === "unit" ? [slot] : []));
}

/**
 * The height of a unit's middle in a row; those left out share their place evenly.
 *
 * @param {Layout} layout
 * @param {RowName} name
 * @param {number} column
 * @param {number} unit
 */
export function heightOf(layout, name, column, unit) {
  const row = layout.rows[name];
  if (row === null) throw new RangeError(`the ${name} row is not in this view`);
  const { slots } = layout.columns[column];
  for (const slot of slots) {
    if (slot.kind === "unit" && slot.unit === unit) return row.centre + slot.offset;
    if (slot.kind === "rest" && unit >= slot.first && unit <= slot.last) {
      const share = (unit - slot.first + 0.5) / (slot.last - slot.first + 1) - 0.5;
      return row.centre + slot.offset + share * layout.metrics.unitHeight * 0.6;
    }
  }
  throw new RangeError(`layer ${column} has no unit ${unit}`);
}

/**
 * The smallest scale at which the drawing is made to fit.
 * @param {number} width of the stage, in pixels
 * @param {Metrics} metrics
 */
export const leastScale = (width, { least, narrow }) => (width < NARROW ? Math.max(narrow, least) : least);

/** @param {number} value @param {number} least @param {number} most */
export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
