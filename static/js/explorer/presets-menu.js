/**
 * The networks that are ready to be looked at, each with a line about it.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h, icon } from "../kit/dom.js";
import { titleOf } from "../state/selectors.js";
import { createPopover } from "../kit/widgets/popover.js";

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountPresetsMenu(root, { store, actions, t }) {
  const title = h("span", { class: "preset-title" });
  const popover = createPopover({
    button: { "data-action": "presets", class: "tool preset-button" },
    label: [title, icon("more")],
    panel: { class: "popover presets-menu", role: "dialog", "data-i18n-attr": "aria-label:app.presets" },
  });

  function fill() {
    const { presets, preset, language } = store.get();
    popover.panel.replaceChildren(
      ...presets.map((each) =>
        h(
          "button",
          {
            type: "button",
            class: "preset",
            "data-preset": each.name,
            "aria-pressed": String(each.name === preset),
            onclick: () => {
              popover.close();
              actions.loadPreset(each.name);
              // The next press of Space is meant for the network, not for this menu.
              /** @type {HTMLElement | null} */ (document.querySelector("[data-action='play']"))?.focus();
            },
          },
          h("strong", {}, each.title[language]),
          h("span", {}, each.description[language]),
        ),
      ),
    );
  }

  store.watch(
    (state) =>
      [state.presets, state.preset, state.language].map((each) => (Array.isArray(each) ? each.length : each)).join(),
    () => {
      fill();
      title.textContent = titleOf(store.get(), t("app.presets.own"));
      popover.button.setAttribute("aria-label", t("app.presets.choose", { title: title.textContent }));
    },
  );
  root.append(popover.button, popover.panel);
}
