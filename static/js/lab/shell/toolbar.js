/**
 * Undo and redo of what is set.
 *
 * @import { LabContext } from "../context.js"
 */
import { h } from "../../kit/dom.js";
import { iconButton } from "../../kit/widgets/controls.js";

/** @param {HTMLElement} root @param {LabContext} context */
export function mountToolbar(root, { store, actions }) {
  const undo = iconButton("undo", "undo", "app.undo", actions.undo);
  const redo = iconButton("redo", "redo", "app.redo", actions.redo);
  root.append(h("div", { class: "tool-group" }, undo, redo));
  store.watch(
    (state) => state.canUndo,
    (can) => {
      undo.setAttribute("aria-disabled", String(!can));
    },
  );
  store.watch(
    (state) => state.canRedo,
    (can) => {
      redo.setAttribute("aria-disabled", String(!can));
    },
  );
  store.watch(
    (state) => state.busy,
    (busy) => root.setAttribute("aria-busy", String(busy)),
  );
}
