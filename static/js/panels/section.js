/**
 * The frame of a panel: a heading, a fold that remembers itself, and a body drawn anew only when what it shows changes.
 *
 * @import { AppState } from "../record/types.js"
 * @import { PanelContext } from "../explorer/panels.js"
 *
 * @typedef {object} SectionOptions
 * @property {string} name of `data-panel`; its heading is the text `panel.{name}.title`
 * @property {boolean} [fold] whether it can be folded away
 * @property {boolean} [open] whether it starts unfolded where there is room
 * @property {(state: AppState) => boolean} [visible]
 * @property {readonly ((state: AppState) => unknown)[]} dependsOn besides the language
 * @property {(body: HTMLElement, state: AppState) => void} render called while unfolded and visible
 * @property {() => void} [clear] called when it is folded or hidden, and before it is drawn anew
 * @property {(state: AppState) => string} [heading] instead of the fixed text
 */
import { h, keepingFocus } from "../kit/dom.js";
import { watchAll } from "./numbers.js";

const NARROW = "(max-width: 900px)";

/** @param {string} name @param {boolean} open */
function remembered(name, open) {
  const start = open && !matchMedia(NARROW).matches;
  try {
    const kept = localStorage.getItem(`panel.${name}`);
    return kept === null ? start : kept === "open";
  } catch {
    return start;
  }
}

/** @param {string} name @param {boolean} open */
function remember(name, open) {
  try {
    localStorage.setItem(`panel.${name}`, open ? "open" : "folded");
  } catch {
    // Not remembered, but folded.
  }
}

/** What scrolls must be reachable by keyboard. @param {HTMLElement} box */
export function reachable(box) {
  box.tabIndex = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight ? 0 : -1;
}

/**
 * @param {PanelContext} context
 * @param {SectionOptions} options
 * @returns {HTMLElement}
 */
export function createSection({ store, t, isShown = () => true }, options) {
  const { name, fold = false, open = true, dependsOn, render, clear, heading } = options;
  /** @param {AppState} state */
  const visible = (state) => isShown(state) && (options.visible?.(state) ?? true);
  const title = h("h2", { class: "panel-title" });
  const body = h("div", { class: "panel-body" });
  const summary = h("summary", {}, title);
  const details = fold ? h("details", {}, summary, body) : null;
  const section = h("section", { class: "panel", "data-panel": name }, ...(details ? [details] : [title, body]));
  if (details) details.open = remembered(name, open);
  let drawn = false;

  const draw = () => {
    const state = store.get();
    const shown = visible(state);
    section.hidden = !shown;
    if (shown && (details === null || details.open)) {
      title.textContent = heading ? heading(state) : t(`panel.${name}.title`);
      keepingFocus(body, () => {
        clear?.();
        render(body, state);
      });
      drawn = true;
      return;
    }
    title.textContent = heading ? heading(state) : t(`panel.${name}.title`);
    if (drawn) {
      clear?.();
      body.replaceChildren();
      drawn = false;
    }
  };
  // Only what the visitor folds is remembered, not what the width of the window decided.
  if (details) summary.addEventListener("click", () => remember(name, !details.open));
  details?.addEventListener("toggle", () => {
    if (details.open !== drawn) draw();
  });
  watchAll(store, [(state) => state.language, visible, ...dependsOn], draw);
  return section;
}
