/**
 * The ready-made starts, each with a line about it.
 *
 * @import { LabContext } from "../context.js"
 */
import { h, icon } from "../../kit/dom.js";
import { createPopover } from "../../kit/widgets/popover.js";

/** @param {HTMLElement} root @param {LabContext} context */
export function mountSetupsMenu(root, { store, actions, t }) {
  const title = h("span", { class: "preset-title" });
  const popover = createPopover({
    button: { "data-action": "setups", class: "tool preset-button" },
    label: [title, icon("more")],
    panel: { class: "popover presets-menu", role: "dialog", "data-i18n-attr": "aria-label:lab.setups" },
  });

  store.watch(
    (state) => `${state.setup} ${state.language}`,
    () => {
      const { setups, setup, language } = store.get();
      title.textContent = setups.find((each) => each.name === setup)?.title[language] ?? t("lab.setups.own");
      popover.button.setAttribute("aria-label", t("lab.setups.choose", { title: title.textContent }));
      popover.panel.replaceChildren(
        ...setups.map((each) =>
          h(
            "button",
            {
              type: "button",
              class: "preset",
              "data-setup": each.name,
              "aria-pressed": String(each.name === setup),
              onclick: () => {
                popover.close();
                actions.loadSetup(each.name);
              },
            },
            h("strong", {}, each.title[language]),
            h("span", {}, each.description[language]),
          ),
        ),
      );
    },
  );
  root.append(popover.button, popover.panel);
}
