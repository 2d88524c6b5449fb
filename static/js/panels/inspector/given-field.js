/**
 * A given number that can be changed where it stands in a panel, and that says which number of the trace it is.
 *
 * @import { Pointer } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 *
 * @typedef {{ element: HTMLElement, refresh: () => void, destroy: () => void }} GivenField
 */
import { h } from "../../kit/dom.js";
import { givenAt } from "../../record/request.js";
import { numberField } from "../number-edit.js";

/**
 * @param {PanelContext} context
 * @param {Pointer} pointer
 * @param {string} label
 * @returns {GivenField}
 */
export function givenField(context, pointer, label) {
  const field = numberField(context, pointer, { label });
  const element = h("span", { class: "given-field", "data-pointer": pointer }, field);
  const refresh = () => {
    const { request } = context.store.get();
    const value = request && givenAt(request, pointer);
    if (value !== null) element.dataset.value = String(value);
  };
  refresh();
  return { element, refresh, destroy: () => void field.destroy() };
}
