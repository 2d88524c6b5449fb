/**
 * The live curve: cost, total loss or accuracy of a training while it runs, its twin dashed beside it.
 *
 * @import { Value } from "../../record/types.js"
 * @import { LabContext } from "../context.js"
 * @import { Epoch, LabState } from "../types.js"
 * @import { LineName } from "./charts/live-plot.js"
 * @import { Pick } from "./charts/series.js"
 * @import { Plot, PlotClass, PlotData } from "../../kit/uplot.js"
 *
 * @typedef {"cost" | "total_loss" | "accuracy"} Quantity
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { epochAt } from "../state/epochs.js";
import { livePlot, styleOf } from "./charts/live-plot.js";
import { paced, perFrame } from "../../kit/turns.js";
import { aligned, positive } from "./charts/series.js";
import { createTableTwin } from "./charts/table-twin.js";
import { loadUplot } from "../../kit/uplot.js";

/**
 * Which numbers of an epoch make up a quantity: of the training part, and of the part held out.
 * @type {Readonly<Record<Quantity, [Pick, Pick]>>}
 */
const PICKS = Object.freeze({
  cost: [({ cost }) => cost, ({ test_cost }) => test_cost],
  total_loss: [({ total_loss }) => total_loss, ({ test_total_loss }) => test_total_loss],
  accuracy: [({ train_accuracy }) => train_accuracy, ({ test_accuracy }) => test_accuracy],
});
/** @type {readonly Quantity[]} */
const QUANTITIES = ["cost", "total_loss", "accuracy"];
const TABLE_MS = 1000;
const AXIS_DIGITS = 3;

/** @param {LabState} state @returns {readonly Epoch[]} */
const ownEpochs = ({ run, preview }) => (run ? run.history.epochs : preview ? [preview.record] : []);

/** @param {HTMLElement} root @param {LabContext} context */
export function mountLive(root, { store, actions, t }) {
  /** @type {Quantity} */
  let quantity = "cost";
  let log = true;
  /** @type {{ plot: Plot, key: string } | null} */
  let drawn = null;
  /** @type {PlotClass | null} */
  let UPlot = null;
  /** @type {number | null} */
  let hovered = null;
  /** @type {{ x: number[], columns: Value[][], lines: { name: LineName, label: string }[] }} */
  let data = { x: [], columns: [], lines: [] };

  const title = h("h2", { class: "live-title" });
  const choices = QUANTITIES.map((name) =>
    h("button", { type: "button", "data-action": `live-${name}`, onclick: () => choose(name) }),
  );
  const logButton = h("button", {
    type: "button",
    class: "quiet-button",
    "data-action": "live-log",
    onclick: () => ((log = !log), renew()),
  });
  const chart = h("div", { class: "live-chart", role: "img", onclick: visit });
  const readout = h("dl", { class: "live-readout" });
  const table = createTableTwin({ t, digits: () => store.get().digits, label: () => t(`lab.views.live.${quantity}`) });
  root.classList.add("live");
  root.append(
    h(
      "div",
      { class: "live-head" },
      title,
      h("div", { class: "segmented live-choice", role: "group" }, choices),
      logButton,
    ),
    chart,
    readout,
    table.element,
  );

  /** @param {Quantity} name */
  function choose(name) {
    quantity = name;
    renew();
  }

  /** A click goes to that epoch. */
  function visit() {
    const { run } = store.get();
    const at = hovered === null ? undefined : data.x[hovered];
    const recorded = run && at !== undefined ? epochAt(run.history.recorded, at) : null;
    if (recorded) actions.showEpoch(recorded.epoch);
  }

  function gather() {
    const { twin } = store.get();
    // Where the answer is a number there is no right or wrong to be counted.
    // Until something is known the page keeps room for all of it.
    const isUnknown = ownEpochs(store.get()).length === 0;
    const hasClasses =
      isUnknown ||
      PICKS.accuracy.some((pick) =>
        [ownEpochs(store.get())[0], twin?.history.epochs[0]].some((epoch) => epoch && pick(epoch) !== null),
      );
    choices.forEach((button) => button.dataset["action"] === "live-accuracy" && (button.hidden = !hasClasses));
    if (!hasClasses && quantity === "accuracy") choose("cost");
    const picks = PICKS[quantity];
    const { x, own, twin: other } = aligned(ownEpochs(store.get()), twin?.history.epochs ?? [], picks);
    /** @type {LineName[]} */
    const names = ["own", "ownHeldOut", "twin", "twinHeldOut"];
    const all = [...own, ...other];
    // The training part of what there is stands even where it has no number yet; the rest only where it has.
    const kept = names
      .map((name, index) => ({ name, index }))
      .filter(
        ({ name, index }) =>
          name === "own" || (isUnknown && name === "ownHeldOut") || all[index]?.some((value) => value !== null),
      );
    data = {
      x,
      columns: kept.map(({ index }) => all[index] ?? []),
      lines: kept.map(({ name }) => ({ name, label: t(`lab.views.live.${name}`) })),
    };
  }

  const size = () => ({ width: Math.max(chart.clientWidth, 120), height: Math.max(chart.clientHeight, 120) });

  let isDue = false;
  const paint = perFrame(() => {
    isDue = false;
    if (UPlot === null || chart.clientWidth === 0) return;
    gather();
    const { language } = store.get();
    const key = [
      quantity,
      log,
      language,
      document.documentElement.dataset["theme"],
      ...data.lines.map(({ name }) => name),
    ].join();
    const isShare = quantity === "accuracy";
    const columns = log && !isShare ? data.columns.map(positive) : data.columns;
    const values = /** @type {PlotData} */ ([data.x, ...columns]);
    if (drawn?.key === key) drawn.plot.setData(values);
    else {
      drawn?.plot.destroy();
      const options = livePlot({
        lines: data.lines.map(({ name, label }) => ({ label, ...styleOf(name) })),
        log,
        share: isShare,
        say: (value) => significant(value, AXIS_DIGITS).replace(/^1×/, ""),
        shownEpoch: () => store.get().moment?.epoch ?? null,
        onCursor(index) {
          hovered = index;
          read();
        },
        size: size(),
      });
      drawn = { plot: new UPlot(options, values, chart), key };
    }
    read();
    tell();
  });

  function update() {
    isDue = true;
    paint();
  }

  /** The line at the shown epoch; where more is to be drawn anyway it comes along. */
  const markShown = perFrame(() => {
    if (isDue) return;
    drawn?.plot.redraw(false);
    read();
  });

  /** The numbers at the cursor, or else of the epoch shown. */
  function read() {
    const { moment, digits } = store.get();
    const shown = moment === null ? -1 : data.x.findLastIndex((epoch) => epoch <= moment.epoch);
    const place = hovered ?? (shown < 0 ? data.x.length - 1 : shown);
    const rows = data.lines.map(({ name, label }, index) => {
      const value = data.columns[index]?.[place] ?? null;
      const number =
        value === null
          ? h("dd", { class: "pending" }, "·")
          : h("dd", { "data-value": String(value) }, significant(value, Math.max(digits, 4)));
      return h("div", {}, h("dt", {}, h("i", { class: "swatch", "data-line": name }), label), number);
    });
    const epoch = data.x[place];
    const at = h(
      "dd",
      epoch === undefined ? { class: "pending" } : { "data-value": String(epoch) },
      epoch === undefined ? "·" : epoch,
    );
    readout.replaceChildren(h("div", {}, h("dt", {}, t("lab.views.epoch")), at), ...rows);
  }

  /** In words, and as a table; both cost more than they are worth sixty times a second. */
  const tell = paced(TABLE_MS, () => {
    const [first, last] = [data.columns[0]?.[0], data.columns[0]?.at(-1)];
    const { digits } = store.get();
    const params = {
      quantity: t(`lab.views.live.${quantity}`),
      from: significant(first, digits),
      to: significant(last, digits),
      first: data.x[0] ?? 0,
      last: data.x.at(-1) ?? 0,
    };
    chart.setAttribute("aria-label", t("lab.views.live.described", params));
    table.show(() => ({
      columns: [t("lab.views.epoch"), ...data.lines.map(({ label }) => label)],
      rows: data.x.map((epoch, index) => [epoch, ...data.columns.map((column) => column[index] ?? null)]),
    }));
  });

  function renew() {
    title.textContent = t("lab.views.live.title");
    choices.forEach((button, index) => {
      const name = QUANTITIES[index] ?? "cost";
      button.textContent = t(`lab.views.live.${name}`);
      button.setAttribute("aria-pressed", String(name === quantity));
    });
    logButton.textContent = t("lab.views.log");
    logButton.setAttribute("aria-pressed", String(log));
    logButton.disabled = quantity === "accuracy";
    if (drawn === null) {
      gather();
      read();
    }
    update();
  }

  store.watch((state) => state.language, renew);
  store.watch((state) => state.run?.revision ?? 0, update);
  store.watch((state) => state.run ?? state.preview, update);
  store.watch((state) => state.twin, update);
  store.watch((state) => state.digits, update);
  store.watch((state) => state.moment?.epoch, markShown);
  document.addEventListener("themechange", update);
  new ResizeObserver(() => {
    if (drawn && chart.clientWidth > 0) drawn.plot.setSize(size());
    else update();
  }).observe(chart);
  loadUplot().then((loaded) => {
    UPlot = loaded;
    update();
  });
}
