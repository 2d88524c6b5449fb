/**
 * What the colours of a map mean, with the exact ends of the scale.
 *
 * @import { Examples } from "../types.js"
 * @import { Ground } from "./field.js"
 * @import { Translate } from "../../i18n/i18n.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { paintGrid } from "./paint.js";
import { palette } from "./palette.js";
import { sign } from "./points.js";

const STEPS = 129;
const DIGITS = 3;

/** A classifier's classes, each with its sign. @param {Examples} examples */
export function classLegend({ class_names, labels }) {
  if (labels === null || class_names.length === 0) return null;
  return h(
    "ul",
    { class: "map-classes" },
    class_names.map((name, label) => h("li", {}, sign(label, class_names.length), name)),
  );
}

/**
 * The colours from the low end to the high one.
 *
 * @param {Pick<Ground, "scale" | "share">} ground
 * @param {{ t: Translate, name: string, classes: number, sides: readonly string[] | null }} how sides: the classes that
 *   the two ends stand for
 */
export function scaleLegend({ scale, share }, { t, name, classes, sides }) {
  const { low, middle, high } = scale;
  const canvas = h("canvas", { class: "map-bar", width: STEPS, height: 1, "aria-hidden": "true" });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(STEPS, 1);
  const row = Array.from({ length: STEPS }, (_, index) => {
    const at = index / (STEPS - 1);
    return at < 0.5 && middle > low
      ? low + (middle - low) * at * 2
      : middle > low
        ? middle + (high - middle) * (at - 0.5) * 2
        : low + (high - low) * at;
  });
  paintGrid(
    [row],
    scale,
    share === null ? palette().values : palette().shares(share, classes),
    new Uint32Array(image.data.buffer),
  );
  context.putImageData(image, 0, 0);
  const ends = [low, ...(middle > low ? [middle] : []), high];
  return h(
    "div",
    {
      class: "map-scale",
      role: "img",
      "aria-label": t("lab.map.scale", { name, low: significant(low, DIGITS), high: significant(high, DIGITS) }),
    },
    canvas,
    h(
      "div",
      { class: "map-ends" },
      ends.map((value) => h("span", { "data-value": value }, significant(value, DIGITS))),
    ),
    sides &&
      h(
        "div",
        { class: "map-sides" },
        sides.map((side, label) => h("span", {}, sign(label, 2), side)),
      ),
  );
}
