/**
 * On which network a wrong rule is shown: the lecture's, with the activations and the loss that the page names for it.
 *
 * @import { TraceRequest } from "../record/types.js"
 */

/**
 * @param {TraceRequest} lecture
 * @param {{ activations?: string, loss?: string }} shown names of activations with spaces between, and of a loss
 * @returns {TraceRequest}
 */
export function shownOn(lecture, { activations = "", loss = lecture.loss }) {
  const names = activations.split(" ");
  const layers = lecture.network.layers.map((layer, index) => ({
    ...layer,
    activation: names[index] || layer.activation,
  }));
  return { ...lecture, loss, network: { layers } };
}

/** The lecture's other inputs, for a rule that shows with several examples only. */
export const MORE_INPUTS = Object.freeze([
  [0, 0],
  [-1, 0],
]);
