/**
 * The pulses of one step as flat arrays: worked out when the step begins, read in every frame. Pure.
 *
 * @import { Phase, Pulse } from "../../record/types.js"
 * @import { Layout, RowName } from "../types.js"
 */
import { routeOf } from "../layout/routes.js";

/** Numbers ride along with up to so many pulses; more could not be read. */
export const MOST_NUMBERS = 40;
const FIELDS = 7;

/**
 * @typedef {object} Swarm
 * @property {number} count
 * @property {Float32Array} data of each pulse: x and y of its start, its way (dx, dy), where it meets the weight,
 *   cosine, sine
 * @property {Uint8Array} backward 1 for those that run back
 * @property {readonly Pulse[]} pulses those that have a way in this row, in the order of the arrays
 */

/** @type {Swarm} */
export const NO_SWARM = Object.freeze({ count: 0, data: new Float32Array(0), backward: new Uint8Array(0), pulses: [] });

/**
 * @param {Layout} layout
 * @param {RowName | null} row
 * @param {readonly Pulse[]} pulses
 * @returns {Swarm}
 */
export function swarmOf(layout, row, pulses) {
  if (row === null || pulses.length === 0) return NO_SWARM;
  const data = new Float32Array(pulses.length * FIELDS);
  const backward = new Uint8Array(pulses.length);
  /** @type {Pulse[]} */
  const kept = [];
  for (const pulse of pulses) {
    const route = routeOf(layout, row, pulse.wire);
    if (route === null) continue;
    const isBackward = pulse.direction === "backward";
    const [fromX, fromY, toX, toY] = isBackward
      ? [route.x1, route.y1, route.x0, route.y0]
      : [route.x0, route.y0, route.x1, route.y1];
    const [wayX, wayY] = [toX - fromX, toY - fromY];
    const share = pulse.to - pulse.from;
    const length = Math.hypot(wayX, wayY) || 1;
    const cross = isBackward ? 1 - route.cross : route.cross;
    const at = kept.length * FIELDS;
    data[at] = fromX + wayX * pulse.from;
    data[at + 1] = fromY + wayY * pulse.from;
    data[at + 2] = wayX * share;
    data[at + 3] = wayY * share;
    data[at + 4] = share === 0 ? 2 : (cross - pulse.from) / share;
    data[at + 5] = wayX / length;
    data[at + 6] = wayY / length;
    backward[kept.length] = Number(isBackward);
    kept.push(pulse);
  }
  return { count: kept.length, data, backward, pulses: kept };
}

/** @param {Swarm} swarm @param {number} index @param {number} travel @returns {[number, number]} */
export function placeIn({ data }, index, travel) {
  const at = index * FIELDS;
  return [data[at] + data[at + 2] * travel, data[at + 1] + data[at + 3] * travel];
}

export { FIELDS };
