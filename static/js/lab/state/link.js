/**
 * The page's address as a second place for the state: opened once, kept up to date, and followed when it is changed by
 * hand.
 * A run that the server keeps is `#run=<id>&epoch=…`, so a reload finds it; before that the address is the recipe.
 *
 * @import { Client } from "../../api/client.js"
 * @import { Store } from "../../kit/store.js"
 * @import { LabCatalog } from "../types.js"
 * @import { LabActions } from "./actions.js"
 * @import { LinkedLab, Look } from "./permalink.js"
 * @import { PageState } from "./state.js"
 */
import { BACKOFF, problemFrom } from "../../api/asking.js";
import { VERSION } from "../../kit/permalink/permalink.js";
import { fullFragment } from "../../state/links/short.js";
import { readLink, saveNamed, saveRecipe } from "./permalink.js";
import { twinRecipeOf } from "./selectors.js";

/** Milliseconds without a change after which the address follows. */
const SETTLED = 300;
const LIST = ", ";

/** @param {PageState} state @returns {Look} */
const lookOf = ({ epoch, example, view }) => ({ epoch, example, view: view === "curves" ? null : view });

/** @param {{ store: Store<PageState>, actions: LabActions, api: Pick<Client, "catalog" | "link"> }} context */
export function createLabLink({ store, actions, api }) {
  let saved = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Tries until the server answers. */
  async function known() {
    for (let tries = 0; ; tries += 1) {
      try {
        return /** @type {LabCatalog} */ (await api.catalog());
      } catch (error) {
        store.set({ status: "error", problem: problemFrom(error) });
        await new Promise((resolve) => setTimeout(resolve, 1000 * (BACKOFF[Math.min(tries, BACKOFF.length - 1)] ?? 1)));
      }
    }
  }

  /** @param {string[]} dropped */
  function sayDropped(dropped) {
    if (dropped.length > 0) actions.notify({ key: "app.link.dropped", params: { names: dropped.join(LIST) } });
  }

  /** @param {LinkedLab} linked */
  async function showRecipe({ setup, request, twinRequest, look }) {
    if (setup !== undefined && store.get().setups.some(({ name }) => name === setup)) {
      actions.loadSetup(setup);
    } else {
      if (setup !== undefined) sayDropped(["setup"]);
      if (request === null) return false;
      actions.loadRequest(request, { twinRequest });
    }
    store.set({ example: look.example, ...(look.view && { view: look.view }) });
    // The moment that was shared does not exist yet: it is trained.
    if (look.epoch !== null && look.epoch > 0) actions.playTo(look.epoch);
    return true;
  }

  /** @param {string} id @param {LinkedLab} linked */
  async function showRun(id, { look: { epoch, example, view }, twin }) {
    if (!(await actions.openRun(id, { epoch, example }))) return false;
    if (view !== null) actions.setView(view);
    if (twin !== undefined) await actions.layOver(twin);
    return true;
  }

  /** Show what the address says. @returns {Promise<boolean>} */
  async function follow() {
    const fragment = location.hash.slice(1);
    const { catalog } = store.get();
    if (fragment === "" || fragment === saved || catalog === null) return false;
    const full = await fullFragment(fragment, { api, notify: actions.notify });
    if (full === null) return false;
    const linked = await readLink(full, catalog);
    const { isLink, version, run, dropped } = linked;
    if (!isLink) return false;
    sayDropped(dropped);
    if (run !== undefined && (await showRun(run, linked))) return true;
    if (version !== undefined && version !== VERSION) {
      actions.notify({ key: "lab.link.version" });
      return false;
    }
    return showRecipe(linked);
  }

  /** @returns {Promise<string>} the fragment of what is on the page */
  async function fragmentNow() {
    const state = store.get();
    const { run, twin, request, twinRequest, setup } = state;
    const look = lookOf(state);
    if (run !== null) return saveNamed({ run: run.id, ...(twin && { twin: twin.id }) }, look);
    if (request === null) return "";
    if (setup !== null) return saveNamed({ setup }, { ...look, epoch: null });
    return saveRecipe(request, twinRequest, { ...look, epoch: null });
  }

  async function write() {
    const fragment = await fragmentNow();
    if (fragment === "" || fragment === saved) return;
    saved = fragment;
    history.replaceState(null, "", `#${fragment}`);
  }

  return {
    /**
     * The link to the recipe and the moment shown: it needs nothing that this server keeps.
     * @returns {Promise<string>}
     */
    async address() {
      const state = store.get();
      const { request, moment } = state;
      if (request === null) return location.href;
      const look = { ...lookOf(state), epoch: state.run === null ? null : (moment?.epoch ?? null) };
      return `${location.href.split("#")[0]}#${await saveRecipe(request, twinRecipeOf(state), look)}`;
    },
    /** The link to the run as this server keeps it; null if there is none. @returns {Promise<string | null>} */
    async runAddress() {
      return store.get().run === null ? null : `${location.href.split("#")[0]}#${await fragmentNow()}`;
    },

    /** Show what the address says, or the first setup; from then on each follows the other. */
    async open() {
      store.set({ catalog: await known(), status: "loading", problem: null });
      const first = store.get().setups[0]?.name;
      if (!(await follow()) && first !== undefined) actions.loadSetup(first);
      addEventListener("hashchange", follow);
      addEventListener("online", () => actions.retry());
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(write, SETTLED);
      };
      store.watch((state) => state.request, later);
      store.watch(
        ({ run, twin, epoch, example, view, setup }) =>
          `${run?.id} ${twin?.id} ${epoch} ${example.heldOut} ${example.index} ${view} ${setup}`,
        later,
      );
    },
  };
}
