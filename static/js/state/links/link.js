/**
 * The page's address as a second place for the state: opened once, kept up to date, and followed when it is changed by
 * hand.
 *
 * @import { Store } from "../../kit/store.js"
 * @import { AppState, Catalog, PresetSummary } from "../../record/types.js"
 * @import { Actions } from "../actions.js"
 * @import { Client } from "../../api/client.js"
 * @import { Linked } from "./permalink.js"
 * @import { Origin, RunsApi } from "../origin.js"
 */
import { fetched, problemFrom } from "../../api/asking.js";
import { isLink } from "../../kit/permalink/permalink.js";
import { fullFragment } from "./short.js";
import { overlaid, placeOf, read, requestOf, save } from "./permalink.js";
import { isPlace } from "../../record/request.js";

/** Milliseconds without a change after which the address follows. */
const SETTLED = 300;
const RETRY_SECONDS = 2;
const LIST = ", ";

/** @param {Store<AppState>} store @param {number} seconds */
function untilRetried(store, seconds) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(finish, seconds * 1000);
      const stop = store.watch(
        (state) => state.status,
        (status) => status !== "error" && finish(),
      );
    })
  );
}

/**
 * @param {{ store: Store<AppState>, actions: Actions, api: Client, runs: RunsApi, showOrigin: (origin: Origin | null)
 *   => void }} context
 *   showOrigin: told where in the Lab the page came from; null if it did not
 */
export function createLink({ store, actions, api, runs, showOrigin }) {
  /** @type {readonly string[]} */
  let hide = [];
  let saved = "";
  /** @type {string | null} */
  let savedPreset = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Origin | null} */
  let origin = null;

  /** @param {Origin | null} next */
  function comeFrom(next) {
    origin = next;
    showOrigin(next);
  }

  /**
   * The request of a link that may have led here from the Lab.
   *
   * @param {Linked} linked
   * @param {AppState["request"]} own what the link itself describes
   * @param {string[]} dropped is added to
   * @returns {Promise<AppState["request"]>} null if there is none: no network in the link, and its run is gone
   */
  async function fromLab(linked, own, dropped) {
    const place = placeOf(linked);
    if (place === null) {
      comeFrom(null);
      return own;
    }
    comeFrom({ place, request: null, units: null, dataset: null });
    const origins = await fetched(() => import("../origin.js"), actions.notify);
    if (origins === null) return own;
    const found = origins.originOf(runs, place).then(({ origin: known, missing }) => {
      // Another link may have been followed in the meantime.
      if (origin?.place === place) comeFrom(missing ? null : known);
      if (own === null && known.request === null) actions.notify({ key: "app.link.run-missing" });
      else if (missing) actions.notify({ key: "app.link.run-forgotten" });
      return known.request;
    });
    if (own !== null) return own;
    const request = await found;
    if (request === null) return null;
    const laid = overlaid(request, linked);
    dropped.push(...laid.dropped);
    return laid.request;
  }

  /** Tries until the server answers. @returns {Promise<{ catalog: Catalog, presets: PresetSummary[] }>} */
  async function known() {
    for (;;) {
      try {
        const [catalog, presets] = await Promise.all([api.functions(), api.presets()]);
        return { catalog, presets };
      } catch (error) {
        store.set({ status: "error", problem: problemFrom(error) });
        await untilRetried(store, RETRY_SECONDS);
      }
    }
  }

  /** @param {Linked} linked @param {number} [done] steps done where the link says nothing */
  async function show(linked, done = 0) {
    const { catalog, presets } = store.get();
    if (catalog === null) return;
    const { request: own, dropped } = requestOf(linked, catalog);
    const request = await fromLab(linked, own, dropped);
    const isKnown = presets.some(({ name }) => name === linked.preset);
    if (linked.preset !== undefined && !isKnown) dropped.push("preset");
    hide = linked.hide ?? [];
    document.body.dataset.hide = hide.join(" ");
    store.set({
      ...(linked.view && { view: linked.view }),
      ...(linked.digits !== undefined && { digits: linked.digits }),
    });
    if (linked.lang !== undefined && linked.lang !== store.get().language) await actions.setLanguage(linked.lang);
    if (dropped.length > 0) actions.notify({ key: "app.link.dropped", params: { names: dropped.join(LIST) } });
    const at = { done: linked.at ?? done, granularity: linked.steps ?? null };
    const name = isKnown ? linked.preset : presets[0]?.name;
    if (request !== null) actions.loadRequest(request, at);
    else if (name !== undefined)
      await actions.loadPreset(name, dropped.includes("network") || dropped.includes("preset") ? {} : at);
    const shown = store.get().request;
    if (linked.select !== undefined && shown !== null && isPlace(shown, linked.select)) actions.select(linked.select);
    sayIfTooFar(linked.at ?? 0);
  }

  /** Once the walk is there: it may have fewer steps than the link says. @param {number} at */
  function sayIfTooFar(at) {
    const stop = store.watch(
      (state) => state.timeline,
      (timeline) => {
        if (timeline === null) return;
        queueMicrotask(() => stop());
        if (at > timeline.beats.length) actions.notify({ key: "app.link.clamped", params: { names: "at" } });
      },
    );
  }

  async function follow() {
    const fragment = location.hash.slice(1);
    if (!isLink(fragment) || fragment === saved) return false;
    const full = await fullFragment(fragment, { api, notify: actions.notify });
    if (full === null) return false;
    const { linked, dropped, clamped, version } = await read(full);
    if (!version) actions.notify({ key: "app.link.version" });
    if (dropped.length > 0) actions.notify({ key: "app.link.dropped", params: { names: dropped.join(LIST) } });
    if (clamped.length > 0) actions.notify({ key: "app.link.clamped", params: { names: clamped.join(LIST) } });
    await show(linked);
    // Who came by a link is at its entry of the history already, whatever the preset.
    savedPreset = null;
    return true;
  }

  async function write() {
    const state = store.get();
    if (state.request === null || state.playing) return;
    const fragment = await save({ ...state, hide, run: origin?.place ?? null });
    if (fragment === saved || state.request !== store.get().request) return;
    const isOther = savedPreset !== null && state.preset !== null && state.preset !== savedPreset;
    saved = fragment;
    savedPreset = state.preset ?? savedPreset;
    // Another preset is another page to go back from; every other change stays on this one.
    history[isOther ? "pushState" : "replaceState"](null, "", `#${fragment}`);
  }

  return {
    /** The link to what is on the page now. @returns {Promise<string>} */
    async address() {
      const { href } = location;
      return `${href.split("#")[0]}#${await save({ ...store.get(), hide, run: origin?.place ?? null })}`;
    },

    /** Show what the address says, or the first preset; from then on each follows the other. */
    async open() {
      const { catalog, presets } = await known();
      store.set({ catalog, presets, status: "loading", problem: null });
      // Who comes without a link sees a network whose numbers are all there.
      if (!(await follow())) await show({}, Infinity);
      addEventListener("hashchange", follow);
      addEventListener("online", () => actions.retry());
      store.watch(
        ({ request, preset, view, granularity, done, selected, digits, language, playing }) =>
          // Request objects are new with each edit; the rest is short text.
          `${identity(request)} ${preset} ${view} ${granularity} ${playing ? "" : done} ${selected} ${digits} ${language} ${playing}`,
        () => {
          clearTimeout(timer);
          timer = setTimeout(write, SETTLED);
        },
      );
    },
  };
}

/** @type {WeakMap<object, number>} */
const identities = new WeakMap();
let identityCount = 0;

/** A number for each object, so that a text can say whether it is still the same one. @param {object | null} value */
function identity(value) {
  if (value === null) return 0;
  const found = identities.get(value);
  if (found !== undefined) return found;
  identityCount += 1;
  identities.set(value, identityCount);
  return identityCount;
}
