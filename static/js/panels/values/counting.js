/**
 * How many multiplications on the wires have been done so far. Pure.
 *
 * @import { Step, Trace } from "../../record/types.js"
 */

/** @param {Trace} trace */
const sizesOf = ({ x, layers }) => [x.length, ...layers.map(({ b }) => b.length)];

/**
 * @param {Step} step
 * @param {readonly number[]} sizes
 */
function multiplicationsOf({ operation, layer, unit, writes }, sizes) {
  const at = layer ?? 0;
  if (operation === "product") return 1;
  if (operation === "weight_gradient") return writes.length;
  const isForward = operation === "weighted_sum";
  if (!isForward && operation !== "backward_sum") return 0;
  const units = sizes[at + 1];
  const wires = isForward ? sizes[at] : sizes[at + 2];
  return (unit === null ? units : 1) * wires;
}

/**
 * Multiplications in the forward pass, in the backward sweep to ∂l/∂z of every unit, for the products ∂l/∂w, and for
 * sweep and products together, after each step: element `done` is what has been spent once so many steps are done.
 *
 * @param {Trace} trace
 * @returns {{ forward: number[], backward: number[], products: number[], gradient: number[] }}
 */
export function spentAfter(trace) {
  const sizes = sizesOf(trace);
  const spent = { forward: [0], backward: [0], products: [0], gradient: [0] };
  let forward = 0;
  let backward = 0;
  let products = 0;
  for (const step of trace.steps) {
    const count = multiplicationsOf(step, sizes);
    if (step.phase === "forward") forward += count;
    if (step.phase === "backward") backward += count;
    // The way on to ∂l/∂x belongs to the same phase and is no part of the gradient.
    if (step.operation === "weight_gradient") products += count;
    spent.forward.push(forward);
    spent.backward.push(backward);
    spent.products.push(products);
    spent.gradient.push(backward + products);
  }
  return spent;
}
