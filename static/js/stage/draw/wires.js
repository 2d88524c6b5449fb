/**
 * Wires between two columns, their weights' numbers, and what is learnt about them.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Pair, RowName } from "../types.js"
 */
import { apart } from "../../kit/format.js";
import { heightOf, unitsOf } from "../layout/geometry.js";
import { textWidth } from "../layout/metrics.js";
import { mark, s, short } from "./svg.js";

const THINNEST = 0.9;
const THICKEST = 5.5;
/** Weights up to this size keep their width in every network, so that small networks can be compared. */
const USUAL = 3;

/**
 * The weight that is drawn thickest. While a visitor edits one number the others keep their width; where a training
 * moves all of them, it is measured anew for each network.
 *
 * @param {Sheet} sheet
 * @returns {() => number}
 */
export function thickestWeight(sheet) {
  let { network } = sheet.facts().request;
  let most = thickestOf(network);
  if (sheet.layout.metrics.thumbnail === 0) return () => most;
  return () => {
    const now = sheet.facts().request.network;
    if (now !== network) [network, most] = [now, thickestOf(now)];
    return most;
  };
}

/** @param {import("../../record/types.js").Network} network */
function thickestOf({ layers }) {
  let most = USUAL;
  for (const { w } of layers) {
    for (const weights of w) for (const weight of weights) most = Math.max(most, Math.abs(weight));
  }
  return most;
}

/** @param {number} weight @param {number} most */
const thickness = (weight, most) => Math.max(THINNEST, THICKEST * Math.min(1, Math.abs(weight) / most));

/**
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {Pair} pair
 * @param {() => number} most see thickestWeight
 * @returns {{ wires: SVGGElement, chips: SVGGElement }}
 */
export function drawWires(sheet, row, pair, most) {
  const { columns } = sheet.layout;
  const [from, to] = [columns[pair.layer], columns[pair.layer + 1]];
  const wires = s("g", { class: "wires" });
  const chips = s("g", { class: pair.crowded ? "chips crowded" : "chips" });
  for (const receiver of unitsOf(to)) {
    const y1 = heightOf(sheet.layout, row, pair.layer + 1, receiver.unit);
    for (const sender of unitsOf(from)) {
      const y0 = heightOf(sheet.layout, row, pair.layer, sender.unit);
      const wire = `${receiver.unit}/${sender.unit}`;
      const line = { x0: from.right, y0, x1: to.left, y1 };
      const at = pair.at.get(wire) ?? 0.5;
      wires.append(drawWire(sheet, `/layers/${pair.layer}/w/${wire}`, line, most));
      const place = { x: line.x0 + (line.x1 - line.x0) * at, y: y0 + (y1 - y0) * at };
      chips.append(drawChip(sheet, row, pair, wire, place));
    }
  }
  drawRest(sheet, row, pair, wires);
  return { wires, chips };
}

/**
 * Thin lines stand for the wires of the units left out.
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {Pair} pair
 * @param {SVGGElement} wires
 */
function drawRest({ layout }, row, pair, wires) {
  const [from, to] = [layout.columns[pair.layer], layout.columns[pair.layer + 1]];
  const centre = layout.rows[row]?.centre ?? 0;
  for (const sender of from.slots) {
    for (const receiver of to.slots) {
      if (sender.kind === "unit" && receiver.kind === "unit") continue;
      wires.append(
        s("path", {
          class: "rest-line",
          d: straight({ x0: from.right, y0: centre + sender.offset, x1: to.left, y1: centre + receiver.offset }),
        }),
      );
    }
  }
}

/** @param {{ x0: number, y0: number, x1: number, y1: number }} line */
export const straight = ({ x0, y0, x1, y1 }) => `M${short(x0)} ${short(y0)}L${short(x1)} ${short(y1)}`;

/**
 * @param {Sheet} sheet
 * @param {string} pointer
 * @param {{ x0: number, y0: number, x1: number, y1: number }} line
 * @param {() => number} most
 */
function drawWire(sheet, pointer, line, most) {
  const d = straight(line);
  const visible = s("path", { class: "line", d });
  const wire = s("g", { class: "wire", "data-thing": pointer }, s("path", { class: "hit", d }), visible);
  const updated = `/updated${pointer}`;
  sheet.light(pointer, wire);
  sheet.bind([pointer, updated], () => {
    const weight = sheet.read(updated) ?? sheet.read(pointer) ?? 0;
    mark(wire, "negative", weight < 0);
    visible.style.strokeWidth = `${short(thickness(weight, most()) * sheet.em)}px`;
  });
  return wire;
}

/**
 * A weight's number. Once ∂l/∂w is known it stands below it in the same box, or in its place where there is room for
 * one line only.
 *
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {Pair} pair
 * @param {string} wire
 * @param {{ x: number, y: number }} place
 */
function drawChip(sheet, row, pair, wire, { x, y }) {
  const { metrics, view } = sheet.layout;
  const { em } = sheet;
  const pointer = `/layers/${pair.layer}/w/${wire}`;
  const size = metrics.number;
  const frame = box(x, y, pair.chipWidth, metrics.chipHeight, metrics.chipHeight / 2);
  const weight = s("g", {}, sheet.number({ row, pointer, x, y, size, width: pair.chipWidth - 8 * em }));
  const chip = s("g", { class: "chip", "data-thing": pointer, "data-editable": pointer }, frame, weight);
  sheet.bind([pointer], () => mark(chip, "negative", (sheet.read(pointer) ?? 0) < 0));
  sheet.light(pointer, chip);
  if (row === "reversed" && view === "both") return chip;
  const [gradient, updated] = [`/layers/${pair.layer}/dl_dw/${wire}`, `/updated${pointer}`];
  const shift = pair.roomy ? 9 * em : 0;
  chip.append(drawLearnt(sheet, row, { x, y: y + shift, size, from: pointer, gradient, updated, align: "middle" }));
  sheet.bind([gradient, updated], () => {
    const learnt = sheet.read(updated) ?? sheet.read(gradient);
    const isKnown = learnt !== undefined;
    const mark = sheet.read(updated) === undefined ? MARKS.slope : MARKS.fresh;
    const needed = isKnown
      ? textWidth(`${mark}${apart(sheet.read(pointer), learnt, sheet.facts().digits)}`, size, true) + 10 * em
      : 0;
    const [width, height] = [
      Math.max(pair.chipWidth, needed),
      isKnown && pair.roomy ? metrics.chipHeight + 2 * shift - 4 * em : metrics.chipHeight,
    ];
    setBox(frame, x, y, width, height);
    frame.setAttribute("rx", short(Math.min(metrics.chipHeight, height) / 2));
    if (pair.roomy) weight.setAttribute("transform", `translate(0 ${short(isKnown ? -shift : 0)})`);
    else weight.style.display = isKnown ? "none" : "";
  });
  return chip;
}

/** What stands before a derivative and before a new value. */
const MARKS = Object.freeze({ slope: "∂ ", fresh: "→ " });

/**
 * The derivative with respect to a parameter once it is known, and after the update its new value instead.
 *
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {{ x: number, y: number, size?: number, from: string, gradient: string, updated: string, align: "start" |
 *   "middle" | "end", before?: boolean }} wanted
 *   from: the parameter; before: whether a sign stands before the number, where there is room
 */
export function drawLearnt(
  sheet,
  row,
  { x, y, size = sheet.layout.metrics.number, from, gradient, updated, align, before = true },
) {
  const slope = sheet.number({
    row,
    pointer: gradient,
    x,
    y,
    size,
    kind: "gradient",
    before: before ? MARKS.slope : "",
    align,
  });
  const fresh = sheet.number({
    row,
    pointer: updated,
    x,
    y,
    size,
    kind: "fresh",
    before: before ? MARKS.fresh : "",
    align,
    from,
  });
  const group = s("g", { class: "learnt" }, slope, fresh);
  sheet.bind([gradient, updated], () => {
    const isUpdated = sheet.read(updated) !== undefined;
    slope.style.display = sheet.read(gradient) !== undefined && !isUpdated ? "" : "none";
    fresh.style.display = isUpdated ? "" : "none";
  });
  return group;
}

/**
 * A rectangle around a middle.
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 */
export function box(x, y, width, height, radius, kind = "box") {
  return setBox(s("rect", { class: kind, rx: radius }), x, y, width, height);
}

/** @param {SVGRectElement} rect @param {number} x @param {number} y @param {number} width @param {number} height */
function setBox(rect, x, y, width, height) {
  for (const [name, value] of Object.entries({ x: x - width / 2, y: y - height / 2, width, height }))
    rect.setAttribute(name, short(value));
  return rect;
}
