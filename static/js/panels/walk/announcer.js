/**
 * Says each step in words to those who listen to the page.
 *
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { sentence } from "./sentence.js";
import { titlesOf } from "../../state/selectors.js";

/** Faster than this a voice cannot follow. */
const FASTEST_SPOKEN = 1;
const QUIET_MS = 150;

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountAnnouncer(root, { store, t }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const say = () => {
    const state = store.get();
    const step = state.trace?.steps[state.done - 1];
    if (state.playing && state.speed > FASTEST_SPOKEN) return;
    root.textContent = state.trace && step ? sentence(step, state.trace, t, titlesOf(state)) : "";
  };
  store.watch(
    (state) => `${state.done} ${state.language}`,
    () => {
      clearTimeout(timer);
      timer = setTimeout(say, QUIET_MS);
    },
  );
}
