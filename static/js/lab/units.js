/**
 * From the numbers that a network has to those of the data they came from, and the other way. Pure.
 *
 * What is standardised is so by the server, which tells by how much; a page shows the data's own units.
 *
 * @import { Value } from "../record/types.js"
 * @import { Examples, TrainingRequest } from "./types.js"
 * @import { Scale } from "./map/scale.js"
 */

/** @type {WeakMap<Examples, Examples>} */
const made = new WeakMap();

/**
 * The same examples with the numbers that were given; the same object for the same examples.
 * @param {Examples} examples
 * @returns {Examples}
 */
export function inOwnUnits(examples) {
  if (!examples.given) return examples;
  let own = made.get(examples);
  if (own === undefined) made.set(examples, (own = { ...examples, ...examples.given }));
  return own;
}

/** A value of one input. @param {Examples} examples @param {number} input @param {number} value */
export const ownInput = ({ shift, scale }, input, value) => value * (scale[input] ?? 1) + (shift[input] ?? 0);

/**
 * What a network answers, or is asked for.
 * @template {Value | undefined} V
 * @param {Examples} examples
 * @param {number} output
 * @param {V} value
 * @returns {V}
 */
export const ownTarget = ({ target_shift: shift, target_scale: scale }, output, value) =>
  typeof value === "number" ? /** @type {V} */ (value * (scale?.[output] ?? 1) + (shift?.[output] ?? 0)) : value;

/**
 * The ends of a scale of outputs.
 * @param {Examples} examples
 * @param {number} output
 * @param {Scale} scale
 * @returns {Scale}
 */
export function ownScale(examples, output, { low, middle, high }) {
  return {
    low: ownTarget(examples, output, low),
    middle: ownTarget(examples, output, middle),
    high: ownTarget(examples, output, high),
  };
}

/**
 * Whether a view that shows the network's own numbers has to say that they are standardised; of a picture nobody asks.
 * @param {Examples | null} examples
 */
export const needsWord = (examples) => Boolean(examples?.given) && examples?.labels === null;

/**
 * The shortest way to say which of the two are standardised, as older links have it where it is inputs alone.
 * @param {boolean | null | undefined} inputs null: as the server does by itself
 * @param {boolean} targets
 * @returns {TrainingRequest["standardise"]}
 */
export const standardiseChoice = (inputs, targets) =>
  targets ? { ...(typeof inputs === "boolean" && { inputs }), targets } : (inputs ?? undefined);

/**
 * Whether inputs, and whether targets are to be standardised, as a recipe says it; null where it leaves that to the
 * server.
 * @param {TrainingRequest["standardise"]} choice
 */
export function standardised(choice) {
  if (choice === undefined || choice === null || typeof choice === "boolean")
    return { inputs: choice ?? null, targets: false };
  return { inputs: choice.inputs ?? null, targets: choice.targets ?? false };
}
