/**
 * The network of the moment on the Explorer's own stage, with each unit's response in it.
 *
 * @import { Pointer } from "../../record/types.js"
 * @import { LabContext } from "../context.js"
 * @import { LabState } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { unitOf, wireOf } from "../../record/addresses.js";
import { createStage } from "../../stage/stage.js";
import { mapChoiceOf } from "../map/choice.js";
import { kindOf } from "../map/plane.js";
import { createStageStore, stageFactsOf } from "./stage-store.js";
import { createThumbnailPainter } from "./thumbnails.js";

/** @param {Pointer | null} pointer */
function hoveredUnit(pointer) {
  const unit = pointer === null ? null : unitOf(pointer);
  return unit && { layer: unit.layer, unit: unit.row };
}

/** @param {LabState["hovered"]} unit @returns {Pointer | null} */
const pointerOf = (unit) => unit && `/layers/${unit.layer}/z/${unit.unit}`;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountNetwork(root, { store, actions, t }) {
  const stageStore = createStageStore(store.get());
  const choice = mapChoiceOf(store);
  const place = h("div", { class: "network-stage" });
  const caption = h("p", { class: "network-caption" });
  root.classList.add("network-view");
  root.append(h("div", { class: "network-room" }, place, caption));

  const stage = createStage(place, {
    store: stageStore,
    t: (key, params) => t(key === "stage.label" ? "lab.network.label" : key, params),
    thumbnail: createThumbnailPainter(() => store.get()),
    reducedMotion: true,
    actions: {
      select(pointer) {
        if (pointer !== null && wireOf(pointer) !== null) return choice.set({ weight: { pointer } });
        const unit = hoveredUnit(pointer);
        const { pinned } = choice.get();
        const isSame = pinned !== null && unit !== null && pinned.layer === unit.layer && pinned.unit === unit.unit;
        choice.set({ pinned: isSame ? null : unit });
      },
      hover(pointer) {
        stageStore.set({ hovered: pointer });
        const unit = hoveredUnit(pointer);
        const before = store.get().hovered;
        if (unit?.layer !== before?.layer || unit?.unit !== before?.unit) actions.hover(unit);
      },
      toggleExpanded(layer) {
        const { expanded } = stageStore.get();
        stageStore.set({
          expanded: expanded.includes(layer) ? expanded.filter((each) => each !== layer) : [...expanded, layer],
        });
      },
      // Here the numbers are the training's to change.
      setNumber() {},
    },
  });

  // Walking from unit to unit by keyboard shows each one large; walking out of the network shows the output again.
  place.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && place.contains(relatedTarget)) return;
    stageStore.set({ hovered: null });
    if (store.get().hovered !== null) actions.hover(null);
  });
  store.watch(
    (state) => state.moment,
    (moment) => {
      const request = stageStore.get().request;
      stageStore.set(stageFactsOf(moment));
      place.setAttribute("aria-busy", String(moment === null));
      if (request !== null || moment !== null) stage.drawThumbnails();
    },
  );
  store.watch(
    (state) => state.digits,
    (digits) => stageStore.set({ digits }),
  );
  store.watch(
    (state) => state.language,
    (language) => stageStore.set({ language }),
  );
  store.watch(
    (state) => state.catalog,
    (catalog) => stageStore.set({ catalog }),
  );
  store.watch(
    (state) => state.hovered,
    (unit) => {
      const { hovered } = stageStore.get();
      const shown = hoveredUnit(hovered);
      if (unit?.layer !== shown?.layer || unit?.unit !== shown?.unit) stageStore.set({ hovered: pointerOf(unit) });
    },
  );
  choice.watch(
    (now) => now.pinned,
    (pinned) => stageStore.set({ selected: pointerOf(pinned) }),
  );

  function describe() {
    const { examples, language } = store.get();
    caption.lang = language === "zh" ? "zh-CN" : "en";
    const isScaled = examples !== null && Boolean(examples.given) && kindOf(examples) !== "picture";
    caption.textContent =
      examples === null
        ? ""
        : [
            t(`lab.network.caption.${kindOf(examples)}`),
            ...(isScaled ? [t("lab.network.caption.standardised")] : []),
          ].join(" ");
  }
  // Another data set: the inputs chosen and the unit pinned mean nothing there. A run's examples are those of its
  // preview.
  store.watch(
    (state) => JSON.stringify(state.examples?.feature_names ?? null),
    () => {
      choice.set({ pinned: null, inputs: null });
      describe();
    },
  );
  store.watch((state) => `${state.language} ${Boolean(state.examples?.given)}`, describe);
  return stage;
}
