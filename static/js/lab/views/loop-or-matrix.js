/**
 * Matrix or loop? A layer as nested loops and as one product, measured here and now on the server.
 *
 * @import { Schemas } from "../../record/types.js"
 * @import { LabContext } from "../context.js"
 *
 * @typedef {Omit<Schemas["LoopOrMatrix"], "ratio"> & { ratio: number[] }} Measurement
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { createChart } from "./charts/chart.js";
import { watchView } from "./charts/watch-view.js";

const SIZES = [2, 4, 8, 16, 32, 64, 128, 256, 512];
const HIGH = 420;
const DIGITS = 3;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountLoopOrMatrix(root, context) {
  const { api, t } = context;
  /** @type {Measurement | null} */
  let found = null;
  let busy = false;
  const intro = h("p", { class: "view-intro" });
  const button = h("button", { type: "button", class: "tool tool-strong", "data-action": "measure", onclick: measure });
  const said = h("p", { class: "view-sentences", role: "status" });
  const chart = createChart(context, { name: "loop-or-matrix", label: () => t("lab.views.loop-or-matrix.label") });
  root.append(intro, h("div", { class: "view-controls" }, button), said, chart.element);

  async function measure() {
    if (busy) return;
    busy = true;
    say();
    try {
      const measured = /** @type {Measurement} */ (await api.lab.loopOrMatrix({ sizes: SIZES }));
      found = measured;
      chart.show({ endpoint: "loop-or-matrix", body: measured, height: HIGH, subject: "loop-or-matrix" });
    } catch (error) {
      chart.fail(error);
    } finally {
      busy = false;
      say();
    }
  }

  function say() {
    intro.textContent = t("lab.views.loop-or-matrix.intro");
    button.textContent = t(
      busy
        ? "lab.views.loop-or-matrix.measuring"
        : found
          ? "lab.views.loop-or-matrix.again"
          : "lab.views.loop-or-matrix.measure",
    );
    button.setAttribute("aria-disabled", String(busy));
    if (found === null) return chart.clear(t("lab.views.loop-or-matrix.empty"));
    const { sizes, ratio } = found;
    const [size, times] = [sizes.at(-1) ?? 0, ratio.at(-1) ?? 0];
    const wins = sizes.find((_, index) => ratio.slice(index).every((each) => each > 1));
    const first = t("lab.views.loop-or-matrix.said", { size, times: significant(times, DIGITS) });
    const second =
      wins === undefined
        ? ""
        : t(wins === sizes[0] ? "lab.views.loop-or-matrix.always" : "lab.views.loop-or-matrix.from", { size: wins });
    said.textContent = [first, second].join(" ").trim();
  }
  watchView(context, "loop-or-matrix", (state) => state.language, say);
}
