/**
 * The map itself: the painted ground (or, for one input, the curve), the examples on it, the chosen one ringed.
 *
 * @import { ExampleChoice, Examples, Moment } from "../types.js"
 * @import { Ground } from "./field.js"
 * @import { Placed } from "./points.js"
 */
import { h, svg } from "../../kit/dom.js";
import { pathThrough } from "../../kit/scales.js";
import { BOX, drawAxes, HEIGHT, scalesOf, WIDTH } from "./axes.js";
import { createField } from "./field.js";
import { planeOf, spanOf, spoken } from "./plane.js";
import { drawPoints, nearest, placed, placeOf } from "./points.js";
import { inOwnUnits, ownInput, ownTarget } from "../units.js";

/**
 * @typedef {object} Shown
 * @property {Examples} examples
 * @property {Moment | null} moment
 * @property {Ground | null} ground
 * @property {readonly number[]} inputs
 * @property {ExampleChoice} chosen
 * @property {boolean} heldOut whether the examples held out are shown
 * @property {boolean} discrete
 * @property {boolean} isUnit one unit rather than the output: its a is no answer to the targets
 */

/** @param {{ onChoose: (choice: ExampleChoice) => void, describe: (place: Placed) => string[] }} options */
export function createPlot({ onChoose, describe }) {
  const canvas = h("canvas", { class: "map-field", "aria-hidden": "true" });
  const axes = svg("g", { class: "map-axes" });
  const line = svg("path");
  const [width, height] = [BOX.right - BOX.left, BOX.bottom - BOX.top];
  // A drawing within the drawing cuts the curve off at the frame.
  const curve = svg(
    "svg",
    {
      class: "map-curve",
      x: BOX.left,
      y: BOX.top,
      width,
      height,
      viewBox: `${BOX.left} ${BOX.top} ${width} ${height}`,
    },
    line,
  );
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
    { class: "map-drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    axes,
    points,
    curve,
    over,
    ring,
  );
  const tip = h("div", { class: "map-tip", hidden: true });
  const element = h("div", { class: "map-plot" }, canvas, drawing, tip);
  const field = createField(canvas);
  /** @type {Placed[]} */
  let places = [];
  let frameKey = "";
  let pointKey = "";
  /** @type {Examples | null} */
  let data = null;

  for (const [name, value] of Object.entries({
    left: BOX.left / WIDTH,
    top: BOX.top / HEIGHT,
    width: width / WIDTH,
    height: height / HEIGHT,
  }))
    canvas.style.setProperty(name, `${value * 100}%`);

  /** @param {PointerEvent | MouseEvent} event */
  function under(event) {
    const box = drawing.getBoundingClientRect();
    return nearest(
      places,
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    );
  }

  /** @param {Placed | null} place */
  function point(place) {
    over.style.display = place === null ? "none" : "";
    tip.hidden = place === null;
    drawing.style.cursor = place === null ? "" : "pointer";
    if (place === null) return;
    over.setAttribute("cx", String(place.x));
    over.setAttribute("cy", String(place.y));
    tip.replaceChildren(...describe(place).map((text) => h("span", {}, text)));
    const isRight = place.x > (BOX.left + BOX.right) / 2;
    tip.style.left = isRight ? "" : `${(place.x / WIDTH) * 100 + 4}%`;
    tip.style.right = isRight ? `${(1 - place.x / WIDTH) * 100 + 4}%` : "";
    tip.style.top = `${(place.y / HEIGHT) * 100}%`;
  }
  drawing.addEventListener("pointermove", (event) => point(under(event)));
  drawing.addEventListener("pointerleave", () => point(null));
  drawing.addEventListener("click", (event) => {
    const place = under(event);
    if (place !== null) onChoose({ heldOut: place.heldOut, index: place.index });
  });
  point(null);

  /** The area that the axes span. @param {Shown} shown @returns {{ low: [number, number], high: [number, number] }} */
  function frameOf({ examples, ground, inputs, isUnit }) {
    const plane = planeOf(examples, inputs);
    const own = (/** @type {readonly number[]} */ values) =>
      /** @type {[number, number]} */ (values.map((value, place) => ownInput(examples, inputs[place], value)));
    if (inputs.length === 2) return { low: own(plane.low), high: own(plane.high) };
    const up =
      isUnit && ground
        ? { low: ground.scale.low, high: ground.scale.high }
        : spanOf([examples.targets, examples.test_targets], 0);
    const air = isUnit ? (up.high - up.low) * 0.06 : 0;
    const upwards = (/** @type {number} */ value) => (isUnit ? value : ownTarget(examples, 0, value));
    return { low: [own(plane.low)[0], upwards(up.low - air)], high: [own(plane.high)[0], upwards(up.high + air)] };
  }

  return {
    element,
    /**
     * @param {Shown} shown
     * @param {string} label for who does not see it
     * @param {string} upName what stands up for one input
     */
    show(shown, label, upName) {
      const { examples, moment, ground, inputs, chosen, heldOut, discrete, isUnit } = shown;
      const own = inOwnUnits(examples);
      const frame = frameOf(shown);
      const scales = scalesOf(frame.low, frame.high);
      const names = /** @type {const} */ ([
        spoken(examples.feature_names[inputs[0]]),
        inputs.length === 2 ? spoken(examples.feature_names[inputs[1]]) : upName,
      ]);
      const nextFrame = JSON.stringify([frame, names]);
      if (nextFrame !== frameKey) drawAxes(axes, { ...frame, names });
      const isPlain = inputs.length === 1 && isUnit;
      const scale = examples.labels === null && inputs.length === 2 && ground ? ground.scale : null;
      const nextPoints = JSON.stringify([nextFrame, heldOut, isPlain, isUnit ? null : scale]);
      if (nextPoints !== pointKey || data !== examples) {
        places = isPlain ? [] : placed(own, scales, { inputs, heldOut });
        drawPoints(points, examples, places, { scale: isUnit ? null : scale });
        point(null);
      }
      [frameKey, pointKey, data] = [nextFrame, nextPoints, examples];
      if (moment === null || ground === null || moment.response === null) {
        field.clear();
        line.setAttribute("d", "");
      } else if (inputs.length === 2) {
        field.paint(moment, ground, discrete);
        line.setAttribute("d", "");
      } else {
        field.clear();
        const { x_values, layers } = moment.response;
        const a = layers[ground.layer]?.a[ground.unit]?.[0] ?? [];
        const at = (/** @type {number} */ index, /** @type {number} */ value) =>
          /** @type {[number, number]} */ ([
            scales.x(ownInput(examples, inputs[0], x_values[index])),
            clamped(scales.y(isUnit ? value : ownTarget(examples, 0, value))),
          ]);
        line.setAttribute("d", pathThrough(a.map((value, index) => (value === null ? null : at(index, value)))));
      }
      // The chosen one is ringed even where the others of its part are not shown.
      const place =
        placeOf(places, chosen) ?? (isPlain ? null : placeOf(placed(own, scales, { inputs, heldOut: true }), chosen));
      ring.style.display = place === null ? "none" : "";
      if (place !== null) ring.setAttribute("transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
      drawing.setAttribute("aria-label", label);
    },
  };
}

/** A curve that leaves the frame far behind is not drawn out to infinity; the frame cuts it off. @param {number} y */
const clamped = (y) => Math.max(-HEIGHT, Math.min(2 * HEIGHT, y));
