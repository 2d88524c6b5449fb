/**
 * The button that opens the share dialog, which is fetched with the first click.
 *
 * @import { PanelContext } from "./panels.js"
 * @import { Link, Picture } from "./share-dialog.js"
 */
import { fetched } from "../api/asking.js";
import { h, icon } from "../kit/dom.js";

/** @param {HTMLElement} root @param {PanelContext & { base: URL }} context @param {Picture} stage @param {Link} link */
export function mountShare(root, context, stage, link) {
  /** @type {(() => void) | null} */
  let show = null;

  async function open() {
    const dialog = await fetched(() => import("./share-dialog.js"), context.actions.notify);
    if (dialog === null) return;
    show ??= dialog.createShareDialog(context, stage, link);
    show();
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
