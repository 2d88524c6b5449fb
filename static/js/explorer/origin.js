/**
 * Over the stage, for a visitor who came from the Lab: what this is, and the way back.
 *
 * @import { PanelContext } from "./panels.js"
 * @import { Origin } from "../state/origin.js"
 */
import { h } from "../kit/dom.js";
import { significant } from "../kit/format.js";
import { labLink, relation, titleOf, unitsOf } from "../state/origin.js";

const ID_SHOWN = 8;

/** @param {HTMLElement} before the bar that it stands over @param {PanelContext} context */
export function mountOrigin(before, { store, t }) {
  const text = h("span", { class: "origin-text" });
  const units = h("span", { class: "origin-text", "data-origin-units": "", hidden: true });
  const back = h("a", { class: "tool", "data-action": "back-to-lab", href: "./lab", "data-i18n": "panel.origin.back" });
  const line = h("p", { class: "origin", hidden: true, "data-origin": "" }, back, text, units);
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
    const scaled = what === "other" ? null : unitsOf(origin);
    const { target_shift: [mean] = [], target_scale: [deviation] = [] } = origin.units ?? {};
    units.hidden = scaled === null;
    units.textContent =
      scaled === null
        ? ""
        : t(`panel.origin.units.${scaled}`, {
            mean: significant(mean ?? null),
            deviation: significant(deviation ?? null),
          });
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
