/**
 * The offer of a short link, beside the full one, where that is long.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 */
import { h } from "../dom.js";
import { copyButton } from "./copy-button.js";

/** Characters from which on a link does not fit into a message any more. */
const LONG = 600;

/**
 * @param {Translate} t
 * @param {(address: string) => Promise<string | null>} shorten keeps what an address says; null if that failed
 */
export function createShortLink(t, shorten) {
  let address = "";
  const text = h("input", {
    type: "text",
    class: "share-text",
    readonly: true,
    hidden: true,
    spellcheck: "false",
    "data-share": "short",
    "data-i18n-attr": "aria-label:app.share.short",
  });
  const copy = copyButton(t, "app.copy", () => text.value);
  copy.className = "tool tool-strong";
  copy.dataset.action = "copy-short";
  const make = h("button", {
    type: "button",
    class: "tool",
    "data-action": "make-short",
    "data-i18n": "app.share.short.make",
    async onclick() {
      const wanted = address;
      const short = await shorten(wanted);
      if (short === null || wanted !== address) return;
      text.value = short;
      show();
      text.select();
    },
  });
  const element = h(
    "section",
    { class: "short-link" },
    h("h3", { "data-i18n": "app.share.short" }),
    h("p", { class: "menu-note", "data-i18n": "app.share.short.text" }),
    text,
    h("div", { class: "menu-line" }, make, copy),
  );

  function show() {
    element.hidden = address.length < LONG;
    make.hidden = text.value !== "";
    text.hidden = copy.hidden = text.value === "";
  }
  show();

  return {
    element,
    /** Offer to shorten an address; "" if there is none. @param {string} full */
    offer(full) {
      copy.textContent = t("app.copy");
      if (full !== address) text.value = "";
      address = full;
      show();
    },
  };
}
