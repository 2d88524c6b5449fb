/**
 * The button that opens the share dialog, which is fetched with the first click.
 *
 * @import { PanelContext } from "./panels.js"
 * @import { Link, Picture } from "./share-dialog.js"
 */
import { h, icon } from "../dom.js";

/** @param {HTMLElement} root @param {PanelContext & { base: URL }} context @param {Picture} stage @param {Link} link */
export function mountShare(root, context, stage, link) {
  /** @type {(() => void) | null} */
  let show = null;

  async function open() {
    try {
      const { createShareDialog } = await import("./share-dialog.js");
      show ??= createShareDialog(context, stage, link);
    } catch {
      return context.actions.notify({ key: "app.late.failed" });
    }
    show();
  }

  root.append(
    h("button", { type: "button", class: "tool", "data-action": "share", "aria-haspopup": "dialog", onclick: open, "data-i18n-attr": "aria-label:app.share; title:app.share.title" }, icon("share"), h("span", { class: "wide-only", "data-i18n": "app.share" })),
  );
}
