/**
 * One drawing of the network: everything still, built anew when the network's shape, the view or the room changes.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Colours, Tile } from "./tiles.js"
 * @import { Column, RowName, Slot } from "../types.js"
 */
import { readsWholeLayer } from "../../record/functions.js";
import { drawEntry, drawHeadings, drawLoss } from "./ends.js";
import { drawInputs, drawUnits } from "./forward.js";
import { drawAmplifiers, drawExits } from "./reversed.js";
import { drawTile } from "./tiles.js";
import { drawWires, thickestWeight } from "./wires.js";
import { s, short } from "./svg.js";

/**
 * @param {Sheet} sheet
 * @param {() => Colours} colours
 * @returns {{ element: SVGGElement, tiles: Tile[] }}
 */
export function drawNetwork(sheet, colours) {
  const names = /** @type {RowName[]} */ (["forward", "reversed"]).filter((name) => sheet.layout.rows[name] !== null);
  const rows = names.map((name) => drawRow(sheet, name, colours));
  const rule = sheet.layout.view === "both" ? [drawRule(sheet)] : [];
  return {
    element: s("g", { class: "viewport" }, ...rule, ...rows.map(({ element }) => element)),
    tiles: rows.flatMap(({ tiles }) => tiles),
  };
}

/** @param {Sheet} sheet */
function drawRule({ layout, em }) {
  const y = (layout.rows.reversed?.top ?? 0) - 12 * em;
  return s("line", {
    class: "rule-line",
    x1: layout.columns[0].left,
    x2: layout.width - layout.columns[0].left,
    y1: y,
    y2: y,
  });
}

/** @param {Sheet} sheet @param {RowName} name @param {() => Colours} colours */
function drawRow(sheet, name, colours) {
  const { columns, pairs } = sheet.layout;
  const isForward = name === "forward";
  const most = thickestWeight(sheet);
  const under = s("g", { class: "under" });
  const over = s("g", { class: "over" });
  const chips = s("g", { class: "all-chips" });
  /** @type {Tile[]} */
  const tiles = [];
  const ends = isForward ? drawLoss(sheet) : drawEntry(sheet);
  under.append(ends[0]);
  for (const pair of pairs) {
    if (pair.summary) {
      const tile = drawTile(sheet, name, pair, colours);
      tiles.push(tile);
      under.append(tile.element);
    } else {
      const drawn = drawWires(sheet, name, pair, most);
      under.append(drawn.wires);
      chips.append(drawn.chips);
    }
  }
  for (const column of columns) {
    const isInput = column.index === 0;
    const units = isForward
      ? isInput
        ? drawInputs(sheet, column)
        : drawUnits(sheet, column)
      : isInput
        ? drawExits(sheet, column)
        : drawAmplifiers(sheet, column);
    if (!isInput && isCoupled(sheet, column)) under.append(drawCoupling(sheet, name, column));
    over.append(...units, ...drawFolds(sheet, name, column));
  }
  over.append(...ends.slice(1));
  return { element: s("g", { class: `row ${name}` }, drawHeadings(sheet, name), under, over, chips), tiles };
}

/** @param {Sheet} sheet @param {Column} column */
function isCoupled(sheet, column) {
  const { catalog, request } = sheet.facts();
  return readsWholeLayer(catalog, request.network.layers[column.index - 1].activation);
}

/**
 * What reads the layer as a whole has a band behind its units that says so.
 * @param {Sheet} sheet
 * @param {RowName} name
 * @param {Column} column
 */
function drawCoupling({ layout, em }, name, column) {
  const centre = layout.rows[name]?.centre ?? 0;
  const reach =
    Math.max(...column.slots.map(({ offset }) => Math.abs(offset))) + layout.metrics.unitHeight / 2 + 9 * em;
  const above = name === "forward" ? layout.metrics.biasHeight : 0;
  const [left, top] = [column.left - 13 * em, centre - reach - above];
  const bottom = centre + reach + (layout.view === "forward" && layout.metrics.thumbnail === 0 ? 20 * em : 0);
  return s("rect", {
    class: "coupling",
    x: left,
    y: top,
    width: column.right + 13 * em - left,
    height: bottom - top,
    rx: 24 * em,
  });
}

/**
 * The places of the units left out, or the way to leave them out again.
 * @param {Sheet} sheet
 * @param {RowName} name
 * @param {Column} column
 */
function drawFolds(sheet, name, column) {
  if (!column.wide) return [];
  const rests = column.slots.filter((slot) => slot.kind === "rest");
  return rests.length === 0
    ? [drawFold(sheet, name, column, null)]
    : rests.map((rest) => drawFold(sheet, name, column, rest));
}

/** @param {Sheet} sheet @param {RowName} name @param {Column} column @param {Slot | null} rest */
function drawFold(sheet, name, column, rest) {
  const { layout, em, t } = sheet;
  const x = (column.left + column.right) / 2;
  const row = layout.rows[name];
  const isFolded = rest?.kind === "rest";
  const y = (row?.centre ?? 0) + (isFolded ? rest.offset : column.slots[0].offset - layout.metrics.unitHeight * 1.35);
  const text = isFolded ? t("stage.more", { count: rest.last - rest.first + 1 }) : t("stage.fewer");
  const [width, height] = [
    column.index === 0 ? layout.metrics.bubbleWidth * 1.25 : Math.max(layout.metrics.unitWidth * 0.72, 88 * em),
    40 * em,
  ];
  const fold = s(
    "g",
    {
      class: "fold",
      role: "button",
      tabindex: 0,
      "data-expand": column.index,
      "aria-label": text,
      "aria-expanded": String(!isFolded),
    },
    s("rect", { class: "box", x: x - width / 2, y: y - height / 2, width, height, rx: height / 2 }),
    ...(isFolded
      ? [-1, 0, 1].map((step) =>
          s("circle", { class: "dot", cx: x - width / 2 + 15 * em, cy: y + step * 7 * em, r: 1.9 * em }),
        )
      : []),
    s(
      "text",
      { class: "quiet-text", x: short(x + (isFolded ? 7 * em : 0)), y, dy: "0.35em", "text-anchor": "middle" },
      text,
    ),
  );
  return fold;
}
