/**
 * Which plane through the parameters: two of them, the plane of the path, or a random one.
 *
 * @import { Translate } from "../../../i18n/i18n.js"
 * @import { Network } from "../../../record/types.js"
 * @import { PlaneChoice, PlaneKind } from "./request.js"
 */
import { h } from "../../../kit/dom.js";
import { subscript, superscript } from "../../../kit/format.js";
import { pointersOf } from "./request.js";

/** @type {readonly PlaneKind[]} */
const KINDS = ["path", "pointers", "random"];
const RESOLUTIONS = [21, 41, 61];
const POINTER = /^\/layers\/(\d+)\/(w|b)\/(\d+)(?:\/(\d+))?$/;
const MANY = 9;

/** A weight or bias as the formulas write it, counted from 1. @param {string} pointer */
export function symbolOf(pointer) {
  const [, layer, letter, ...places] = POINTER.exec(pointer) ?? [];
  if (layer === undefined) return pointer;
  const numbers = places.filter((place) => place !== undefined).map((place) => Number(place) + 1);
  return `${letter}⁽${superscript(Number(layer) + 1)}⁾${numbers.map(subscript).join(numbers.some((each) => each > MANY) ? "," : "")}`;
}

/**
 * @param {{ t: Translate, onChange: (choice: PlaneChoice) => void }} options
 */
export function createSurfaceControls({ t, onChange }) {
  /** @type {PlaneChoice} */
  let choice = { kind: "path", pointers: ["/layers/0/w/0/0", "/layers/0/b/0"], seed: 0, resolution: 41 };
  /** @type {Network | null} */
  let network = null;

  const kinds = KINDS.map((kind) =>
    h("button", { type: "button", "data-action": `surface-${kind}`, onclick: () => change({ kind }) }),
  );
  const layers = [0, 1].map((which) =>
    h("select", { class: "tool", "data-action": `surface-layer-${which + 1}`, onchange: () => chooseLayer(which) }),
  );
  const parameters = [0, 1].map((which) =>
    h("select", {
      class: "tool",
      "data-action": `surface-parameter-${which + 1}`,
      onchange: () => chooseParameter(which),
    }),
  );
  const pairs = h(
    "div",
    { class: "surface-parameters" },
    [0, 1].map((which) => h("div", { class: "surface-pair" }, layers[which], parameters[which])),
  );
  const seed = h("input", {
    type: "number",
    min: 0,
    step: 1,
    value: 0,
    "data-action": "surface-seed",
    onchange: () => change({ seed: Math.max(0, Math.floor(Number(seed.value) || 0)) }),
  });
  const seedLabel = h("span", {});
  const seedField = h("label", { class: "seed" }, seedLabel, seed);
  const resolution = h("select", {
    class: "tool",
    "data-action": "surface-resolution",
    onchange: () => change({ resolution: Number(resolution.value) }),
  });
  const element = h(
    "div",
    { class: "view-controls" },
    h("div", { class: "segmented", role: "group" }, kinds),
    pairs,
    seedField,
    resolution,
  );

  /** @param {Partial<PlaneChoice>} patch */
  function change(patch) {
    choice = { ...choice, ...patch };
    render();
    onChange(choice);
  }

  /** @param {number} which @param {string} pointer */
  function choosePointer(which, pointer) {
    const other = choice.pointers[1 - which];
    // Two different ones are needed: the other one makes way.
    const swapped = other === pointer ? choice.pointers[which] : other;
    change({ pointers: /** @type {[string, string]} */ (which === 0 ? [pointer, swapped] : [swapped, pointer]) });
  }
  /** @param {number} which */
  const chooseParameter = (which) => choosePointer(which, parameters[which]?.value ?? "");
  /** @param {number} which */
  function chooseLayer(which) {
    const all = network ? pointersOf(network, Number(layers[which]?.value)) : [];
    const first = all.find((pointer) => pointer !== choice.pointers[1 - which]);
    if (first) choosePointer(which, first);
  }

  function render() {
    kinds.forEach((button, index) => {
      const kind = KINDS[index];
      button.textContent = t(`lab.views.surface.${kind}`);
      button.setAttribute("aria-pressed", String(kind === choice.kind));
    });
    pairs.hidden = choice.kind !== "pointers";
    seedField.hidden = choice.kind !== "random";
    seedLabel.textContent = t("lab.views.surface.seed");
    seed.value = String(choice.seed);
    resolution.setAttribute("aria-label", t("lab.views.surface.resolution"));
    resolution.replaceChildren(
      ...RESOLUTIONS.map((each) =>
        h("option", { value: each, selected: each === choice.resolution }, `${each} × ${each}`),
      ),
    );
    choice.pointers.forEach((pointer, which) => {
      const layer = Number(POINTER.exec(pointer)?.[1] ?? 0);
      layers[which]?.setAttribute("aria-label", t("lab.views.surface.layer_of", { which: which + 1 }));
      parameters[which]?.setAttribute("aria-label", t("lab.views.surface.parameter", { which: which + 1 }));
      layers[which]?.replaceChildren(
        ...(network?.layers ?? []).map((_, index) =>
          h("option", { value: index, selected: index === layer }, t("lab.views.surface.layer", { layer: index + 1 })),
        ),
      );
      const all = network ? pointersOf(network, layer) : [];
      parameters[which]?.replaceChildren(
        ...all.map((each) => h("option", { value: each, selected: each === pointer }, symbolOf(each))),
      );
    });
  }

  return {
    element,
    render,
    choice: () => choice,
    /**
     * A parameter shown elsewhere on the page: it takes the place of the one chosen longer ago.
     * @param {string} pointer
     */
    pick(pointer) {
      const [older, newer] = choice.pointers;
      if (choice.kind !== "pointers")
        change({ kind: "pointers", pointers: [newer === pointer ? older : newer, pointer] });
      else if (pointer !== newer) change({ pointers: [newer, pointer] });
    },
    /** Another network: parameters that it does not have are given up. @param {Network} next */
    use(next) {
      const known = new Set(next.layers.flatMap((_, layer) => pointersOf(next, layer)));
      const isSame =
        network !== null &&
        [...known].join() ===
          network.layers.flatMap((_, layer) => pointersOf(/** @type {Network} */ (network), layer)).join();
      network = next;
      if (isSame) return;
      if (!choice.pointers.every((pointer) => known.has(pointer))) {
        const [first = "", second = first] = known;
        choice = { ...choice, pointers: [first, second] };
      }
      render();
    },
  };
}
