/**
 * Share: the link that repeats the training, and the one to the run that this server keeps.
 *
 * @import { LabContext } from "../context.js"
 */
import { h, icon } from "../../kit/dom.js";
import { translate } from "../../i18n/i18n.js";
import { iconButton } from "../../kit/widgets/controls.js";
import { createShortLink } from "../../kit/widgets/short-link.js";
import { shortener } from "../../state/links/short.js";
import { copyButton } from "../../kit/widgets/copy-button.js";

/** @typedef {{ address: () => Promise<string>, runAddress: () => Promise<string | null> }} Link */

/** @param {HTMLElement} root @param {LabContext} context @param {Link} link */
export function mountShare(root, { t, api, actions }, link) {
  /** @param {string} name @param {string} key @param {number} rows */
  function field(name, key, rows) {
    const text = h("textarea", {
      class: "share-text",
      readonly: true,
      rows,
      spellcheck: "false",
      "data-share": name,
      "data-i18n-attr": `aria-label:${key}`,
    });
    const copy = copyButton(t, "app.copy", () => text.value);
    copy.className = "tool tool-strong";
    copy.dataset.action = `copy-${name}`;
    const element = h(
      "section",
      {},
      h("h3", { "data-i18n": key }),
      h("p", { class: "menu-note", "data-i18n": `${key}.text` }),
      text,
      h("div", { class: "menu-line" }, copy),
    );
    return { element, text, copy };
  }
  const recipe = field("recipe", "lab.share.recipe", 4);
  const run = field("run", "lab.share.run", 2);
  const short = createShortLink(t, shortener({ page: "lab", api, notify: actions.notify }));
  const dialog = h(
    "dialog",
    { class: "dialog share-dialog", "aria-labelledby": "share-title" },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "share-title", "data-i18n": "lab.share.title" }),
      iconButton("close-share", "close", "app.close", () => dialog.close()),
    ),
    recipe.element,
    short.element,
    run.element,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  async function open() {
    translate(dialog, t);
    for (const { copy } of [recipe, run]) copy.textContent = t("app.copy");
    dialog.showModal();
    recipe.text.value = await link.address();
    short.offer(recipe.text.value);
    const address = await link.runAddress();
    run.element.hidden = address === null;
    run.text.value = address ?? "";
  }
  root.append(
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "data-action": "share",
        "aria-haspopup": "dialog",
        onclick: open,
        "data-i18n-attr": "aria-label:app.share; title:app.share.title",
      },
      icon("share"),
      h("span", { class: "wide-only", "data-i18n": "app.share" }),
    ),
  );
}
