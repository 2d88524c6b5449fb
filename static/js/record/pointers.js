/**
 * What a JSON Pointer into the trace speaks of: its place, its symbol, what to select for it, the colour of its kind.
 *
 * @import { Pointer, Value } from "./types.js"
 *
 * @typedef {"forward" | "backward" | "positive" | "negative" | "plain"} Tone
 *
 * @typedef {object} Place
 * @property {string} name the word of the number: w, b, z, a, gain, jacobian, dl_da, dl_dz, dl_dw, dl_db, x, target, …
 * @property {number | null} layer computing layer, from 0
 * @property {number[]} indices
 * @property {"change" | "previous_change"} [change] with momentum: that it is the change of the parameter, or the one
 *   before
 * @property {boolean} updated whether it is a parameter after the update
 *
 * @typedef {object} Mark a symbol in parts: `∂l/∂` before it, its letters, what stands above and below right
 * @property {string} before
 * @property {string} letter
 * @property {string} above
 * @property {string} below
 * @property {string} after
 */

const PARTIAL = "∂l/∂";

/**
 * @param {Pointer} pointer
 * @returns {Place | null} null if it is no address of a number of a trace
 */
export function placeOf(pointer) {
  const parts = pointer.split("/").slice(1);
  const updated = parts[0] === "updated";
  if (updated) parts.shift();
  const change = parts[0] === "change" || parts[0] === "previous_change" ? parts[0] : undefined;
  if (change !== undefined) parts.shift();
  if (parts[0] === "loss") return { name: "loss", layer: null, indices: [], updated };
  if (parts[0] === "momentum") return { name: "momentum", layer: null, indices: [], updated };
  if (parts[0] === "learning_rate") return { name: "learning_rate", layer: null, indices: [], updated };
  const isLayer = parts[0] === "layers";
  const name = parts[isLayer ? 2 : 0];
  const indices = parts.slice(isLayer ? 3 : 1).map(Number);
  if (!name || indices.length === 0 || indices.some(Number.isNaN)) return null;
  return { name, layer: isLayer ? Number(parts[1]) : null, indices, updated, ...(change && { change }) };
}

/**
 * 1-based subscript, with a comma once a number has two digits, as in the server's formulas.
 *
 * @param {readonly number[]} indices
 */
export function subscriptOf(indices) {
  const shown = indices.map((index) => String(index + 1));
  return shown.join(shown.some((text) => text.length > 1) ? "," : "");
}

/**
 * The symbol of a pointer, for small text; the equation uses LaTeX.
 *
 * @param {Pointer} pointer
 * @returns {Mark}
 */
export function markOf(pointer) {
  const place = placeOf(pointer);
  if (place === null) return { before: "", letter: pointer, above: "", below: "", after: "" };
  const { name, layer, indices, updated } = place;
  const above = layer === null ? "" : `(${layer + 1})`;
  const below = subscriptOf(indices);
  const plain = { before: "", letter: name, above, below, after: "" };
  if (name === "loss") return { ...plain, letter: updated ? "l̃" : "l" };
  if (place.change !== undefined) return { ...plain, before: place.change === "change" ? "Δ" : "Δprev ", letter: name };
  if (name === "momentum") return { ...plain, letter: "μ" };
  if (name === "learning_rate") return { ...plain, letter: "η" };
  if (name === "target") return { ...plain, letter: "ŷ" };
  if (name === "signal") return { ...plain, letter: "s" };
  if (name === "terms") return { ...plain, letter: "p" };
  if (name === "gain") return { ...plain, before: "σ′(", letter: "z", after: ")" };
  if (name === "jacobian") {
    const [row = 0, column = 0] = indices;
    return { ...plain, before: `∂a${above}${row + 1}/∂`, letter: "z", below: subscriptOf([column]) };
  }
  if (name.startsWith("dl_d")) return { ...plain, before: PARTIAL, letter: name.slice(4) };
  return { ...plain, letter: updated ? `${name}̃` : name };
}

/**
 * What the Inspector shows for a number: its weight, bias, unit, input, target or the loss.
 *
 * @param {Pointer} pointer
 * @returns {Pointer | null}
 */
export function subjectOf(pointer) {
  const place = placeOf(pointer);
  if (place === null) return null;
  const { name, layer, indices } = place;
  const at = indices.join("/");
  if (name === "loss") return "/loss/value";
  if (name === "learning_rate" || name === "momentum") return null;
  if (name === "x" || name === "dl_dx") return `/x/${at}`;
  if (layer === null) return name === "terms" ? null : pointer;
  if (name === "w" || name === "dl_dw") return `/layers/${layer}/w/${at}`;
  if (name === "b" || name === "dl_db") return `/layers/${layer}/b/${at}`;
  return `/layers/${layer}/z/${name === "jacobian" ? indices[1] : indices[0]}`;
}

const OF_UNIT = ["z", "a", "gain", "dl_da", "dl_dz"];

/**
 * What is meant along with a pointer: pointing at a unit, a wire or an input means all of its numbers, pointing at one
 * of its other numbers only that one.
 *
 * @param {Pointer} pointer
 * @returns {Pointer[]}
 */
export function relativesOf(pointer) {
  const place = placeOf(pointer);
  if (place === null || place.updated || place.change) return [pointer];
  const { name, layer, indices } = place;
  const at = indices.join("/");
  if (name === "x") return [pointer, `/dl_dx/${at}`];
  if (name === "w" || name === "b") return [pointer, `/layers/${layer}/dl_d${name}/${at}`, `/updated${pointer}`];
  return name === "z" ? OF_UNIT.map((each) => `/layers/${layer}/${each}/${at}`) : [pointer];
}

/**
 * The colour of a number: that of its wire for a weight, teal for what the forward pass made, crimson for what came
 * back.
 *
 * @param {Pointer} pointer
 * @param {Value | undefined} value
 * @returns {Tone}
 */
export function toneOf(pointer, value) {
  const name = placeOf(pointer)?.name ?? "";
  if (name === "w")
    return value === undefined || value === null || value === 0 ? "plain" : value < 0 ? "negative" : "positive";
  if (name === "x" || name === "z" || name === "a") return "forward";
  return name.startsWith("dl_d") || name === "signal" ? "backward" : "plain";
}
