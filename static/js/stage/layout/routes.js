/**
 * Where pulses run. Pure: from a layout and a wire to the two ends of its line.
 *
 * @import { Step, View, Wire } from "../../record/types.js"
 * @import { Layout, Route, RowName } from "../types.js"
 */
import { heightOf } from "./geometry.js";

/**
 * The row in which a step is to be followed: what runs back through wires does so in the reversed network.
 * @param {Pick<Step, "phase" | "operation" | "part_of">} step
 * @returns {RowName}
 */
export const homeOf = ({ phase, operation, part_of: whole = operation }) =>
  phase === "backward" || whole === "input_gradient" ? "reversed" : "forward";

/**
 * The row of a view in which a step moves; null if it has none there.
 * @param {View} view
 * @param {Pick<Step, "phase" | "operation" | "part_of">} step
 * @returns {RowName | null}
 */
export function rowOf(view, step) {
  if (view === "both") return homeOf(step);
  if (view === "forward") return "forward";
  return step.phase === "backward" || step.phase === "gradient" ? "reversed" : null;
}

/**
 * The way of a pulse, or null where this row has no such line. `x0, y0` is the end at the input's side.
 *
 * @param {Layout} layout
 * @param {RowName} row
 * @param {Wire} wire
 * @returns {Route | null}
 */
export function routeOf(layout, row, wire) {
  const { metrics, columns, tail, pairs } = layout;
  const column = columns[wire.layer + 1];
  const y = heightOf(layout, row, wire.layer + 1, wire.row);
  const middle = (column.left + column.right) / 2;
  const forward = row === "forward";
  switch (wire.kind) {
    case "weight": {
      const from = columns[wire.layer];
      const sender = wire.column ?? 0;
      const cross = pairs[wire.layer].at.get(`${wire.row}/${sender}`) ?? 0.5;
      return { x0: from.right, y0: heightOf(layout, row, wire.layer, sender), x1: column.left, y1: y, cross };
    }
    case "bias": {
      if (!forward) return null;
      const x = column.left + metrics.unitWidth / 4;
      return { x0: x, y0: biasHeight(layout, y), x1: x, y1: y, cross: 0.5 };
    }
    case "inside": {
      const bubble = column.left + metrics.bubbleWidth / 2;
      const quarter = metrics.unitWidth / 4;
      return forward
        ? { x0: middle - quarter, y0: y, x1: middle + quarter, y1: y, cross: 0.5 }
        : { x0: bubble, y0: y, x1: column.right, y1: y, cross: 0.62 };
    }
    case "output":
      return { x0: column.right, y0: y, x1: tail.loss, y1: lossHeight(layout, row), cross: 0.5 };
    case "target":
      return forward
        ? { x0: tail.target, y0: targetHeight(layout, y), x1: tail.loss, y1: lossHeight(layout, row), cross: 0.5 }
        : null;
    case "signal":
      return { x0: column.right, y0: y, x1: tail.entry + metrics.bubbleWidth, y1: y, cross: 0.5 };
  }
}

/** The middle of a bias's chip. @param {Layout} layout @param {number} y of its unit */
export function biasHeight({ metrics }, y) {
  return y - metrics.unitHeight / 2 - metrics.biasHeight / 2 - 5 * (metrics.size / 16);
}

/**
 * The middle of a target's chip: outside of its output's line, which slants towards the loss; between many, right on
 * it.
 * @param {Layout} layout
 * @param {number} y of its output
 */
export function targetHeight(layout, y) {
  if (layout.metrics.form === "table") return y;
  const side = y < lossHeight(layout, "forward") - 1 ? -1 : 1;
  return y + side * 36 * (layout.metrics.size / 16);
}

/** @param {Layout} layout @param {RowName} row */
export function lossHeight(layout, row) {
  return layout.rows[row]?.centre ?? 0;
}
