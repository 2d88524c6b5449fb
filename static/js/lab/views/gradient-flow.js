/**
 * How large gradients and gains are in each layer over time, a twin on the same axes beside it.
 *
 * @import { LabContext } from "../context.js"
 * @import { Value } from "../../record/types.js"
 * @import { Epoch, LabState, Run } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { epochAt } from "../state/epochs.js";
import { NARROW, revisionOf } from "./curves.js";
import { flowSentence } from "./flow-words.js";
import { paced } from "../../kit/turns.js";
import { depthColour } from "./charts/depth.js";
import { aligned } from "./charts/series.js";
import { createTimeChart } from "./charts/time-chart.js";
import { watchView } from "./charts/watch-view.js";

const EVERY_MS = 250;
const KINDS = /** @type {const} */ (["gradient_norms", "gain_means"]);

/** @param {readonly (readonly Value[])[]} columns @returns {[number, number]} of what a logarithmic axis can show */
function reachOf(columns) {
  let [low, high] = [Infinity, 0];
  for (const values of columns)
    for (const value of values)
      if (value !== null && value > 0) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return high === 0 ? [0.1, 1] : [low, high];
}

/** The numbers of each layer over a run. @param {Run} run @param {typeof KINDS[number]} kind */
function columnsOf({ history: { epochs } }, kind) {
  const layers = epochs[0]?.[kind].length ?? 0;
  return aligned(
    epochs,
    [],
    Array.from({ length: layers }, (_, layer) => (/** @type {Epoch} */ epoch) => epoch[kind][layer] ?? null),
  );
}

/** @param {HTMLElement} root @param {LabContext} context */
export function mountGradientFlow(root, context) {
  const { store, t } = context;
  let stacked = false;
  const intro = h("p", { class: "view-intro" });
  const sentences = h("div", { class: "view-sentences" });
  const chart = createTimeChart(context, {
    name: "gradient-flow",
    label: () => t("lab.views.gradient-flow.label"),
    onWidth: () => chart.width() < NARROW !== stacked && draw(),
  });
  root.append(intro, sentences, chart.element);

  function draw() {
    const { run, twin } = store.get();
    const runs = [run, twin].filter((each) => each !== null && each.history.epochs.length > 0);
    const [first, second] = runs;
    if (!first) return chart.clear(t("lab.views.curves.empty"));
    stacked = chart.width() < NARROW;
    const panels = KINDS.flatMap((kind) => {
      const found = runs.map((each) => columnsOf(/** @type {Run} */ (each), kind));
      const reach = reachOf(found.flatMap(({ own }) => own));
      return found.map(({ x, own }, index) => {
        const called = t(runs[index] === run ? "lab.views.run" : "lab.views.twin");
        const title = t(`lab.views.gradient-flow.${kind}`);
        return {
          title: second ? `${title}${t("lab.views.colon")}${called}` : title,
          x,
          log: true,
          reach,
          lines: own.map((values, layer) => ({
            label: t("lab.views.features.layer", { layer: layer + 1 }),
            values,
            colour: depthColour(layer, own.length),
            width: 2,
          })),
        };
      });
    });
    const all = aligned(first.history.epochs, second?.history.epochs ?? [], []).x;
    const told = panels.flatMap(({ title, x, lines }) => {
      const rows = new Map(x.map((epoch, row) => [epoch, row]));
      return lines.map(({ label, values }) => ({ head: `${title}, ${label}`, values, rows }));
    });
    chart.show({
      panels,
      columns: stacked ? 1 : Math.max(runs.length, second ? 2 : 1),
      table: {
        columns: [t("lab.views.epoch"), ...told.map(({ head }) => head)],
        rows: all.map((epoch) => [epoch, ...told.map(({ values, rows }) => values[rows.get(epoch) ?? -1] ?? null)]),
      },
      run: first.id,
      query: { twin: second?.id ?? null },
    });
  }

  /** @param {LabState} state */
  function say({ moment, run, twin, examples }) {
    intro.textContent = [
      t("lab.views.gradient-flow.intro"),
      ...(examples?.standardised_targets ? [t("lab.views.standardised")] : []),
    ].join(" ");
    const own = moment?.record ?? run?.history.epochs.at(-1);
    const other = twin && moment ? epochAt(twin.history.epochs, moment.epoch) : twin?.history.epochs.at(-1);
    const texts = [own && flowSentence(own), other && flowSentence(other)];
    sentences.replaceChildren(
      ...texts.flatMap((text, index) =>
        text
          ? [
              h(
                "p",
                {},
                twin && h("strong", {}, t(index === 0 ? "lab.views.run" : "lab.views.twin"), t("lab.views.colon")),
                t(text.key, text.params),
              ),
            ]
          : [],
      ),
    );
  }

  const follow = paced(EVERY_MS, draw);
  watchView(
    context,
    "gradient-flow",
    (state) => state.language,
    (_, state) => (say(state), draw()),
  );
  watchView(context, "gradient-flow", (state) => `${revisionOf(state.run)} ${revisionOf(state.twin)}`, follow);
  watchView(
    context,
    "gradient-flow",
    (state) => state.twin,
    (_, state) => say(state),
  );
  watchView(
    context,
    "gradient-flow",
    (state) => state.moment,
    (moment, state) => {
      say(state);
      if (moment) chart.mark(moment.epoch);
    },
  );
}
