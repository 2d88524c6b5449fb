/**
 * On which network a wrong rule is shown: the lecture's, with what the rule needs put in place.
 *
 * @import { TraceRequest } from "../record/types.js"
 *
 * @typedef {TraceRequest & { rule?: string }} RuledRequest
 */

/** @param {TraceRequest} request @param {string} hidden @returns {TraceRequest} */
const withHidden = (request, hidden) => ({
  ...request,
  network: {
    layers: request.network.layers.map((layer, index, all) =>
      index + 1 < all.length ? { ...layer, activation: hidden } : layer,
    ),
  },
});

/** @param {TraceRequest} request @param {string} output @param {string} loss @returns {TraceRequest} */
const withOutput = (request, output, loss) => ({
  ...request,
  loss,
  network: {
    layers: request.network.layers.map((layer, index, all) =>
      index + 1 < all.length ? layer : { ...layer, activation: output },
    ),
  },
});

/**
 * Rules that need another network than the lecture's, and what they need.
 * @type {Record<string, (lecture: TraceRequest) => TraceRequest>}
 */
const NEEDED = {
  leaky_slope_zero: (lecture) => withHidden(lecture, "leaky_relu"),
  sigmoid_slope: (lecture) => withHidden(lecture, "tanh"),
  softmax_in_loss: (lecture) => withOutput(lecture, "softmax", "cross_entropy"),
  elementwise_softmax: (lecture) => withOutput(lecture, "softmax", "half_squared_error"),
};

/** @param {TraceRequest} lecture @param {string} rule @returns {RuledRequest} */
export const networkFor = (lecture, rule) => ({ ...(NEEDED[rule]?.(lecture) ?? lecture), rule });

/** The lecture's other inputs, for a rule that shows with several examples only. */
export const MORE_INPUTS = Object.freeze([
  [0, 0],
  [-1, 0],
]);
