/**
 * The activation under a lens: a dot runs along the curve from z = 0 to (z, a); or, for the gain, the tangent there
 * turns until it has the curve's slope.
 *
 * @import { Act, Cue } from "./acts.js"
 * @import { Pen } from "../pen.js"
 */
import { cubicInOut, cubicOut, within } from "../../../timeline/easing.js";
import { valueAt } from "../../../timeline/values.js";
import { significant } from "../../../kit/format.js";
import { activationIn } from "../../../record/functions.js";
import { curveOf, heightAt, samplesOf } from "../../draw/curve.js";
import { heightOf } from "../../layout/geometry.js";
import { areApart } from "../slips.js";
import { faded, MATH, scaled } from "../pen.js";

/** In sixteenths of the type. */
const LENS = { width: 172, height: 124 };
const CURVE = { left: 20, top: 16, width: 132, height: 74 };
const TANGENT = 34;

/**
 * @typedef {object} Lens
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number} z
 * @property {number} a
 * @property {number} slope
 * @property {ReturnType<typeof curveOf>} curve
 * @property {Path2D} path
 * @property {import("../../../record/types.js").CurveSamples} samples
 * @property {string} pointer of what the step writes
 */

/** @param {Cue} cue @returns {Act | null} null where there is no curve, or no room for all lenses */
export function lenses({ sheet, row, step, timeline, size, digits }) {
  const em = size / 16;
  const { catalog, request } = sheet.facts();
  const layer = step.layer ?? 0;
  const own = request.network.layers[layer];
  const entry = activationIn(catalog, own.activation);
  const samples = entry && samplesOf(entry, own);
  if (!samples) return null;
  const made = step.writes.flatMap((pointer) => {
    const unit = Number(pointer.split("/")[4]);
    const at = (/** @type {string} */ name) => valueAt(timeline.trace, `/layers/${layer}/${name}/${unit}`);
    const [z, a, slope] = [at("z"), at("a"), at("gain")];
    if (typeof z !== "number" || typeof a !== "number" || typeof slope !== "number") return [];
    const place = middleOf(sheet, row, layer, unit);
    const [width, height] = [LENS.width * em, LENS.height * em];
    const { layout } = sheet;
    const left = Math.max(2, Math.min(place.x - width / 2, layout.width - width - 2));
    const top = Math.max(2, Math.min(place.y - height / 2, layout.height - height - 2));
    const curve = curveOf(samples, z, { width: CURVE.width * em, height: CURVE.height * em });
    return [{ left, top, width, height, z, a, slope, curve, path: new Path2D(curve.path), samples, pointer }];
  });
  if (made.length === 0 || made.length < step.writes.length || !areApart(/** @type {any} */ (made))) return null;
  const isGain = step.operation === "gain";
  const draw = isGain ? drawTangent : drawRun;
  return {
    // The signal itself is what runs along the curve.
    ownSignals: true,
    results: new Map(made.map((lens) => [lens.pointer, resultOf(lens, isGain, em)])),
    draw(pen, frame) {
      if (frame.travel === 0 || frame.progress === 0 || frame.done > frame.current) return;
      const open = frame.isStill ? 1 : cubicOut(within(frame.travel, 0, 0.16)) * (1 - within(frame.arrival, 0.1, 0.9));
      for (const lens of made) {
        const middle = { x: lens.left + lens.width / 2, y: lens.top + lens.height / 2 };
        faded(pen, Math.min(1, open * 1.6), () =>
          scaled(pen, middle, 0.45 + 0.55 * open, () => {
            pen.card(lens.left, lens.top, lens.width, lens.height, isGain ? pen.ink.backward : pen.ink.forward);
            drawCurve(pen, lens);
            draw(pen, lens, frame.travel, digits);
          }),
        );
      }
    },
  };
}

/**
 * The middle of the unit's curve, in the network where the curve is.
 * @param {import("../../sheet.js").Sheet} sheet
 * @param {import("../../types.js").RowName} row
 * @param {number} layer
 * @param {number} unit
 */
function middleOf({ layout }, row, layer, unit) {
  const column = layout.columns[layer + 1];
  const home = layout.rows.forward === null ? row : "forward";
  const middle = (column.left + column.right) / 2;
  const aside = layout.metrics.form === "full" ? (column.right - column.left) / 4 : 0;
  return { x: middle + aside, y: heightOf(layout, home, layer + 1, unit) };
}

/** Where the result is written in the lens. @param {Lens} lens @param {boolean} isGain @param {number} em */
function resultOf({ left, top, width, curve, z, a }, isGain, em) {
  if (isGain) return { x: left + width / 2, y: top + (CURVE.top + CURVE.height + 20) * em };
  const [px, py] = curve.place(z, a);
  return { x: left + CURVE.left * em + awayFrom(px, em), y: top + CURVE.top * em + py };
}

/** On the side of the dot where there is more room. @param {number} x @param {number} em */
const awayFrom = (x, em) => (x > (CURVE.width / 2) * em ? x - 40 * em : x + 40 * em);

/** @param {Pen} pen @param {Lens} lens */
function drawCurve({ context, ink, em }, { left, top, curve, path }) {
  context.save();
  context.translate(left + CURVE.left * em, top + CURVE.top * em);
  context.strokeStyle = ink.line;
  context.lineWidth = 1.4 * em;
  context.beginPath();
  context.moveTo(0, curve.zero);
  context.lineTo(CURVE.width * em, curve.zero);
  context.moveTo((CURVE.width / 2) * em, 0);
  context.lineTo((CURVE.width / 2) * em, CURVE.height * em);
  context.stroke();
  context.strokeStyle = ink.soft;
  context.lineWidth = 2.4 * em;
  context.stroke(path);
  context.restore();
}

/** @param {Pen} pen @param {Lens} lens @param {number} share @param {number} digits */
function drawRun(pen, { left, top, z, a, curve, samples }, share, digits) {
  const { context, ink, em, size } = pen;
  const [x0, y0] = [left + CURVE.left * em, top + CURVE.top * em];
  const run = cubicInOut(within(share, 0.22, 0.72));
  const now = z * run;
  const [px, py] = curve.place(now, run === 1 ? a : heightAt(samples, now));
  const [zx] = curve.place(z, a);
  const below = top + (CURVE.top + CURVE.height + 20) * em;
  faded(pen, within(share, 0.1, 0.22), () => {
    pen.write("z", x0 + zx - 26 * em, below, { colour: ink.soft, font: MATH, align: "right", size: size * 1.05 });
    pen.write(significant(z, digits), x0 + zx - 22 * em, below, { colour: ink.plain, align: "left", weight: 700 });
  });
  context.setLineDash([3 * em, 4 * em]);
  context.strokeStyle = ink.forward;
  context.lineWidth = 1.4 * em;
  context.beginPath();
  context.moveTo(x0 + px, y0 + curve.zero);
  context.lineTo(x0 + px, y0 + py);
  context.stroke();
  const across = within(share, 0.74, 0.92);
  if (across > 0) {
    context.beginPath();
    context.moveTo(x0 + px, y0 + py);
    context.lineTo(x0 + px + ((CURVE.width / 2) * em - px) * across, y0 + py);
    context.stroke();
  }
  context.setLineDash([]);
  dot(pen, x0 + px, y0 + py, ink.forward);
  faded(pen, within(share, 0.8, 0.96), () =>
    pen.stamp(significant(a, digits), "forward", x0 + awayFrom(px, em), y0 + py),
  );
}

/** @param {Pen} pen @param {Lens} lens @param {number} share @param {number} digits */
function drawTangent(pen, { left, top, z, a, slope, curve }, share, digits) {
  const { context, ink, em, size } = pen;
  const [px, py] = curve.place(z, a);
  const [x, y] = [left + CURVE.left * em + px, top + CURVE.top * em + py];
  const turn = cubicInOut(within(share, 0.18, 0.6));
  const angle = Math.atan(slope * curve.steepness) * turn;
  const [dx, dy] = [Math.cos(angle) * TANGENT * em, Math.sin(angle) * TANGENT * em];
  context.strokeStyle = ink.backward;
  context.lineWidth = 3 * em;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x - dx, y + dy);
  context.lineTo(x + dx, y - dy);
  context.stroke();
  dot(pen, x, y, ink.forward);
  const below = top + (CURVE.top + CURVE.height + 20) * em;
  const middle = left + (LENS.width / 2) * em;
  faded(pen, within(share, 0.55, 0.75), () => {
    pen.write("σ′(z)", middle - 34 * em, below, { colour: ink.soft, font: MATH, size: size * 1.05, align: "right" });
    pen.stamp(`×${significant(slope, digits)}`, "operator", middle, below);
  });
}

/** @param {Pen} pen @param {number} x @param {number} y @param {string} colour */
function dot({ context, ink, em }, x, y, colour) {
  context.beginPath();
  context.arc(x, y, 6 * em, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = ink.card;
  context.lineWidth = 2 * em;
  context.stroke();
}
