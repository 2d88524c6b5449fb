/**
 * Over the stage, for a visitor who came from the Lab: what this is, and the way back.
 *
 * @import { PanelContext } from "./panels.js"
 * @import { Origin } from "../state/origin.js"
 */
import { h } from "../dom.js";
import { labLink, relation, titleOf } from "../state/origin.js";

const ID_SHOWN = 8;

/** @param {HTMLElement} before the bar that it stands over @param {PanelContext} context */
export function mountOrigin(before, { store, t }) {
  const text = h("span", { class: "origin-text" });
  const back = h("a", { class: "tool", "data-action": "back-to-lab", href: "./lab", "data-i18n": "panel.origin.back" });
  const line = h("p", { class: "origin", hidden: true, "data-origin": "" }, back, text);
  /** @type {Origin | null} */
  let origin = null;
  before.before(line);

  function draw() {
    line.hidden = origin === null;
    if (origin === null) return;
    const { request, catalog, language } = store.get();
    const { place, dataset } = origin;
    const what = request === null ? "unknown" : relation(origin, request);
    line.dataset.origin = what;
    back.textContent = t("panel.origin.back");
    back.href = labLink(place);
    const part = t(place.heldOut ? "panel.origin.held-out" : "panel.origin.trained-on");
    text.textContent = t(`panel.origin.${what}`, {
      example: place.example === null ? "" : place.example + 1,
      part,
      data: titleOf(catalog, dataset)?.[language] ?? t("panel.origin.own-data"),
      epoch: place.epoch,
      run: place.run.slice(0, ID_SHOWN),
    });
  }

  store.watch((state) => state.request, draw);
  store.watch((state) => state.catalog, draw);
  store.watch((state) => state.language, draw);
  return {
    /** @param {Origin | null} next */
    show(next) {
      origin = next;
      draw();
    },
  };
}
