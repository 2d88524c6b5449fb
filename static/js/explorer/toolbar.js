/**
 * The bar over the stage: views, edits, loss, learning rate, update.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../kit/dom.js";
import { lossFits } from "../record/request.js";
import { canUpdate } from "../state/selectors.js";
import { chooser, iconButton, segmented, textButton } from "../kit/controls.js";
import { createNetworkMenu } from "./network-menu.js";
import { numberField } from "../panels/number-edit.js";

const VIEWS = ["forward", "reversed", "both"].map((value) => ({
  value,
  key: `app.view.${value}`,
  hint: `app.view.${value}.hint`,
}));

/** @param {PanelContext} context */
function lossChooser({ store, actions }) {
  const loss = chooser({ "data-action": "loss", "data-i18n-attr": "aria-label:app.loss; title:app.loss" }, (name) =>
    actions.setLoss(name),
  );
  const fill = () => {
    const { catalog, request, language } = store.get();
    if (catalog === null || request === null) return;
    const output = request.network.layers.at(-1)?.activation ?? "";
    const fits = (/** @type {string} */ name) => lossFits(name, output, catalog);
    loss.fill(
      catalog.losses.map(({ name, title }) => ({
        value: name,
        label: fits(name) ? title[language] : `${title[language]} *`,
      })),
      request.loss,
    );
  };
  store.watch(
    (state) =>
      [
        state.request?.loss,
        state.request?.network.layers.at(-1)?.activation,
        state.language,
        state.catalog?.losses.length,
      ].join(),
    fill,
  );
  return loss.element;
}

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountToolbar(root, context) {
  const { store, actions } = context;
  const views = segmented("app.views", "data-view", VIEWS, actions.setView);
  const undo = iconButton("undo", "undo", "app.undo", actions.undo);
  const redo = iconButton("redo", "redo", "app.redo", actions.redo);
  const update = textButton("apply-update", "app.apply-update", actions.applyUpdate, {
    "data-i18n-attr": "title:app.apply-update.hint",
    class: "tool tool-strong",
  });
  const network = createNetworkMenu(context);
  const rate = h(
    "label",
    { class: "tool tool-field", "data-i18n-attr": "title:app.learning-rate" },
    h("span", { "aria-hidden": "true", class: "symbol" }, "η"),
    numberField(context, "/learning_rate", { label: "app.learning-rate", onEmpty: actions.clearLearningRate }),
  );
  root.append(
    views.element,
    h(
      "div",
      { class: "tool-group" },
      undo,
      redo,
      textButton("reset", "app.reset", actions.reset, { "data-i18n-attr": "title:app.reset.hint" }),
    ),
    h("div", { class: "tool-group tool-group-end" }, network.button, lossChooser(context), rate, update),
    network.panel,
  );
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
  store.watch(canUpdate, (can) => {
    update.setAttribute("aria-disabled", String(!can));
  });
  // Why not, where a signal of one's own is in the way.
  store.watch(
    (state) => `app.apply-update.${state.request?.signal === undefined ? "hint" : "signal"}`,
    (key) => {
      update.setAttribute("data-i18n-attr", `title:${key}`);
      update.title = context.t(key);
    },
  );
}
