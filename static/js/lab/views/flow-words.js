/**
 * What the gradients of a network say, in a sentence made from their numbers. Pure.
 *
 * @import { Text } from "../../i18n/i18n.js"
 * @import { Epoch } from "../types.js"
 */
import { significant } from "../../kit/format.js";

const VANISHED = 1e-2;
const WEAKER = 0.2;
const DIGITS = 2;

/**
 * The size of the first layer's gradient beside the last layer's.
 *
 * @param {Pick<Epoch, "epoch" | "gradient_norms" | "gain_means">} record
 * @returns {Text | null} null where there is nothing to compare
 */
export function flowSentence({ epoch, gradient_norms, gain_means }) {
  const [first, last] = [gradient_norms[0], gradient_norms.at(-1)];
  if (gradient_norms.length < 2 || first === undefined || last === undefined)
    return { key: "lab.views.gradient-flow.one", params: { epoch } };
  if (last === 0) return { key: "lab.views.gradient-flow.zero", params: { epoch } };
  const ratio = first / last;
  const times = significant(ratio >= 1 ? ratio : 1 / ratio, DIGITS);
  // What runs back from the last layer to the first passes the gains of all layers but the last.
  const gain = gain_means.slice(0, -1).reduce((product, mean) => product * mean, 1);
  const params = { epoch, times, layers: gradient_norms.length, gain: significant(gain, DIGITS) };
  if (first === 0) return { key: "lab.views.gradient-flow.dead", params };
  if (ratio < VANISHED) return { key: "lab.views.gradient-flow.vanished", params };
  if (ratio < WEAKER) return { key: "lab.views.gradient-flow.weaker", params };
  if (ratio <= 1 / WEAKER) return { key: "lab.views.gradient-flow.level", params };
  return { key: "lab.views.gradient-flow.larger", params };
}
