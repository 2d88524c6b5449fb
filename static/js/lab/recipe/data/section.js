/**
 * What is learnt from: a data set of the catalogue, chosen by its picture, or one's own; how many, how noisy, what is
 * held out.
 *
 * @import { DatasetChoice, DatasetEntry } from "../../types.js"
 * @import { LabContext } from "../../context.js"
 * @import { PageState } from "../../state/state.js"
 * @import { Field } from "../fields.js"
 * @import { OwnDialog } from "../own/dialog.js"
 * @import { Say } from "../saying.js"
 */
import { h } from "../../../kit/dom.js";
import { translate } from "../../../i18n/i18n.js";
import { spoken } from "../../map/plane.js";
import { withDataset } from "./choice.js";
import { createGallery } from "./gallery.js";
import { complaint, dice, numberField, section, switchField } from "../fields.js";
import { standardiseChoice, standardised } from "../../units.js";
import { linear, logarithmic, whole } from "../scales.js";
import { splitPicture } from "./split-picture.js";

const LARGEST_SEED = 2 ** 53 - 1;
const MOST_HELD_OUT = 0.9;
const COUNT = Object.freeze(/** @type {const} */ ([10, 5000]));

/** @param {PageState} state @returns {DatasetEntry | undefined} */
const entryIn = ({ catalog, request }) => catalog?.datasets.find(({ name }) => name === request?.dataset?.name);

/** @param {LabContext} context @param {OwnDialog} dialog */
function ownSummary({ store, t }, dialog) {
  const words = h("p", { class: "recipe-hint" });
  const change = h("button", {
    type: "button",
    class: "tool",
    "data-action": "change-own-data",
    "data-i18n": "lab.recipe.own.change",
    onclick: dialog.open,
  });
  const element = h("div", { class: "recipe-own" }, words, change);
  return {
    element,
    refresh() {
      const { request, examples, language } = store.get();
      element.hidden = request?.xs === undefined;
      if (request?.xs === undefined) return;
      const list = new Intl.ListFormat(language, { type: "conjunction" });
      // Lists without names are given some by the server.
      const features = request.feature_names ?? examples?.feature_names ?? [];
      const classes = request.class_names ?? examples?.class_names ?? [];
      words.textContent = [
        dialog.fileName(),
        t("lab.recipe.own.inputs", {
          count: request.xs[0]?.length ?? 0,
          names: list.format(features.slice(0, 6).map(spoken)) + (features.length > 6 ? " …" : ""),
        }),
        classes.length > 0
          ? t("lab.recipe.own.classes", {
              count: classes.length,
              names: list.format(classes.slice(0, 6)) + (classes.length > 6 ? " …" : ""),
            })
          : t("lab.recipe.own.values"),
      ]
        .filter(Boolean)
        .join(" ");
    },
  };
}

/** @param {LabContext} context */
function describing({ store, t }) {
  const title = h("h3", { class: "recipe-dataset-title" });
  const description = h("p", { class: "recipe-hint" });
  const source = h("p", { class: "recipe-source" });
  return {
    element: h("div", { class: "recipe-dataset" }, title, description, source),
    refresh() {
      const state = store.get();
      const entry = entryIn(state);
      title.textContent = entry ? entry.title[state.language] : state.request?.xs ? t("lab.recipe.own") : "";
      description.textContent = entry?.description[state.language] ?? "";
      description.hidden = description.textContent === "";
      source.hidden = !entry?.source;
      source.textContent = entry?.source
        ? t("lab.recipe.source", { source: entry.source, licence: entry.licence ?? "" })
        : "";
    },
  };
}

/** @param {LabContext} context @param {OwnDialog} dialog @param {Say} say @returns {Field} */
export function dataSection(context, dialog, say) {
  const { store, actions, t } = context;
  const choose = (/** @type {string} */ name) => {
    const { request, catalog } = store.get();
    const chosen = request && catalog && request.dataset?.name !== name ? withDataset(request, name, catalog) : null;
    if (chosen === null) return;
    actions.edit(chosen.patch);
    say(...chosen.notices);
  };
  const gallery = createGallery(context, choose, dialog.open);
  const about = describing(context);
  const own = ownSummary(context, dialog);
  const edit = (/** @type {Partial<DatasetChoice>} */ patch, /** @type {string} */ key) =>
    actions.editDataset(patch, { key: `dataset-${key}` });

  /** @param {"n" | "noise"} name @param {Pick<Parameters<typeof numberField>[1], "scale" | "isWhole">} how */
  const made = (name, how) =>
    numberField(context, {
      name: `dataset-${name}`,
      label: `lab.recipe.${name}`,
      pointers: [`/dataset/${name}`],
      read: (state) => {
        const usual = entryIn(state)?.parameters[name];
        return usual === undefined ? null : (state.request?.dataset?.[name] ?? usual);
      },
      write: (value) => edit({ [name]: value }, name),
      limits: (state) => entryIn(state)?.parameter_limits[name] ?? [0, Infinity],
      hasSlider: true,
      ...how,
    });
  const n = made("n", { scale: whole(logarithmic(...COUNT)), isWhole: true });
  const noise = made("noise", { scale: linear(0, 1, 0.01) });
  const setSeed = (/** @type {number} */ seed) =>
    store.get().request?.dataset ? edit({ seed }, "seed") : dialog.split({ seed });
  const share = numberField(context, {
    name: "held-out",
    label: "lab.recipe.held-out",
    pointers: ["/dataset/test_fraction"],
    read: ({ request }) =>
      request?.dataset ? (request.dataset.test_fraction ?? 0) : (dialog.settings()?.share ?? null),
    write: (value) =>
      store.get().request?.dataset ? edit({ test_fraction: value }, "share") : dialog.split({ share: value }),
    limits: () => [0, MOST_HELD_OUT],
    scale: linear(0, MOST_HELD_OUT, 0.05),
    hasSlider: true,
    isPercent: true,
  });
  const seed = numberField(context, {
    name: "dataset-seed",
    label: "lab.recipe.seed.data",
    pointers: ["/dataset/seed"],
    read: ({ request }) =>
      request?.dataset ? (request.dataset.seed ?? request.seed) : (dialog.settings()?.seed ?? null),
    write: setSeed,
    limits: () => [0, LARGEST_SEED],
    scale: whole(linear(0, 10_000, 1)),
    isWhole: true,
    beside: dice("dataset-seed", setSeed),
  });
  /** @param {PageState} state */
  const chosen = (state) => {
    const { dataset, standardise: ofLists } = state.request ?? {};
    // What was measured is standardised by the server unless it is told not to be.
    const isMeasured = dataset !== undefined && Object.keys(entryIn(state)?.parameters ?? {}).length === 0;
    const { inputs, targets } = standardised(dataset ? dataset.standardise : ofLists);
    return { inputs: inputs ?? isMeasured, targets };
  };
  /** @param {{ inputs?: boolean, targets?: boolean }} patch */
  const standardiseBy = (patch) => {
    const { inputs, targets } = { ...chosen(store.get()), ...patch };
    const standardise = standardiseChoice(inputs, targets);
    if (store.get().request?.dataset) actions.editDataset({ standardise });
    else actions.edit({ standardise });
  };
  const standardise = switchField(context, {
    name: "standardise",
    label: "lab.recipe.standardise-inputs",
    pointers: ["/dataset/standardise", "/standardise"],
    read: (state) => chosen(state).inputs,
    write: (inputs) => standardiseBy({ inputs }),
  });
  const standardiseTargets = switchField(context, {
    name: "standardise-targets",
    label: "lab.recipe.standardise-targets",
    pointers: ["/dataset/standardise/targets", "/standardise/targets"],
    read: (state) => chosen(state).targets,
    write: (targets) => standardiseBy({ targets }),
  });
  const picture = splitPicture(context);
  const wrong = complaint(
    context,
    ["/dataset/name", "/xs/", "/targets/", "/test_xs/", "/test_targets/", "/feature_names/", "/class_names/"],
    gallery.element,
  );
  const { element, brief } = section(
    "data",
    gallery.element,
    wrong.element,
    about.element,
    own.element,
    n.element,
    noise.element,
    share.element,
    seed.element,
    picture.element,
    standardise.element,
    standardiseTargets.element,
  );
  const all = [gallery, about, own, n, noise, share, seed, standardise, standardiseTargets, picture];
  translate(element, t);
  return {
    element,
    refresh() {
      for (const each of all) each.refresh();
      // Classes have no scale.
      standardiseTargets.element.hidden = store.get().examples?.labels !== null;
      brief.textContent = entryIn(store.get())?.title[store.get().language] ?? t("lab.recipe.own");
    },
  };
}
