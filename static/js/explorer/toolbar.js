/**
 * The bar over the stage: what is looked at, back and forth, the network, and learning.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../kit/dom.js";
import { iconButton, segmented } from "../kit/widgets/controls.js";
import { createNetworkMenu } from "./network-menu.js";
import { mountLearning } from "./learning.js";

const VIEWS = ["forward", "reversed", "both"].map((value) => ({
  value,
  key: `app.view.${value}`,
  hint: `app.view.${value}.hint`,
}));

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountToolbar(root, context) {
  const { store, actions } = context;
  const views = segmented("app.views", "data-view", VIEWS, actions.setView);
  const undo = iconButton("undo", "undo", "app.undo", actions.undo);
  const redo = iconButton("redo", "redo", "app.redo", actions.redo);
  const network = createNetworkMenu(context);
  root.append(views.element, h("div", { class: "tool-group" }, undo, redo));
  mountLearning(root, context, network.button);
  root.append(network.panel);
  store.watch((state) => state.view, views.show);
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
}
