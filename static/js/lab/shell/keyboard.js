/**
 * Keys of the whole page. Single-key shortcuts can be turned off, and never act while something is being typed.
 *
 * @import { LabContext } from "../context.js"
 */
import { epochFrom, snapped } from "../state/selectors.js";

const FAR = 10;

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type='checkbox'], [type='range']), textarea, select");
}

/** Elements that a key of their own moves or presses. @param {EventTarget | null} target */
const takesSpace = (target) =>
  target instanceof Element &&
  target.closest("button, a, summary, input, select, [role='button'], [role='tab'], [role='gridcell']") !== null;
/** @param {EventTarget | null} target */
const takesArrows = (target) =>
  target instanceof Element &&
  target.closest("input, [role='slider'], [role='tablist'], [role='grid'], [role='application'], .network-stage") !==
    null;

/** @param {LabContext} context */
export function mountKeyboard({ store, actions }) {
  const by = (/** @type {number} */ count) => () => actions.showEpoch(epochFrom(store.get(), count));
  /** @type {Record<string, () => unknown>} */
  const moves = {
    ArrowRight: by(1),
    ArrowLeft: by(-1),
    "Shift+ArrowRight": by(FAR),
    "Shift+ArrowLeft": by(-FAR),
    Home: () => actions.showEpoch(snapped(store.get(), 0)),
    End: () => actions.showEpoch(null),
  };
  /** @type {Record<string, () => unknown>} */
  const always = {
    "Control+z": actions.undo,
    "Meta+z": actions.undo,
    "Control+Shift+Z": actions.redo,
    "Meta+Shift+Z": actions.redo,
    "Control+y": actions.redo,
  };
  /** @type {Record<string, () => unknown>} */
  const single = {
    " ": actions.play,
    e: actions.stepEpoch,
    b: actions.stepBatch,
    x: actions.stepExample,
    r: actions.restart,
    l: () => actions.setLanguage(store.get().language === "en" ? "zh" : "en"),
  };

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const { key, shiftKey, ctrlKey, altKey, metaKey, target } = event;
    if ((key === " " || key === "Enter") && takesSpace(target)) return;
    const held = [ctrlKey && "Control", metaKey && "Meta", altKey && "Alt", shiftKey && "Shift"].filter(Boolean);
    const modified = [...held, key].join("+");
    const isPlain = held.length === 0;
    const act =
      always[modified] ??
      (takesArrows(target) ? undefined : moves[modified]) ??
      (isPlain && store.get().shortcuts ? single[key] : undefined);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}
