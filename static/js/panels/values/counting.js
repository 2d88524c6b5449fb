/**
 * How many multiplications on the wires have been done so far. Pure.
 *
 * @import { Trace } from "../../record/types.js"
 */

/**
 * Multiplications in the forward pass, in the backward sweep to ∂l/∂z of every unit, for the products ∂l/∂w, and for
 * sweep and products together, after each step: element `done` is what has been spent once so many steps are done.
 *
 * @param {Trace} trace
 * @returns {{ forward: number[], backward: number[], products: number[], gradient: number[] }}
 */
export function spentAfter(trace) {
  const spent = { forward: [0], backward: [0], products: [0], gradient: [0] };
  const done = { forward: 0, backward: 0, gradient: 0 };
  for (const { phase, products = 0 } of trace.steps) {
    if (phase in done) done[/** @type {keyof typeof done} */ (phase)] += products ?? 0;
    spent.forward.push(done.forward);
    spent.backward.push(done.backward);
    spent.products.push(done.gradient);
    spent.gradient.push(done.backward + done.gradient);
  }
  return spent;
}
