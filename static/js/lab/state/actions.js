/**
 * Everything a visitor can do in the Lab, by name. Its parts call these; but for `moment`, which lab/moment.js sets,
 * nothing else changes the store.
 *
 * Longer than other modules because it is the list of all of it, one short function each.
 *
 * @import { LabClient } from "../../api/lab-client.js"
 * @import { History } from "../../kit/undo.js"
 * @import { Store } from "../../kit/store.js"
 * @import { DatasetChoice, ExampleChoice, LabState, Setup, TrainingRequest, Until, ViewName } from "../types.js"
 * @import { PageState } from "./state.js"
 *
 * @typedef {{ request: TrainingRequest, setup: string | null, runId: string | null, twinRequest: TrainingRequest | null
 *   }} Snapshot
 * @typedef {{ epoch?: number | null, example?: ExampleChoice }} At
 *
 * @typedef {object} Options
 * @property {Store<PageState>} store
 * @property {LabClient} api
 * @property {readonly Setup[]} setups
 * @property {(callback: () => void) => void} frame calls back before the next picture
 * @property {(language: "en" | "zh") => Promise<void>} useLanguage load the texts and put them on the page
 * @property {(theme: LabState["theme"]) => void} useTheme
 * @property {() => number} [now] milliseconds
 *
 * @typedef {ReturnType<typeof createLabActions>} LabActions
 */
import { EMPTY, continues, edited, redone, undone } from "../../kit/undo.js";
import { problemFrom } from "../../api/asking.js";
import { newestOnly } from "../../kit/turns.js";
import { createPreviewer, heldToExamples } from "./previewer.js";
import {
  patched,
  same,
  sameButEpochs,
  withDataset,
  withFields,
  withOwnData,
  withSizes,
  withSlopeInUse,
} from "./recipe.js";
import { heldTo, letGo, runOf, stopped } from "./runs.js";
import { canStep, leftToTrain, newestOf } from "./selectors.js";
import { createTraining } from "./training.js";
import { createViewActions } from "../../kit/view-actions.js";

export const DIGITS = Object.freeze({ least: 2, most: 8 });
const FIRST_EXAMPLE = Object.freeze({ heldOut: false, index: 0 });

/** @param {Options} options */
export function createLabActions({ store, api, setups, frame, useLanguage, useTheme, now = () => performance.now() }) {
  /** @type {History<Snapshot>} */
  let history = EMPTY;
  /** Counts what was opened: an answer to an older question is of no use. */
  let opened = 0;
  /** Counts how often a training was to stop: a step wished for before is not taken any more. */
  let stops = 0;
  const previewer = createPreviewer({ store, api });

  /** @param {unknown} error null once it has passed */
  function onProblem(error) {
    if (error !== null) store.set({ status: "error", problem: problemFrom(error) });
    else if (store.get().problem !== null) store.set({ status: "ready", problem: null });
  }

  const onOpen = () => store.set({ training: main.isOpen() || twin.isOpen() });
  const shared = { api, frame, onOpen, onProblem };
  const main = createTraining({ ...shared, read: () => store.get().run, write: (run) => store.set({ run }) });
  const twin = createTraining({ ...shared, read: () => store.get().twin, write: (run) => store.set({ twin: run }) });

  const { notify, ...view } = createViewActions({ store, digits: DIGITS, useLanguage, useTheme });

  /**
   * Something asked of the server beside the training; a failure becomes a notice.
   * @template T
   * @param {Promise<T>} promise
   */
  async function asked(promise) {
    try {
      return await promise;
    } catch (error) {
      const { title, detail } = problemFrom(error);
      notify({ key: "app.notice.failed", params: { title, detail } });
      return null;
    }
  }

  /** @returns {Snapshot | null} */
  function present() {
    const { request, setup, run, twinRequest } = store.get();
    return request && { request, setup, runId: run?.id ?? null, twinRequest };
  }

  function noteHistory() {
    store.set({ canUndo: history.past.length > 0, canRedo: history.future.length > 0 });
  }

  /** Let go of a training under way, as the server keeps it. */
  function leave() {
    opened += 1;
    stops += 1;
    main.drop();
    const { twin: other, twinRequest } = store.get();
    if (twinRequest === null) return;
    twin.drop();
    store.set({ twin: other && letGo(other) });
  }

  /** The run of a twin that another recipe has not is not its own. @param {TrainingRequest | null} twinRequest */
  function twinOf(twinRequest) {
    const { twinRequest: before } = store.get();
    const isSame =
      before === twinRequest || (before !== null && twinRequest !== null && sameButEpochs(before, twinRequest));
    return isSame ? {} : { twin: null };
  }

  /**
   * Another recipe, nothing of which is trained yet.
   * @param {Omit<Snapshot, "runId">} to
   * @param {{ debounced?: boolean }} [how]
   */
  function become(to, how = {}) {
    leave();
    store.set({
      ...to,
      ...twinOf(to.twinRequest),
      run: null,
      preview: null,
      examples: null,
      moment: null,
      epoch: null,
      hovered: null,
      status: "loading",
      problem: null,
      busy: false,
    });
    previewer.want(how);
  }

  /** @param {TrainingRequest} request @param {{ key?: string | null }} [how] */
  function editTo(request, { key = null } = {}) {
    const before = present();
    if (before === null || request === before.request) return;
    const isDrag = continues(history, key, now());
    history = edited(history, before, key, now());
    const { run, training } = store.get();
    const isOfEpochs = sameButEpochs(request, before.request);
    if (isOfEpochs && run !== null && request.epochs > newestOf({ run }) && !training && run.state !== "diverged") {
      store.set({ request, setup: null, run: { ...heldTo(run, request.epochs), revision: run.revision + 1 } });
    } else {
      become({ request, setup: null, twinRequest: before.twinRequest }, { debounced: key !== null || isDrag });
    }
    if (isOfEpochs) trainTwinAsLong(request);
    noteHistory();
  }

  /**
   * The twin is trained for as many epochs as the run beside it; what it has been trained already stays.
   * @param {TrainingRequest} request
   */
  function trainTwinAsLong({ epochs }) {
    const { twin: other, twinRequest } = store.get();
    if (twinRequest === null) return;
    const most = Math.max(epochs, newestOf({ run: other }));
    store.set({ twinRequest: patched(twinRequest, { epochs: most }), twin: other && heldTo(other, most) });
  }

  /** @param {(request: TrainingRequest) => TrainingRequest} change @param {{ key?: string | null }} [how] */
  function editWith(change, how) {
    const { request } = store.get();
    if (request !== null) editTo(change(request), how);
  }

  /** @param {{ history: History<Snapshot>, present: Snapshot } | null} moved */
  async function travel(moved) {
    if (moved === null) return;
    history = moved.history;
    const { runId, ...to } = moved.present;
    if (runId === null) become(to);
    else if (!(await show(runId, { fallback: to }))) become(to);
    noteHistory();
  }

  /**
   * Put a run of the server's on the page.
   *
   * @param {string} id
   * @param {At & { fallback?: Omit<Snapshot, "runId"> }} [how] fallback: the recipe that it belongs to
   */
  async function show(id, { epoch = null, example = FIRST_EXAMPLE, fallback } = {}) {
    const mine = opened + 1;
    opened = mine;
    store.set({ busy: true });
    const found = await asked(Promise.all([stopped(api, id), api.runExamples(id)]));
    if (mine !== opened) return true;
    store.set({ busy: false });
    if (found === null) return false;
    const [document, examples] = found;
    const kept = runOf(document);
    const request = fallback && sameButEpochs(fallback.request, kept.request) ? fallback.request : kept.request;
    const run = heldTo(kept, request.epochs);
    const record = run.history.epochs[0];
    leave();
    previewer.stop();
    store.set({
      setup: fallback?.setup ?? null,
      twinRequest: fallback?.twinRequest ?? null,
      ...(fallback && twinOf(fallback.twinRequest)),
      request,
      preview: record === undefined ? null : { network: run.network, examples, record },
      examples,
      run,
      moment: null,
      epoch,
      example: heldToExamples(example, examples),
      hovered: null,
      status: "ready",
      problem: null,
    });
    return true;
  }

  /** Train on, both runs if there are two, so far. @param {Until} [until] */
  async function go(until) {
    if (store.get().training || !canStep(store.get())) return;
    store.set({ epoch: null });
    const mine = opened;
    if (!(await previewer.settled()) || mine !== opened || store.get().training) return;
    const left = leftToTrain(store.get());
    const piece = until === undefined ? { pace: store.get().pace } : { until };
    await Promise.all([left.main && main.go(left.main, piece), left.twin && twin.go(left.twin, piece)]);
  }

  /** Whoever asks for the next step while one is being taken gets it afterwards. */
  const takeStep = newestOnly(async (/** @type {{ until: Until, asOf: number }} */ { until, asOf }) => {
    if (asOf === stops) await go(until);
  });

  /** @param {Until} until */
  const step = (until) => takeStep({ until, asOf: stops });

  async function pause() {
    stops += 1;
    await Promise.all([main.pause(), twin.pause()]);
  }

  /** As many epochs again, once a run is at its end. @returns {void} */
  function more() {
    const { request, run } = store.get();
    if (request === null || run === null) return;
    editTo(patched(request, { epochs: request.epochs + run.request.epochs }));
    go();
  }

  return {
    /** @param {string} name */
    loadSetup(name) {
      const setup = setups.find((each) => each.name === name);
      if (setup === undefined) return;
      const before = present();
      if (before !== null) history = edited(history, before, null, now());
      const twinRequest = setup.twin ? withFields(setup.request, setup.twin) : null;
      twin.drop();
      store.set({ example: FIRST_EXAMPLE, twin: null, ...(setup.view && { view: setup.view }) });
      become({ request: setup.request, setup: name, twinRequest });
      noteHistory();
    },
    /**
     * A recipe as a whole, as a link has it.
     * @param {TrainingRequest} request
     * @param {{ twinRequest?: TrainingRequest | null, example?: ExampleChoice }} [how]
     */
    loadRequest(request, { twinRequest = null, example = FIRST_EXAMPLE } = {}) {
      const before = present();
      if (before !== null) history = edited(history, before, null, now());
      twin.drop();
      store.set({ example, twin: null });
      become({ request, setup: setups.find((each) => same(each.request, request))?.name ?? null, twinRequest });
      noteHistory();
    },
    /**
     * A field set to undefined is left out of the request.
     *
     * @param {Partial<TrainingRequest>} patch
     * @param {{ key?: string | null }} [how] key: what one drag edits again and again,
     *   so that undo takes it back as a whole
     */
    edit: (patch, how) =>
      editWith((request) => withSlopeInUse(withFields(request, patch), store.get().catalog?.activations ?? []), how),
    /** @param {Partial<DatasetChoice>} patch @param {{ key?: string | null }} [how] */
    editDataset: (patch, how) => editWith((request) => withDataset(request, patch), how),
    /** @param {number[]} sizes */
    setSizes: (sizes) => editWith((request) => withSizes(request, sizes)),
    /**
     * In place of a data set.
     * @param {Partial<TrainingRequest>} data
     * @param {Partial<TrainingRequest>} [patch] what else it needs
     */
    useOwnData: (data, patch) => editWith((request) => withOwnData(request, data, patch)),

    /** Go on from where it stands, or pause; past its end, as many epochs again. */
    play() {
      const { training, run } = store.get();
      if (training) return pause();
      if (run?.state === "finished") return more();
      return go();
    },
    pause,
    /** @param {number | null} pace epochs a second; null as fast as the server can */
    async setPace(pace) {
      const { training } = store.get();
      store.set({ pace });
      if (!training) return;
      await pause();
      go();
    },
    /** Train up to an epoch and stop there. @param {number} epochs */
    playTo: (epochs) => go({ epochs }),
    stepEpoch: () => step({ epochs: 1 }),
    stepBatch: () => step({ batches: 1 }),
    stepExample: () => step({ examples: 1 }),
    /** Back to before the first step; the run so far stays with the server. */
    restart() {
      const { run, twinRequest } = store.get();
      if (run === null) return;
      leave();
      store.set({ run: null, epoch: null, ...(twinRequest && { twin: null }) });
      if (store.get().preview === null) previewer.want();
    },
    /** @param {number | null} epoch null follows the newest */
    showEpoch: (epoch) => store.set({ epoch }),
    /** @param {ExampleChoice} choice */
    chooseExample(choice) {
      const { examples } = store.get();
      store.set({ example: examples === null ? choice : heldToExamples(choice, examples) });
    },
    /** @param {ViewName} view */
    setView: (view) => store.set({ view }),

    /** @param {string} id @param {At} [at] */
    async openRun(id, at) {
      const before = present();
      const isShown = await show(id, at);
      if (isShown && before !== null) history = edited(history, before, null, now());
      noteHistory();
      return isShown;
    },
    /** Another run of the server's as twin. @param {string | null} id */
    async layOver(id) {
      twin.drop();
      if (id === null) {
        store.set({ twin: null, twinRequest: null });
        return true;
      }
      const document = await asked(stopped(api, id));
      if (document === null) return false;
      store.set({ twin: runOf(document), twinRequest: null });
      return true;
    },
    /** The present run becomes the twin of the next one. */
    holdAsTwin() {
      const { run } = store.get();
      if (run === null) return;
      twin.drop();
      leave();
      store.set({ twin: letGo(run), twinRequest: null, run: null, epoch: null });
      if (store.get().preview === null) previewer.want();
    },
    /** @param {string} id */
    async forgetRun(id) {
      const isGone = (await asked(api.deleteRun(id).then(() => true))) ?? false;
      if (isGone) store.set({ runs: store.get().runs.filter((each) => each.id !== id) });
      return isGone;
    },
    async refreshRuns() {
      const found = await asked(api.runs());
      if (found !== null) store.set({ runs: found.runs });
    },

    /** @param {LabState["hovered"]} hovered */
    hover: (hovered) => store.set({ hovered }),
    async undo() {
      const here = present();
      if (here !== null) await travel(undone(history, here));
    },
    async redo() {
      const here = present();
      if (here !== null) await travel(redone(history, here));
    },
    retry() {
      const { preview, problem } = store.get();
      main.retry();
      twin.retry();
      if (preview === null) previewer.retry();
      else if (problem !== null && !store.get().training) store.set({ status: "ready", problem: null });
    },
    ...view,
    notify,
  };
}
