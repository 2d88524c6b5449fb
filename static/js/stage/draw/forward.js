/**
 * The network as on the slides: inputs, biases, and units with Σ at the left and σ at the right.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Column } from "../types.js"
 */
import { activationIn, readsWholeLayer } from "../../record/functions.js";
import { curveOf, samplesOf } from "./curve.js";
import { drawPicturedUnit } from "./pictured.js";
import { drawTable } from "./table.js";
import { box, drawLearnt } from "./wires.js";
import { heightOf, unitsOf } from "../layout/geometry.js";
import { biasHeight } from "../layout/routes.js";
import { s, short, symbol } from "./svg.js";

const ROW = "forward";
/** Of the curve in a unit, in sixteenths of the type. */
const CURVE = { width: 50, height: 32 };
const TANGENT = 15;

/** @param {Sheet} sheet @param {Column} column */
export function drawInputs(sheet, column) {
  const { metrics, view } = sheet.layout;
  const { em } = sheet;
  const isTable = metrics.form === "table";
  const hasReturn = view === "forward" && metrics.thumbnail === 0;
  const x = (column.left + column.right) / 2;
  const width = metrics.bubbleWidth - 10 * em;
  return unitsOf(column).map(({ unit }) => {
    const y = heightOf(sheet.layout, ROW, 0, unit);
    const pointer = `/x/${unit}`;
    const radius = Math.min(metrics.bubbleWidth, metrics.unitHeight) / 2;
    const [symbolAt, numberAt] = isTable
      ? [{ x: column.left + 10 * em, y: y - 9 * em, "text-anchor": "start" }, y - 9 * em]
      : [{ x, y: y - 12 * em, "text-anchor": "middle" }, y + 9 * em];
    const input = s(
      "g",
      { class: "unit input", "data-thing": pointer, "data-editable": pointer, "data-column": 0, "data-unit": unit },
      isTable
        ? box(x, y, metrics.bubbleWidth, metrics.unitHeight, 10 * em, "body")
        : s("circle", { class: "body", cx: x, cy: y, r: radius }),
      symbol(`x_${unit + 1}`, { ...symbolAt, dy: isTable ? "0.3em" : null, class: isTable ? "small" : "" }),
      sheet.number({
        row: ROW,
        pointer,
        x: isTable ? x + 10 * em : x,
        y: numberAt,
        kind: "strong",
        width: isTable ? width - 20 * em : width,
      }),
    );
    if (radius * 2 < metrics.bubbleWidth && !isTable)
      input.prepend(s("path", { class: "end-line", d: `M${short(x)} ${short(y)}H${short(column.right)}` }));
    if (hasReturn)
      input.append(
        drawReturn(sheet, unit, {
          x,
          y: isTable ? y + 9 * em : y + radius + 14 * em,
          named: !isTable && !metrics.isLarge,
        }),
      );
    sheet.light(pointer, input);
    return input;
  });
}

/**
 * ∂l/∂x, where no reversed network shows it.
 * @param {Sheet} sheet
 * @param {number} unit
 * @param {{ x: number, y: number, named: boolean }} place
 */
function drawReturn(sheet, unit, { x, y, named }) {
  const pointer = `/dl_dx/${unit}`;
  const number = sheet.number({
    row: ROW,
    pointer,
    x: named ? x - 2 * sheet.em : x,
    y,
    size: sheet.layout.metrics.number,
    kind: "backward-value",
    align: named ? "start" : "middle",
  });
  if (!named) return number;
  const name = symbol("∂l/∂x", { class: "small", x: x - 8 * sheet.em, y, dy: "0.3em", "text-anchor": "end" });
  return s("g", {}, name, number);
}

/** @param {Sheet} sheet @param {Column} column a computing layer's */
export function drawUnits(sheet, column) {
  const { thumbnail, form } = sheet.layout.metrics;
  const draw = thumbnail > 0 ? drawPicturedUnit : form === "table" ? drawTable : drawUnit;
  return unitsOf(column).map(({ unit }) => draw(sheet, column, unit));
}

/** @param {Sheet} sheet @param {Column} column @param {number} unit */
function drawUnit(sheet, column, unit) {
  const { layout, em } = sheet;
  const { metrics } = layout;
  const layer = column.index - 1;
  const { catalog, request } = sheet.facts();
  const isCoupled = readsWholeLayer(catalog, request.network.layers[layer].activation);
  const y = heightOf(layout, ROW, column.index, unit);
  const x = (column.left + column.right) / 2;
  const quarter = metrics.unitWidth / 4;
  const at = (/** @type {string} */ name) => `/layers/${layer}/${name}/${unit}`;
  const room = metrics.unitWidth / 2 - 12 * em;
  const group = s("g", { class: "unit", "data-thing": at("z"), "data-column": column.index, "data-unit": unit });
  group.append(
    box(x, y, metrics.unitWidth, metrics.unitHeight, 26 * em, "body"),
    s("line", {
      class: "divider",
      x1: x,
      x2: x,
      y1: y - metrics.unitHeight / 2 + 9 * em,
      y2: y + metrics.unitHeight / 2 - 9 * em,
    }),
    symbol(`z_${unit + 1}^${column.index}`, { x: x - quarter + 2 * em, y: y - 11 * em, "text-anchor": "middle" }),
    sheet.number({ row: ROW, pointer: at("z"), x: x - quarter + 2 * em, y: y + 11 * em, kind: "strong", width: room }),
    drawSigma(sheet, layer, unit, x + quarter, y - 9 * em),
    ...(metrics.isLarge
      ? []
      : [symbol("a", { class: "small", x: x + 7 * em, y: y + 23 * em, dy: "0.3em", "text-anchor": "start" })]),
    sheet.number({
      row: ROW,
      pointer: at("a"),
      x: x + quarter + 5 * em,
      y: y + 23 * em,
      kind: "strong forward-value",
      width: room - 8 * em,
    }),
  );
  sheet.light(at("z"), group);
  const whole = s("g", { class: "unit-and-bias" }, drawBias(sheet, layer, unit, x - quarter, y), group);
  if (layout.view === "forward")
    whole.append(...drawWayBack(sheet, at, isCoupled, x, y + metrics.unitHeight / 2 + 14 * em));
  return whole;
}

/** What is known of a unit since the way back, in the order in which it is computed. */
const WAY_BACK = Object.freeze([
  { name: "dl_da", symbol: "∂l/∂a", kind: "backward-value" },
  { name: "gain", symbol: "σ′(z)", kind: "" },
  { name: "dl_dz", symbol: "∂l/∂z", kind: "backward-value strong" },
]);

/**
 * What came back to a unit, where no twin stands below it.
 *
 * @param {Sheet} sheet
 * @param {(name: string) => string} at
 * @param {boolean} isCoupled whether its gain is a row of a Jacobian
 * @param {number} x
 * @param {number} y
 */
function drawWayBack(sheet, at, isCoupled, x, y) {
  const { metrics } = sheet.layout;
  // On a projector only the one that is passed on has room; softmax has no gain of its own.
  const lines = WAY_BACK.filter(
    ({ name }) => name === "dl_dz" || (!metrics.isLarge && !(name === "gain" && isCoupled)),
  );
  return lines.flatMap(({ name, symbol: text, kind }, index) => {
    const [start, height] = [x - metrics.unitWidth / 2 + 12 * sheet.em, y + index * 18 * sheet.em];
    return [
      symbol(text, { class: "small", x: start, y: height, dy: "0.3em", "text-anchor": "start" }),
      sheet.number({
        row: ROW,
        pointer: at(name),
        x: start + 44 * sheet.em,
        y: height,
        size: metrics.number,
        kind,
        align: "start",
      }),
    ];
  });
}

/** @param {Sheet} sheet @param {number} layer @param {number} unit @param {number} x @param {number} unitY */
function drawBias(sheet, layer, unit, x, unitY) {
  const { metrics } = sheet.layout;
  const { em } = sheet;
  const pointer = `/layers/${layer}/b/${unit}`;
  const y = biasHeight(sheet.layout, unitY);
  const width = metrics.unitWidth / 2 - 12 * em;
  // Flush with its unit: what is learnt of it, to its right, then ends before the next wires' numbers.
  const middle = x - 6 * em;
  const bias = s(
    "g",
    { class: "bias", "data-thing": pointer, "data-editable": pointer },
    s("path", { class: "stub", d: `M${short(x)} ${short(y)}V${short(unitY - metrics.unitHeight / 2)}` }),
    box(middle, y, width, metrics.biasHeight, 7 * em),
    symbol("b", { class: "small", x: middle - width / 2 + 7 * em, y, dy: "0.3em" }),
    sheet.number({ row: ROW, pointer, x: middle + 6 * em, y, size: metrics.number, width: width - 24 * em }),
    drawLearnt(sheet, ROW, {
      x: middle + width / 2 + 6 * em,
      y,
      from: pointer,
      gradient: `/layers/${layer}/dl_db/${unit}`,
      updated: `/updated${pointer}`,
      align: "start",
    }),
  );
  sheet.light(pointer, bias);
  return bias;
}

/**
 * The σ side: the curve with the point (z, a) and its tangent.
 * @param {Sheet} sheet
 * @param {number} layer
 * @param {number} unit
 * @param {number} x
 * @param {number} y
 */
function drawSigma(sheet, layer, unit, x, y) {
  const { em } = sheet;
  const { catalog, request } = sheet.facts();
  const own = request.network.layers[layer];
  const entry = activationIn(catalog, own.activation);
  if (entry?.reads_whole_layer) return drawShares(sheet, layer, unit, x, y);
  const samples = entry && samplesOf(entry, own);
  if (!samples) return s("g", { class: "sigma" });
  const size = { width: CURVE.width * em, height: CURVE.height * em };
  const [left, top] = [x - size.width / 2 - 2 * em, y - size.height / 2];
  const axis = s("path", { class: "axis" });
  const curve = s("path", { class: "curve" });
  const tangent = s("path", { class: "tangent" });
  const point = s("circle", { class: "point", r: 3.6 * em });
  const [z, a, gain] = ["z", "a", "gain"].map((name) => `/layers/${layer}/${name}/${unit}`);
  sheet.bind([z, a, gain], () => {
    const [zNow, aNow, slope] = [sheet.read(z), sheet.read(a), sheet.read(gain)];
    const drawn = curveOf(samples, zNow ?? 0, size);
    curve.setAttribute("d", drawn.path);
    axis.setAttribute(
      "d",
      `M0 ${short(drawn.zero)}H${short(size.width)}M${short(size.width / 2)} 0V${short(size.height)}`,
    );
    const isPlaced = typeof zNow === "number" && typeof aNow === "number";
    const [px, py] = isPlaced ? drawn.place(zNow, aNow) : [0, 0];
    const angle = Math.atan((slope ?? 0) * drawn.steepness);
    const [dx, dy] = [Math.cos(angle) * TANGENT * em, Math.sin(angle) * TANGENT * em];
    point.style.display = isPlaced ? "" : "none";
    tangent.style.display = isPlaced && typeof slope === "number" ? "" : "none";
    point.setAttribute("cx", short(px));
    point.setAttribute("cy", short(py));
    tangent.setAttribute("d", `M${short(px - dx)} ${short(py + dy)}L${short(px + dx)} ${short(py - dy)}`);
  });
  sheet.anchor(ROW, gain, { x, y: top - 2 * em });
  return s("g", { class: "sigma", transform: `translate(${short(left)} ${short(top)})` }, axis, curve, tangent, point);
}

/**
 * Softmax has no curve of its own: the shares of all units, this one's marked.
 * @param {Sheet} sheet
 * @param {number} layer
 * @param {number} unit
 * @param {number} x
 * @param {number} y
 */
function drawShares(sheet, layer, unit, x, y) {
  const { em } = sheet;
  const count = sheet.facts().request.network.layers[layer].b.length;
  const shown = count <= 12 ? [...Array(count).keys()] : [unit];
  const [width, height] = [CURVE.width * em, CURVE.height * em];
  const pace = width / shown.length;
  const left = x - width / 2 - 2 * em;
  const bars = shown.map((each, index) =>
    s("rect", {
      class: each === unit ? "share own" : "share",
      x: left + index * pace + pace * 0.12,
      width: pace * 0.76,
    }),
  );
  sheet.bind(
    shown.map((each) => `/layers/${layer}/a/${each}`),
    () => {
      bars.forEach((bar, index) => {
        const tall = Math.max(1, (sheet.read(`/layers/${layer}/a/${shown[index]}`) ?? 0) * height);
        bar.setAttribute("y", short(y + height / 2 - tall));
        bar.setAttribute("height", short(tall));
      });
    },
  );
  return s("g", { class: "sigma" }, ...bars);
}
