/**
 * The shape of an activation function, for the small picture inside a unit. Pure.
 *
 * Only the shape is worked out here; the point on it and the slope of its tangent are the trace's own numbers.
 */

/** @type {Readonly<Record<string, (z: number) => number>>} */
const SHAPES = Object.freeze({
  linear: (z) => z,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(z, 0),
  leaky_relu: (z) => (z > 0 ? z : 0.01 * z),
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  silu: (z) => z / (1 + Math.exp(-z)),
});

const NARROWEST = { sigmoid: 6, tanh: 3.2, softplus: 5, silu: 5, elu: 3.5 };
const SAMPLES = 48;

/** Whether the function has a curve of its own; softmax, which reads the whole layer, has none. @param {string} activation */
export const hasCurve = (activation) => Object.hasOwn(SHAPES, activation);

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
 * @param {string} activation
 * @param {number} z
 * @param {{ width: number, height: number }} box
 * @returns {Curve}
 */
export function curveOf(activation, z, { width, height }) {
  const shape = SHAPES[activation];
  if (shape === undefined) throw new RangeError(`no curve for the activation ${activation}`);
  const least = NARROWEST[/** @type {keyof typeof NARROWEST} */ (activation)] ?? 3;
  const reach = Math.max(least, Math.abs(z) * 1.2);
  const [low, high] = [shape(-reach), shape(reach)];
  const bottom = Math.min(low, activation === "silu" ? -0.28 : low);
  const scaleX = width / (2 * reach);
  const scaleY = height / (high - bottom);
  /** @param {number} at @param {number} a @returns {[number, number]} */
  const place = (at, a) => [(at + reach) * scaleX, height - (a - bottom) * scaleY];
  const points = Array.from({ length: SAMPLES + 1 }, (_, index) => {
    const at = -reach + (2 * reach * index) / SAMPLES;
    return place(at, shape(at)).map((length) => length.toFixed(1)).join(" ");
  });
  return { path: `M${points.join("L")}`, place, steepness: scaleY / scaleX, zero: height + bottom * scaleY };
}
