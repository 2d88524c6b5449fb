/** Traces as the server answered them , for the tests of what reads a trace. */
import { metricsOf } from "../../static/js/stage/layout/metrics.js";
import { recorded } from "./recorded.mjs";
import { layoutOf } from "../../static/js/stage/layout/geometry.js";

/** @param {"lecture-unit" | "lecture-term" | "four-six-three-layer"} name */
export const traceNamed = (name) => recorded(name);

/** A layout of the usual size unless said otherwise. @param {Record<string, any>} [wanted] */
export function layoutFor({ sizes = [2, 2, 2, 2], digits = 3, projector = false, ...wanted } = {}) {
  return layoutOf({
    sizes,
    view: "both",
    expanded: [],
    width: 1080,
    height: 620,
    metrics: metricsOf({ digits, projector, view: wanted.view ?? "both" }),
    chipWidths: sizes.slice(1).map(() => 48),
    ...wanted,
  });
}
