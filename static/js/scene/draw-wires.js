/**
 * Wires between two columns, their weights' numbers, and what is learnt about them.
 *
 * @import { Sheet } from "./sheet.js"
 * @import { Pair, RowName } from "./types.js"
 */
import { heightOf, unitsOf } from "./geometry.js";
import { mark, s, short } from "./svg.js";

const THINNEST = 0.9;
const THICKEST = 5.5;
/** Weights up to this size keep their width in every network, so that small networks can be compared. */
const USUAL = 3;

/**
 * The weight that is drawn thickest. While a visitor edits one number the others keep their width; where a training moves
 * all of them, it is measured anew for each network.
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

/** @param {import("../types.js").Network} network */
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

/** Thin lines stand for the wires of the units left out. @param {Sheet} sheet @param {RowName} row @param {Pair} pair @param {SVGGElement} wires */
function drawRest({ layout }, row, pair, wires) {
  const [from, to] = [layout.columns[pair.layer], layout.columns[pair.layer + 1]];
  const centre = layout.rows[row]?.centre ?? 0;
  for (const sender of from.slots) {
    for (const receiver of to.slots) {
      if (sender.kind === "unit" && receiver.kind === "unit") continue;
      wires.append(
        s("path", { class: "rest-line", d: straight({ x0: from.right, y0: centre + sender.offset, x1: to.left, y1: centre + receiver.offset }) }),
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

/** @param {Sheet} sheet @param {RowName} row @param {Pair} pair @param {string} wire @param {{ x: number, y: number }} place */
function drawChip(sheet, row, pair, wire, { x, y }) {
  const { metrics, view } = sheet.layout;
  const pointer = `/layers/${pair.layer}/w/${wire}`;
  const chip = s("g", { class: "chip", "data-thing": pointer, "data-editable": pointer });
  chip.append(
    box(x, y, pair.chipWidth, metrics.chipHeight, metrics.chipHeight / 2),
    sheet.number({ row, pointer, x, y, size: metrics.size * 0.9, width: pair.chipWidth - 8 * sheet.em }),
  );
  sheet.bind([pointer], () => mark(chip, "negative", (sheet.read(pointer) ?? 0) < 0));
  sheet.light(pointer, chip);
  if (row === "forward" || view === "reversed") {
    const below = y + metrics.chipHeight / 2 + 10 * sheet.em;
    chip.append(drawLearnt(sheet, row, { x, y: below, gradient: `/layers/${pair.layer}/dl_dw/${wire}`, updated: `/updated${pointer}`, align: "middle" }));
    chip.setAttribute("data-roomy", String(pair.roomy));
  }
  return chip;
}

/**
 * The derivative by a parameter once it is known, and after the update its new value instead.
 *
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {{ x: number, y: number, gradient: string, updated: string, align: "start" | "middle" | "end" }} wanted
 */
export function drawLearnt(sheet, row, { x, y, gradient, updated, align }) {
  const size = sheet.layout.metrics.size * 0.8;
  const slope = sheet.number({ row, pointer: gradient, x, y, size, kind: "gradient", before: "∂ ", align });
  const fresh = sheet.number({ row, pointer: updated, x, y, size, kind: "fresh", before: "→ ", align });
  const group = s("g", { class: "learnt" }, slope, fresh);
  sheet.bind([gradient, updated], () => {
    const isUpdated = sheet.read(updated) !== undefined;
    slope.style.display = sheet.read(gradient) !== undefined && !isUpdated ? "" : "none";
    fresh.style.display = isUpdated ? "" : "none";
  });
  return group;
}

/** A rectangle around a middle. @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
export function box(x, y, width, height, radius, kind = "box") {
  return s("rect", { class: kind, x: x - width / 2, y: y - height / 2, width, height, rx: radius });
}
