/**
 * What does not fit changes form: both rows, else the row of the phase alone, else units as small tables. Pure.
 *
 * @import { View } from "../../record/types.js"
 * @import { Form, Layout, RowName } from "../types.js"
 */
import { layoutOf } from "./geometry.js";
import { metricsOf } from "./metrics.js";
import { fitted } from "./viewport.js";

/** The least size of a number on the screen, in pixels: at a desk, and from the last row of a classroom. */
const LEGIBLE = Object.freeze({ desk: 12, projector: 20 });

/**
 * The first form whose numbers can be read and whose units are all there; else the last one.
 *
 * @param {object} wanted
 * @param {number[]} wanted.sizes units per layer, the inputs first
 * @param {View} wanted.view as the visitor chose it
 * @param {RowName} wanted.home the row in which the step of the moment is to be followed
 * @param {number[]} wanted.expanded
 * @param {number} wanted.width room on the screen, in pixels
 * @param {number} wanted.height
 * @param {boolean} wanted.projector
 * @param {number} wanted.digits
 * @param {number | null} [wanted.winner] the output that is shown in any case
 * @param {(size: number) => number[]} wanted.chipWidths for a size of the type
 * @returns {Layout}
 */
export function layoutFitting({ view, home, projector, digits, chipWidths, ...room }) {
  const single = view === "both" ? home : view;
  /** @type {readonly { view: View, form: Form }[]} */
  const forms = [
    { view, form: "full" },
    { view: single, form: "full" },
    { view: single, form: "table" },
  ];
  let layout;
  for (const each of forms) {
    const metrics = metricsOf({ projector, digits, ...each });
    layout = layoutOf({ ...room, view: each.view, metrics, chipWidths: chipWidths(metrics.size) });
    if (isWhole(layout) && isLegible(layout, { projector, ...room })) return layout;
  }
  return /** @type {Layout} */ (layout);
}

/** @param {Layout} layout */
const isWhole = ({ columns }) => columns.every(({ wide }) => !wide);

/** @param {Layout} layout @param {{ projector: boolean, width: number, height: number }} room */
function isLegible(layout, { projector, width, height }) {
  const { scale } = fitted({ layout, width, height });
  const isInSight = layout.height * scale <= height + 1;
  return isInSight && layout.metrics.number * scale >= LEGIBLE[projector ? "projector" : "desk"];
}
