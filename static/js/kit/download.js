/** Handing a file to the visitor. */
import { h } from "./dom.js";

/** The browser needs the address a moment longer than the click lasts. */
const KEPT_MS = 10_000;

/** @param {Blob} content @param {string} name */
export function download(content, name) {
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
