/**
 * The two pictures of a proof, drawn from the server's numbers: the loss over one parameter with tangent and secant,
 * and the error of the difference quotient against its h.
 *
 * @import { Derivative } from "../../api/client.js"
 * @import { Translate } from "../../i18n/i18n.js"
 * @import { Box } from "../../kit/scales.js"
 */
import { svg } from "../../kit/dom.js";
import { significant, superscript } from "../../kit/format.js";
import { errorExponent, extent, lineWithin, linear, pathThrough, ticks } from "../../kit/scales.js";

const WIDTH = 312;
const HEIGHT = 190;
/** @type {Box} */
const BOX = { left: 44, right: 304, top: 20, bottom: 156 };

/** @param {string} text @param {number} x @param {number} y @param {string} [anchor] @param {string} [name] */
const label = (text, x, y, anchor = "middle", name = "axis-label") =>
  svg("text", { x, y, "text-anchor": anchor, class: name }, text);

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {string} name */
const line = (x1, y1, x2, y2, name) => svg("line", { x1, y1, x2, y2, class: name });

/** @param {string} title @param {SVGElement[]} children */
const picture = (title, children) =>
  svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": title }, ...children);

/**
 * @param {Derivative} derivative
 * @param {number} index of the h to show
 * @param {{ t: Translate, symbol: string }} words
 */
export function secantChart(derivative, index, { t, symbol }) {
  const { curve, value, loss, analytic, errors } = derivative;
  const first = curve.values[0] ?? 0;
  const last = curve.values.at(-1) ?? 1;
  const across = linear(first, last, BOX.left, BOX.right);
  const { from, to } = extent(curve.losses);
  const up = linear(from, to, BOX.bottom, BOX.top);
  const points = curve.values.map((at, place) => {
    const height = curve.losses[place];
    return typeof height === "number" && at !== null
      ? /** @type {[number, number]} */ ([across(at), up(height)])
      : null;
  });
  const children = [
    ...ticks(first, last).map((tick) => line(across(tick), BOX.top, across(tick), BOX.bottom, "grid")),
    ...ticks(first, last).map((tick) => label(significant(tick, 3), across(tick), BOX.bottom + 14)),
    ...ticks(from, to).map((tick) => line(BOX.left, up(tick), BOX.right, up(tick), "grid")),
    ...ticks(from, to).map((tick) => label(significant(tick, 3), BOX.left - 6, up(tick) + 4, "end")),
    label(symbol, BOX.right, HEIGHT - 6, "end", "axis-name"),
    label("l", BOX.left, BOX.top - 8, "middle", "axis-name"),
    svg("path", { d: pathThrough(points), class: "curve" }),
  ];
  if (loss === null) return picture(t("panel.proof.secant_chart"), children);
  const [x, y] = [across(value), up(loss)];
  const steepness = (up(1) - up(0)) / (across(1) - across(0));
  if (analytic !== null) {
    const [start, end] = lineWithin(x, y, analytic * steepness, BOX);
    children.push(line(...start, ...end, "tangent"));
  }
  const chosen = errors[index];
  const [below, above] = chosen?.secant ?? [];
  if (chosen && typeof below === "number" && typeof above === "number") {
    const [low, high] = [
      [across(value - chosen.h), up(below)],
      [across(value + chosen.h), up(above)],
    ];
    const [x1 = 0, y1 = 0] = low ?? [];
    const [x2 = 0, y2 = 0] = high ?? [];
    if (x2 > x1) {
      const [start, end] = lineWithin((x1 + x2) / 2, (y1 + y2) / 2, (y2 - y1) / (x2 - x1), BOX);
      children.push(line(...start, ...end, "secant"));
    }
    children.push(
      svg("circle", { cx: x1, cy: y1, r: 3, class: "secant-end" }),
      svg("circle", { cx: x2, cy: y2, r: 3, class: "secant-end" }),
    );
  }
  children.push(svg("circle", { cx: x, cy: y, r: 4, class: "here" }));
  return picture(t("panel.proof.secant_chart"), children);
}

/**
 * @param {Derivative} derivative
 * @param {number} index of the h to mark
 * @param {{ t: Translate }} words
 */
export function errorChart({ errors }, index, { t }) {
  const exponents = errors.map(({ h }) => Math.log10(h));
  const [from, to] = [Math.min(...exponents), Math.max(...exponents)];
  const heights = errors.map(({ relative_error }) => errorExponent(relative_error));
  const known = heights.filter((height) => height !== null);
  const low = Math.floor(Math.min(-12, ...known));
  const high = Math.ceil(Math.max(-2, ...known));
  const across = linear(from, to, BOX.left + 8, BOX.right - 8);
  const up = linear(low, high, BOX.bottom, BOX.top);
  const points = errors.map((_, place) => {
    const height = heights[place] ?? null;
    return height === null ? null : /** @type {[number, number]} */ ([across(exponents[place] ?? 0), up(height)]);
  });
  const decades = [-13, -10, -7, -4, -1].filter((power) => power >= from - 0.1 && power <= to + 0.1);
  const every = high - low > 12 ? 4 : 3;
  const levels = Array.from({ length: high - low + 1 }, (_, place) => low + place).filter(
    (power) => power % every === 0,
  );
  const here = points[index];
  return picture(t("panel.proof.error_chart"), [
    ...levels.map((power) => line(BOX.left, up(power), BOX.right, up(power), "grid")),
    ...levels.map((power) => label(`10${superscript(power)}`, BOX.left - 6, up(power) + 4, "end")),
    ...decades.map((power) => line(across(power), BOX.top, across(power), BOX.bottom, "grid")),
    ...decades.map((power) => label(`10${superscript(power)}`, across(power), BOX.bottom + 14)),
    label("h", BOX.right, HEIGHT - 6, "end", "axis-name"),
    label(t("panel.proof.error_axis"), BOX.left, HEIGHT - 6, "start", "axis-label"),
    svg("path", { d: pathThrough(points), class: "error-line" }),
    ...points.flatMap((point) =>
      point ? [svg("circle", { cx: point[0], cy: point[1], r: 2.2, class: "error-point" })] : [],
    ),
    ...(here ? [svg("circle", { cx: here[0], cy: here[1], r: 5, class: "here" })] : []),
  ]);
}
