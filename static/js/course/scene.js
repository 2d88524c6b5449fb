/**
 * One scene at a time on the stage: its network, its moment, what is lit, what may be touched.
 *
 * @import { Store } from "../kit/store.js"
 * @import { AppState, Pointer } from "../record/types.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Scene } from "./types.js"
 */
import { mayTouch } from "./tasks.js";

/**
 * Actions that change only what the present scene lets be changed.
 *
 * @param {Actions} actions
 * @param {() => Scene | null} scene
 * @returns {Actions}
 */
export function guarded(actions, scene) {
  const refuse = () => actions.notify({ key: "course.not-here" });
  return {
    ...actions,
    setNumber(pointer, value) {
      if (mayTouch(scene()?.touch, pointer)) actions.setNumber(pointer, value);
      else refuse();
    },
    setActivation: refuse,
    setSlope: refuse,
    setLoss: refuse,
    addLayer: refuse,
    removeLayer: refuse,
    addUnit: refuse,
    removeUnit: refuse,
    setInputs: refuse,
  };
}

/** A rule that lights these numbers up, however often the stage is drawn anew. @param {readonly Pointer[]} lit */
export function litRule(lit) {
  if (lit.length === 0) return "";
  // z and a stand in the forward network only; in the reversed one the unit's amplifier, which is named by its z,
  // glows.
  const selectors = lit.flatMap((pointer) => [
    `#stage [data-pointer="${pointer}"]`,
    `#stage [data-editable="${pointer}"]`,
    `#stage .amplifier[data-thing="${pointer.replace("/a/", "/z/")}"] .bubble`,
  ]);
  return `${selectors.join(", ")} { filter: drop-shadow(0 0 4px var(--lit)) drop-shadow(0 0 1px var(--lit)); }`;
}

/** @param {{ store: Store<AppState>, actions: Actions }} context */
export function createScenes({ store, actions }) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  /** @type {Scene | null} */
  let present = null;
  let stop = () => {};
  let isStanding = false;

  /**
   * Once the scene's own walk is there, stand where it begins.
   * @param {Scene} scene
   * @param {AppState["request"]} request
   */
  function standAt(scene, request) {
    stop();
    stop = store.watch(
      (state) => state.timeline,
      (timeline, state) => {
        if (timeline === null || state.request !== request) return;
        queueMicrotask(() => stop());
        const step = scene.at === undefined ? undefined : timeline.writtenBy.get(scene.at);
        if (step !== undefined) actions.goTo(step + 1);
        isStanding = true;
      },
    );
  }

  return {
    present: () => present,
    /** Whether the present scene's own walk is on the stage, where it begins or further on. */
    isStanding: () => isStanding,
    /** The stage answers a right answer: the number that was asked for is worked out before one's eyes. */
    answer() {
      const { task } = present ?? {};
      const step = task?.kind === "predict" ? store.get().timeline?.writtenBy.get(task.pointer ?? "") : undefined;
      if (step === undefined) return;
      actions.goTo(step);
      actions.step(1);
    },
    /** @param {Scene} scene */
    show(scene) {
      present = scene;
      isStanding = false;
      sheet.replaceSync(litRule(scene.lit ?? []));
      if (scene.request === null) return;
      const { steps, ...request } = scene.request;
      store.set({ view: scene.view ?? "both", selected: null });
      actions.loadRequest(request, { granularity: steps });
      standAt(scene, request);
    },
  };
}
