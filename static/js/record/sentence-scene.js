/**
 * One step in its trace, as sentences speak of it: who sends, who receives, which wires, which changes.
 *
 * @typedef {import("./types.js").Step} Step
 * @typedef {import("./types.js").Trace} Trace
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("../i18n/i18n.js").Text} Text
 * @typedef {Readonly<Record<string, string>>} Titles names of activations and losses by their words in JSON
 * @typedef {ReturnType<typeof sceneOf>} Scene
 */

import { subscript } from "../kit/format.js";
import { size } from "./sizes.js";

/** A gain below this lets next to nothing through. */
export const NEARLY_SHUT = 1e-4;

/** @param {Value} p @param {Value} q */
export const times = (p, q) => (p === null || q === null ? null : p * q);

/** @param {Value} after @param {Value} before */
export const difference = (after, before) => (after === null || before === null ? null : after - before);

/** @param {readonly Value[]} values */
export const zeros = (values) => values.filter((value) => value === 0).length;

/** The last part of a pointer: the sending end's index of a weight. @param {string} pointer */
export const columnOf = (pointer) => Number(pointer.slice(pointer.lastIndexOf("/") + 1));

/**
 * What is at the sending end of a wire into layer `index`: an input, or a unit of the layer before.
 * @param {number} index
 * @param {number} column
 * @returns {Text}
 */
export function sender(index, column) {
  if (index === 0) return { key: "input.x", params: { sub: subscript(column + 1) } };
  return { key: "input.unit", params: { unit: column + 1, layer: index } };
}

/**
 * One step in its trace: what is needed to speak of it.
 * @param {Step} step
 * @param {Trace} trace
 * @param {Titles} titles
 */
export function sceneOf(step, trace, titles) {
  const index = step.layer ?? trace.layers.length - 1;
  const layer = trace.layers[index];
  const units = layer.b.length;
  const isOnly = (step.operation === "input_gradient" ? trace.x.length : units) === 1;
  const unit = step.unit ?? (isOnly ? 0 : null);
  const one = unit ?? 0;
  /** @type {readonly Value[]} */
  const inputs = index ? trace.layers[index - 1].a : trace.x;
  return {
    step,
    trace,
    index,
    layer,
    units,
    unit,
    one,
    inputs,
    isLast: index === trace.layers.length - 1,
    // Where a signal of the learner's own was sent back, nothing that comes of it is the loss's.
    isResponse: trace.signal !== undefined,
    place: { unit: one + 1, layer: index + 1 },
    /** @param {string} name */
    title: (name) => titles[name] ?? name,
  };
}

/**
 * The wires whose weights a step moves: one, a unit's, a layer's; each by its row and column of w.
 * @param {Scene} scene
 */
export function wiresOf({ step, layer, unit, one }) {
  const columns = layer.w[0].map((_, column) => column);
  if (unit === null) return layer.w.flatMap((_, row) => columns.map((column) => [row, column]));
  return step.writes.length === 1 ? [[one, columnOf(step.writes[0])]] : columns.map((column) => [one, column]);
}

/**
 * With momentum: the previous change of a layer, and the one of this update.
 * @param {Trace} trace
 * @param {number} index
 */
export function changesOf(trace, index) {
  const none = trace.layers[index];
  return {
    previous: trace.previous_change?.layers[index] ?? none,
    change: trace.updated?.change?.layers[index] ?? none,
  };
}

/** How far an amplifier of this gain is open, as the end of a key. @param {Value} value */
export function openness(value) {
  if (value === 0) return ".shut";
  if (size(value) < NEARLY_SHUT) return ".saturated";
  return value === 1 ? ".open" : "";
}
