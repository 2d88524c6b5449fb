/**
 * The examples as points: shape and colour say the class, filled is trained on, hollow is held out.
 *
 * @import { ExampleChoice, Examples } from "../types.js"
 * @import { Scale } from "./scale.js"
 *
 * @typedef {{ x: (value: number) => number, y: (value: number) => number }} Scales
 * @typedef {{ heldOut: boolean, index: number, x: number, y: number }} Placed an example and where it stands, in the
 *   drawing's units
 */
import { svg } from "../../kit/dom.js";
import { classColour } from "./palette.js";
import { placeOn } from "./scale.js";

const MANY = 250;
const RADIUS = { few: 4.4, many: 3.3 };
/** How far from a point the pointer may be, in the drawing's units. */
const REACH = 16;

/** The charts' own shapes in their order, as path data about (0, 0) with radius 1. */
const SHAPES = Object.freeze([
  (/** @type {number} */ r) => `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  (/** @type {number} */ r) =>
    polygon(r * 1.22, [
      [-0.72, -0.72],
      [0.72, -0.72],
      [0.72, 0.72],
      [-0.72, 0.72],
    ]),
  (/** @type {number} */ r) =>
    polygon(r * 1.3, [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ]),
  (/** @type {number} */ r) =>
    polygon(r * 1.3, [
      [0, -1],
      [0.95, 0.7],
      [-0.95, 0.7],
    ]),
  (/** @type {number} */ r) =>
    polygon(r * 1.25, [
      [-0.35, -1],
      [0.35, -1],
      [0.35, -0.35],
      [1, -0.35],
      [1, 0.35],
      [0.35, 0.35],
      [0.35, 1],
      [-0.35, 1],
      [-0.35, 0.35],
      [-1, 0.35],
      [-1, -0.35],
      [-0.35, -0.35],
    ]),
  (/** @type {number} */ r) =>
    polygon(r * 1.3, [
      [-0.95, -0.7],
      [0.95, -0.7],
      [0, 1],
    ]),
]);

/** @param {number} r @param {readonly (readonly [number, number])[]} corners */
function polygon(r, corners) {
  const [first, ...rest] = corners.map(([x, y]) => [x * r, y * r]);
  let [px, py] = first;
  const steps = rest.map(([x, y]) => {
    const step = `l${(x - px).toFixed(2)} ${(y - py).toFixed(2)}`;
    [px, py] = [x, y];
    return step;
  });
  return `m${first[0].toFixed(2)} ${first[1].toFixed(2)}${steps.join("")}z`;
}

/** @param {number | null} label */
const shapeOf = (label) => SHAPES[(label ?? 0) % SHAPES.length];

/**
 * One class's sign, for a legend.
 * @param {number | null} label
 * @param {number} count classes
 * @param {boolean} [heldOut]
 */
export const sign = (label, count, heldOut = false) =>
  svg(
    "svg",
    { class: "map-sign", viewBox: "-8 -8 16 16", "aria-hidden": "true", focusable: "false" },
    svg("path", {
      class: `point ${heldOut ? "held-out" : "trained"} ${label === null ? "plain" : classColour(label, count)}`,
      d: `M0 0${shapeOf(label)(5)}`,
    }),
  );

/**
 * Where each example stands: at two of its inputs, or at its input and its target.
 *
 * @param {Examples} examples
 * @param {Scales} scales
 * @param {{ inputs: readonly number[], heldOut: boolean }} how one input: the target stands up
 * @returns {Placed[]} those held out first, so that those trained on lie above
 */
export function placed(examples, { x, y }, { inputs, heldOut }) {
  const [first, second] = inputs;
  /** @param {number[][]} xs @param {number[][]} targets @param {boolean} isHeldOut */
  const part = (xs, targets, isHeldOut) =>
    xs.map((row, index) => ({
      heldOut: isHeldOut,
      index,
      x: x(row[first]),
      y: y(second === undefined ? targets[index][0] : row[second]),
    }));
  return [
    ...(heldOut ? part(examples.test_xs, examples.test_targets, true) : []),
    ...part(examples.xs, examples.targets, false),
  ];
}

/**
 * One path for each look rather than one element for each point: thousands stay light.
 *
 * @param {SVGGElement} group emptied and filled
 * @param {Examples} examples
 * @param {readonly Placed[]} places
 * @param {{ scale: Scale | null }} how scale: colour by the target's place on it
 */
export function drawPoints(group, examples, places, { scale }) {
  const radius = places.length > MANY ? RADIUS.many : RADIUS.few;
  /** @type {Map<string, string[]>} */
  const looks = new Map();
  const classes = examples.class_names.length;
  for (const { heldOut, index, x, y } of places) {
    const label = (heldOut ? examples.test_labels : examples.labels)?.[index] ?? null;
    const target = (heldOut ? examples.test_targets : examples.targets)[index][0];
    const colour =
      label !== null
        ? classColour(label, classes)
        : scale === null
          ? "plain"
          : `value-${Math.round((placeOn(target, scale) + 1) * 4)}`;
    const look = `point ${heldOut ? "held-out" : "trained"} ${colour}`;
    const part = `M${x.toFixed(1)} ${y.toFixed(1)}${shapeOf(label)(radius)}`;
    const parts = looks.get(look);
    if (parts === undefined) looks.set(look, [part]);
    else parts.push(part);
  }
  group.replaceChildren(...[...looks].map(([look, parts]) => svg("path", { class: look, d: parts.join("") })));
}

/**
 * The example at a place, or null if none is near.
 * @param {readonly Placed[]} places
 * @param {number} x
 * @param {number} y
 * @returns {Placed | null}
 */
export function nearest(places, x, y) {
  let best = null;
  let least = REACH;
  for (const place of places) {
    const far = Math.hypot(place.x - x, place.y - y);
    // Of two in the same place, the one that lies above.
    if (far <= least) [best, least] = [place, far];
  }
  return best;
}

/** @param {readonly Placed[]} places @param {ExampleChoice} choice */
export const placeOf = (places, { heldOut, index }) =>
  places.find((place) => place.heldOut === heldOut && place.index === index) ?? null;
