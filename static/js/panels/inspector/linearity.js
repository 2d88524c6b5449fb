/**
 * The reversed network is linear: the answers to unit signals, weighted by the loss's own ∂l/∂y, add up to the true
 * ∂l/∂z. Pure.
 *
 * @import { Trace, TraceRequest, Value } from "../../record/types.js"
 *
 * @typedef {object} Response of one unit
 * @property {number} layer
 * @property {number} unit
 * @property {{ weight: Value, response: Value }[]} parts one for each output
 * @property {Value} sum
 * @property {Value} truth
 * @property {boolean} agrees
 */

const TOLERANCE = 1e-9;

/** @param {number} length @param {number} index */
export const unitSignal = (length, index) => Array.from({ length }, (_, place) => Number(place === index));

/**
 * The requests to ask: the loss's own sweep first, then one for each output.
 * @param {TraceRequest} request
 * @returns {TraceRequest[]}
 */
export function questions({
  signal: _signal,
  learning_rate: _rate,
  momentum: _momentum,
  previous_change: _change,
  freeze: _freeze,
  ...own
}) {
  return [own, ...own.target.map((_, index) => ({ ...own, signal: unitSignal(own.target.length, index) }))];
}

/**
 * @param {Trace} truth the loss's own sweep
 * @param {readonly Trace[]} answers to the unit signals, in order
 * @returns {Response[]}
 */
export function responses(truth, answers) {
  const weights = truth.layers[truth.layers.length - 1].dl_da;
  return truth.layers.flatMap(({ dl_dz }, layer) => {
    const scale = Math.max(...dl_dz.map((value) => Math.abs(value ?? 0)));
    return dl_dz.map((own, unit) => {
      const parts = answers.map((answer, index) => ({
        weight: weights[index],
        response: answer.layers[layer].dl_dz[unit],
      }));
      const sum = parts.reduce(
        (/** @type {Value} */ total, { weight, response }) =>
          total === null || weight === null || response === null ? null : total + weight * response,
        0,
      );
      const size = parts.reduce(
        (most, { weight, response }) => Math.max(most, Math.abs((weight ?? 0) * (response ?? 0))),
        scale,
      );
      const agrees =
        sum !== null && own !== null && Math.abs(sum - own) <= TOLERANCE * Math.max(size, Number.MIN_VALUE);
      return { layer, unit, parts, sum, truth: own, agrees };
    });
  });
}
