/**
 * How it is trained: loss, optimizer, learning rate, batches, epochs, penalties; all from the catalogue.
 *
 * @import { TrainingRequest, TunableEntry } from "../types.js"
 * @import { LabContext } from "../context.js"
 * @import { PageState } from "../state/state.js"
 * @import { Field } from "./fields.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { translate } from "../../i18n/i18n.js";
import { choiceField, fold, numberField, section } from "./fields.js";
import { isBlind, neededOutputs, shapeOf } from "./fit.js";
import { formulaOf } from "./formula.js";
import { linear, logarithmic, whole } from "./scales.js";

const BATCHES = Object.freeze([1, 10, 32]);
const LEARNING_RATE = Object.freeze(/** @type {const} */ ([1e-5, 10]));
const SMALLEST_RATE = 1e-12;
const LARGEST_RATE = 1e6;
const LARGEST_PENALTY = 1e3;

/** @param {PageState} state */
const outputOf = ({ request }) => (request ? shapeOf(request).output_activation : "");

/**
 * The fields of what a choice of the catalogue can be given besides: made anew when the choice is another one.
 *
 * @param {LabContext} context
 * @param {"optimizer" | "schedule"} part of the request
 * @param {(state: PageState) => TunableEntry | undefined} entryOf
 */
function parameterFields(context, part, entryOf) {
  const { store, actions, t } = context;
  const element = h("div", { class: "recipe-parameters" });
  /** @type {Field[]} */
  let fields = [];
  let shown = "";
  /** @param {TunableEntry} entry @param {string} name */
  const field = (entry, name) => {
    const [low, high] = entry.parameter_limits[name] ?? [0, Number.MAX_VALUE];
    const usual = entry.parameters[name] ?? 0;
    const isWhole = low >= 1 && Number.isInteger(usual);
    const scale = isWhole ? whole(linear(low, high, 1)) : low > 0 ? logarithmic(low, high) : linear(low, high, 0.01);
    return numberField(context, {
      name: `${part}-${name}`,
      label: `lab.recipe.parameter.${name}`,
      pointers: [`/${part}/${name}`],
      read: ({ request }) => Number(request?.[part]?.[name] ?? usual),
      write: (value) => {
        const chosen = store.get().request?.[part];
        if (chosen)
          actions.edit(/** @type {Partial<TrainingRequest>} */ ({ [part]: { ...chosen, [name]: value } }), {
            key: `${part}-${name}`,
          });
      },
      limits: () => [low, high],
      scale,
      isWhole,
    });
  };
  const refresh = () => {
    const entry = entryOf(store.get());
    const now = entry?.name ?? "";
    if (now !== shown) {
      fields = entry ? Object.keys(entry.parameters).map((name) => field(entry, name)) : [];
      element.replaceChildren(...fields.map((each) => each.element));
      translate(element, t);
      shown = now;
    }
    element.hidden = fields.length === 0;
    for (const each of fields) each.refresh();
  };
  return { element, refresh };
}

/** @param {LabContext} context @returns {Field} */
function lossField(context) {
  const { actions, t } = context;
  const titleOf = (/** @type {PageState} */ { catalog, language }, /** @type {string} */ name) =>
    catalog?.activations.find((each) => each.name === name)?.title[language] ?? name;
  const fitting = (/** @type {PageState} */ state) => {
    const losses = (state.catalog?.losses ?? []).filter(
      ({ name, uses_target: learns }) => learns || name === state.request?.loss,
    );
    return losses.map((loss) => ({ loss, needed: neededOutputs(loss, outputOf(state)) }));
  };
  return choiceField(context, {
    name: "loss",
    label: "lab.recipe.loss",
    pointers: ["/loss"],
    options: (state) =>
      fitting(state).map(({ loss, needed }) => {
        const title = loss.title[state.language];
        if (needed !== null)
          return {
            value: loss.name,
            label: t("lab.recipe.loss.unfit", {
              title,
              needed: needed.map((name) => titleOf(state, name)).join(t("lab.recipe.or")),
            }),
            disabled: true,
          };
        const blind = state.request !== null && isBlind(loss, shapeOf(state.request).sizes.at(-1) ?? 0);
        return { value: loss.name, label: blind ? t("lab.recipe.loss.blind", { title }) : title, disabled: blind };
      }),
    read: ({ request }) => request?.loss ?? "",
    write: (loss) => actions.edit({ loss }),
  });
}

/** Examples per update: usual sizes to click, any other to type. @param {LabContext} context @returns {Field} */
function batchField(context) {
  const { store, actions, t } = context;
  const write = (/** @type {number | null} */ size) => actions.edit({ batch_size: size });
  const buttons = [...BATCHES, null].map((size) =>
    h(
      "button",
      {
        type: "button",
        "data-batch": size ?? "all",
        "aria-pressed": "false",
        onclick: () => write(size),
        ...(size === null && { "data-i18n": "lab.recipe.batch.all" }),
      },
      size ?? "",
    ),
  );
  const all = (/** @type {PageState} */ { examples }) => examples?.xs.length ?? 1;
  const number = numberField(context, {
    name: "batch-size",
    label: "lab.recipe.batch",
    pointers: ["/batch_size"],
    read: (state) => state.request?.batch_size ?? all(state),
    write,
    limits: ({ catalog }) => [1, catalog?.limits.samples ?? Number.MAX_SAFE_INTEGER],
    scale: whole(linear(1, 1000, 1)),
    isWhole: true,
  });
  const segments = h(
    "div",
    { class: "segmented recipe-segments", role: "group", "data-i18n-attr": "aria-label:lab.recipe.batch" },
    buttons,
  );
  number.element.append(segments);
  const note = h("p", { class: "recipe-hint" });
  number.element.append(note);
  return {
    element: number.element,
    refresh() {
      const { request, examples } = store.get();
      const size = request?.batch_size ?? null;
      for (const button of buttons)
        button.setAttribute("aria-pressed", String(button.dataset.batch === String(size ?? "all")));
      number.refresh();
      const updates = examples === null ? null : Math.ceil(examples.xs.length / (size ?? examples.xs.length));
      note.textContent =
        updates === null ? "" : t(updates === 1 ? "lab.recipe.batch.update" : "lab.recipe.batch.updates", { updates });
    },
  };
}

/** Whether a step follows the mean or the sum over its batch. @param {LabContext} context @returns {Field} */
const reductionField = (context) =>
  choiceField(context, {
    name: "reduction",
    label: "lab.recipe.reduction",
    pointers: ["/reduction"],
    options: ({ catalog, language }) =>
      (catalog?.reductions ?? []).map(({ name, title }) => ({ value: name, label: title[language] })),
    read: (state) => reductionOf(state)?.name ?? "",
    // A recipe that says nothing of it follows the first.
    write: (name) =>
      context.actions.edit({ reduction: name === context.store.get().catalog?.reductions[0]?.name ? undefined : name }),
  });

/** @param {PageState} state */
const reductionOf = ({ catalog, request }) =>
  catalog?.reductions.find(({ name }, index) => (request?.reduction ? name === request.reduction : index === 0));

/** @param {LabContext} context @param {"l1" | "l2"} name @returns {Field} */
const penaltyField = (context, name) =>
  numberField(context, {
    name,
    label: `lab.recipe.${name}`,
    pointers: [`/${name}`],
    read: ({ request }) => request?.[name] ?? 0,
    write: (value) => context.actions.edit({ [name]: value === 0 ? undefined : value }, { key: name }),
    limits: () => [0, LARGEST_PENALTY],
    scale: linear(0, 1, 0.001),
  });

/** @param {LabContext} context @returns {Field} */
export function trainingSection(context) {
  const { store, actions } = context;
  const titled = (
    /** @type {readonly { name: string, title: { en: string, zh: string } }[]} */ entries,
    /** @type {PageState} */ { language },
  ) => entries.map(({ name, title }) => ({ value: name, label: title[language] }));
  const optimizerOf = (/** @type {PageState} */ { catalog, request }) =>
    catalog?.optimizers.find(({ name }) => name === request?.optimizer.name);
  const scheduleOf = (/** @type {PageState} */ { catalog, request }) =>
    catalog?.schedules.find(({ name }) => name === (request?.schedule?.name ?? "constant"));

  const loss = lossField(context);
  const lossFormula = formulaOf(context, ({ catalog, request }) =>
    catalog?.losses.find(({ name }) => name === request?.loss),
  );
  const optimizer = choiceField(context, {
    name: "optimizer",
    label: "lab.recipe.optimizer",
    pointers: ["/optimizer/name", "/optimizer"],
    options: (state) => titled(state.catalog?.optimizers ?? [], state),
    read: ({ request }) => request?.optimizer.name ?? "",
    // Parameters of another optimizer would not be known to this one.
    write: (name) =>
      actions.edit({ optimizer: { name, learning_rate: store.get().request?.optimizer.learning_rate ?? 0.1 } }),
  });
  const optimizerFormula = formulaOf(context, optimizerOf);
  const optimizerParameters = parameterFields(context, "optimizer", optimizerOf);
  const rate = numberField(context, {
    name: "learning-rate",
    label: "lab.recipe.learning-rate",
    pointers: ["/optimizer/learning_rate"],
    read: ({ request }) => request?.optimizer.learning_rate ?? null,
    write: (value) => {
      const chosen = store.get().request?.optimizer;
      if (chosen) actions.edit({ optimizer: { ...chosen, learning_rate: value } }, { key: "learning-rate" });
    },
    limits: () => [SMALLEST_RATE, LARGEST_RATE],
    scale: logarithmic(...LEARNING_RATE),
    hasSlider: true,
  });
  const schedule = choiceField(context, {
    name: "schedule",
    label: "lab.recipe.schedule",
    pointers: ["/schedule/name", "/schedule"],
    options: (state) => titled(state.catalog?.schedules ?? [], state),
    read: ({ request }) => request?.schedule?.name ?? "constant",
    write: (name) => actions.edit({ schedule: name === "constant" ? undefined : { name } }),
  });
  const scheduleParameters = parameterFields(context, "schedule", scheduleOf);
  const scheduleFormula = formulaOf(context, (state) => (state.request?.schedule ? scheduleOf(state) : undefined));
  const batch = batchField(context);
  const reduction = reductionField(context);
  const reductionFormula = formulaOf(context, reductionOf);
  const epochs = numberField(context, {
    name: "epochs",
    label: "lab.recipe.epochs",
    pointers: ["/epochs"],
    read: ({ request }) => request?.epochs ?? null,
    write: (value) => actions.edit({ epochs: value }, { key: "epochs" }),
    limits: ({ catalog }) => [1, catalog?.limits.training_epochs ?? Number.MAX_SAFE_INTEGER],
    scale: whole(linear(1, 1000, 10)),
    isWhole: true,
  });
  const penalties = [penaltyField(context, "l1"), penaltyField(context, "l2")];

  const { element, brief } = section(
    "training",
    loss.element,
    optimizer.element,
    rate.element,
    schedule.element,
    scheduleParameters.element,
    batch.element,
    reduction.element,
    epochs.element,
    fold(
      "formulas",
      "lab.recipe.formulas",
      optimizerParameters.element,
      lossFormula.element,
      reductionFormula.element,
      optimizerFormula.element,
      scheduleFormula.element,
    ),
    fold("penalties", "lab.recipe.penalties", ...penalties.map((each) => each.element)),
  );
  const all = [
    loss,
    lossFormula,
    optimizer,
    optimizerFormula,
    optimizerParameters,
    rate,
    schedule,
    scheduleParameters,
    scheduleFormula,
    batch,
    reduction,
    reductionFormula,
    epochs,
    ...penalties,
  ];
  return {
    element,
    refresh() {
      for (const each of all) each.refresh();
      const { language, request } = store.get();
      brief.textContent = `${optimizerOf(store.get())?.title[language] ?? ""} · η ${significant(request?.optimizer.learning_rate)}`;
    },
  };
}
