/**
 * Which part of the data's space is looked at. Pure.
 *
 * @import { Examples, Moment } from "../../types.js"
 */

const AIR = 0.1;

/** @param {readonly (readonly number[])[]} rows @returns {number[]} */
export function meanOf(rows) {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, column) => rows.reduce((sum, row) => sum + row[column], 0) / rows.length);
}

/**
 * The inputs whose plane is bent along with the data, and how far it reaches: as the decision map has it, if there is
 * one.
 *
 * @param {Examples} examples
 * @param {Moment["response"]} response
 */
export function inputPlane({ xs, test_xs }, response) {
  const all = [...xs, ...test_xs];
  const width = all[0]?.length ?? 0;
  const inputs = response?.inputs ?? (width > 1 ? [0, 1] : [0]);
  const ends = response && [response.x_values, response.y_values];
  const ranges = inputs.map((input, index) => {
    const shown = ends?.[index];
    if (shown && shown.length > 1) return [/** @type {number} */ (shown[0]), /** @type {number} */ (shown.at(-1))];
    const [low, high] = all.reduce(
      ([least, most], row) => [Math.min(least, row[input]), Math.max(most, row[input])],
      [Infinity, -Infinity],
    );
    const air = (high - low) * AIR || 1;
    return [low - air, high + air];
  });
  // A plane through many inputs says little of data that lies far from it, and nothing is seen of it in a picture of
  // 64.
  const isSeen = width <= 4;
  return {
    inputs,
    low: ranges.map(([low]) => low),
    high: ranges.map(([, high]) => high),
    ...(width > inputs.length && { held: meanOf(xs) }),
    isSeen,
  };
}
