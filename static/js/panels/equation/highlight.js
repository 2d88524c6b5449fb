/**
 * One number, many places: what shows the pointer under the mouse is lit everywhere, and pointing at a number says so.
 *
 * @import { Pointer } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { relativesOf, subjectOf, placeOf } from "../../record/pointers.js";

/** All that is to be lit for a pointer. @param {Pointer} pointer */
const showing = (pointer) =>
  relativesOf(pointer)
    .flatMap((each) => [`[data-pointer="${CSS.escape(each)}"]`, `[data-term="${CSS.escape(each)}"]`])
    .join(", ");

/**
 * Light all that shows a pointer, and nothing else.
 *
 * @param {HTMLElement} root
 * @param {Pointer | null} pointer
 */
export function light(root, pointer) {
  for (const element of root.querySelectorAll(".lit")) element.classList.remove("lit");
  if (pointer === null) return;
  for (const element of root.querySelectorAll(showing(pointer))) element.classList.add("lit");
}

/** @param {EventTarget | null} target @returns {Pointer | null} */
function pointerAt(target) {
  const element = target instanceof Element ? target.closest("[data-pointer], [data-term]") : null;
  const pointer = element instanceof HTMLElement ? (element.dataset.pointer ?? element.dataset.term ?? null) : null;
  return pointer !== null && placeOf(pointer) !== null ? pointer : null;
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function followPointer(root, { store, actions }) {
  /** @type {Pointer | null} */
  let over = null;
  /** @param {Pointer | null} pointer */
  const hover = (pointer) => {
    if (pointer === over) return;
    over = pointer;
    actions.hover(pointer);
  };
  root.addEventListener("pointerover", (event) => hover(pointerAt(event.target)));
  root.addEventListener("pointerleave", () => hover(null));
  root.addEventListener("focusin", (event) => hover(pointerAt(event.target)));
  root.addEventListener("focusout", () => hover(null));
  root.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button, input, a, summary, select")) return;
    const pointer = pointerAt(event.target);
    const subject = pointer === null ? null : subjectOf(pointer);
    if (subject !== null) actions.select(subject);
  });
  store.watch(
    (state) => state.hovered,
    (hovered) => light(root, hovered),
  );
}
