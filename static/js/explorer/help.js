/**
 * The help dialog: what the page shows, in a few lines, and its keys.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../kit/dom.js";
import { translate } from "../i18n/i18n.js";
import { iconButton, textButton } from "../kit/widgets/controls.js";
import { ask } from "../panels/walk/settings.js";

/** @type {readonly [string[], string][]} */
const KEYS = [
  [["Space"], "help.play"],
  [["←", "→"], "help.step"],
  [["⇧ ←", "⇧ →"], "help.phase"],
  [["Home", "End"], "help.ends"],
  [["Page ↑", "Page ↓"], "help.pages"],
  [["+", "−"], "help.speed"],
  [["F"], "help.full"],
  [["P"], "help.projector"],
  [["L"], "help.language"],
  [["0"], "help.fit"],
  [["Ctrl Z", "Ctrl Y"], "help.undo"],
  [["?"], "help.help"],
];
const POINTS = ["help.point.walk", "help.point.edit", "help.point.reversed", "help.point.proof"];

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountHelp(root, { t }) {
  const dialog = h(
    "dialog",
    { class: "dialog help-dialog", "aria-labelledby": "help-title" },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "help-title", "data-i18n": "help.title" }),
      iconButton("close-help", "close", "app.close", () => dialog.close()),
    ),
    h(
      "ul",
      { class: "help-points" },
      POINTS.map((key) => h("li", { "data-i18n": key })),
    ),
    h("h3", { "data-i18n": "help.keys" }),
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
    h("p", { class: "menu-note", "data-i18n": "help.stage" }),
    h(
      "div",
      { class: "menu-line" },
      textButton("welcome-again", "app.welcome", () => {
        dialog.close();
        ask("welcome");
      }),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.append(dialog);
  document.addEventListener("show-help", () => {
    translate(dialog, t);
    dialog.showModal();
  });
}
