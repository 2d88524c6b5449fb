/**
 * The reversed network: each unit an amplifier that points left, its gain fixed since the forward pass.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Column } from "../types.js"
 */
import { whereItAdds } from "../../record/addresses.js";
import { readsWholeLayer } from "../../record/functions.js";
import { box } from "./wires.js";
import { heightOf, unitsOf } from "../layout/geometry.js";
import { mark, s, short, symbol } from "./svg.js";

const ROW = "reversed";

/** Where the sweep ends: ∂l/∂x. @param {Sheet} sheet @param {Column} column */
export function drawExits(sheet, column) {
  const x = (column.left + column.right) / 2;
  return unitsOf(column).map(({ unit }) => {
    const y = heightOf(sheet.layout, ROW, 0, unit);
    const thing = `/x/${unit}`;
    const exit = s(
      "g",
      { class: "unit exit", "data-thing": thing, "data-column": 0, "data-unit": unit },
      ...drawBubble(sheet, `/dl_dx/${unit}`, `∂l/∂x_${unit + 1}`, x, y),
    );
    sheet.light(thing, exit);
    return exit;
  });
}

/** @param {Sheet} sheet @param {string} pointer @param {string} name @param {number} x @param {number} y */
function drawBubble(sheet, pointer, name, x, y) {
  const { metrics } = sheet.layout;
  const { em } = sheet;
  const bubble = box(x, y, metrics.bubbleWidth, metrics.bubbleHeight, metrics.bubbleHeight / 2, "body bubble");
  sheet.bind([pointer], () => mark(bubble, "pending", sheet.read(pointer) === undefined));
  return [
    bubble,
    symbol(name, { class: "small", x, y: y - 10 * em, dy: "0.25em", "text-anchor": "middle" }),
    sheet.number({
      row: ROW,
      pointer,
      x,
      y: y + 9 * em,
      kind: "strong backward-value",
      width: metrics.bubbleWidth - 5 * em,
    }),
  ];
}

/** @param {Sheet} sheet @param {Column} column */
export function drawAmplifiers(sheet, column) {
  return unitsOf(column).map(({ unit }) => drawAmplifier(sheet, column, unit));
}

/** @param {Sheet} sheet @param {Column} column @param {number} unit */
function drawAmplifier(sheet, column, unit) {
  const { layout, em } = sheet;
  const { metrics } = layout;
  const layer = column.index - 1;
  const y = heightOf(layout, ROW, column.index, unit);
  const at = (/** @type {string} */ name) => `/layers/${layer}/${name}/${unit}`;
  const tip = column.left + metrics.bubbleWidth;
  const half = metrics.unitHeight / 2 + (metrics.form === "table" ? 2 : 6) * em;
  const isCoupled = readsWholeLayer(sheet.facts().catalog, sheet.facts().request.network.layers[layer].activation);
  const isLast = column.index === layout.columns.length - 1;
  const group = s("g", {
    class: "unit amplifier",
    "data-thing": at("z"),
    "data-column": column.index,
    "data-unit": unit,
  });
  group.append(
    s("path", {
      class: "body triangle",
      d: `M${short(tip)} ${short(y)}L${short(column.right)} ${short(y - half)}V${short(y + half)}Z`,
    }),
    ...drawBubble(sheet, at("dl_dz"), `∂l/∂z_${unit + 1}`, column.left + metrics.bubbleWidth / 2, y),
    ...(isCoupled
      ? drawJacobian(sheet, layer, unit, column.right, y)
      : drawGain(sheet, at("gain"), column.right, y, column.right - tip)),
  );
  // At the outputs without a signal of the learner's own, what enters is ∂l/∂y itself.
  if (!isLast || sheet.facts().request.signal !== undefined)
    group.append(...drawSum(sheet, at("dl_da"), column.right, y, half));
  else sheet.anchor(ROW, at("dl_da"), { x: column.right, y });
  sheet.light(at("z"), group);
  return group;
}

/** @param {Sheet} sheet @param {string} pointer @param {number} right @param {number} y @param {number} width */
function drawGain(sheet, pointer, right, y, width) {
  const { em, layout } = sheet;
  const x = right - 11 * em;
  const isTable = layout.metrics.form === "table";
  return [
    ...(isTable
      ? []
      : [symbol("σ′(z)", { class: "small quiet", x, y: y - 12 * em, dy: "0.25em", "text-anchor": "end" })]),
    sheet.number({
      row: ROW,
      pointer,
      x,
      y: isTable ? y : y + 7 * em,
      kind: "strong gain",
      before: "×",
      align: "end",
      size: layout.metrics.number,
      width: width - 4 * em,
    }),
  ];
}

/**
 * Softmax's gain is a matrix: each ∂l/∂z hears of every ∂l/∂a.
 * @param {Sheet} sheet
 * @param {number} layer
 * @param {number} unit
 * @param {number} right
 * @param {number} y
 */
function drawJacobian(sheet, layer, unit, right, y) {
  const { em } = sheet;
  sheet.anchor(ROW, `/layers/${layer}/jacobian/${unit}/${unit}`, { x: right - 24 * em, y });
  const label = symbol("Jᵀ", { class: "jacobian", x: right - 12 * em, y, dy: "0.3em", "text-anchor": "end" });
  label.append(s("title", {}, sheet.t("stage.jacobian")));
  return [label];
}

/**
 * What the wires bring meets at the base of the triangle.
 * @param {Sheet} sheet
 * @param {string} pointer
 * @param {number} right
 * @param {number} y
 * @param {number} half
 */
function drawSum(sheet, pointer, right, y, half) {
  const { em, layout } = sheet;
  const isTable = layout.metrics.form === "table";
  sheet.anchor(ROW, whereItAdds(pointer), { x: right, y });
  const above = isTable ? y - 12 * em : y - half - 9 * em;
  const width = layout.metrics.bubbleWidth;
  return [
    s("circle", { class: "sum", cx: right, cy: y, r: 8 * em }),
    s("path", {
      class: "plus",
      d: `M${short(right - 4 * em)} ${short(y)}h${short(8 * em)}M${short(right)} ${short(y - 4 * em)}v${short(8 * em)}`,
    }),
    ...(isTable
      ? []
      : [symbol("∂l/∂a", { class: "small", x: right - width - 1 * em, y: above, dy: "0.3em", "text-anchor": "end" })]),
    sheet.number({
      row: ROW,
      pointer,
      x: isTable ? right + 11 * em : right - width + 5 * em,
      y: above,
      kind: "backward-value",
      align: "start",
      width: width + 10 * em,
      size: layout.metrics.number,
    }),
  ];
}
