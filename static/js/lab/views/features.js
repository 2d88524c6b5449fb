/**
 * What each layer makes of the data: every example in the plane of every layer, and the input grid bent along.
 *
 * @import { LabContext } from "../context.js"
 * @import { ExampleChoice, Examples, Moment } from "../types.js"
 * @import { PlaneRecord } from "./planes/feature-plane.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { classLegend } from "../map/legend.js";
import { createChart } from "./charts/chart.js";
import { createFeaturePlane } from "./planes/feature-plane.js";
import { newestOnly } from "../../kit/turns.js";
import { inputPlane } from "./planes/planes.js";
import { evenly } from "./charts/series.js";
import { needsWord } from "../units.js";
import { watchView } from "./charts/watch-view.js";

const MOST_EXAMPLES = 1000;
const LINES = 21;
const CHART_WIDTH = 320;
const MOST_COLUMNS = 4;
const AROUND = 110;
const DIGITS = 4;

/**
 * Which examples are drawn; the chosen one always is.
 * @param {Examples} examples
 * @param {ExampleChoice} chosen
 * @returns {ExampleChoice[]}
 */
function drawnOf({ xs, test_xs }, chosen) {
  const all = [
    ...xs.map((_, index) => ({ heldOut: false, index })),
    ...test_xs.map((_, index) => ({ heldOut: true, index })),
  ];
  const drawn = evenly(all, MOST_EXAMPLES);
  const isThere = drawn.some(({ heldOut, index }) => heldOut === chosen.heldOut && index === chosen.index);
  const rows = chosen.heldOut ? test_xs : xs;
  return isThere || chosen.index >= rows.length ? [...drawn] : [...drawn, chosen];
}

/** @param {HTMLElement} root @param {LabContext} context */
export function mountFeatures(root, context) {
  const { store, actions, api, t } = context;
  /** @typedef {{ moment: Moment, examples: Examples, example: ExampleChoice }} Wish */
  /** @type {(Wish & { features: PlaneRecord[], drawn: ExampleChoice[], isSeen: boolean }) | null} */
  let found = null;
  /** @type {ReturnType<typeof createFeaturePlane>[]} */
  let planes = [];
  const intro = h("p", { class: "view-intro" });
  const now = h("p", { class: "view-epoch" });
  const row = h("div", { class: "planes" });
  const trouble = h("p", { class: "view-note", role: "status" });
  const readout = h("p", { class: "plane-readout" });
  const note = h("p", { class: "view-note" });
  const chart = createChart(context, { name: "features", label: () => t("lab.views.features.label") });
  const summary = h("summary", {});
  const fold = h("details", { class: "as-chart" }, summary, chart.element);
  const legend = h("div", { class: "plane-legend" });
  root.append(intro, now, trouble, row, legend, readout, note, fold);
  fold.addEventListener("toggle", () => fold.open && showChart());

  const draw = newestOnly(async (/** @type {Wish} */ wish) => {
    const { moment, examples, example } = wish;
    const { isSeen, ...plane } = inputPlane(examples, moment.response);
    const drawn = drawnOf(examples, example);
    const xs = drawn.map(({ heldOut, index }) => (heldOut ? examples.test_xs : examples.xs)[index]);
    try {
      const { features } = await api.lab.regions({
        network: moment.network,
        ...plane,
        resolution: 2,
        lines: isSeen ? LINES : 2,
        xs,
      });
      const records = /** @type {PlaneRecord[]} */ (features);
      found = {
        ...wish,
        drawn,
        isSeen,
        features: isSeen ? records : records.map((record) => ({ ...record, grid: [] })),
      };
      trouble.textContent = "";
      show();
    } catch {
      wished = null;
      trouble.textContent = t("lab.views.failed");
    }
  });

  /** @param {number} plane @param {number} count */
  const titleOf = (plane, count) =>
    plane === 0
      ? t("lab.views.features.input")
      : t(plane === count - 1 ? "lab.views.features.output" : "lab.views.features.layer", { layer: plane });

  /** @param {PlaneRecord} record @param {number} plane @param {Examples} examples @returns {[string, string]} */
  function namesOf({ kind, shares, coordinates }, plane, { labels, feature_names }) {
    const unit = (/** @type {number} */ index) =>
      plane === 0
        ? (feature_names[index] ?? `x${index + 1}`).replaceAll("_", " ")
        : t("lab.views.features.unit", { unit: index + 1 });
    const component = (/** @type {number} */ index) =>
      t("lab.views.features.component", { component: index + 1, share: significant(100 * (shares[index] ?? 0), 3) });
    const name = kind === "pca" ? component : unit;
    if ((coordinates[0]?.length ?? 0) > 1) return [name(0), name(1)];
    return [name(0), t(labels === null ? "lab.views.features.target" : "lab.views.features.class")];
  }

  function show() {
    if (found === null) return;
    const { moment, examples, features, drawn, isSeen } = found;
    const { example } = store.get();
    if (planes.length !== features.length) {
      planes = features.map(() => createFeaturePlane({ onHover: light, onChoose: actions.chooseExample }));
      row.replaceChildren(...planes.map(({ element }) => element));
    }
    const heights = drawn.map(({ heldOut, index }) => {
      const label = (heldOut ? examples.test_labels : examples.labels)?.[index];
      return label ?? (heldOut ? examples.test_targets : examples.targets)[index]?.[0] ?? 0;
    });
    features.forEach((record, plane) =>
      planes[plane]?.show({
        record,
        title: titleOf(plane, features.length),
        names: namesOf(record, plane, examples),
        examples,
        drawn,
        heights,
        chosen: example,
      }),
    );
    now.textContent = t("lab.views.features.at", { epoch: moment.epoch });
    const all = examples.xs.length + examples.test_xs.length;
    const inputs = moment.response?.inputs ?? [0, 1];
    const width = examples.xs[0]?.length ?? 0;
    const notes = [
      ...(features.some(({ kind }) => kind === "pca") ? [t("lab.views.features.pca")] : []),
      ...(drawn.length < all ? [t("lab.views.features.some", { shown: drawn.length, all })] : []),
      ...(isSeen && width > 2
        ? [t("lab.views.features.held", { first: (inputs[0] ?? 0) + 1, second: (inputs[1] ?? 0) + 1 })]
        : []),
    ];
    note.textContent = notes.join(" ");
    const classes = classLegend(examples);
    legend.replaceChildren(...(classes ? [classes] : []));
    light(null);
    if (fold.open) showChart();
  }

  /** The same example in every plane. @param {ExampleChoice | null} choice */
  function light(choice) {
    for (const plane of planes) plane.light(choice);
    const { example } = store.get();
    const spoken = choice ?? example;
    const place =
      found?.drawn.findIndex(({ heldOut, index }) => heldOut === spoken.heldOut && index === spoken.index) ?? -1;
    if (!found || place < 0) return readout.replaceChildren();
    const { examples, features } = found;
    const label = (spoken.heldOut ? examples.test_labels : examples.labels)?.[spoken.index];
    const called = t(spoken.heldOut ? "lab.views.features.held_out" : "lab.views.features.trained", {
      index: spoken.index + 1,
    });
    const parts = features.map(({ coordinates }, plane) => {
      const at = coordinates[place] ?? [];
      const value = at.map((number) => significant(number, DIGITS)).join(", ");
      return h("span", {}, `${titleOf(plane, features.length)} `, h("b", { "data-value": at.join(" ") }, `(${value})`));
    });
    const named =
      label === undefined
        ? null
        : h("span", {}, `${t("lab.views.features.class")} `, h("b", {}, examples.class_names[label] ?? String(label)));
    readout.replaceChildren(h("span", {}, called), ...(named ? [named] : []), ...parts);
  }

  /** The server's figure: zoomed, saved, read as a table. */
  function showChart() {
    if (found === null) return;
    const { examples, features, drawn } = found;
    const { example } = store.get();
    const width = Math.max(chart.element.clientWidth, CHART_WIDTH);
    const columns = Math.max(1, Math.min(MOST_COLUMNS, features.length, Math.floor(width / CHART_WIDTH)));
    const highlighted = drawn.findIndex(({ heldOut, index }) => heldOut === example.heldOut && index === example.index);
    const labels =
      examples.labels &&
      drawn.map(
        ({ heldOut, index }) => /** @type {number[]} */ (heldOut ? examples.test_labels : examples.labels)[index],
      );
    chart.show({
      endpoint: "feature-planes",
      body: {
        features,
        columns,
        class_names: examples.class_names,
        ...(labels && { labels }),
        ...(examples.test_xs.length > 0 && { held_out: drawn.map(({ heldOut }) => heldOut) }),
        ...(highlighted >= 0 && { highlighted }),
      },
      height: Math.ceil(features.length / columns) * ((width / columns) * 0.92) + AROUND,
      subject: "features",
    });
  }

  /** @type {Wish | null} the last one, so that what two watchers notice is asked once */
  let wished = null;

  function wish() {
    const { moment, examples, example } = store.get();
    if (moment !== null && examples !== null) {
      if (wished?.moment === moment && wished.examples === examples && wished.example === example) return;
      wished = { moment, examples, example };
      return void draw(wished);
    }
    wished = null;
    found = null;
    planes = [];
    row.replaceChildren();
    readout.replaceChildren();
    [now.textContent, note.textContent, trouble.textContent] = ["", "", t("lab.views.waiting")];
  }

  watchView(
    context,
    "features",
    (state) => `${state.language} ${state.examples?.labels === null} ${needsWord(state.examples)}`,
    (_, state) => {
      intro.textContent = [
        t(state.examples?.labels === null ? "lab.views.features.intro_numbers" : "lab.views.features.intro"),
        ...(needsWord(state.examples) ? [t("lab.views.standardised")] : []),
      ].join(" ");
      summary.textContent = t("lab.views.features.as_chart");
      show();
    },
  );
  watchView(context, "features", (state) => state.moment, wish);
  watchView(context, "features", (state) => state.example, wish);
}
