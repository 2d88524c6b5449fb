/**
 * Numbers over the epochs as uPlot takes them: lines told apart by colour and dash, quiet axes, a line at the epoch
 * that is shown.
 *
 * @import { Value } from "../../../record/types.js"
 * @import { Plot, PlotOptions } from "../../../kit/uplot.js"
 *
 * @typedef {"own" | "ownHeldOut" | "twin" | "twinHeldOut"} LineName
 * @typedef {{ colour: string, dash?: number[], width: number }} Style its colour as CSS has it
 * @typedef {Style & { label: string }} Line
 *
 * @typedef {object} LivePlotOptions
 * @property {readonly Line[]} lines in the order of the data's columns
 * @property {boolean} log
 * @property {boolean} share a part of 1, such as an accuracy
 * @property {(value: Value) => string} say a number of the axis
 * @property {() => number | null} shownEpoch
 * @property {(index: number | null) => void} [onCursor]
 * @property {string} [epoch] the word for the epoch; with it the plot has a legend of its own, with the numbers at the
 *   cursor
 * @property {string} [sync] plots of the same word have one cursor
 * @property {[number, number]} [reach] of the numbers, where several plots have the same axis
 * @property {{ width: number, height: number }} size
 */
import { UNKNOWN } from "../../../kit/format.js";
import { colourToken } from "../../../kit/colour-token.js";

/** How a line is drawn, and its swatch in the style sheet: this run teal, its twin blue; dotted what is held out. */
const STYLES = Object.freeze({
  own: { colour: "--forward", dash: [], width: 2 },
  ownHeldOut: { colour: "--ink", dash: [2, 4], width: 1.75 },
  twin: { colour: "--positive", dash: [8, 4], width: 1.75 },
  twinHeldOut: { colour: "--positive", dash: [2, 4], width: 1.5 },
});

/** @param {LineName} name @returns {Style} in the theme that is shown */
export const styleOf = (name) => ({ ...STYLES[name], colour: colourToken(STYLES[name].colour) });

const TALL_AXIS = 58;
const LOW_AXIS = 30;
/** A flat line still needs a range. */
const DECADE = 10;
const FACTORS = Object.freeze([[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]);
const TICK_HEIGHT = 20;

/**
 * The range of a logarithmic axis, tight around its numbers: whole decades would squeeze most curves into a corner.
 *
 * @param {number | null} low
 * @param {number | null} high
 * @returns {[number, number]}
 */
export function logRange(low, high) {
  if (low === null || high === null || !(low > 0)) return [0.1, 1];
  const air = Math.max((high / low) ** 0.06, DECADE ** 0.12);
  return [low / air, high * air];
}

/**
 * Ticks of a logarithmic axis: as many round numbers of each decade as there is room for, else some decades only.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} most how many there is room for
 * @returns {number[]}
 */
export function logSplits(from, to, most) {
  const first = Math.floor(Math.log10(from));
  const last = Math.ceil(Math.log10(to));
  const exponents = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const inside = (/** @type {readonly number[]} */ factors, every = 1) =>
    exponents
      .filter((exponent) => exponent % every === 0)
      .flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)))
      .filter((tick) => tick >= from && tick <= to);
  for (const factors of FACTORS) {
    const ticks = inside(factors);
    if (ticks.length <= most && ticks.length > 1) return ticks;
  }
  return inside([1], Math.ceil(exponents.length / most));
}

/** The border of a line's mark in the legend. @param {Plot} plot @param {number} index */
function borderOf({ series }, index) {
  const [drawn = 0, left = 0] = series[index]?.dash ?? [];
  return drawn === 0 ? "solid" : drawn < left ? "dotted" : "dashed";
}

/** @param {LivePlotOptions} options @returns {PlotOptions} */
export function livePlot({ lines, log, share, say, shownEpoch, onCursor, epoch: word, sync, reach, size }) {
  const [soft, grid] = [colourToken("--soft"), colourToken("--line")];
  const font = `12px ${colourToken("--font")}`;
  const axis = { stroke: soft, font, grid: { stroke: grid, width: 1 }, ticks: { show: false }, gap: 6 };
  /** @param {Plot} plot */
  function markShown(plot) {
    const epoch = shownEpoch();
    if (epoch === null) return;
    const { ctx, bbox } = plot;
    const x = Math.round(plot.valToPos(epoch, "x", true)) + 0.5;
    if (x < bbox.left || x > bbox.left + bbox.width + 1) return;
    ctx.save();
    ctx.strokeStyle = colourToken("--backward");
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
  return {
    ...size,
    padding: [10, 12, 0, 0],
    legend: { show: word !== undefined, markers: { dash: borderOf } },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 }, ...(sync && { sync: { key: sync } }) },
    scales: {
      x: { time: false, range: (_plot, low, high) => [low ?? 0, Math.max(high ?? 1, (low ?? 0) + 1)] },
      y: share
        ? { range: [0, 1.02] }
        : log
          ? { distr: 3, range: (_plot, low, high) => (reach ? logRange(...reach) : logRange(low, high)) }
          : { range: (_plot, low, high) => [Math.min(0, low ?? 0), (high ?? 1) * 1.05 || 1] },
    },
    axes: [
      {
        ...axis,
        size: LOW_AXIS,
        grid: { show: false },
        values: (_plot, splits) => splits.map((at) => (Number.isInteger(at) ? String(at) : "")),
      },
      {
        ...axis,
        size: TALL_AXIS,
        values: (_plot, splits) => splits.map(say),
        ...(log &&
          !share && {
            splits: (
              /** @type {Plot} */ plot,
              /** @type {number} */ _axis,
              /** @type {number} */ from,
              /** @type {number} */ to,
            ) => logSplits(from, to, Math.max(2, Math.floor(plot.height / TICK_HEIGHT) - 1)),
            filter: (/** @type {Plot} */ _plot, /** @type {number[]} */ splits) => splits,
          }),
      },
    ],
    series: [
      {
        ...(word !== undefined && { label: word, value: (_plot, value) => (value === null ? UNKNOWN : String(value)) }),
      },
      ...lines.map(({ label, colour, dash = [], width }) => ({
        label,
        stroke: colour,
        dash,
        width,
        points: { show: (/** @type {Plot} */ plot) => (plot.data[0]?.length ?? 0) < 2 },
        spanGaps: true,
        value: (/** @type {Plot} */ _plot, /** @type {Value} */ value) => (value === null ? UNKNOWN : say(value)),
      })),
    ],
    hooks: { draw: [markShown], setCursor: [(plot) => onCursor?.(plot.cursor.idx ?? null)] },
  };
}
