/**
 * A formula of the catalogue, drawn while its fold is open.
 *
 * @import { LabContext } from "../context.js"
 * @import { PageState } from "../state/state.js"
 * @import { Field } from "./fields.js"
 */
import { h } from "../../kit/dom.js";
import { showFormula } from "../../kit/math.js";

/**
 * @param {LabContext} context
 * @param {(state: PageState) => { formula?: string, title: { en: string, zh: string } } | undefined} entryOf
 * @returns {Field}
 */
export function formulaOf({ store }, entryOf) {
  const caption = h("p", { class: "recipe-hint" });
  const formula = h("div", { class: "scroll recipe-formula" });
  const element = h("div", { class: "recipe-formula-box" }, caption, formula);
  // It has no width while its fold is closed.
  new ResizeObserver(() => reachable(formula)).observe(formula);
  let shown = "";
  return {
    element,
    refresh() {
      const { language } = store.get();
      const entry = entryOf(store.get());
      const tex = entry?.formula ?? "";
      element.hidden = tex === "";
      caption.textContent = entry?.title[language] ?? "";
      if (tex === shown) return;
      shown = tex;
      if (tex === "") formula.replaceChildren();
      else void showFormula(formula, tex, { fallback: "" });
    },
  };
}

/** A box that scrolls sideways must be reachable by keyboard. @param {HTMLElement} box */
function reachable(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}
