/**
 * A unit whose picture stands in place of its curve: what it responds to, and its z and a for the example shown.
 *
 * The picture itself is painted on a canvas over the drawing (thumbnails.js); here is only its place.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Column } from "../types.js"
 */
import { box } from "./wires.js";
import { heightOf } from "../layout/geometry.js";
import { s, symbol } from "./svg.js";

const ROW = "forward";
/** From the unit's edge to the picture. */
const EDGE = 6;

/** @param {Sheet} sheet @param {Column} column a computing layer's @param {number} unit */
export function drawPicturedUnit(sheet, column, unit) {
  const { layout, em } = sheet;
  const { metrics } = layout;
  const layer = column.index - 1;
  const y = heightOf(layout, ROW, column.index, unit);
  const x = (column.left + column.right) / 2;
  const at = (/** @type {string} */ name) => `/layers/${layer}/${name}/${unit}`;
  const inset = (metrics.unitWidth - metrics.thumbnail) / 2;
  const isBelow = metrics.numbers === "below";
  const top = y - metrics.unitHeight / 2 + EDGE;
  const left = isBelow || metrics.numbers === "none" ? column.left + inset : column.left + EDGE;
  const group = s("g", {
    class: "unit pictured",
    "data-thing": at("z"),
    "data-column": column.index,
    "data-unit": unit,
  });
  group.append(box(x, y, metrics.unitWidth, metrics.unitHeight, 12 * em, "body"));
  sheet.thumbnails.push({ layer, unit, x: left, y: top, side: metrics.thumbnail });
  if (metrics.numbers !== "none") {
    const start = isBelow ? left + 1 : left + metrics.thumbnail + 9 * em;
    const end = column.right - (isBelow ? EDGE + 2 : 8 * em);
    const rows = isBelow ? [top + metrics.thumbnail + 12, top + metrics.thumbnail + 31] : [y - 15 * em, y + 15 * em];
    const names = /** @type {const} */ ([
      ["z", "strong"],
      ["a", "strong forward-value"],
    ]);
    names.forEach(([name, kind], index) =>
      group.append(
        symbol(`${name}_${unit + 1}`, { class: "small", x: start, y: rows[index], dy: "0.3em" }),
        sheet.number({
          row: ROW,
          pointer: at(name),
          x: end,
          y: rows[index],
          kind,
          align: "end",
          width: end - start - 22 * em,
        }),
      ),
    );
  }
  sheet.light(at("z"), group);
  return group;
}
