/**
 * The picture of a weight matrix, in place of wires too many to be told apart: row = receiving unit, column = sending
 * unit.
 *
 * Blue is positive, orange negative; a negative cell has a notch as well, so that colour is not alone. From the
 * gradient phase on it shows ∂l/∂w, row by row as far as it is known.
 *
 * @import { Value } from "../../record/types.js"
 * @import { Sheet } from "../sheet.js"
 * @import { Column, Pair, RowName } from "../types.js"
 */
import { straight } from "./wires.js";
import { s, short, symbol } from "./svg.js";

/** Pixels a cell's side has in the picture. */
const CELL = 4;
/** Below 1, small values are seen beside one that is large. */
const CONTRAST = 0.7;

/** @typedef {{ positive: string, negative: string, card: string }} Colours */

/**
 * @typedef {object} Tile
 * @property {number} layer
 * @property {SVGGElement} element
 * @property {(row: number | null, column: number | null) => void} point outline a row, a column or a cell
 * @property {(x: number, y: number) => { row: number, column: number } | null} cellAt a point in the drawing's own
 *   units
 */

/** Where a pair's picture stands. @param {Sheet} sheet @param {RowName} name @param {Pair} pair */
export function tileBox({ layout, em }, name, pair) {
  const [from, to] = [layout.columns[pair.layer], layout.columns[pair.layer + 1]];
  const centre = layout.rows[name]?.centre ?? 0;
  const gap = to.left - from.right;
  const width = Math.min(gap * 0.7, 190 * em);
  const slots = [...from.slots, ...to.slots].map(({ offset }) => Math.abs(offset));
  const tallest = 2 * Math.max(...slots) + layout.metrics.unitHeight;
  // About as tall as the matrix is, as far as there is room; a flat matrix is stretched, so that its rows can be
  // pointed at.
  const height = Math.min(Math.max((width * to.count) / from.count, width * 0.6) * 1.4, tallest);
  return { x: from.right + (gap - width) / 2, y: centre - height / 2, width, height };
}

/**
 * @param {Sheet} sheet
 * @param {RowName} name
 * @param {Pair} pair
 * @param {() => Colours} colours
 * @returns {Tile}
 */
export function drawTile(sheet, name, pair, colours) {
  const { layout, em } = sheet;
  const { layer } = pair;
  const [from, to] = [layout.columns[layer], layout.columns[layer + 1]];
  const place = tileBox(sheet, name, pair);
  const centre = layout.rows[name]?.centre ?? 0;
  const image = s("image", { class: "matrix", ...place, preserveAspectRatio: "none" });
  const marker = s("rect", { class: "marker" });
  marker.style.display = "none";
  const label = s("g", { class: "tile-label" });
  const element = s("g", { class: "tile", "data-tile": layer });
  /** Where a column's units meet the picture's edge. @param {Column} column @param {number} index */
  const edge = ({ slots }, index) => place.y + (place.height * (index + 0.5)) / slots.length;
  from.slots.forEach(({ offset }, index) =>
    element.append(
      s("path", {
        class: "funnel",
        d: straight({ x0: from.right, y0: centre + offset, x1: place.x, y1: edge(from, index) }),
      }),
    ),
  );
  to.slots.forEach(({ offset }, index) =>
    element.append(
      s("path", {
        class: "funnel",
        d: straight({ x0: place.x + place.width, y0: edge(to, index), x1: to.left, y1: centre + offset }),
      }),
    ),
  );
  element.append(image, s("rect", { class: "frame", ...place }), marker, label);

  /** @type {string} */
  let shown = "";
  const slopes = Array.from({ length: to.count }, (_, row) => `/layers/${layer}/dl_dw/${row}/0`);
  sheet.bind([`/layers/${layer}/w/0/0`, ...slopes], () => {
    const { request, trace } = sheet.facts();
    const known = slopes.map((pointer) => sheet.read(pointer) !== undefined);
    const isGradient = trace !== null && known.some(Boolean);
    /** @type {Value[][]} */
    const numbers = isGradient ? (trace?.layers[layer].dl_dw ?? []) : request.network.layers[layer].w;
    image.setAttribute("href", picture(numbers, isGradient ? known : null, colours()));
    const title = isGradient ? "∂l/∂w" : "w";
    if (title === shown) return;
    shown = title;
    const [x, y] = [place.x + place.width / 2, place.y + place.height + 14 * em];
    label.replaceChildren(
      symbol(title, { class: "small", x: x - 4 * em, y, "text-anchor": "end" }),
      s("text", { class: "quiet-text", x: x + 2 * em, y }, `${to.count}×${from.count}`),
    );
  });

  return {
    layer,
    element,
    point(row, column) {
      marker.style.display = row === null && column === null ? "none" : "";
      const [width, height] = [place.width / from.count, place.height / to.count];
      marker.setAttribute("x", short(place.x + (column ?? 0) * width));
      marker.setAttribute("y", short(place.y + (row ?? 0) * height));
      marker.setAttribute("width", short(column === null ? place.width : width));
      marker.setAttribute("height", short(row === null ? place.height : height));
    },
    cellAt(x, y) {
      const row = Math.floor(((y - place.y) / place.height) * to.count);
      const column = Math.floor(((x - place.x) / place.width) * from.count);
      return row >= 0 && row < to.count && column >= 0 && column < from.count ? { row, column } : null;
    },
  };
}

/**
 * @param {Value[][]} numbers
 * @param {boolean[] | null} known rows; null for all
 * @param {Colours} colours
 */
function picture(numbers, known, { positive, negative, card }) {
  const [rows, columns] = [numbers.length, numbers[0].length];
  const canvas = document.createElement("canvas");
  canvas.width = columns * CELL;
  canvas.height = rows * CELL;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const most =
    numbers.reduce(
      (most, row) => row.reduce((/** @type {number} */ m, value) => Math.max(m, Math.abs(value ?? 0)), most),
      0,
    ) || 1;
  numbers.forEach((row, r) => {
    if (known !== null && !known[r]) return;
    row.forEach((value, c) => {
      if (!value) return;
      context.globalAlpha = (Math.abs(value) / most) ** CONTRAST;
      context.fillStyle = value > 0 ? positive : negative;
      context.fillRect(c * CELL, r * CELL, CELL, CELL);
      if (value < 0) context.clearRect(c * CELL, r * CELL, 1, 1);
    });
  });
  return canvas.toDataURL();
}
