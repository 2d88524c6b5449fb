/**
 * How large gradients and gains are in each layer over time, a twin on the same axes beside it.
 *
 * @import { LabContext } from "../context.js"
 * @import { LabState, Run } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { epochAt } from "../state/epochs.js";
import { createChart } from "./charts/chart.js";
import { NARROW, revisionOf } from "./curves.js";
import { flowSentence } from "./flow-words.js";
import { paced } from "../../kit/turns.js";
import { telling } from "./charts/series.js";
import { watchView } from "./charts/watch-view.js";

const MOST_RUNNING = 200;
const MOST_AT_REST = 1000;
const EVERY_MS = 1000;
const HIGH = 620;
const PANEL = 270;

/** @param {Run} run @param {string} name */
function flowOf({ history, state }, name) {
  const epochs = telling(
    history.epochs,
    state === "running" ? MOST_RUNNING : MOST_AT_REST,
    ({ gradient_norms }) => gradient_norms[0] ?? null,
  );
  return {
    name,
    epochs: epochs.map(({ epoch }) => epoch),
    gradient_norms: epochs.map(({ gradient_norms }) => gradient_norms),
    gain_means: epochs.map(({ gain_means }) => gain_means),
  };
}

/** @param {HTMLElement} root @param {LabContext} context */
export function mountGradientFlow(root, context) {
  const { store, t } = context;
  let stacked = false;
  const intro = h("p", { class: "view-intro" });
  const sentences = h("div", { class: "view-sentences" });
  const chart = createChart(context, {
    name: "gradient-flow",
    label: () => t("lab.views.gradient-flow.label"),
    onWidth: () => chart.width() < NARROW !== stacked && draw(),
  });
  root.append(intro, sentences, chart.element);

  function draw() {
    const { run, twin, moment } = store.get();
    const runs = [run, twin].filter((each) => each !== null && each.history.epochs.length > 0);
    const [first, second] = runs.map((each) =>
      flowOf(/** @type {Run} */ (each), t(each === run ? "lab.views.run" : "lab.views.twin")),
    );
    if (first === undefined) return chart.clear(t("lab.views.curves.empty"));
    stacked = chart.width() < NARROW;
    chart.show({
      endpoint: "gradient-flow",
      body: { ...first, stacked, ...(second && { twin: second }), ...(moment && run && { shown_epoch: moment.epoch }) },
      height: stacked ? (second ? 4 : 2) * PANEL + 60 : HIGH,
      subject: `${run?.id} ${twin?.id} ${stacked}`,
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
