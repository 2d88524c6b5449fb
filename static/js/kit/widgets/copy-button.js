/**
 * A button that copies a text and says so.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 */
import { h } from "../dom.js";

const SAID_FOR_MS = 1600;

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure address browsers keep the clipboard shut; the old way still works there.
    const held = document.activeElement;
    const field = h("textarea", { class: "off-screen", readonly: true });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (held instanceof HTMLElement) held.focus({ preventScroll: true });
    return done;
  }
}

/**
 * @param {Translate} t
 * @param {string} key of its label
 * @param {() => string} text
 */
export function copyButton(t, key, text) {
  const button = h("button", { type: "button", class: "quiet-button" }, t(key));
  button.addEventListener("click", async () => {
    button.textContent = t((await copy(text())) ? "panel.copied" : "panel.copy_failed");
    setTimeout(() => (button.textContent = t(key)), SAID_FOR_MS);
  });
  return button;
}
