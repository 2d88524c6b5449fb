/**
 * The frame of a map: a square area with round numbers along two sides and the inputs' names at their ends. The drawing
 * has fixed units of its own and is scaled as a whole.
 *
 * @import { Scales } from "./points.js"
 */
import { svg } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { linear, ticks } from "../../kit/scales.js";

export const WIDTH = 360;
export const HEIGHT = 372;
/** The area within the axes. */
export const BOX = Object.freeze({ left: 48, right: 352, top: 28, bottom: 332 });
const DIGITS = 3;

/** @param {readonly [number, number]} low @param {readonly [number, number]} high @returns {Scales} */
export const scalesOf = (low, high) => ({
  x: linear(low[0], high[0], BOX.left, BOX.right),
  y: linear(low[1], high[1], BOX.bottom, BOX.top),
});

/**
 * @param {SVGGElement} group emptied and filled
 * @param {{ low: readonly [number, number], high: readonly [number, number], names: readonly [string, string] }} given
 */
export function drawAxes(group, { low, high, names }) {
  const { x, y } = scalesOf(low, high);
  const across = ticks(low[0], high[0]).map((value) => {
    const at = x(value);
    return [
      svg("path", { class: "map-tick", d: `M${at} ${BOX.bottom}v5` }),
      svg(
        "text",
        { class: "map-number", x: at, y: BOX.bottom + 19, "text-anchor": "middle" },
        significant(value, DIGITS),
      ),
    ];
  });
  const up = ticks(low[1], high[1]).map((value) => {
    const at = y(value);
    return [
      svg("path", { class: "map-tick", d: `M${BOX.left} ${at}h-5` }),
      svg(
        "text",
        { class: "map-number", x: BOX.left - 8, y: at, dy: "0.35em", "text-anchor": "end" },
        significant(value, DIGITS),
      ),
    ];
  });
  group.replaceChildren(
    svg("rect", {
      class: "map-border",
      x: BOX.left,
      y: BOX.top,
      width: BOX.right - BOX.left,
      height: BOX.bottom - BOX.top,
    }),
    ...across.flat(),
    ...up.flat(),
    svg("text", { class: "map-name", x: BOX.left, y: BOX.top - 11 }, names[1]),
    svg("text", { class: "map-name", x: BOX.right, y: HEIGHT - 6, "text-anchor": "end" }, names[0]),
  );
}
