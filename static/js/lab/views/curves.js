/**
 * The three losses over time, each under its own name, of a run and its twin; and their numbers at the shown epoch.
 *
 * @import { Value } from "../../record/types.js"
 * @import { LabContext } from "../context.js"
 * @import { Epoch, LabState, Run } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { paced } from "../../kit/turns.js";
import { styleOf } from "./charts/live-plot.js";
import { aligned } from "./charts/series.js";
import { createTimeChart } from "./charts/time-chart.js";
import { watchView } from "./charts/watch-view.js";

/** @typedef {(epoch: Epoch) => Value} Pick */
/**
 * Which numbers share a panel: of the training part, and of the part held out.
 * @type {readonly (readonly ["total_loss" | "cost" | "accuracy", Pick, Pick])[]}
 */
const PANELS = [
  ["total_loss", ({ total_loss }) => total_loss, ({ test_total_loss }) => test_total_loss],
  ["cost", ({ cost }) => cost, ({ test_cost }) => test_cost],
  ["accuracy", ({ train_accuracy }) => train_accuracy, ({ test_accuracy }) => test_accuracy],
];
const LINES = /** @type {const} */ (["own", "ownHeldOut", "twin", "twinHeldOut"]);
const EVERY_MS = 250;
export const NARROW = 720;

/** What tells that the history of a run is another one. @param {Run | null} run */
export const revisionOf = (run) => (run === null ? "" : `${run.id} ${run.revision} ${run.state}`);

/** @param {HTMLElement} root @param {LabContext} context */
export function mountCurves(root, context) {
  const { store, t } = context;
  let log = true;
  let stacked = false;
  const intro = h("p", { class: "view-intro" });
  const now = h("div", { class: "view-now" });
  const toggle = h("button", {
    type: "button",
    class: "quiet-button",
    "data-action": "curves-log",
    onclick: () => ((log = !log), say(), draw()),
  });
  const chart = createTimeChart(context, {
    name: "curves",
    label: () => t("lab.views.curves.label"),
    onWidth: () => chart.width() < NARROW !== stacked && draw(),
  });
  root.append(intro, now, h("div", { class: "view-controls" }, toggle), chart.element);

  function draw() {
    const { run, twin, preview } = store.get();
    if (run === null && preview === null) return chart.clear(t("lab.views.waiting"));
    const [first, second] = [run, twin].filter((each) => each !== null && each.history.epochs.length > 0);
    if (!first) return chart.clear(t("lab.views.curves.empty"));
    stacked = chart.width() < NARROW;
    const own = run?.history.epochs ?? [];
    const picks = PANELS.flatMap(([, training, heldOut]) => [training, heldOut]);
    const columns = aligned(own, twin?.history.epochs ?? [], picks);
    const panels = PANELS.map(([name], index) => {
      const values = [columns.own, columns.twin].flatMap((each) => each.slice(2 * index, 2 * index + 2));
      const lines = LINES.map((line, at) => ({
        label: t(`lab.views.live.${line}`),
        values: values[at] ?? [],
        ...styleOf(line),
      }));
      return {
        name,
        title: t(`lab.views.curves.${name}`),
        x: columns.x,
        log,
        share: name === "accuracy",
        lines: lines.filter((line) => line.values.some((value) => value !== null)),
      };
    }).filter(({ lines }) => lines.length > 0);
    const told = panels.flatMap(({ name, lines }) =>
      lines.map(({ label, values }) => ({ head: `${t(`lab.views.live.${name}`)}, ${label}`, values })),
    );
    chart.show({
      panels,
      columns: stacked ? 1 : panels.length,
      table: {
        columns: [t("lab.views.epoch"), ...told.map(({ head }) => head)],
        rows: columns.x.map((epoch, row) => [epoch, ...told.map(({ values }) => values[row] ?? null)]),
      },
      run: first.id,
      query: { log, twin: second?.id ?? null },
    });
  }

  /** @param {LabState} state */
  function count({ moment, examples, example, digits, run, preview }) {
    /** @type {Epoch | null} */
    const record = moment?.record ?? preview?.record ?? run?.history.epochs.at(-1) ?? null;
    const number = (/** @type {Value | undefined} */ value) =>
      value === null || value === undefined
        ? h("td", { class: "pending" }, "·")
        : h("td", { class: "number", "data-value": String(value) }, significant(value, Math.max(digits, 4)));
    const share = (/** @type {Value | undefined} */ value) =>
      value === null || value === undefined
        ? number(value)
        : h(
            "td",
            { class: "number", "data-value": String(value) },
            `${significant(100 * value, Math.max(digits, 3))} %`,
          );
    const rows = /** @type {const} */ ([
      ["train", examples?.xs.length ?? 0, record?.total_loss, record?.cost, record?.train_accuracy],
      ["held_out", examples?.test_xs.length ?? 0, record?.test_total_loss, record?.test_cost, record?.test_accuracy],
    ]);
    // Where the answer is a number there is no right or wrong to be counted.
    const shown = examples?.labels === null ? 2 : 3;
    const heads = ["part", "total_loss", "cost", "accuracy"].slice(0, 1 + shown);
    const loss = moment?.trace?.loss.value ?? null;
    const chosen = t(example.heldOut ? "lab.views.curves.loss_held_out" : "lab.views.curves.loss", {
      index: example.index + 1,
    });
    now.replaceChildren(
      h(
        "table",
        { class: "loss-table" },
        h("caption", {}, t("lab.views.curves.now", { epoch: record?.epoch ?? "·" })),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((name) => h("th", { scope: "col" }, t(`lab.views.curves.${name}`))),
          ),
        ),
        h(
          "tbody",
          {},
          rows
            .filter(([, n]) => n > 0)
            .map(([name, n, ...values]) =>
              h(
                "tr",
                {},
                h("th", { scope: "row" }, t(`lab.views.curves.${name}`, { n })),
                values.slice(0, shown).map((value, index) => (index === 2 ? share : number)(value)),
              ),
            ),
        ),
      ),
      h(
        "p",
        { class: "loss-of-one" },
        chosen,
        " ",
        loss === null
          ? h("span", { class: "pending" }, "·")
          : h("data", { value: loss, "data-value": String(loss) }, significant(loss, Math.max(digits, 4))),
      ),
    );
  }

  function say() {
    intro.textContent = t("lab.views.curves.intro");
    toggle.textContent = t("lab.views.log");
    toggle.setAttribute("aria-pressed", String(log));
  }

  const follow = paced(EVERY_MS, draw);
  watchView(
    context,
    "curves",
    (state) => state.language,
    () => (say(), draw()),
  );
  watchView(
    context,
    "curves",
    (state) => `${revisionOf(state.run)} ${revisionOf(state.twin)} ${state.preview === null}`,
    follow,
  );
  watchView(
    context,
    "curves",
    (state) => state.moment?.epoch ?? null,
    (epoch) => epoch !== null && chart.mark(epoch),
  );
  watchView(
    context,
    "curves",
    (state) => `${state.language} ${state.digits}`,
    (_, state) => count(state),
  );
  watchView(
    context,
    "curves",
    (state) => state.moment,
    (_, state) => count(state),
  );
  watchView(
    context,
    "curves",
    (state) => state.preview,
    (_, state) => count(state),
  );
}
