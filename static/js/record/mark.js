/**
 * Symbols and names of the trace's numbers as elements and texts.
 *
 * @import { Pointer } from "./types.js"
 * @import { Text, Translate } from "../i18n/i18n.js"
 */
import { h } from "../kit/dom.js";
import { subscript, superscript } from "../kit/format.js";
import { markOf, placeOf } from "./pointers.js";

/**
 * A symbol such as ∂l/∂z with its layer above and its indices below.
 *
 * @param {Pointer} pointer
 */
export function mark(pointer) {
  const { before, letter, above, below, after } = markOf(pointer);
  const scripts = h("span", { class: "mark-scripts" }, above && h("sup", {}, above), below && h("sub", {}, below));
  return h("span", { class: "mark" }, before, letter, (above || below) && scripts, after);
}

/**
 * A symbol as plain text: w⁽¹⁾₁₂.
 *
 * @param {Pointer} pointer
 */
export function symbolText(pointer) {
  const { before, letter, above, below, after } = markOf(pointer);
  const raised = above && `⁽${superscript(Number(above.slice(1, -1)))}⁾`;
  const lowered = below
    .split(",")
    .map((index) => index && subscript(Number(index)))
    .join(",");
  return before + letter + raised + lowered + after;
}

/**
 * What sends into a weight: an input, or a unit of the layer before.
 * @param {number} layer
 * @param {number} column
 * @returns {Text}
 */
export function senderName(layer, column) {
  if (layer === 0) return { key: "panel.name.short_input", params: { sub: subscript(column + 1) } };
  return { key: "panel.name.short_unit", params: { unit: column + 1 } };
}

/**
 * What a number is, in words.
 *
 * @param {Translate} t
 * @param {Pointer} pointer of a weight, bias, unit, input, target, signal or the loss
 */
export function nameOf(t, pointer) {
  const place = placeOf(pointer);
  if (place === null) return pointer;
  const [row = 0, column = 0] = place.indices;
  const params = { layer: (place.layer ?? 0) + 1, unit: row + 1, sub: subscript(row + 1) };
  if (place.name === "w") {
    return t("panel.name.weight", { ...params, from: senderName(place.layer ?? 0, column) });
  }
  const names = { z: "unit", b: "bias", x: "input", target: "target", signal: "signal", loss: "loss" };
  const name = names[/** @type {keyof typeof names} */ (place.name)];
  return name === undefined ? pointer : t(`panel.name.${name}`, params);
}
