/**
 * The shape of an activation function, for the small picture inside a unit. Pure.
 *
 * The curve runs through the catalogue's samples; the point on it and the slope of its tangent are the trace's own
 * numbers.
 *
 * @import { ActivationEntry, CurveSamples, Layer } from "../../record/types.js"
 */

/**
 * The samples of a layer's curve, with the layer's own parameters.
 *
 * @param {ActivationEntry} entry of the layer's activation
 * @param {Partial<Layer>} layer
 * @returns {CurveSamples | null} null where the function reads the whole layer, and so has no curve of its own
 */
export function samplesOf({ curve, parameters = {} }, layer) {
  if (!curve) return null;
  const own = /** @type {Record<string, unknown>} */ (layer);
  const moved = Object.entries(curve.by).map(([name, each]) => ({
    by: Number(own[name] ?? parameters[name]) - parameters[name],
    each,
  }));
  return { ...curve, a: curve.a.map((a, index) => moved.reduce((sum, { by, each }) => sum + by * each[index], a)) };
}

/**
 * The curve at any z: between two samples, and beyond the last ones, along a straight line.
 * @param {CurveSamples} samples
 * @param {number} at
 */
export function heightAt({ z, a }, at) {
  const next = Math.min(
    Math.max(
      z.findIndex((each) => each >= at),
      1,
    ),
    z.length - 1,
  );
  const right = at > z[z.length - 1] ? z.length - 1 : next;
  return a[right - 1] + ((a[right] - a[right - 1]) * (at - z[right - 1])) / (z[right] - z[right - 1]);
}

/**
 * @typedef {object} Curve
 * @property {string} path SVG path data
 * @property {(z: number, a: number) => [number, number]} place of a point
 * @property {number} steepness pixels up per pixel right for slope 1
 * @property {number} zero height of a = 0
 */

/**
 * The curve in a box whose upper left corner is (0, 0), wide enough to hold z.
 *
 * @param {CurveSamples} samples
 * @param {number} z
 * @param {{ width: number, height: number }} box
 * @returns {Curve}
 */
export function curveOf(samples, z, { width, height }) {
  const reach = Math.max(samples.reach, Math.abs(z) * 1.2);
  const inside = samples.z.flatMap((at, index) => (Math.abs(at) < reach ? [[at, samples.a[index]]] : []));
  const points = [[-reach, heightAt(samples, -reach)], ...inside, [reach, heightAt(samples, reach)]];
  const heights = points.map(([, a]) => a);
  const bottom = Math.min(...heights);
  const scaleX = width / (2 * reach);
  const scaleY = height / (Math.max(...heights) - bottom || 1);
  /** @param {number} at @param {number} a @returns {[number, number]} */
  const place = (at, a) => [(at + reach) * scaleX, height - (a - bottom) * scaleY];
  const drawn = points.map(([at, a]) =>
    place(at, a)
      .map((length) => length.toFixed(1))
      .join(" "),
  );
  return { path: `M${drawn.join("L")}`, place, steepness: scaleY / scaleX, zero: height + bottom * scaleY };
}
