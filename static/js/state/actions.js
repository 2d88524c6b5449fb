/**
 * Everything a visitor can do, by name. Panels and the stage call these; nothing else changes the store.
 *
 * Longer than other modules because it is the list of all of it, one short function each.
 *
 * @import { Store } from "../kit/store.js"
 * @import { AppState, Granularity, Pointer, Published, TraceRequest, View } from "../record/types.js"
 * @import { Client } from "../api/client.js"
 * @import { Notice } from "../record/request.js"
 * @import { History } from "../kit/undo.js"
 * @import { KeepMoment } from "./loader.js"
 *
 * @typedef {{ request: TraceRequest, preset: string | null, published: Published[], losses: AppState["losses"] }}
 *   Snapshot
 * @typedef {{ drag?: boolean, keepMoment?: KeepMoment, granularity?: Granularity }} How
 * @typedef {object} Options
 * @property {Store<AppState>} store
 * @property {Client} api
 * @property {() => boolean} motion whether a single step is played out
 * @property {(language: "en" | "zh") => Promise<void>} useLanguage load the texts and put them on the page
 * @property {(theme: AppState["theme"]) => void} useTheme
 * @property {() => number} [now] milliseconds
 *
 * @typedef {ReturnType<typeof createActions>} Actions
 */
import { fetched } from "../api/asking.js";
import { EMPTY, continues, edited, redone, undone } from "../kit/undo.js";
import { createViewActions } from "../kit/view-actions.js";
import { createLoader } from "./loader.js";
import { sameKnowledge } from "./moment.js";
import * as edits from "../record/request.js";
import { createPrediction } from "./predict.js";
import { createWalk } from "./walk.js";
import { stepsDoneAt, timeAfter } from "../timeline/timeline.js";

/** @type {readonly Granularity[]} coarse to fine */
export const GRANULARITIES = ["layer", "unit", "term"];
export const DIGITS = Object.freeze({ least: 2, most: 6 });

/** @type {KeepMoment} */
const keepKnowledge = (before, time, next) =>
  before === null ? 0 : timeAfter(next, sameKnowledge(before, stepsDoneAt(before, time), next));

/** @param {number | null} done @returns {KeepMoment} */
const startAt = (done) => (_before, _time, next) => timeAfter(next, done ?? 0);

/** @param {Options} options */
export function createActions({ store, api, motion, useLanguage, useTheme, now = () => performance.now() }) {
  /** @type {History<Snapshot>} */
  let history = EMPTY;
  /** What the walk began with: where reset leads back to. @type {Snapshot | null} */
  let origin = null;
  const walk = createWalk({ store, motion });
  const prediction = createPrediction({ store, walk });
  const loader = createLoader({ store, api, onTooManySteps: coarser });
  /** Fetched with the first update. @type {ReturnType<typeof import("./learning.js").createLearning> | null} */
  let learning = null;

  /** @returns {Record<string, number>} */
  const limits = () => store.get().catalog?.limits ?? {};

  const { notify, ...view } = createViewActions({ store, digits: DIGITS, useLanguage, useTheme });

  /** @returns {Snapshot | null} */
  function present() {
    const request = loader.request();
    const { preset, published, losses } = store.get();
    return request && { request, preset, published, losses };
  }

  /** @param {Snapshot} to @param {How} [how] */
  function become({ request, preset, published, losses }, { granularity, ...how } = {}) {
    const { selected } = store.get();
    store.set({
      preset,
      published,
      losses,
      learning: null,
      selected: selected !== null && edits.isPlace(request, selected) ? selected : null,
      hovered: null,
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
    });
    loader.want({ request, ...(granularity && { granularity }) }, how);
  }

  /**
   * An edit: what was there goes into the history.
   *
   * @param {TraceRequest} request
   * @param {{ key?: string | null, losses?: AppState["losses"], keepMoment?: KeepMoment }} [how] key: what one drag
   *   edits again and again
   */
  function edit(request, { key = null, losses, keepMoment } = {}) {
    const before = present();
    if (before === null || request === before.request) return;
    const drag = continues(history, key, now());
    history = edited(history, before, key, now());
    become(
      { request, preset: null, published: [], losses: losses ?? before.losses },
      { drag, ...(keepMoment && { keepMoment }) },
    );
  }

  /**
   * @param {(request: TraceRequest) => TraceRequest} change
   * @param {Notice} [unless] said if nothing could be changed
   */
  function editWith(change, unless) {
    const request = loader.request();
    if (request === null) return;
    const next = change(request);
    if (next === request && unless !== undefined) notify(unless);
    edit(next);
  }

  /** @param {edits.Edit} result */
  function editNoting({ request, notices }) {
    notify(...notices);
    edit(request);
  }

  /** A walk too long for the server at this granularity is walked in bigger steps. */
  function coarser() {
    const { granularity } = store.get();
    const next = GRANULARITIES[GRANULARITIES.indexOf(granularity) - 1];
    if (next === undefined) return false;
    notify({ key: "app.notice.coarser", params: { granularity: next } });
    loader.want({ granularity: next }, { keepMoment: keepKnowledge });
    return true;
  }

  /** A fresh start with another request. @param {Snapshot} snapshot @param {How} [how] */
  function begin(snapshot, how = {}) {
    walk.pause();
    const before = present();
    if (before !== null) history = edited(history, before, null, now());
    origin = snapshot;
    store.set({ expanded: [] });
    become(snapshot, { keepMoment: startAt(0), ...how });
  }

  /**
   * Something asked of the server outside of a trace; a failure becomes a notice.
   * @template T
   * @param {Promise<T>} promise
   */
  async function asked(promise) {
    try {
      return await promise;
    } catch (error) {
      const { title = "app.problem.unexpected", detail = String(error) } = /** @type {any} */ (error);
      notify({ key: "app.notice.failed", params: { title, detail } });
      return null;
    }
  }

  const learningContext = {
    store,
    ask: (/** @type {TraceRequest} */ request) => asked(api.trace(request, "none")),
    settled: loader.settled,
    present,
    /** @param {Snapshot} snapshot @param {{ isFirst: boolean, isLast: boolean }} how */
    show(snapshot, { isFirst, isLast }) {
      const before = present();
      if (isFirst && before !== null) history = edited(history, before, null, now());
      become(snapshot, { drag: !isLast });
    },
    diverged: () => notify({ key: "app.notice.diverged" }),
  };

  /** @param {{ history: History<Snapshot>, present: Snapshot } | null} moved */
  function travel(moved) {
    if (moved === null) return;
    history = moved.history;
    become(moved.present);
  }

  return {
    /** @param {string} name @param {{ done?: number | null, granularity?: Granularity | null }} [at] */
    async loadPreset(name, { done = null, granularity = null } = {}) {
      const preset = await asked(api.preset(name));
      if (preset === null) return false;
      const { steps, ...request } = preset.request;
      const suggested = GRANULARITIES.find((each) => each === steps) ?? "unit";
      const current = store.get().granularity;
      const isCoarser = GRANULARITIES.indexOf(suggested) < GRANULARITIES.indexOf(current);
      const snapshot = { request, preset: name, published: preset.published ?? [], losses: [] };
      begin(snapshot, { keepMoment: startAt(done), granularity: granularity ?? (isCoarser ? suggested : current) });
      return true;
    },
    /** @param {TraceRequest} request @param {{ done?: number | null, granularity?: Granularity | null }} [at] */
    loadRequest(request, { done = null, granularity = null } = {}) {
      const snapshot = { request, preset: null, published: [], losses: [] };
      begin(snapshot, { keepMoment: startAt(done), ...(granularity !== null && { granularity }) });
    },
    /** @param {Pointer} pointer @param {number} value */
    setNumber(pointer, value) {
      const request = loader.request();
      if (request !== null) edit(edits.withNumber(request, pointer, value), { key: pointer });
    },
    clearLearningRate: () => editWith(edits.withoutLearningRate),
    /** @param {number} layer @param {string} name */
    setActivation(layer, name) {
      const { catalog } = store.get();
      const request = loader.request();
      if (request !== null && catalog !== null) editNoting(edits.withActivation(request, layer, name, catalog));
    },
    /** @param {number} layer @param {number} slope */
    setSlope: (layer, slope) => editWith((request) => edits.withSlope(request, layer, slope)),
    /** @param {string} name */
    setLoss(name) {
      const { catalog } = store.get();
      const request = loader.request();
      if (request !== null && catalog !== null) editNoting(edits.withLoss(request, name, catalog));
    },
    addLayer: () => editWith((request) => edits.withLayer(request, limits()), { key: "app.notice.limit" }),
    /** @param {number} [index] computing layer; without it the last hidden one */
    removeLayer: (index) =>
      editWith((request) => edits.withoutLayer(request, index ?? request.network.layers.length - 2), {
        key: "app.notice.last-layer",
      }),
    /** @param {number} layer computing layer, 0-based */
    addUnit: (layer) =>
      editWith((request) => edits.withUnits(request, layer, (edits.sizesOf(request)[layer + 1] ?? 0) + 1, limits()), {
        key: "app.notice.limit",
      }),
    /** @param {number} layer */
    removeUnit: (layer) =>
      editWith((request) => edits.withUnits(request, layer, (edits.sizesOf(request)[layer + 1] ?? 0) - 1, limits()), {
        key: "app.notice.last-unit",
      }),
    /** @param {number} count */
    setInputs: (count) =>
      editWith((request) => edits.withInputs(request, count, limits()), { key: "app.notice.limit" }),
    /** @param {{ initializer: string, seed: number }} how */
    async randomise({ initializer, seed }) {
      const request = loader.request();
      if (request === null) return;
      const { layers } = request.network;
      const hidden = layers.length > 1 ? (layers[0]?.activation ?? "linear") : "linear";
      const output = layers.at(-1)?.activation ?? "linear";
      const drawn = await asked(
        api.network({
          sizes: edits.sizesOf(request),
          activation: hidden,
          output_activation: output,
          initializer,
          seed,
        }),
      );
      if (drawn === null) return;
      const network = {
        layers: drawn.layers.map((layer, index) => ({
          ...layers[index],
          ...layer,
          activation: layers[index]?.activation ?? layer.activation,
        })),
      };
      const { previous_change: _change, ...rest } = request;
      edit({ ...rest, network }, { losses: [] });
    },
    /** @param {number[] | null} signal */
    setSignal: (signal) => editWith((request) => edits.withSignal(request, signal)),
    /** @param {("w" | "b")[]} freeze */
    setFreeze: (freeze) => editWith((request) => edits.withFreeze(request, freeze)),
    /** One step of gradient descent, or so many; Infinity: while the loss falls. */
    async applyUpdate(count = 1) {
      const { createLearning } = (await fetched(() => import("./learning.js"), notify)) ?? {};
      learning ??= createLearning?.(learningContext) ?? null;
      await learning?.learn(count);
    },
    stopLearning: () => learning?.stop(),
    undo: () => {
      const here = present();
      if (here !== null) travel(undone(history, here));
    },
    redo: () => {
      const here = present();
      if (here !== null) travel(redone(history, here));
    },
    /** Back to what was loaded, at its start; can be undone. */
    reset() {
      if (origin === null) return;
      const isThere = loader.request() === origin.request;
      if (isThere) walk.goTo(0);
      else begin(origin);
    },
    retry: () => loader.retry(),
    notify,

    seek: walk.seek,
    goTo: walk.goTo,
    step: prediction.step,
    phase: walk.phase,
    toggle: prediction.toggle,
    reveal: prediction.reveal,
    setPredicting: prediction.setPredicting,
    setSpeed: walk.setSpeed,
    changeSpeed: walk.changeSpeed,
    /** @param {Granularity} granularity */
    setGranularity(granularity) {
      if (granularity === store.get().granularity) return;
      walk.pause();
      loader.want({ granularity }, { keepMoment: keepKnowledge });
    },
    /** @param {View} view */
    setView: (view) => store.set({ view }),
    /** @param {Pointer | null} selected all about it is shown */
    select: (selected) => store.set(selected === null ? { selected } : { selected, tab: "inspect" }),
    /** @param {AppState["tab"]} tab */
    setTab: (tab) => store.set({ tab }),
    /** @param {Pointer | null} hovered */
    hover: (hovered) => store.set({ hovered }),
    toggleProjector: () => store.set({ projector: !store.get().projector }),
    /** @param {number} layer */
    toggleExpanded(layer) {
      const { expanded } = store.get();
      store.set({
        expanded: expanded.includes(layer) ? expanded.filter((each) => each !== layer) : [...expanded, layer],
      });
    },
    ...view,
  };
}
