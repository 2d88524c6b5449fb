/**
 * A unit where there is room for numbers only: bias, z and a beside each other, and below each what came back to it.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Column } from "../types.js"
 */
import { box, drawLearnt } from "./wires.js";
import { heightOf } from "../layout/geometry.js";
import { s, symbol } from "./svg.js";

const ROW = "forward";

/** Middles of the three columns of a table. @param {Column} column */
const middles = ({ left, right }) => [1, 3, 5].map((sixth) => left + ((right - left) * sixth) / 6);

/** @param {Sheet} sheet @param {Column} column @param {number} unit */
export function drawTable(sheet, column, unit) {
  const { layout, em } = sheet;
  const { metrics } = layout;
  const layer = column.index - 1;
  const y = heightOf(layout, ROW, column.index, unit);
  const [atB, atZ, atA] = middles(column);
  const width = metrics.unitWidth / 3 - 6 * em;
  const size = metrics.number;
  const at = (/** @type {string} */ name) => `/layers/${layer}/${name}/${unit}`;
  const [above, below] = [y - 9 * em, y + 9 * em];
  const number = (
    /** @type {string} */ name,
    /** @type {number} */ x,
    /** @type {number} */ top,
    /** @type {string} */ kind,
  ) => sheet.number({ row: ROW, pointer: at(name), x, y: top, size, kind, width });
  const group = s(
    "g",
    { class: "unit table", "data-thing": at("z"), "data-column": column.index, "data-unit": unit },
    box((column.left + column.right) / 2, y, metrics.unitWidth, metrics.unitHeight, 10 * em, "body"),
    number("z", atZ, above, "strong"),
    number("a", atA, above, "strong forward-value"),
    number("dl_dz", atZ, below, "backward-value"),
    number("dl_da", atA, below, "backward-value"),
  );
  sheet.light(at("z"), group);
  const bias = s(
    "g",
    { class: "bias", "data-thing": at("b"), "data-editable": at("b") },
    s("rect", {
      class: "hit-box",
      x: column.left,
      y: y - metrics.unitHeight / 2,
      width: metrics.unitWidth / 3,
      height: metrics.unitHeight,
    }),
    number("b", atB, above, ""),
    drawLearnt(sheet, ROW, {
      x: atB,
      y: below,
      size,
      from: at("b"),
      gradient: at("dl_db"),
      updated: `/updated${at("b")}`,
      align: "middle",
      before: false,
    }),
  );
  sheet.light(at("b"), bias);
  return s("g", { class: "unit-and-bias" }, group, bias);
}

/**
 * What the columns of a layer's tables are.
 * @param {Sheet} sheet
 * @param {Column} column
 * @param {number} y
 * @returns {SVGTextElement[]}
 */
export function drawTableHeading(sheet, column, y) {
  return middles(column).map((x, index) =>
    symbol(["b", "z", "a"][index], { class: "small", x, y, "text-anchor": "middle" }),
  );
}
