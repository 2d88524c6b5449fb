/**
 * The network to be trained: hidden layers as a row of steppers between the two ends that the data gives, activations,
 * and how the first weights are drawn.
 *
 * @import { LabContext } from "../context.js"
 * @import { TrainingRequest } from "../types.js"
 * @import { PageState } from "../state/state.js"
 * @import { Field } from "./fields.js"
 * @import { Ends } from "./fit.js"
 * @import { Say } from "./saying.js"
 */
import { h, icon, keepingFocus } from "../../kit/dom.js";
import { translate } from "../../i18n/i18n.js";
import { written } from "../../panels/number-edit.js";
import { recoded } from "./data/choice.js";
import { choiceField, complaint, dice, fold, numberField, section } from "./fields.js";
import { endsOf, isConstant, parametersIn, shapeOf, usualEnd, withOutput } from "./fit.js";
import { formulaOf } from "./formula.js";
import { linear, whole } from "./scales.js";

const NEW_LAYER = 4;
const LARGEST_SEED = 2 ** 53 - 1;

/** @param {PageState} state @returns {Ends | null} */
const endsIn = ({ request, catalog }) => (request && catalog ? endsOf(request, catalog.datasets) : null);

/**
 * What an edit of the network's shape comes to: given weights make way for drawn ones.
 *
 * @param {TrainingRequest} request @param {Partial<TrainingRequest>} patch @returns {Partial<TrainingRequest>}
 */
export function reshaped(request, patch) {
  if (!request.network) return patch;
  const { sizes, activation, output_activation } = shapeOf(request);
  return {
    network: undefined,
    initializer: request.initializer ?? "xavier_uniform",
    sizes,
    activation,
    output_activation,
    ...patch,
  };
}

/** @param {LabContext} context @returns {Field} */
function layersField(context) {
  const { store, actions, t } = context;
  const row = h("div", { class: "recipe-layers", role: "group", "data-i18n-attr": "aria-label:lab.recipe.layers" });
  const more = h(
    "button",
    {
      type: "button",
      class: "tool",
      "data-action": "add-layer",
      "data-i18n-attr": "aria-label:lab.recipe.layer.add; title:lab.recipe.layer.add",
      onclick: () => setHidden((hidden) => [...hidden, hidden.at(-1) ?? NEW_LAYER]),
    },
    icon("plus"),
    h("span", { "data-i18n": "lab.recipe.layer" }),
  );
  const fewer = h(
    "button",
    {
      type: "button",
      class: "tool",
      "data-action": "remove-layer",
      "data-i18n-attr": "aria-label:lab.recipe.layer.remove; title:lab.recipe.layer.remove",
      onclick: () => setHidden((hidden) => hidden.slice(0, -1)),
    },
    icon("minus"),
    h("span", { "data-i18n": "lab.recipe.layer" }),
  );
  const note = h("p", { class: "recipe-hint", "data-field": "parameters" });
  const wrong = complaint(context, ["/sizes/", "/network/"], row);
  const element = h(
    "div",
    { class: "recipe-network" },
    row,
    h("div", { class: "recipe-line" }, more, fewer),
    note,
    wrong.element,
  );
  let shown = "";

  const limits = () => store.get().catalog?.limits ?? { units: Infinity, layers: Infinity, parameters: Infinity };

  /** @param {(hidden: number[]) => number[]} change @param {string | null} [key] */
  function setHidden(change, key = null) {
    const { request } = store.get();
    if (request === null) return;
    const { sizes } = shapeOf(request);
    const next = [
      /** @type {number} */ (sizes[0]),
      ...change(sizes.slice(1, -1)),
      /** @type {number} */ (sizes.at(-1)),
    ];
    wrong.say(null);
    const parameters = parametersIn(next);
    if (parameters > (limits().parameters ?? Infinity))
      return wrong.say({ key: "lab.recipe.wrong.parameters", params: { parameters, most: limits().parameters ?? "" } });
    if (next.length - 1 > (limits().layers ?? Infinity))
      return wrong.say({ key: "lab.recipe.wrong.layers", params: { most: limits().layers ?? "" } });
    const patch = reshaped(request, { sizes: next });
    actions.edit(patch, { key });
  }

  /** @param {number} size @param {number} layer hidden, 0-based */
  function column(size, layer) {
    const name = `hidden-${layer}`;
    const most = limits().units ?? Infinity;
    const set = (/** @type {number} */ units) =>
      setHidden((hidden) => hidden.map((each, index) => (index === layer ? units : each)), name);
    const label = () => t("lab.recipe.units-of", { layer: layer + 1 });
    const input = h("input", {
      type: "text",
      inputmode: "numeric",
      class: "recipe-units",
      autocomplete: "off",
      value: written(size),
      "data-keep": name,
      "data-layer": layer,
      "data-action": "units",
      "aria-label": label(),
    });
    const commit = () => {
      const units = Number(input.value);
      if (!Number.isInteger(units) || units < 1 || units > most) {
        input.setAttribute("aria-invalid", "true");
        wrong.say({ key: "lab.recipe.wrong.units", params: { most } });
      } else if (units !== size) set(units);
    };
    input.addEventListener("change", commit);
    input.addEventListener("focus", () => input.select());
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      set(Math.max(1, size + (event.key === "ArrowUp" ? 1 : -1)));
    });
    return h(
      "div",
      { class: "recipe-layer" },
      h(
        "button",
        {
          type: "button",
          "data-keep": `${name}-more`,
          "data-action": `more-units-${layer}`,
          "aria-label": t("lab.recipe.units.more", { layer: layer + 1 }),
          "aria-disabled": String(size >= most),
          onclick: () => set(Math.min(size + 1, most)),
        },
        icon("plus"),
      ),
      input,
      h(
        "button",
        {
          type: "button",
          "data-keep": `${name}-fewer`,
          "data-action": `fewer-units-${layer}`,
          "aria-label": t("lab.recipe.units.fewer", { layer: layer + 1 }),
          "aria-disabled": String(size <= 1),
          onclick: () => set(Math.max(size - 1, 1)),
        },
        icon("minus"),
      ),
    );
  }

  /** @param {number} size @param {string} key */
  const end = (size, key) =>
    h(
      "div",
      { class: "recipe-end" },
      h("span", { class: "recipe-end-count" }, size),
      h("span", { class: "recipe-end-name" }, t(key)),
    );

  return {
    element,
    refresh() {
      const { request, language } = store.get();
      if (request === null) return;
      const { sizes } = shapeOf(request);
      const now = JSON.stringify([sizes, language]);
      if (now === shown) return;
      shown = now;
      wrong.say(null);
      const hidden = sizes.slice(1, -1);
      keepingFocus(row, () =>
        row.replaceChildren(
          end(sizes[0] ?? 0, "lab.recipe.in"),
          ...hidden.map(column),
          end(sizes.at(-1) ?? 0, "lab.recipe.out"),
        ),
      );
      fewer.setAttribute("aria-disabled", String(hidden.length === 0));
      const parameters = parametersIn(sizes);
      note.dataset.value = String(parameters);
      note.textContent = t("lab.recipe.parameters", { parameters });
      translate(element, t);
    },
  };
}

/**
 * One output or two, where two classes leave the choice.
 * @param {LabContext} context
 * @param {Say} say
 * @returns {Field}
 */
function outputsField({ store, actions, t }, say) {
  const write = (/** @type {number} */ outputs) => {
    const { request, catalog } = store.get();
    if (request === null || catalog === null) return;
    const { sizes } = shapeOf(request);
    const { activation: output } = usualEnd(catalog, "classification", outputs);
    const shape = reshaped(request, { sizes: [...sizes.slice(0, -1), outputs], output_activation: output });
    const { patch, notices } = withOutput({ ...request, ...shape }, output, "classification", catalog);
    actions.edit({ ...shape, ...patch, ...recoded(request, outputs) });
    say(...notices);
  };
  const buttons = [1, 2].map((outputs) =>
    h(
      "button",
      { type: "button", "data-outputs": outputs, "aria-pressed": "false", onclick: () => write(outputs) },
      outputs,
    ),
  );
  const element = h(
    "div",
    { class: "recipe-field", "data-field": "outputs" },
    h("span", { class: "recipe-label", "data-i18n": "lab.recipe.outputs" }),
    h(
      "div",
      { class: "segmented recipe-few", role: "group", "data-i18n-attr": "aria-label:lab.recipe.outputs" },
      buttons,
    ),
  );
  return {
    element,
    refresh() {
      const state = store.get();
      element.hidden = (endsIn(state)?.outputs.length ?? 0) < 2;
      const outputs = state.request ? shapeOf(state.request).sizes.at(-1) : 0;
      for (const button of buttons)
        button.setAttribute("aria-pressed", String(Number(button.dataset.outputs) === outputs));
    },
  };
}

/** @param {LabContext} context @param {Say} say @returns {Field} */
export function networkSection(context, say) {
  const { store, actions, t } = context;
  const edit = (/** @type {Partial<TrainingRequest>} */ patch, /** @type {string | null} */ key = null) => {
    const { request } = store.get();
    if (request) actions.edit(reshaped(request, patch), { key });
  };
  const offered = (/** @type {string} */ title, /** @type {boolean} */ disabled) => ({
    label: disabled ? t("lab.recipe.output-activation.single", { title }) : title,
    disabled,
  });
  const shapeIn = (/** @type {PageState} */ { request }) => (request ? shapeOf(request) : null);
  const layers = layersField(context);
  const hidden = choiceField(context, {
    name: "activation",
    label: "lab.recipe.activation",
    pointers: ["/activation"],
    options: ({ catalog, language }) =>
      (catalog?.activations ?? [])
        .filter((each) => !each.last_layer_only)
        .map(({ name, title }) => ({ value: name, label: title[language] })),
    read: (state) => shapeIn(state)?.activation ?? "",
    write: (activation) => edit({ activation }),
    hint: (state) => (shapeIn(state)?.isMixed ? t("lab.recipe.activation.mixed") : ""),
  });
  const outputs = outputsField(context, say);
  const output = choiceField(context, {
    name: "output-activation",
    label: "lab.recipe.output-activation",
    pointers: ["/output_activation"],
    options: (state) =>
      (state.catalog?.activations ?? []).map((entry) => ({
        value: entry.name,
        ...offered(entry.title[state.language], isConstant(entry, shapeIn(state)?.sizes.at(-1) ?? 0)),
      })),
    read: (state) => shapeIn(state)?.output_activation ?? "",
    write: (name) => {
      const { request, catalog } = store.get();
      if (request === null || catalog === null) return;
      const { patch, notices } = withOutput(request, name, endsIn(store.get())?.kind ?? "classification", catalog);
      edit(patch);
      say(...notices);
    },
  });
  const slopedIn = (/** @type {PageState} */ { catalog, request }) => {
    const names = request?.network ? [] : [request?.activation, request?.output_activation];
    return catalog?.activations.find(({ name, parameters }) => names.includes(name) && parameters?.slope !== undefined);
  };
  const slope = numberField(context, {
    name: "slope",
    label: "lab.recipe.slope",
    pointers: ["/slope"],
    read: (state) => state.request?.slope ?? slopedIn(state)?.parameters?.slope ?? null,
    write: (value) => edit({ slope: value }, "slope"),
    limits: () => slopedIn(store.get())?.parameter_limits?.slope ?? [0, 1],
    scale: linear(0, 1, 0.01),
  });
  const initializer = choiceField(context, {
    name: "initializer",
    label: "lab.recipe.initializer",
    pointers: ["/initializer"],
    options: ({ catalog, language, request }) => [
      ...(request?.network ? [{ value: "", label: t("lab.recipe.initializer.given") }] : []),
      ...(catalog?.initializers ?? []).map(({ name, title }) => ({ value: name, label: title[language] })),
    ],
    read: ({ request }) => (request?.network ? "" : (request?.initializer ?? "xavier_uniform")),
    write: (name) => name !== "" && edit({ initializer: name }),
  });
  const formula = formulaOf(context, ({ catalog, request }) =>
    request?.network
      ? undefined
      : catalog?.initializers.find(({ name }) => name === (request?.initializer ?? "xavier_uniform")),
  );
  const setSeed = (/** @type {number} */ seed) => {
    const { request } = store.get();
    if (request === null) return;
    // Other weights are wanted, not other examples: those have had this seed too, as long as they had none of their
    // own.
    const keeps =
      request.dataset && request.dataset.seed === undefined
        ? { dataset: { ...request.dataset, seed: request.seed } }
        : {};
    actions.edit({ seed, ...keeps }, { key: "seed" });
  };
  const seed = numberField(context, {
    name: "seed",
    label: "lab.recipe.seed.network",
    pointers: ["/seed"],
    read: ({ request }) => request?.seed ?? null,
    write: setSeed,
    limits: () => [0, LARGEST_SEED],
    scale: whole(linear(0, 10_000, 1)),
    isWhole: true,
    beside: dice("seed", setSeed),
  });
  const { element, brief } = section(
    "network",
    layers.element,
    hidden.element,
    outputs.element,
    output.element,
    slope.element,
    initializer.element,
    seed.element,
    fold("drawing", "lab.recipe.formula", formula.element),
  );
  const all = [layers, hidden, outputs, output, slope, initializer, formula, seed];
  return {
    element,
    refresh() {
      for (const each of all) each.refresh();
      slope.element.hidden = slopedIn(store.get()) === undefined;
      brief.textContent = shapeIn(store.get())?.sizes.join(" – ") ?? "";
    },
  };
}
