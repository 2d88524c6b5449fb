/**
 * What concerns the display alone: digits, single-key shortcuts, and the way to help and the introduction.
 *
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h, icon } from "../../kit/dom.js";
import { DIGITS } from "../../state/actions.js";
import { isBoolean, recall, remember } from "../../kit/preferences.js";
import { chooser, textButton } from "../../kit/widgets/controls.js";
import { createPopover } from "../../kit/widgets/popover.js";

/** The browser's whole screen for the page, and back. */
export function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/**
 * Asks for the help dialog or the introduction: who shows them listens on the document.
 * @param {"help" | "welcome"} what
 */
export const ask = (what) => document.dispatchEvent(new CustomEvent(`show-${what}`));

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountSettings(root, { store, actions, t }) {
  const popover = createPopover({
    button: { "data-action": "settings", class: "tool settings-button" },
    label: [h("span", { "data-i18n": "app.display" }), icon("more")],
    panel: { class: "popover settings-menu", role: "dialog", "data-i18n-attr": "aria-label:app.display" },
  });
  const digits = chooser({ id: "digits", "data-action": "digits" }, (value) => actions.setDigits(Number(value)));
  const shortcuts = h("input", { type: "checkbox", "data-action": "shortcuts" });
  shortcuts.addEventListener("change", actions.toggleShortcuts);
  const predicting = h("input", { type: "checkbox", "data-action": "predict" });
  predicting.addEventListener("change", () => actions.setPredicting(predicting.checked));
  actions.setPredicting(recall("predict", false, isBoolean));
  const fullScreen = () => {
    popover.close();
    toggleFullScreen();
  };
  const showing = (/** @type {"help" | "welcome"} */ what) => () => {
    popover.close();
    ask(what);
  };
  popover.panel.append(
    h("div", { class: "setting" }, h("label", { for: "digits", "data-i18n": "app.digits" }), digits.element),
    h("label", { class: "check" }, shortcuts, h("span", { "data-i18n": "app.shortcuts" })),
    h("label", { class: "check" }, predicting, h("span", { "data-i18n": "app.predict" })),
    h(
      "div",
      { class: "menu-line" },
      textButton("full-screen", "app.full-screen", fullScreen),
      textButton("help", "app.help", showing("help")),
      textButton("welcome", "app.welcome", showing("welcome")),
    ),
  );
  const counts = Array.from({ length: DIGITS.most - DIGITS.least + 1 }, (_, index) => DIGITS.least + index);
  const fill = () =>
    digits.fill(
      counts.map((count) => ({ value: String(count), label: t("app.digits.count", { count }) })),
      String(store.get().digits),
    );
  store.watch((state) => `${state.digits} ${state.language}`, fill);
  store.watch(
    (state) => state.digits,
    (value) => remember("digits", value),
  );
  store.watch(
    (state) => state.shortcuts,
    (on) => {
      shortcuts.checked = on;
      remember("shortcuts", on);
    },
  );
  store.watch(
    (state) => state.predicting,
    (on) => {
      predicting.checked = on;
      remember("predict", on);
    },
  );
  root.append(popover.button, popover.panel);
}
