/**
 * Signals that carry their number: the way of each, with a stop where it is multiplied, and an end where it becomes
 * part of what is worked out. Pure: where a token is follows from the share of the time gone by.
 *
 * @import { Pulse } from "../../record/types.js"
 * @import { Layout, RowName } from "../types.js"
 */
import { cubicInOut, within } from "../../timeline/easing.js";
import { routeOf } from "../layout/routes.js";

/**
 * @typedef {{ x: number, y: number }} Place
 * @typedef {{ from: number, to: number, places: readonly Place[] }} Leg shares of the token's own time, and its way
 * @typedef {object} Token
 * @property {Pulse} pulse
 * @property {readonly Leg[]} legs
 * @property {Place | null} gate where it is multiplied
 * @property {number} begins share of the travelling time at which it sets out
 * @property {number} ends and at which it is there
 * @property {boolean} lands whether it becomes part of what is worked out; else it sinks into its unit
 */

/** Terms set out one after another, each in its own share of the time; a bias, whose way is short, at the end. */
const SPREAD = 0.34;
const BIAS = 0.36;
/** How long a token stays where it is multiplied, in shares of its own time. */
const GATE = 0.16;

/**
 * @param {Layout} layout
 * @param {RowName} row
 * @param {readonly Pulse[]} pulses
 * @param {ReadonlyMap<Pulse, Place>} [ends] where they become part of what is worked out
 * @param {ReadonlyMap<Pulse, Place>} [starts] where they come from, before their wire
 * @returns {Token[]}
 */
export function tokensOf(layout, row, pulses, ends = new Map(), starts = new Map()) {
  const orders = ordersOf(pulses);
  return pulses.flatMap((pulse) => {
    const route = routeOf(layout, row, pulse.wire);
    if (route === null) return [];
    const { x0, y0, x1, y1, cross } = route;
    const isBackward = pulse.direction === "backward";
    const at = (/** @type {number} */ share) => ({ x: x0 + (x1 - x0) * share, y: y0 + (y1 - y0) * share });
    const along = (/** @type {number} */ share) => at(isBackward ? 1 - share : share);
    const [start, end] = [starts.get(pulse), ends.get(pulse)];
    const way = [...(start ? [start] : []), along(pulse.from)];
    const rest = [...(pulse.to === 1 || end === undefined ? [along(pulse.to)] : []), ...(end ? [end] : [])];
    const gate = pulse.factor === undefined ? null : at(cross);
    return [tokenOf(pulse, { way, gate, rest, ...timeOf(pulse, orders.get(pulse) ?? 0), lands: end !== undefined })];
  });
}

/** @param {Pulse} pulse @param {number} order 0 … 1 */
function timeOf({ wire, direction }, order) {
  if (wire.kind === "bias" && direction === "forward") return { begins: 1 - BIAS, ends: 1 };
  return { begins: order * SPREAD, ends: order * SPREAD + 1 - SPREAD };
}

/**
 * @param {Pulse} pulse
 * @param {{ way: readonly Place[], gate: Place | null, rest: readonly Place[], begins?: number, ends?: number, lands?:
 *   boolean }} given the way to the gate, and from there on
 * @returns {Token}
 */
export function tokenOf(pulse, { way, gate, rest, begins = 0, ends = 1, lands = false }) {
  const [before, after] = gate === null ? [0, 0] : [(1 - GATE) * 0.45, (1 - GATE) * 0.45 + GATE];
  const legs =
    gate === null
      ? [{ from: 0, to: 1, places: [...way, ...rest] }]
      : [
          { from: 0, to: before, places: [...way, gate] },
          { from: after, to: 1, places: [gate, ...rest] },
        ];
  return { pulse, legs, gate, begins, ends, lands };
}

/**
 * When each pulse sets out, 0 … 1: in their order among those that come to the same unit, all units alike.
 * @param {readonly Pulse[]} pulses
 * @returns {Map<Pulse, number>}
 */
function ordersOf(pulses) {
  /** @type {Map<string, Pulse[]>} */
  const groups = new Map();
  for (const pulse of pulses) {
    const { kind, layer, row, column } = pulse.wire;
    const isSum = kind === "weight" ? pulse.factor !== undefined : kind === "bias" && pulse.direction === "forward";
    const key = !isSum ? "together" : pulse.direction === "forward" ? `${layer} ${row}` : `${layer} ${column}`;
    groups.set(key, [...(groups.get(key) ?? []), pulse]);
  }
  const orders = new Map();
  for (const [key, group] of groups)
    group.forEach((pulse, index) =>
      orders.set(pulse, key === "together" || group.length === 1 ? 0 : index / (group.length - 1)),
    );
  return orders;
}

/**
 * @param {Token} token
 * @param {number} travel share of the travelling time
 * @returns {{ x: number, y: number, hasPassed: boolean, own: number, gate: number }} own: the share of its own time;
 *   gate: 1 while it is multiplied, falling to 0 before and after
 */
export function tokenAt({ legs, gate, begins, ends }, travel) {
  const own = within(travel, begins, ends);
  const leg = legs.find(({ to }) => own <= to) ?? legs[legs.length - 1];
  const place = onWay(leg.places, cubicInOut(within(own, leg.from, leg.to)));
  if (gate === null) return { ...place, hasPassed: false, own, gate: 0 };
  const [first, second] = legs;
  const [inside, outside] = [within(own, first.to - GATE, first.to), within(own, second.from, second.from + GATE)];
  return { ...place, hasPassed: own >= (first.to + second.from) / 2, own, gate: Math.min(inside, 1 - outside) };
}

/** @param {readonly Place[]} places @param {number} share @returns {Place} */
function onWay(places, share) {
  const lengths = places.slice(1).map(({ x, y }, index) => Math.hypot(x - places[index].x, y - places[index].y));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [from, to] = [places[index], places[index + 1]];
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    }
    left -= length;
  }
  const last = places[places.length - 1];
  return { x: last.x, y: last.y };
}
