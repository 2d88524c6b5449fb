/**
 * In place of a map, for data that are pictures: the chosen picture as the data set has it, and the outputs for it as
 * bars.
 * For a unit of the first layer, the picture of its weights.
 *
 * @import { Examples, Moment } from "../types.js"
 * @import { UnitChoice } from "../map/field.js"
 * @import { Translate } from "../../i18n/i18n.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { scaleLegend } from "../map/legend.js";
import { paintGrid } from "../map/paint.js";
import { palette } from "../map/palette.js";
import { exampleOf, pictureSide } from "../map/plane.js";
import { reach } from "../map/scale.js";
import { pictureRows } from "./thumbnails.js";

/** Ten numbers in a narrow column; `data-value` has all of each. */
const MOST_DIGITS = 2;

/**
 * @typedef {{ examples: Examples, moment: Moment | null, chosen: import("../types.js").ExampleChoice, unit: UnitChoice,
 *   digits: number }} Shown
 */

/** @param {{ t: Translate }} options */
export function createDigitView({ t }) {
  const canvas = h("canvas", { class: "digit-picture", role: "img" });
  const caption = h("p", { class: "digit-caption" });
  const legend = h("div", { class: "digit-legend" });
  const bars = h("ol", { class: "digit-bars" });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {{ name: string, item: HTMLLIElement, bar: HTMLElement, number: HTMLElement }[]} */
  let rows = [];

  /** @param {readonly string[]} names */
  function makeRows(names) {
    if (rows.length === names.length && rows.every(({ name }, index) => name === names[index])) return;
    rows = names.map((name) => {
      const bar = h("span", { class: "digit-bar" });
      const number = h("span", { class: "digit-number" });
      return {
        name,
        bar,
        number,
        item: h(
          "li",
          {},
          h("span", { class: "digit-name" }, name),
          h("span", { class: "digit-track", "aria-hidden": "true" }, bar),
          number,
        ),
      };
    });
    bars.replaceChildren(...rows.map(({ item }) => item));
  }

  /**
   * @param {readonly number[]} pixels
   * @param {number} side
   * @param {import("../map/scale.js").Scale} scale
   * @param {Uint32Array} colours
   */
  function paint(pixels, side, scale, colours) {
    canvas.width = canvas.height = side;
    const image = context.createImageData(side, side);
    paintGrid(pictureRows(pixels, side), scale, colours, new Uint32Array(image.data.buffer));
    context.putImageData(image, 0, 0);
  }

  return {
    element: h("div", { class: "digit-view" }, h("div", { class: "digit-left" }, canvas, caption, legend), bars),
    /** @param {Shown} shown */
    show({ examples, moment, chosen, unit, digits }) {
      const side = pictureSide(examples) ?? 1;
      const { x, label } = exampleOf(examples, chosen);
      const weights = unit?.layer === 0 ? moment?.network.layers[0].w[unit.unit] : undefined;
      if (weights === undefined) {
        const ink = x.map((value, index) => value * examples.scale[index] + examples.shift[index]);
        const most = reach([ink]) || 1;
        paint(ink, side, { low: 0, middle: 0, high: most }, palette().ink);
        canvas.setAttribute(
          "aria-label",
          t("lab.digit.picture", { label: label === null ? "" : (examples.class_names[label] ?? "") }),
        );
        caption.textContent = t("lab.digit.picture.short");
        legend.replaceChildren();
      } else {
        const most = moment?.network.layers[0].w.reduce((found, row) => Math.max(found, reach([row])), 0) || 1;
        const scale = { low: -most, middle: 0, high: most };
        paint(weights, side, scale, palette().values);
        const name = t("lab.digit.weights", { unit: (unit?.unit ?? 0) + 1 });
        canvas.setAttribute("aria-label", name);
        caption.textContent = name;
        legend.replaceChildren(scaleLegend({ scale, share: null }, { t, name: "w", classes: 0, sides: null }));
      }
      makeRows(examples.class_names);
      const a = moment?.trace?.layers.at(-1)?.a ?? null;
      const best =
        a === null
          ? -1
          : a.reduce(
              (/** @type {number} */ found, value, index) => ((value ?? -1) > (a[found] ?? -1) ? index : found),
              0,
            );
      rows.forEach(({ item, bar, number }, index) => {
        const value = a?.[index] ?? null;
        item.classList.toggle("best", index === best);
        item.classList.toggle("target", index === label);
        bar.style.width = `${(value ?? 0) * 100}%`;
        number.textContent = value === null ? "·" : significant(value, Math.min(digits, MOST_DIGITS));
        number.classList.toggle("pending", value === null);
        if (value === null) number.removeAttribute("data-value");
        else number.setAttribute("data-value", String(value));
      });
    },
  };
}
