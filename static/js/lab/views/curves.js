/**
 * The three losses over time, each under its own name, of a run and its twin; and their numbers at the shown epoch.
 *
 * @import { Value } from "../../record/types.js"
 * @import { LabContext } from "../context.js"
 * @import { Epoch, LabState, Run } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { createChart } from "./charts/chart.js";
import { paced } from "../../kit/turns.js";
import { telling } from "./charts/series.js";
import { watchView } from "./charts/watch-view.js";

const SERIES = /** @type {const} */ ([
  "total_loss",
  "test_total_loss",
  "cost",
  "test_cost",
  "train_accuracy",
  "test_accuracy",
]);
/** While a training runs its picture is to be quick; once it rests, to have everything. */
const MOST_RUNNING = 400;
const MOST_AT_REST = 4000;
const EVERY_MS = 1000;
export const NARROW = 720;
const HIGH = 400;
const PANEL = 260;

/** @param {Run} run @param {string} name */
function historyOf({ history, state }, name) {
  const epochs = telling(history.epochs, state === "running" ? MOST_RUNNING : MOST_AT_REST, ({ cost }) => cost);
  const columns = SERIES.map((series) => /** @type {const} */ ([series, epochs.map((epoch) => epoch[series])]));
  return {
    name,
    epochs: epochs.map(({ epoch }) => epoch),
    ...Object.fromEntries(columns.filter(([, values]) => values.some((value) => value !== null))),
  };
}

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
  const chart = createChart(context, {
    name: "curves",
    label: () => t("lab.views.curves.label"),
    onWidth: () => chart.width() < NARROW !== stacked && draw(),
  });
  root.append(intro, now, h("div", { class: "view-controls" }, toggle), chart.element);

  function draw() {
    const { run, twin, preview, moment } = store.get();
    /** @type {Run | null} */
    const shown = run;
    if (shown === null && preview === null) return chart.clear(t("lab.views.waiting"));
    if (shown === null || shown.history.epochs.length === 0) {
      if (twin === null) return chart.clear(t("lab.views.curves.empty"));
    }
    const runs = [shown, twin].filter((each) => each !== null && each.history.epochs.length > 0);
    const [first, second] = runs.map((each) =>
      historyOf(/** @type {Run} */ (each), t(each === shown ? "lab.views.run" : "lab.views.twin")),
    );
    stacked = chart.width() < NARROW;
    const panels = (first && "test_accuracy" in first) || (first && "train_accuracy" in first) ? 3 : 2;
    chart.show({
      endpoint: "curves",
      body: {
        ...first,
        log,
        stacked,
        ...(second && { twin: second }),
        ...(moment && shown && { shown_epoch: moment.epoch }),
      },
      height: stacked ? panels * PANEL + 60 : HIGH,
      subject: `${shown?.id} ${log} ${stacked}`,
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
