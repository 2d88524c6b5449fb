/**
 * What concerns the display alone: digits and single-key shortcuts, with the list of keys.
 *
 * @import { LabContext } from "../context.js"
 */
import { h, icon } from "../../kit/dom.js";
import { chooser } from "../../kit/widgets/controls.js";
import { createPopover } from "../../kit/widgets/popover.js";
import { remember } from "../../kit/preferences.js";
import { DIGITS } from "../state/actions.js";

/** @type {readonly [string[], string][]} */
const KEYS = [
  [["Space"], "lab.keys.play"],
  [["←", "→"], "lab.keys.epoch"],
  [["⇧ ←", "⇧ →"], "lab.keys.epochs"],
  [["Home", "End"], "lab.keys.ends"],
  [["E", "B", "X"], "lab.keys.steps"],
  [["R"], "lab.keys.restart"],
  [["L"], "help.language"],
  [["Ctrl Z", "Ctrl Y"], "help.undo"],
];

/** @param {HTMLElement} root @param {LabContext} context */
export function mountSettings(root, { store, actions, t }) {
  const popover = createPopover({
    button: { "data-action": "settings", class: "tool settings-button" },
    label: [h("span", { "data-i18n": "app.display" }), icon("more")],
    panel: { class: "popover settings-menu", role: "dialog", "data-i18n-attr": "aria-label:app.display" },
  });
  const digits = chooser({ id: "digits", "data-action": "digits" }, (value) => actions.setDigits(Number(value)));
  const shortcuts = h("input", { type: "checkbox", "data-action": "shortcuts", onchange: actions.toggleShortcuts });
  popover.panel.append(
    h("div", { class: "setting" }, h("label", { for: "digits", "data-i18n": "app.digits" }), digits.element),
    h("label", { class: "check" }, shortcuts, h("span", { "data-i18n": "app.shortcuts" })),
    h(
      "dl",
      { class: "keys" },
      KEYS.flatMap(([keys, key]) => [
        h(
          "dt",
          {},
          keys.map((each) => h("kbd", {}, each)),
        ),
        h("dd", { "data-i18n": key }),
      ]),
    ),
  );
  const counts = Array.from({ length: DIGITS.most - DIGITS.least + 1 }, (_, index) => DIGITS.least + index);
  store.watch(
    (state) => `${state.digits} ${state.language}`,
    () =>
      digits.fill(
        counts.map((count) => ({ value: String(count), label: t("app.digits.count", { count }) })),
        String(store.get().digits),
      ),
  );
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
  root.append(popover.button, popover.panel);
}
