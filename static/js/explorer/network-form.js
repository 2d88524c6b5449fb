/**
 * The network's structure: layers, units, activations, loss, what descent leaves alone, random weights with a visible
 * seed, and the way back to what was loaded.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h, icon } from "../kit/dom.js";
import { lossFits, sizesOf } from "../record/request.js";
import { chooser, iconButton, textButton } from "../kit/widgets/controls.js";

const LARGEST_SEED = 2 ** 31;

/**
 * Fewer, the number, more.
 * @param {string} name
 * @param {number} count
 * @param {() => void} less
 * @param {() => void} more
 */
function stepper(name, count, less, more) {
  return h(
    "span",
    { class: "stepper" },
    h(
      "button",
      {
        type: "button",
        "data-keep": `${name}-less`,
        "data-i18n-attr": "aria-label:app.unit.remove",
        "aria-disabled": String(count <= 1),
        onclick: less,
      },
      icon("minus"),
    ),
    h("output", {}, count),
    h(
      "button",
      {
        type: "button",
        "data-keep": `${name}-more`,
        "data-action": `add-unit-${name}`,
        "data-i18n-attr": "aria-label:app.unit.add",
        onclick: more,
      },
      icon("plus"),
    ),
  );
}

/** @param {PanelContext} context @param {number} layer */
function activationChooser({ store, actions, t }, layer) {
  const { catalog, request, language } = store.get();
  const isLast = layer === (request?.network.layers.length ?? 0) - 1;
  const choice = chooser(
    {
      "data-keep": `activation-${layer}`,
      "data-activation": layer,
      "aria-label": t("app.activation-of", { layer: layer + 1 }),
    },
    (name) => actions.setActivation(layer, name),
  );
  choice.fill(
    (catalog?.activations ?? []).map(({ name, title, last_layer_only: last }) => ({
      value: name,
      label: title[language],
      disabled: Boolean(last) && !isLast,
    })),
    request?.network.layers[layer]?.activation ?? "",
  );
  return choice.element;
}

/** The slope of a leaky ReLU, where the layer has one. @param {PanelContext} context @param {number} layer */
function slopeField({ store, actions, t }, layer) {
  const { catalog, request } = store.get();
  const own = request?.network.layers[layer];
  const entry = catalog?.activations.find(({ name }) => name === own?.activation);
  const limits = entry?.parameter_limits?.slope;
  if (own === undefined || limits === undefined) return null;
  const [low, high] = limits;
  const field = h("input", {
    type: "number",
    class: "slope",
    "data-keep": `slope-${layer}`,
    min: low,
    max: high,
    step: "any",
    value: own.slope ?? entry?.parameters?.slope,
    inputmode: "decimal",
    "aria-label": t("app.slope-of", { layer: layer + 1 }),
  });
  field.addEventListener("change", () => {
    const slope = Number(field.value);
    if (field.value.trim() !== "" && slope >= low && slope <= high) actions.setSlope(layer, slope);
    else field.value = String(own.slope ?? entry?.parameters?.slope);
  });
  return h("label", { class: "slope-line" }, h("span", {}, t("app.slope")), field);
}

/** @param {PanelContext} context */
function rows(context) {
  const { store, actions, t } = context;
  const { request } = store.get();
  if (request === null) return [];
  const [inputs = 0] = sizesOf(request);
  const last = request.network.layers.length - 1;
  return [
    h(
      "div",
      { class: "layer-row" },
      h("span", {}, t("app.inputs")),
      h("span", {}),
      stepper(
        "inputs",
        inputs,
        () => actions.setInputs(inputs - 1),
        () => actions.setInputs(inputs + 1),
      ),
    ),
    ...request.network.layers.map((layer, index) =>
      h(
        "div",
        { class: "layer-row" },
        h("span", {}, index === last ? t("app.output-layer") : t("app.layer", { layer: index + 1 })),
        h("span", { class: "activation-choice" }, activationChooser(context, index), slopeField(context, index)),
        stepper(
          String(index),
          layer.b.length,
          () => actions.removeUnit(index),
          () => actions.addUnit(index),
        ),
        index === last
          ? h("span", {})
          : h(
              "button",
              {
                type: "button",
                class: "tool tool-picture",
                "data-keep": `remove-${index}`,
                "aria-label": t("app.layer.remove", { layer: index + 1 }),
                title: t("app.layer.remove", { layer: index + 1 }),
                onclick: () => actions.removeLayer(index),
              },
              icon("close"),
            ),
      ),
    ),
  ];
}

/** @param {PanelContext} context */
function lossChooser({ store, actions }) {
  const { catalog, request, language } = store.get();
  const loss = chooser({ id: "loss", "data-action": "loss", "data-keep": "loss" }, (name) => actions.setLoss(name));
  if (catalog !== null && request !== null) {
    const output = request.network.layers.at(-1)?.activation ?? "";
    const fits = (/** @type {string} */ name) => lossFits(name, output, catalog);
    loss.fill(
      catalog.losses.map(({ name, title }) => ({
        value: name,
        label: fits(name) ? title[language] : `${title[language]} *`,
      })),
      request.loss,
    );
  }
  return h("div", { class: "setting" }, h("label", { for: "loss", "data-i18n": "app.loss" }), loss.element);
}

/** @param {PanelContext} context */
function freezing({ store, actions, t }) {
  const frozen = store.get().request?.freeze ?? [];
  return /** @type {const} */ (["w", "b"]).map((name) => {
    const box = h("input", { type: "checkbox", "data-keep": `freeze-${name}`, checked: frozen.includes(name) });
    box.addEventListener("change", () => {
      const others = (store.get().request?.freeze ?? []).filter((each) => each !== name);
      actions.setFreeze(box.checked ? [...others, name] : others);
    });
    return h("label", { class: "check" }, box, h("span", {}, t(`app.freeze.${name}`)));
  });
}

/**
 * @param {PanelContext} context
 * @param {{ initializer: string, seed: number }} draw kept while the menu is drawn anew
 */
function randomising({ store, actions, t }, draw) {
  const { catalog, language } = store.get();
  const kind = chooser({ "data-keep": "initializer", "data-i18n-attr": "aria-label:app.initializer" }, (name) => {
    draw.initializer = name;
  });
  kind.fill(
    (catalog?.initializers ?? []).map(({ name, title }) => ({ value: name, label: title[language] })),
    draw.initializer,
  );
  const seed = h("input", {
    type: "number",
    "data-keep": "seed",
    min: 0,
    step: 1,
    value: draw.seed,
    inputmode: "numeric",
    "data-i18n-attr": "aria-label:app.seed",
  });
  seed.addEventListener("input", () => {
    draw.seed = Math.max(0, Math.trunc(Number(seed.value)) || 0);
  });
  const again = () => {
    draw.seed = Math.floor(Math.random() * LARGEST_SEED) % 10_000;
    actions.randomise(draw);
  };
  return h(
    "div",
    { class: "randomise" },
    kind.element,
    h("label", { class: "seed" }, h("span", {}, t("app.seed")), seed),
    textButton("randomise", "app.randomise", () => actions.randomise(draw), { "data-keep": "randomise" }),
    textButton("randomise-again", "app.randomise.again", again, { "data-keep": "randomise-again" }),
  );
}

/** @param {PanelContext} context @param {{ initializer: string, seed: number }} draw kept while it is drawn anew */
export const networkForm = (context, draw) => [
  h("div", { class: "layer-rows" }, rows(context)),
  h(
    "div",
    { class: "menu-line" },
    textButton("add-layer", "app.layer.add", context.actions.addLayer, { "data-keep": "add-layer" }),
    h("p", { class: "menu-note", "data-i18n": "app.layer.add.hint" }),
  ),
  lossChooser(context),
  h("h2", { "data-i18n": "app.random" }),
  randomising(context, draw),
  h("h2", { "data-i18n": "app.freeze" }),
  h("div", { class: "menu-line" }, freezing(context)),
  h(
    "div",
    { class: "menu-line" },
    textButton("reset", "app.reset", context.actions.reset, {
      "data-keep": "reset",
      "data-i18n-attr": "title:app.reset.hint",
    }),
  ),
];
