/**
 * The painted ground of a map: one unit's response, or which class the outputs choose.
 *
 * @import { Catalog } from "../../record/types.js"
 * @import { Examples, Moment } from "../types.js"
 * @import { Scale } from "./scale.js"
 */
import { activationIn } from "../../record/functions.js";
import { between, paintClasses, paintSides, paintValues } from "./paint.js";
import { palette } from "./palette.js";
import { SHARE, scaleOf, targetScale } from "./scale.js";

/** Pixels of the picture, stretched to the map's size: enough that no edge is seen. */
const SIDE = 176;
/** Hard edges between classes show every pixel. */
const SHARP = 400;

/**
 * @typedef {{ layer: number, unit: number } | null} UnitChoice null for the whole output
 * @typedef {object} Ground how a response is to be painted
 * @property {"classes" | "values"} kind
 * @property {number} layer
 * @property {number} unit
 * @property {Scale} scale
 * @property {number | null} share the class whose share it is
 * @property {boolean} canBeDiscrete
 */

/**
 * @param {Moment} moment
 * @param {Examples} examples
 * @param {UnitChoice} chosen
 * @param {Pick<Catalog, "activations"> | null} catalog
 * @returns {Ground}
 */
export function groundOf(moment, examples, chosen, catalog) {
  const { layers } = moment.network;
  const last = layers.length - 1;
  const isOutput = chosen === null || (chosen.layer === last && layers[last].b.length === 1);
  const layer = isOutput ? last : chosen.layer;
  const unit = isOutput ? 0 : chosen.unit;
  const activation = activationIn(catalog, layers[layer].activation);
  const isClassifier = examples.class_names.length > 0;
  const base = { layer, unit, share: null, canBeDiscrete: false };
  if (isOutput && layers[last].b.length > 1 && isClassifier)
    return { ...base, kind: "classes", scale: SHARE, canBeDiscrete: true };
  if (activation?.shares) return { ...base, kind: "values", scale: SHARE, share: unit };
  if (isOutput && !activation?.bounds)
    return {
      ...base,
      kind: "values",
      scale: targetScale([examples.targets, examples.test_targets]),
      canBeDiscrete: isClassifier,
    };
  const a = moment.response?.layers[layer]?.a[unit] ?? [];
  return { ...base, kind: "values", scale: scaleOf(activation, a), canBeDiscrete: isOutput && isClassifier };
}

/** @param {HTMLCanvasElement} canvas */
export function createField(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {Float32Array[]} */
  let values = [];
  /** @type {ImageData | null} */
  let image = null;

  /** @param {number} side */
  function make(side) {
    if (image?.width === side) return image;
    canvas.width = canvas.height = side;
    values = [];
    return (image = context.createImageData(side, side));
  }

  return {
    clear: () => context.clearRect(0, 0, canvas.width, canvas.height),
    /** @param {Moment} moment @param {Ground} ground @param {boolean} discrete */
    paint({ response }, { kind, layer, unit, scale, share, canBeDiscrete }, discrete) {
      const all = response?.layers[layer]?.a;
      if (all === undefined) return this.clear();
      const isFlat = discrete && canBeDiscrete;
      const side = isFlat ? SHARP : SIDE;
      const data = make(side);
      const pixels = new Uint32Array(data.data.buffer);
      const colours = palette();
      const fine = (/** @type {number} */ index) => (values[index] = between(all[index], side, values[index]));
      if (kind === "classes") {
        const shares = all.map((_, index) => fine(index));
        paintClasses(shares, colours.levels(all.length), isFlat ? colours.flat(all.length) : null, pixels);
      } else if (isFlat) paintSides(fine(unit), scale.middle, colours.sides, pixels);
      else paintValues(fine(unit), scale, share === null ? colours.values : colours.shares(share, all.length), pixels);
      context.putImageData(data, 0, 0);
    },
  };
}
