/**
 * What a wrong rule does: the numbers that turn wrong, what a gradient check says, and where training leads.
 *
 * @import { Client } from "../api/client.js"
 * @import { Store } from "../kit/store.js"
 * @import { AppState, TraceRequest } from "../record/types.js"
 * @import { Translate } from "../i18n/i18n.js"
 */
import { problemFrom } from "../api/asking.js";
import { h } from "../kit/dom.js";
import { significant } from "../kit/format.js";
import { colourToken } from "../kit/colour-token.js";
import { loadUplot } from "../kit/uplot.js";
import { mark } from "../record/mark.js";

const STEPS = 200;
const SHOWN = 12;
const HIGH = 150;

/** @param {HTMLElement} root @param {{ right: number[], wrong: number[] }} costs @param {Translate} t */
async function draw(root, { right, wrong }, t) {
  const Plot = await loadUplot();
  const steps = right.map((_, index) => index);
  const padded = steps.map((index) => wrong[index] ?? null);
  const axis = {
    stroke: colourToken("--soft"),
    grid: { stroke: colourToken("--line"), width: 1 },
    ticks: { show: false },
    font: `12px ${colourToken("--font")}`,
  };
  const plot = new Plot(
    {
      width: Math.max(200, root.clientWidth),
      height: HIGH,
      legend: { live: false },
      cursor: { drag: { x: false, y: false } },
      scales: { x: { time: false } },
      axes: [axis, { ...axis, size: 52 }],
      series: [
        { label: t("bugs.step") },
        { label: t("bugs.without"), stroke: colourToken("--forward"), width: 2 },
        { label: t("bugs.with"), stroke: colourToken("--negative"), width: 2 },
      ],
    },
    [steps, right, padded],
    root,
  );
  return () => plot.destroy();
}

/** @param {HTMLElement} root @param {{ store: Store<AppState>, api: Client, t: Translate }} context */
export function createOutcome(root, { store, api, t }) {
  const say = (/** @type {number | null} */ value) => significant(value, store.get().digits + 1);
  let clear = () => {};

  /** @param {NonNullable<AppState["trace"]>} trace */
  function cells({ differs = [] }) {
    const rows = differs
      .slice(0, SHOWN)
      .map(({ pointer, value, right }) =>
        h(
          "tr",
          { "data-cell": pointer },
          h("th", { scope: "row", title: pointer }, mark(pointer)),
          h("td", { "data-value": String(value) }, say(value)),
          h("td", {}, say(right)),
          h("td", {}, typeof value === "number" && typeof right === "number" ? say(value - right) : "–"),
        ),
      );
    return h(
      "div",
      {
        class: "bug-cells scroll",
        tabindex: 0,
        role: "group",
        "aria-label": t("bugs.cells", { count: differs.length }),
      },
      h("h2", { class: "panel-title" }, t("bugs.cells", { count: differs.length })),
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["bugs.number", "bugs.wrong", "bugs.right", "bugs.difference"].map((key) =>
              h("th", { scope: "col" }, t(key)),
            ),
          ),
        ),
        h("tbody", {}, rows),
      ),
      differs.length > SHOWN && h("p", {}, t("bugs.more", { count: differs.length - SHOWN })),
    );
  }

  /** @param {TraceRequest} request @param {string} rule */
  function check(request, rule) {
    const line = h("p", { class: "bug-measured", role: "status" }, t("bugs.checking"));
    api.gradientCheck({ ...request, rule }).then(
      ({ max_relative_error: error }) => (line.textContent = t("bugs.checked", { error: say(error) })),
      (problem) => (line.textContent = t(problemFrom(problem).detail)),
    );
    return line;
  }

  return {
    /**
     * @param {{ request: TraceRequest, rule: string, trace: NonNullable<AppState["trace"]>, xs: number[][] }} given xs:
     *   what is trained on
     */
    async show({ request, rule, trace, xs }) {
      clear();
      const chart = h("div", { class: "bug-chart", role: "img", "aria-label": t("bugs.training") });
      const note = h("p", { class: "bug-measured" });
      root.replaceChildren(
        trace.differs === undefined ? h("p", {}, t("bugs.several")) : cells(trace),
        h(
          "div",
          { class: "bug-training" },
          h("h2", { class: "panel-title" }, t("bugs.training")),
          chart,
          note,
          trace.differs !== undefined && check(request, rule),
        ),
      );
      try {
        const costs = await api.ruleTraining(rule, {
          network: request.network,
          xs,
          targets: xs.map(() => request.target),
          loss: request.loss,
          learning_rate: request.learning_rate ?? 0.5,
          steps: STEPS,
        });
        if (!chart.isConnected) return;
        clear = await draw(chart, costs, t);
        note.textContent = t("bugs.ends", {
          right: say(costs.right.at(-1) ?? null),
          wrong: say(costs.wrong.at(-1) ?? null),
          steps: STEPS,
        });
      } catch (problem) {
        note.textContent = t(problemFrom(problem).detail);
      }
    },
  };
}
