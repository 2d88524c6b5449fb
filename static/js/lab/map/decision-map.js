/**
 * The map: what the network answers over the input plane, under the data; or one unit's response, large.
 *
 * @import { LabContext } from "../context.js"
 * @import { UnitChoice } from "./field.js"
 * @import { Placed } from "./points.js"
 */
import { h, icon } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { createDigitView } from "../network/digit-view.js";
import { mountExamplePicker } from "./example-picker.js";
import { mapChoiceOf } from "./choice.js";
import { groundOf } from "./field.js";
import { createFineGround } from "./fine.js";
import { classLegend, scaleLegend } from "./legend.js";
import { createPlot } from "./plot.js";
import { exampleOf, kindOf, planeOf, spoken, tellingInputs } from "./plane.js";
import { createTwinMap } from "./twin-map.js";
import { inOwnUnits, ownInput, ownScale } from "../units.js";

const DIGITS = 3;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountMap(root, context) {
  const { store, actions, api, t } = context;
  const fine = createFineGround({
    api,
    limits: () => store.get().catalog?.limits ?? {},
    onFine: () => render(),
    isTrained: () => store.get().run !== null,
  });
  const choice = mapChoiceOf(store);
  const title = h("h2", { class: "map-title" });
  const subtitle = h("p", { class: "map-subtitle" });
  const unpin = h(
    "button",
    {
      type: "button",
      class: "tool tool-icon",
      "data-action": "map-output",
      onclick: () => choice.set({ pinned: null }),
    },
    icon("close"),
  );
  const selects = ["first", "second"].map((which, place) =>
    h("select", { class: "tool map-select", "data-action": `map-input-${which}`, onchange: () => chooseInputs(place) }),
  );
  const axes = h(
    "div",
    { class: "map-inputs", hidden: true },
    selects[0],
    h("span", { "aria-hidden": "true" }, "×"),
    selects[1],
  );
  const plot = createPlot({ onChoose: actions.chooseExample, describe });
  const digit = createDigitView({ t });
  const legend = h("div", { class: "map-legend" });
  const heldOut = h("input", {
    type: "checkbox",
    "data-action": "map-held-out",
    onchange: () => choice.set({ heldOut: heldOut.checked }),
  });
  const discrete = h("input", {
    type: "checkbox",
    "data-action": "map-discrete",
    onchange: () => choice.set({ discrete: discrete.checked }),
  });
  const [heldOutText, discreteText] = [h("span"), h("span")];
  const options = h(
    "div",
    { class: "map-options" },
    h("label", {}, heldOut, heldOutText),
    h("label", {}, discrete, discreteText),
  );
  const note = h("p", { class: "map-note" });
  const picker = h("section", { class: "example-picker" });
  root.classList.add("map-panel");
  root.append(
    h("div", { class: "map-head" }, h("div", {}, title, subtitle), unpin),
    axes,
    plot.element,
    digit.element,
    legend,
    options,
    note,
    createTwinMap(context),
    picker,
  );
  mountExamplePicker(picker, context);
  let legendKey = "";

  /** @returns {number[]} */
  function inputsShown() {
    const { examples, moment } = store.get();
    const shown = moment?.response?.inputs;
    return shown ?? (examples === null ? [] : tellingInputs(examples));
  }

  /** @param {number} changed which of the two selectors */
  function chooseInputs(changed) {
    const [first, second] = selects.map((select) => Number(select.value));
    const before = inputsShown();
    // Choosing what the other one shows swaps the two.
    choice.set({ inputs: first === second ? [before[1], before[0]] : [first, second] });
    if (first === second) selects[1 - changed].value = String(choice.get().inputs?.[1 - changed]);
  }

  /** The unit shown large, if the network has it. @returns {UnitChoice} */
  function unitShown() {
    const { hovered, moment } = store.get();
    const unit = hovered ?? choice.get().pinned;
    return unit !== null && (moment?.network.layers[unit.layer]?.b.length ?? 0) > unit.unit ? unit : null;
  }

  /** @param {Placed} place */
  function describe({ heldOut: isHeldOut, index }) {
    const { examples } = store.get();
    if (examples === null) return [];
    const { x, target, label } = exampleOf(inOwnUnits(examples), { heldOut: isHeldOut, index });
    const shown = inputsShown().map(
      (input) => `${spoken(examples.feature_names[input])} = ${significant(x[input], DIGITS)}`,
    );
    const what =
      label === null
        ? `ŷ = ${significant(target[0], DIGITS)}`
        : t("lab.map.class", { name: examples.class_names[label] });
    return [t(isHeldOut ? "lab.map.point.held-out" : "lab.map.point.trained", { number: index + 1 }), ...shown, what];
  }

  function render() {
    const { examples, moment, example, digits } = store.get();
    root.setAttribute("aria-busy", String(moment === null));
    const isThere = examples !== null;
    for (const part of [plot.element, digit.element, legend, options, note, axes, picker]) part.hidden = !isThere;
    const kind = isThere ? kindOf(examples) : "plane";
    const unit = unitShown();
    unpin.hidden = choice.get().pinned === null;
    unpin.setAttribute("aria-label", t("lab.map.output"));
    unpin.title = t("lab.map.output");
    renderTitle(unit, kind, digits);
    if (!isThere) return;
    const isPicture = kind === "picture";
    const chosen = exampleOf(examples, example);
    digit.element.hidden = !isPicture;
    plot.element.hidden = isPicture;
    if (isPicture) {
      for (const part of [legend, options, axes]) part.hidden = true;
      note.textContent = t("lab.map.note.picture");
      return digit.show({ examples, moment, chosen: example, unit, digits });
    }
    const inputs = inputsShown();
    const ground = moment && groundOf(moment, examples, unit, store.get().catalog);
    const { heldOut: showsHeldOut, discrete: isDiscrete } = choice.get();
    const isUnit =
      unit !== null &&
      ground !== null &&
      (ground.layer < (moment?.network.layers.length ?? 0) - 1 || ground.share !== null);
    const finest = moment && ground && fine.of(moment, examples, ground.layer);
    plot.show(
      { examples, moment: finest, ground, inputs, chosen, heldOut: showsHeldOut, discrete: isDiscrete, isUnit },
      title.textContent ?? "",
      isUnit ? "a" : "y",
    );
    renderOptions(ground?.canBeDiscrete ?? false);
    renderInputs(inputs);
    note.textContent = noteOf(inputs);
    const key = JSON.stringify([
      ground,
      examples.target_shift,
      examples.target_scale,
      store.get().language,
      examples.class_names,
      kind,
      document.documentElement.dataset.theme,
    ]);
    if (key === legendKey) return;
    legendKey = key;
    legend.replaceChildren(...(ground === null ? [] : legendOf(ground, kind)));
  }

  /** @param {UnitChoice} unit @param {string} kind @param {number} digits */
  function renderTitle(unit, kind, digits) {
    const { moment, examples } = store.get();
    const isClassifier = (examples?.class_names.length ?? 0) > 0;
    if (unit === null) {
      title.textContent = t(
        kind === "picture"
          ? "lab.map.title.picture"
          : kind === "curve"
            ? "lab.map.title.curve"
            : isClassifier
              ? "lab.map.title.classes"
              : "lab.map.title.values",
      );
      subtitle.textContent = t(
        kind === "picture"
          ? "lab.map.subtitle.picture"
          : kind === "curve"
            ? "lab.map.subtitle.curve"
            : "lab.map.subtitle.output",
      );
      return;
    }
    title.textContent = t("stage.aria.unit", { unit: unit.unit + 1, layer: unit.layer + 1 });
    const layer = moment?.trace?.layers[unit.layer];
    const bias = moment?.network.layers[unit.layer].b[unit.unit];
    const numbers = /** @type {const} */ ([
      ["b", bias],
      ["z", layer?.z[unit.unit]],
      ["a", layer?.a[unit.unit]],
    ]);
    subtitle.replaceChildren(
      ...numbers.flatMap(([name, value]) => {
        const isKnown = typeof value === "number";
        return [
          h("i", {}, name),
          " = ",
          h(
            "span",
            { class: isKnown ? "map-value" : "map-value pending", "data-value": isKnown ? value : null },
            isKnown ? significant(value, digits) : "·",
          ),
          " ",
        ];
      }),
    );
  }

  /** @param {import("./field.js").Ground} ground @param {string} kind */
  function legendOf(ground, kind) {
    const { examples, moment } = store.get();
    if (examples === null || kind === "curve") return [];
    const classes = classLegend(examples);
    if (ground.kind === "classes") return classes ? [classes] : [];
    const isOutput = ground.layer === (moment?.network.layers.length ?? 0) - 1;
    const isBetweenTwo = isOutput && examples.class_names.length === 2 && ground.share === null;
    const sides = isBetweenTwo ? examples.class_names.map((name) => t("lab.map.class", { name })) : null;
    const scale = isOutput && ground.share === null ? ownScale(examples, ground.unit, ground.scale) : ground.scale;
    const bar = scaleLegend(
      { ...ground, scale },
      { t, name: isOutput ? "y" : "a", classes: moment?.network.layers[ground.layer].b.length ?? 0, sides },
    );
    return classes && sides === null ? [bar, classes] : [bar];
  }

  /** @param {boolean} canBeDiscrete */
  function renderOptions(canBeDiscrete) {
    const { examples } = store.get();
    const { heldOut: showsHeldOut, discrete: isDiscrete } = choice.get();
    heldOut.checked = showsHeldOut;
    discrete.checked = isDiscrete;
    heldOutText.textContent = t("lab.map.held-out", { count: examples?.test_xs.length ?? 0 });
    discreteText.textContent = t("lab.map.discrete");
    /** @type {HTMLElement} */ (heldOut.parentElement).hidden = (examples?.test_xs.length ?? 0) === 0;
    /** @type {HTMLElement} */ (discrete.parentElement).hidden = !canBeDiscrete;
  }

  /** @param {readonly number[]} inputs */
  function renderInputs(inputs) {
    const names = store.get().examples?.feature_names ?? [];
    axes.hidden = names.length <= 2;
    if (axes.hidden) return;
    selects.forEach((select, place) => {
      select.setAttribute("aria-label", t(place === 0 ? "lab.map.input.across" : "lab.map.input.up"));
      if (
        select.options.length !== names.length ||
        [...select.options].some((option, index) => option.text !== spoken(names[index]))
      ) {
        select.replaceChildren(...names.map((name, index) => h("option", { value: index }, spoken(name))));
      }
      if (document.activeElement !== select) select.value = String(inputs[place]);
    });
  }

  /** @param {readonly number[]} inputs */
  function noteOf(inputs) {
    const { examples } = store.get();
    if (examples === null || examples.feature_names.length <= 2) return "";
    const { held } = planeOf(examples, inputs);
    const others = examples.feature_names.flatMap((name, index) =>
      inputs.includes(index)
        ? []
        : [`${spoken(name)} = ${significant(ownInput(examples, index, held[index]), DIGITS)}`],
    );
    return others.length <= 4
      ? t("lab.map.note.held", { others: others.join(", ") })
      : t("lab.map.note.held-many", { count: others.length });
  }

  store.watch((state) => state.moment, render);
  store.watch((state) => state.examples, render);
  store.watch((state) => state.example, render);
  store.watch((state) => state.hovered, render);
  store.watch((state) => state.language, render);
  store.watch((state) => state.digits, render);
  choice.watch((now) => now, render);
  document.addEventListener("themechange", render);
}
