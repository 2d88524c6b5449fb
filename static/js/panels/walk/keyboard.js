/**
 * Keys of the whole page. Single-key shortcuts can be turned off, and never act while something is being typed.
 *
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { ask } from "./settings.js";
import { toggleFullScreen } from "./settings.js";

/** @typedef {{ zoom: (by: number) => void, fit: () => void }} Zoomable */

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type='checkbox']), textarea, select");
}

/** Elements for which the space bar already means something. @param {EventTarget | null} target */
const takesSpace = (target) =>
  target instanceof Element && target.closest("button, a, summary, input, select, [role='button']") !== null;

/** @param {PanelContext} context @param {Zoomable} stage */
export function mountKeyboard({ store, actions }, stage) {
  /** Keys that do nothing else on a page; presenter remotes send the page keys. @type {Record<string, () => void>} */
  const always = {
    ArrowRight: () => actions.step(1),
    ArrowLeft: () => actions.step(-1),
    "Shift+ArrowRight": () => actions.phase(1),
    "Shift+ArrowLeft": () => actions.phase(-1),
    PageDown: () => actions.step(1),
    PageUp: () => actions.step(-1),
    Home: () => actions.goTo(0),
    End: () => actions.goTo(Infinity),
    "Control+z": actions.undo,
    "Meta+z": actions.undo,
    "Control+Shift+Z": actions.redo,
    "Meta+Shift+Z": actions.redo,
    "Control+y": actions.redo,
  };
  /** @type {Record<string, () => void>} */
  const single = {
    " ": actions.toggle,
    "+": () => actions.changeSpeed(1),
    "=": () => actions.changeSpeed(1),
    "-": () => actions.changeSpeed(-1),
    f: toggleFullScreen,
    l: () => actions.setLanguage(store.get().language === "en" ? "zh" : "en"),
    p: actions.toggleProjector,
    "?": () => ask("help"),
    0: stage.fit,
  };

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const { key, shiftKey, ctrlKey, altKey, metaKey, target } = event;
    if (key === "Escape" && store.get().projector && !document.querySelector(":popover-open"))
      return actions.toggleProjector();
    if (key === " " && takesSpace(target)) return;
    const held = [ctrlKey && "Control", metaKey && "Meta", altKey && "Alt", shiftKey && "Shift"].filter(Boolean);
    const modified = [...held, key].join("+");
    const isPlain = !ctrlKey && !metaKey && !altKey;
    const act =
      always[modified] ?? (isPlain && store.get().shortcuts ? (single[key] ?? single[key.toLowerCase()]) : undefined);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}
