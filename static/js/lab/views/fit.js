/**
 * How well values are fitted: target against output in the data's own units, and for one input the curve through the
 * points.
 *
 * @import { LabContext } from "../context.js"
 */
import { h } from "../../kit/dom.js";
import { networkAndData } from "../export/requests.js";
import { paced } from "../../kit/turns.js";
import { createChart } from "./charts/chart.js";
import { NARROW } from "./curves.js";
import { watchView } from "./charts/watch-view.js";

const EVERY_MS = 1000;
const HIGH = 440;
const PANEL = 380;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountFit(root, context) {
  const { store, t } = context;
  let stacked = false;
  const intro = h("p", { class: "view-intro" });
  const chart = createChart(context, {
    name: "fit",
    label: () => t("lab.views.fit.label", { epoch: store.get().moment?.epoch ?? 0 }),
    onWidth: () => chart.width() < NARROW !== stacked && draw(),
  });
  root.append(intro, chart.element);

  function draw() {
    const { moment, examples, run } = store.get();
    if (moment === null || examples === null || examples.labels !== null) return chart.clear(t("lab.views.waiting"));
    stacked = chart.width() < NARROW;
    const hasCurve = examples.feature_names.length === 1;
    chart.show({
      endpoint: "fit",
      body: { ...networkAndData(moment.network, examples), input_name: examples.feature_names[0], stacked },
      height: stacked && hasCurve ? 2 * PANEL : HIGH,
      subject: `${run?.id} ${stacked}`,
    });
  }

  const follow = paced(EVERY_MS, draw);
  watchView(
    context,
    "fit",
    (state) => state.language,
    () => {
      intro.textContent = t("lab.views.fit.intro");
      draw();
    },
  );
  watchView(context, "fit", (state) => state.moment?.network, follow);
  watchView(context, "fit", (state) => state.examples, follow);
}
