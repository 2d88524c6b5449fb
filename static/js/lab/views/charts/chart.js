/**
 * One chart: the server's figure drawn by Plotly, its numbers as a table, and both to be saved.
 *
 * @import { LabContext } from "../../context.js"
 * @import { FileKind } from "./frame.js"
 * @import { Figure, PlotElement, Plotly } from "./plotly.js"
 * @import { Table } from "./table-twin.js"
 *
 * @typedef {{ figure: Figure, table: Table }} Answer
 *
 * @typedef {object} Wish what is to be drawn
 * @property {string} endpoint the name below /figures/
 * @property {object} body without theme and language, which the chart adds
 * @property {number} height in pixels
 * @property {string} subject while it stays the same, what the visitor has zoomed or turned stays as it is
 *
 * @typedef {ReturnType<typeof createChart>} Chart
 */
import { download } from "../../../kit/download.js";
import { csvOf } from "../../../kit/csv-cell.js";
import { newestOnly } from "../../../kit/turns.js";
import { blobOf } from "./chart-files.js";
import { createFrame } from "./frame.js";
import { CONFIG, loadPlotly } from "./plotly.js";

const SHARP = 2;
/** Begun this far below the window, a picture is mostly there by the time that it is scrolled to. */
const NEAR = "0px 0px 120px";
/** On a touch screen a finger on a chart is to scroll the page. */
const COARSE = matchMedia("(pointer: coarse)");

/**
 * @param {LabContext} context
 * @param {{ name: string, label: () => string, onWidth?: () => void }} options label: what the chart shows, in words
 */
export function createChart(context, { name, label, onWidth }) {
  const { store, api, t } = context;
  const frame = createFrame(context, { name, label, onSave: save, onRetry: () => refresh() });
  const plot = /** @type {PlotElement} */ (frame.plot);

  /** @type {Wish | null} */
  let wish = null;
  /** @type {Answer | null} */
  let answer = null;
  /** @type {Plotly | null} */
  let plotly = null;
  let [width, isSeen, stale] = [0, false, false];

  /** @param {Parameters<typeof frame.become>[0]} state @param {string} [text] */
  const become = (state, text) =>
    frame.become(state, { ...(text && { text }), isThere: answer !== null, canRetry: wish !== null });

  const draw = newestOnly(async (/** @type {Wish} */ wanted) => {
    if (answer === null) become("loading", t("lab.views.loading"));
    const { language } = store.get();
    const theme = document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
    try {
      const [found, loaded] = await Promise.all([
        api.lab.figure(wanted.endpoint, { ...wanted.body, theme, language }),
        loadPlotly(),
      ]);
      if (wish === null) return;
      [answer, plotly] = [/** @type {Answer} */ (found), loaded];
      const { layout, data } = answer.figure;
      plot.style.height = `${wanted.height}px`;
      await plotly.react(
        plot,
        data,
        {
          ...layout,
          autosize: true,
          height: wanted.height,
          uirevision: wanted.subject,
          ...(COARSE.matches && { dragmode: false }),
        },
        CONFIG,
      );
      frame.describe();
      const { table: numbers } = answer;
      frame.table.show(() => numbers);
      become("ready");
    } catch (error) {
      fail(error);
    }
  });

  /** @param {unknown} error */
  const fail = (error) => become("error", frame.said(error));

  function refresh() {
    if (wish === null) return;
    // Below the edge of the window, or in a closed view, a chart costs nothing, and Plotly is not even loaded.
    stale = !isSeen;
    if (isSeen) draw(wish);
  }

  /** @param {FileKind} kind */
  async function save(kind) {
    if (answer === null || plotly === null) return;
    if (kind === "csv") return download(new Blob([csvOf(answer.table)], { type: "text/csv" }), `${name}.csv`);
    if (kind === "json")
      return download(new Blob([JSON.stringify(answer)], { type: "application/json" }), `${name}.json`);
    const size = { width: plot.clientWidth, height: plot.clientHeight };
    const address = await plotly.toImage(plot, { format: kind, ...size, ...(kind === "png" && { scale: SHARP }) });
    download(blobOf(address), `${name}.${kind}`);
  }

  store.watch(
    (state) => state.language,
    () => refresh(),
  );
  document.addEventListener("themechange", refresh);
  new ResizeObserver(() => {
    if (plot.clientWidth === 0 || plot.clientWidth === width) return;
    width = plot.clientWidth;
    onWidth?.();
    if (answer && plotly && plot.layout) plotly.Plots.resize(plot);
  }).observe(plot);
  new IntersectionObserver(
    (entries) => {
      isSeen = entries.at(-1)?.isIntersecting ?? false;
      if (isSeen && stale) refresh();
    },
    { rootMargin: NEAR },
  ).observe(plot);

  return {
    element: frame.element,
    width: () => plot.clientWidth,
    /** @param {Wish} next */
    show(next) {
      wish = next;
      refresh();
    },
    /** Nothing to draw, and why. @param {string} text */
    clear(text) {
      wish = null;
      answer = null;
      if (plotly && plot.layout)
        plotly.react(
          plot,
          [],
          {
            xaxis: { visible: false },
            yaxis: { visible: false },
            paper_bgcolor: "rgba(0,0,0,0)",
            plot_bgcolor: "rgba(0,0,0,0)",
          },
          CONFIG,
        );
      become("empty", text);
    },
    /** What the chart was to show could not be had. */
    fail,
  };
}
