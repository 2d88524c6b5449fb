/**
 * Numbers over the epochs: plots that share their epochs, drawn from what the page has. Its files are the server's
 * figure of the same runs, asked for by their ids.
 *
 * @import { Value } from "../../../record/types.js"
 * @import { Plot, PlotClass, PlotData } from "../../../kit/uplot.js"
 * @import { LabContext } from "../../context.js"
 * @import { FileKind } from "./frame.js"
 * @import { Line } from "./live-plot.js"
 * @import { Table } from "./table-twin.js"
 *
 * @typedef {object} Panel
 * @property {string} title
 * @property {readonly number[]} x epochs
 * @property {readonly (Line & { values: readonly Value[] })[]} lines
 * @property {boolean} log
 * @property {boolean} [share] a part of 1, such as an accuracy
 * @property {[number, number]} [reach] of the numbers, where several panels have the same axis
 *
 * @typedef {object} TimeWish what is to be drawn
 * @property {readonly Panel[]} panels
 * @property {number} columns how many stand side by side
 * @property {Table} table
 * @property {string} run
 * @property {Record<string, string | number | boolean | null>} query of the server's figure
 */
import { h } from "../../../kit/dom.js";
import { csvOf } from "../../../kit/csv-cell.js";
import { download } from "../../../kit/download.js";
import { significant } from "../../../kit/format.js";
import { paced, perFrame } from "../../../kit/turns.js";
import { loadUplot } from "../../../kit/uplot.js";
import { blobOf } from "./chart-files.js";
import { createFrame } from "./frame.js";
import { livePlot } from "./live-plot.js";
import { loadPlotly } from "./plotly.js";
import { positive } from "./series.js";

const HIGH = 230;
const AXIS_DIGITS = 3;
const TABLE_MS = 1000;
const SHARP = 2;
/** Of a saved picture, in pixels. */
const WIDE = 960;
const FILE_HIGH = 520;

/**
 * @param {LabContext} context
 * @param {{ name: "curves" | "gradient-flow", label: () => string, onWidth: () => void }} options label: what the chart
 *   shows, in words
 */
export function createTimeChart(context, { name, label, onWidth }) {
  const { store, api, t } = context;
  const frame = createFrame(context, { name, label, onSave: save, onRetry: () => begin() });
  const { plot } = frame;
  plot.classList.add("time-panels");
  /** @type {TimeWish | null} */
  let wish = null;
  /** @type {PlotClass | null} */
  let UPlot = null;
  /** @type {{ key: string, plots: Plot[] }} */
  let drawn = { key: "", plots: [] };
  /** @type {number | null} */
  let marked = null;
  let width = 0;

  /** @param {Panel} panel @returns {PlotData} */
  const dataOf = ({ x, lines, log, share }) =>
    /** @type {PlotData} */ ([x, ...lines.map(({ values }) => (log && !share ? positive(values) : values))]);

  /** What a plot cannot change once it is there. @param {TimeWish} wanted */
  const keyOf = ({ panels, columns }) =>
    JSON.stringify([
      columns,
      store.get().language,
      document.documentElement.dataset["theme"],
      panels.map(({ title, log, share, reach, lines }) => [title, log, share, reach, lines.map((line) => line.label)]),
    ]);

  /** @param {HTMLElement} place */
  const sizeOf = (place) => ({ width: Math.max(place.clientWidth, 160), height: HIGH });

  /** @param {TimeWish} wanted @param {PlotClass} Class */
  function renew(wanted, Class) {
    for (const each of drawn.plots) each.destroy();
    plot.style.setProperty("--columns", String(wanted.columns));
    const places = wanted.panels.map(() => h("div", { class: "time-plot" }));
    plot.replaceChildren(
      ...wanted.panels.map(({ title }, index) =>
        h("div", { class: "time-panel" }, h("p", { class: "time-title" }, title), places[index]),
      ),
    );
    return wanted.panels.map((panel, index) => {
      const place = /** @type {HTMLElement} */ (places[index]);
      const options = livePlot({
        ...panel,
        share: panel.share ?? false,
        say: (value) => significant(value, AXIS_DIGITS).replace(/^1×/, ""),
        shownEpoch: () => marked,
        epoch: t("lab.views.epoch"),
        sync: name,
        size: sizeOf(place),
      });
      return new Class(options, dataOf(panel), place);
    });
  }

  const draw = perFrame(() => {
    if (wish === null || UPlot === null || plot.clientWidth === 0) return;
    const key = keyOf(wish);
    if (drawn.key === key) wish.panels.forEach((panel, index) => drawn.plots[index]?.setData(dataOf(panel)));
    else drawn = { key, plots: renew(wish, UPlot) };
    frame.describe();
    frame.become("ready", { isThere: true });
    tell();
  });

  const redraw = perFrame(() => drawn.plots.forEach((each) => each.redraw(false)));

  const tell = paced(TABLE_MS, () => frame.table.show(() => wish?.table ?? null));

  async function begin() {
    try {
      UPlot = await loadUplot();
      draw();
    } catch (error) {
      frame.become("error", { text: frame.said(error), isThere: false, canRetry: true });
    }
  }

  /** @param {FileKind} kind */
  async function save(kind) {
    if (wish === null) return;
    if (kind === "csv") return download(new Blob([csvOf(wish.table)], { type: "text/csv" }), `${name}.csv`);
    const { run, query, columns } = wish;
    const { language } = store.get();
    const theme = document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
    try {
      const asked = { ...query, theme, language, shown_epoch: marked, stacked: columns === 1 };
      const answer = await api.lab.runFigure(run, name, asked);
      if (kind === "json")
        return download(new Blob([JSON.stringify(answer)], { type: "application/json" }), `${name}.json`);
      const plotly = await loadPlotly();
      const height = columns === 1 ? HIGH * 1.3 * wish.panels.length : FILE_HIGH;
      const size = { width: Math.max(WIDE, plot.clientWidth), height, ...(kind === "png" && { scale: SHARP }) };
      const address = await plotly.toImage(answer.figure, { format: kind, ...size });
      download(blobOf(address), `${name}.${kind}`);
      frame.become("ready", { isThere: true });
    } catch (error) {
      frame.become("ready", { text: frame.said(error), isThere: true });
    }
  }

  document.addEventListener("themechange", draw);
  new ResizeObserver(() => {
    if (plot.clientWidth === 0 || plot.clientWidth === width) return;
    width = plot.clientWidth;
    onWidth();
    draw();
    for (const each of drawn.plots) each.setSize(sizeOf(/** @type {HTMLElement} */ (each.root.parentElement)));
  }).observe(plot);

  return {
    element: frame.element,
    width: () => plot.clientWidth,
    /** @param {TimeWish} next */
    show(next) {
      wish = next;
      if (UPlot === null) begin();
      else draw();
    },
    /** Nothing to draw, and why. @param {string} text */
    clear(text) {
      wish = null;
      for (const each of drawn.plots) each.destroy();
      drawn = { key: "", plots: [] };
      plot.replaceChildren();
      frame.become("empty", { text, isThere: false });
    },
    /** Move the line at the shown epoch. @param {number} epoch */
    mark(epoch) {
      marked = epoch;
      redraw();
    },
  };
}
