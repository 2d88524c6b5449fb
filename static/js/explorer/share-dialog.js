/**
 * Share: the link, the same request for other hands, and the picture as a file.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../kit/dom.js";
import { translate } from "../i18n/i18n.js";
import { iconButton, segmented, textButton } from "../kit/widgets/controls.js";
import { LANGUAGES } from "../panels/values/code.js";
import { copyButton } from "../kit/widgets/copy-button.js";
import { createShortLink } from "../kit/widgets/short-link.js";
import { shortener } from "../state/links/short.js";
import { download } from "../kit/download.js";
import { curlOf, jsonOf, requestsOf } from "../panels/values/snippets.js";

const KINDS = ["link", "curl", "python", ...LANGUAGES, "json"].map((value) => ({ value, key: `app.share.${value}` }));
const PNG_SCALE = 2;

/**
 * @typedef {{ exportSVG: () => Promise<string>, exportPNG: (scale: number) => Promise<Blob> }} Picture
 * @typedef {{ address: () => Promise<string> }} Link
 */

/**
 * @param {PanelContext & { base: URL }} context @param {Picture} stage @param {Link} link
 * @returns {() => void} opens it
 */
export function createShareDialog({ store, actions, api, t, base }, stage, link) {
  let kind = "link";
  const text = h("textarea", {
    class: "share-text",
    readonly: true,
    rows: 9,
    spellcheck: "false",
    "data-share": "text",
    "data-i18n-attr": "aria-label:app.share.text",
  });
  const kinds = segmented("app.share.kinds", "data-share-kind", KINDS, (value) => {
    kind = value;
    fill();
  });

  /** @param {string} wanted */
  async function textOf(wanted) {
    const { request, granularity } = store.get();
    if (wanted === "link") return link.address();
    if (request === null) return "";
    if (wanted === "curl") return curlOf(request, granularity, base);
    if (wanted === "python") return requestsOf(request, granularity, base);
    if (wanted === "json") return jsonOf(request, granularity);
    const language = LANGUAGES.find((each) => each === wanted);
    return language === undefined ? "" : (await api.code(request, language)).code;
  }

  async function fill() {
    const wanted = kind;
    kinds.show(wanted);
    try {
      const found = await textOf(wanted);
      if (wanted !== kind) return;
      text.value = found;
      short.offer(wanted === "link" ? found : "");
    } catch (error) {
      const { title = "app.problem.unexpected", detail = "" } = /** @type {any} */ (error);
      if (wanted === kind) text.value = `${t(title)} ${t(detail)}`;
    }
  }

  /** @param {() => Promise<Blob>} picture @param {string} name */
  const saving = (picture, name) => async () => {
    try {
      download(await picture(), name);
    } catch (error) {
      actions.notify({ key: "app.share.failed", params: { detail: String(error) } });
    }
  };
  const saveSVG = saving(
    async () => new Blob([await stage.exportSVG()], { type: "image/svg+xml" }),
    "backpropscope.svg",
  );
  const savePNG = saving(() => stage.exportPNG(PNG_SCALE), "backpropscope.png");
  const saveJSON = saving(
    async () => new Blob([await textOf("json")], { type: "application/json" }),
    "backpropscope.json",
  );

  const short = createShortLink(t, shortener({ page: "explorer", api, notify: actions.notify }));
  const copy = copyButton(t, "app.copy", () => text.value);
  copy.className = "tool tool-strong";
  copy.dataset.action = "copy";
  const dialog = h(
    "dialog",
    { class: "dialog share-dialog", "aria-labelledby": "share-title" },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "share-title", "data-i18n": "app.share.title" }),
      iconButton("close-share", "close", "app.close", () => dialog.close()),
    ),
    kinds.element,
    text,
    h("div", { class: "menu-line" }, copy),
    short.element,
    h("h3", { "data-i18n": "app.share.picture" }),
    h(
      "div",
      { class: "menu-line" },
      textButton("save-svg", "app.share.svg", saveSVG),
      textButton("save-png", "app.share.png", savePNG),
      textButton("save-json", "app.share.json-file", saveJSON),
    ),
    h("p", { class: "menu-note", "data-i18n": "app.share.drop" }),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return () => {
    translate(dialog, t);
    copy.textContent = t("app.copy");
    dialog.showModal();
    fill();
  };
}
