/**
 * One chart: the server's figure drawn by Plotly, its numbers as a table, and both to be saved.
 *
 * @import { LabContext } from "../../context.js"
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
import { ProblemError } from "../../../api/asking.js";
import { h } from "../../../kit/dom.js";
import { download } from "../../../kit/download.js";
import { csvOf } from "../../../kit/csv-cell.js";
import { newestOnly, paced } from "../../../kit/turns.js";
import { blobOf } from "./chart-files.js";
import { CONFIG, loadPlotly } from "./plotly.js";
import { createTableTwin } from "./table-twin.js";

const SHARP = 2;
const MARK_MS = 300;
/** Begun this far below the window, a picture is mostly there by the time that it is scrolled to. */
const NEAR = "0px 0px 120px";
/** On a touch screen a finger on a chart is to scroll the page. */
const COARSE = matchMedia("(pointer: coarse)");

/**
 * @param {LabContext} context
 * @param {{ name: string, label: () => string, onWidth?: () => void }} options label: what the chart shows, in words
 */
export function createChart({ store, api, t }, { name, label, onWidth }) {
  const plot = /** @type {PlotElement} */ (h("div", { class: "chart-plot" }));
  const message = h("p", { class: "chart-message", role: "status" });
  const again = h("button", { type: "button", class: "tool", "data-action": "chart-retry", onclick: () => refresh() });
  const trouble = h("div", { class: "chart-trouble", hidden: true }, message, again);
  const table = createTableTwin({ t, digits: () => store.get().digits, label });
  const saves = /** @type {const} */ (["png", "svg", "csv", "json"]);
  const buttons = saves.map((kind) =>
    h(
      "button",
      { type: "button", class: "quiet-button", "data-action": `chart-${kind}`, onclick: () => save(kind) },
      kind.toUpperCase(),
    ),
  );
  const tools = h("div", { class: "chart-tools", role: "group" }, h("span", { class: "chart-save" }), buttons);
  const element = h(
    "figure",
    { class: "chart-view", "data-chart": name, "data-state": "empty" },
    plot,
    trouble,
    tools,
    table.element,
  );

  /** @type {Wish | null} */
  let wish = null;
  /** @type {Answer | null} */
  let answer = null;
  /** @type {Plotly | null} */
  let plotly = null;
  /** @type {number | null} */
  let marked = null;
  let [width, isSeen, stale] = [0, false, false];

  /** @param {"empty" | "loading" | "ready" | "error"} state @param {string} [text] */
  function become(state, text = "") {
    element.dataset["state"] = state;
    message.textContent = text;
    trouble.hidden = text === "";
    again.hidden = state !== "error" || wish === null;
    for (const button of buttons) button.disabled = answer === null;
    table.element.hidden = answer === null;
  }

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
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-label", label());
      const { table: numbers } = answer;
      table.show(() => numbers);
      become("ready");
      move();
    } catch (error) {
      fail(error);
    }
  });

  /** @param {unknown} error */
  function fail(error) {
    if (!(error instanceof ProblemError)) return become("error", t("lab.views.failed"));
    const { title, detail, errors } = error;
    // Of many errors the first says enough; they tend to say the same.
    become(
      "error",
      [`${t(title)}.`, t(detail), errors.length > 1 && errors[0] ? t(errors[0].detail) : ""].join(" ").trim(),
    );
  }

  // Plotly takes tens of milliseconds over this, as long as a repaint of everything else.
  const move = paced(MARK_MS, () => {
    const shapes = /** @type {{ name?: string, x0?: number }[] | undefined} */ (plot.layout?.["shapes"]);
    if (!plotly || !shapes || !isSeen || marked === null) return;
    const moved = shapes.flatMap(({ name: called, x0 }, index) =>
      called === "shown-epoch" && x0 !== marked
        ? [
            [`shapes[${index}].x0`, marked],
            [`shapes[${index}].x1`, marked],
          ]
        : [],
    );
    if (moved.length > 0) plotly.relayout(plot, Object.fromEntries(moved));
  });

  function refresh() {
    if (wish === null) return;
    // Below the edge of the window, or in a closed view, a chart costs nothing, and Plotly is not even loaded.
    stale = !isSeen;
    if (isSeen) draw(wish);
  }

  /** @param {"png" | "svg" | "csv" | "json"} kind */
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
    () => {
      tools.firstElementChild?.replaceChildren(t("lab.views.save"));
      tools.setAttribute("aria-label", t("lab.views.save"));
      again.textContent = t("lab.views.retry");
      refresh();
    },
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
  become("empty");

  return {
    element,
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
    /** Move the line at the shown epoch without asking anybody. @param {number} epoch */
    mark(epoch) {
      marked = epoch;
      move();
    },
  };
}
