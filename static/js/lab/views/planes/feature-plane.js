/**
 * One layer's plane: where every example lies in it, and the input grid bent along. A drawing of a few paths, so that
 * it keeps up with a training and with a dragged slider.
 *
 * @import { ExampleChoice, Examples } from "../../types.js"
 * @import { Schemas } from "../../../record/types.js"
 * @import { Placed } from "../../map/points.js"
 *
 * @typedef {Pick<Schemas["Features"], "kind" | "shares"> & { coordinates: number[][], grid: number[][][] }} PlaneRecord
 *   One entry of `features` of an answer of /regions; the grid by row, column and coordinate.
 *
 * @typedef {object} PlaneShown
 * @property {PlaneRecord} record
 * @property {string} title
 * @property {readonly [string, string]} names of the axes
 * @property {Examples} examples
 * @property {readonly ExampleChoice[]} drawn which example each row of the coordinates is
 * @property {readonly number[]} heights what stands up in a plane of one unit
 * @property {ExampleChoice} chosen
 */
import { h, svg } from "../../../kit/dom.js";
import { extent } from "../../../kit/scales.js";
import { drawAxes, HEIGHT, scalesOf, WIDTH } from "../../map/axes.js";
import { drawPoints, nearest, placeOf } from "../../map/points.js";
import { targetScale } from "../../map/scale.js";

/** The lines of a grid in both directions. @param {readonly number[][][]} grid @returns {number[][][]} */
export const linesOf = (grid) => [
  ...grid,
  ...(grid[0] ?? []).map((_, column) => grid.map((row) => /** @type {number[]} */ (row[column]))),
];

/**
 * The part of the plane that holds everything drawn in it.
 * @param {PlaneRecord} record
 * @param {readonly number[]} heights
 */
export function frameOf({ coordinates, grid }, heights) {
  const isLine = (coordinates[0]?.length ?? 0) < 2;
  const points = isLine ? coordinates : [...coordinates, ...grid.flat()];
  const [x, y] = [
    extent(points.map(([first = 0]) => first)),
    extent(isLine ? heights : points.map(([, second = 0]) => second), isLine ? 0.25 : undefined),
  ];
  return {
    low: /** @type {[number, number]} */ ([x.from, y.from]),
    high: /** @type {[number, number]} */ ([x.to, y.to]),
    isLine,
  };
}

/** Only whole numbers on the axis that stands up. @param {SVGGElement} axes */
function keepWhole(axes) {
  for (const number of axes.querySelectorAll(".map-number[text-anchor='end']")) {
    if (/^\d+$/.test(number.textContent ?? "")) continue;
    number.previousElementSibling?.remove();
    number.remove();
  }
}

/** @param {{ onHover: (place: ExampleChoice | null) => void, onChoose: (choice: ExampleChoice) => void }} options */
export function createFeaturePlane({ onHover, onChoose }) {
  const axes = svg("g", { class: "map-axes" });
  const lines = svg("path", { class: "plane-grid" });
  const points = svg("g", { class: "map-points" });
  const over = svg("circle", { class: "map-over", r: 8 });
  const ring = svg(
    "g",
    { class: "map-ring" },
    svg("circle", { class: "map-ring-ground", r: 9.5 }),
    svg("circle", { class: "map-ring-line", r: 9.5 }),
  );
  const drawing = svg(
    "svg",
    { class: "map-drawing plane-drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    axes,
    lines,
    points,
    over,
    ring,
  );
  const title = h("h3", { class: "plane-title" });
  const element = h("figure", { class: "plane" }, title, drawing);
  /** @type {Placed[]} */
  let places = [];
  let frame = "";

  /** @param {PointerEvent | MouseEvent} event */
  function under(event) {
    const box = drawing.getBoundingClientRect();
    return nearest(
      places,
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    );
  }
  drawing.addEventListener("pointermove", (event) => onHover(under(event)));
  drawing.addEventListener("pointerleave", () => onHover(null));
  drawing.addEventListener("click", (event) => {
    const place = under(event);
    if (place) onChoose({ heldOut: place.heldOut, index: place.index });
  });

  /** @param {SVGElement} mark @param {ExampleChoice | null} choice */
  function put(mark, choice) {
    const place = choice && placeOf(places, choice);
    mark.style.display = place ? "" : "none";
    if (place) mark.setAttribute("transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
  }
  put(over, null);
  put(ring, null);

  return {
    element,
    /** @param {PlaneShown} shown */
    show({ record, title: called, names, examples, drawn, heights, chosen }) {
      const { low, high, isLine } = frameOf(record, heights);
      const { x, y } = scalesOf(low, high);
      title.textContent = called;
      drawing.setAttribute("aria-label", called);
      const nextFrame = JSON.stringify([low, high, names]);
      if (nextFrame !== frame) drawAxes(axes, { low, high, names });
      // Between two classes there is none.
      if (nextFrame !== frame && isLine && examples.labels !== null) keepWhole(axes);
      frame = nextFrame;
      const line = (/** @type {number[][]} */ row) =>
        `M${row.map(([first = 0, second = 0]) => `${x(first).toFixed(1)} ${y(second).toFixed(1)}`).join("L")}`;
      lines.setAttribute("d", isLine ? "" : linesOf(record.grid).map(line).join(""));
      places = drawn.map((choice, row) => {
        const [first = 0, second = heights[row] ?? 0] = record.coordinates[row] ?? [];
        return { ...choice, x: x(first), y: y(second) };
      });
      // Those held out lie below, as in the decision map.
      const sorted = [...places.filter(({ heldOut }) => heldOut), ...places.filter(({ heldOut }) => !heldOut)];
      drawPoints(points, examples, sorted, {
        scale: examples.labels === null ? targetScale([examples.targets, examples.test_targets]) : null,
      });
      put(ring, chosen);
    },
    /** @param {ExampleChoice | null} choice */
    light: (choice) => put(over, choice),
  };
}
