/**
 * What stands right of the outputs: targets and the loss above, ∂l/∂y or the learner's own signal below; and rows'
 * headings.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { RowName } from "../types.js"
 */
import { activationIn } from "../../record/functions.js";
import { drawTableHeading } from "./table.js";
import { box, straight } from "./wires.js";
import { heightOf, unitsOf } from "../layout/geometry.js";
import { lossHeight, targetHeight } from "../layout/routes.js";
import { mark, s, symbol } from "./svg.js";

/** Outputs and targets run into the loss. @param {Sheet} sheet @returns {SVGGElement[]} */
export function drawLoss(sheet) {
  const { layout, em } = sheet;
  const { metrics, tail, columns } = layout;
  const last = columns[columns.length - 1];
  const loss = { x: tail.loss, y: lossHeight(layout, "forward") };
  const width = metrics.bubbleWidth + 6 * em;
  const lines = s("g", { class: "ends" });
  const targets = unitsOf(last).map(({ unit }) => {
    const y = heightOf(layout, "forward", last.index, unit);
    const pointer = `/target/${unit}`;
    const [x, below] = [tail.target, targetHeight(layout, y)];
    lines.append(
      s("path", { class: "end-line", d: straight({ x0: last.right, y0: y, x1: loss.x, y1: loss.y }) }),
      s("path", { class: "end-line target-line", d: straight({ x0: x, y0: below, x1: loss.x, y1: loss.y }) }),
      ...(metrics.form === "table"
        ? []
        : [
            symbol(`y_${unit + 1}`, {
              class: "output-label",
              x: tail.label - 6 * em,
              y: y + (loss.y < y ? 12 : -9) * em,
              "text-anchor": "middle",
            }),
          ]),
    );
    const target = s(
      "g",
      { class: "target", "data-thing": pointer, "data-editable": pointer },
      box(x, below, width, metrics.chipHeight, 5 * em),
      symbol(`ŷ_${unit + 1}`, { class: "small", x: x - width / 2 + 7 * em, y: below, dy: "0.3em" }),
      sheet.number({ row: "forward", pointer, x: x + 10 * em, y: below, size: metrics.number, width: width - 32 * em }),
    );
    sheet.light(pointer, target);
    return target;
  });
  const node = s(
    "g",
    { class: "unit loss", "data-thing": "/loss/value", "data-column": columns.length, "data-unit": 0 },
    s("circle", { class: "body", cx: loss.x, cy: loss.y, r: metrics.lossRadius }),
    symbol("l", { x: loss.x, y: loss.y - 13 * em, "text-anchor": "middle" }),
    sheet.number({
      row: "forward",
      pointer: "/loss/value",
      x: loss.x,
      y: loss.y + 9 * em,
      kind: "strong",
      width: metrics.lossRadius * 1.75,
    }),
    drawAfter(sheet, loss.x, loss.y + metrics.lossRadius + 13 * em),
  );
  sheet.light("/loss/value", node);
  sheet.bind(["/loss/value"], () => mark(node, "pending", sheet.read("/loss/value") === undefined));
  return [lines, ...targets, node];
}

/** The loss after the update. @param {Sheet} sheet @param {number} x @param {number} y */
function drawAfter(sheet, x, y) {
  const size = sheet.layout.metrics.number;
  const after = sheet.number({ row: "forward", pointer: "/updated/loss", x, y, size, kind: "fresh", before: "→ " });
  sheet.bind(["/updated/loss"], () => {
    after.style.display = sheet.read("/updated/loss") === undefined ? "none" : "";
  });
  return s("g", { class: "learnt" }, after);
}

/** What enters the reversed network. @param {Sheet} sheet @returns {SVGGElement[]} */
export function drawEntry(sheet) {
  const { layout, em } = sheet;
  const { metrics, tail, columns } = layout;
  const last = columns[columns.length - 1];
  const isOwn = sheet.facts().request.signal !== undefined;
  const source = { x: tail.loss, y: lossHeight(layout, "reversed") };
  const width = metrics.bubbleWidth + 14 * em;
  const x = tail.entry + width / 2;
  const lines = s("g", { class: "ends" });
  const entries = unitsOf(last).map(({ unit }) => {
    const y = heightOf(layout, "reversed", last.index, unit);
    const pointer = isOwn ? `/signal/${unit}` : `/layers/${last.index - 1}/dl_da/${unit}`;
    lines.append(s("path", { class: "end-line backward-line", d: straight({ x0: last.right, y0: y, x1: x, y1: y }) }));
    if (!isOwn)
      lines.append(
        s("path", { class: "end-line", d: straight({ x0: x + width / 2, y0: y, x1: source.x, y1: source.y }) }),
      );
    const entry = s(
      "g",
      { class: isOwn ? "entry own" : "entry", "data-thing": pointer, "data-editable": isOwn ? pointer : null },
      box(x, y, width, metrics.bubbleHeight, 11 * em),
      symbol(isOwn ? `s_${unit + 1}` : `∂l/∂y_${unit + 1}`, {
        class: "small",
        x,
        y: y - 11 * em,
        dy: "0.3em",
        "text-anchor": "middle",
      }),
      sheet.number({
        row: "reversed",
        pointer,
        x,
        y: y + 9 * em,
        kind: "strong backward-value",
        width: width - 10 * em,
      }),
    );
    sheet.bind([pointer], () => mark(entry, "pending", sheet.read(pointer) === undefined));
    sheet.light(pointer, entry);
    return entry;
  });
  return isOwn ? [lines, ...entries, ...ownCaption(sheet, x)] : [lines, ...entries, lossSource(sheet, source)];
}

/** @param {Sheet} sheet @param {{ x: number, y: number }} place */
function lossSource(sheet, { x, y }) {
  const node = s(
    "g",
    { class: "loss-source", "data-thing": "/loss/value" },
    s("circle", { class: "body", cx: x, cy: y, r: 19 * sheet.em }),
    symbol("l", { x, y, dy: "0.3em", "text-anchor": "middle" }),
  );
  sheet.light("/loss/value", node);
  return node;
}

/**
 * Said plainly, where the signal enters: it is not the loss's.
 * @param {Sheet} sheet
 * @param {number} x
 * @returns {SVGGElement[]}
 */
function ownCaption(sheet, x) {
  const { layout, em } = sheet;
  const row = layout.rows.reversed;
  const first = unitsOf(layout.columns[layout.columns.length - 1])[0];
  if (row === null || first === undefined) return [];
  const y = row.centre + first.offset - layout.metrics.bubbleHeight / 2;
  const lines = ["stage.signal.own", "stage.signal.not-loss"].map((key, index) =>
    s("text", { class: "caption", x, y: y - (30 - index * 17) * em, "text-anchor": "middle" }, sheet.t(key)),
  );
  return [s("g", { class: "own-caption" }, ...lines)];
}

/** Name and rule of a row, and over its columns the layers' names. @param {Sheet} sheet @param {RowName} name */
export function drawHeadings(sheet, name) {
  const { layout, em, t } = sheet;
  const row = layout.rows[name];
  const heading = s("g", { class: `heading ${name}` });
  if (row === null) return heading;
  const left = layout.columns[0].left;
  if (layout.metrics.thumbnail === 0)
    heading.append(
      s("text", { class: "row-name", x: left, y: row.top + 17 * em }, t(`stage.row.${name}`)),
      ...(layout.metrics.isLarge
        ? []
        : [
            symbol(name === "forward" ? "z = w·a + b,  a = σ(z)" : "∂l/∂z = σ′(z) · Σ w ∂l/∂z′", {
              class: "rule",
              x: left,
              y: row.top + 37 * em,
            }),
          ]),
    );
  if (name === "reversed" && layout.view === "both") return heading;
  for (const column of layout.columns.slice(1)) {
    const { request, catalog, language } = sheet.facts();
    const { activation } = request.network.layers[column.index - 1];
    const x = (column.left + column.right) / 2;
    const isLast = column.index === layout.columns.length - 1;
    heading.append(
      s(
        "text",
        { class: "column-name", x, y: row.top + 17 * em, "text-anchor": "middle" },
        t(isLast ? "stage.layer.output" : "stage.layer", { layer: column.index }),
      ),
      s(
        "text",
        { class: "column-function", x, y: row.top + 34 * em, "text-anchor": "middle" },
        activationIn(catalog, activation)?.label?.[language] ?? activation,
      ),
      ...(layout.metrics.form === "table" && name === "forward"
        ? drawTableHeading(sheet, column, row.top + 52 * em)
        : []),
    );
  }
  return heading;
}
