/**
 * The small parts that the bars are made of. Their texts come from the catalogue by `data-i18n`, so the language can
 * change in place.
 *
 * @import { IconName, Attributes } from "../dom.js"
 */
import { h, icon } from "../dom.js";

/**
 * A button that is a picture; `key` names it.
 * @param {string} action
 * @param {IconName} picture
 * @param {string} key
 * @param {() => void} onClick
 */
export function iconButton(action, picture, key, onClick) {
  const attributes = {
    type: "button",
    class: "tool tool-picture",
    "data-action": action,
    "data-i18n-attr": `aria-label:${key}; title:${key}`,
  };
  return h("button", { ...attributes, onclick: onClick }, icon(picture));
}

/** @param {string} action @param {string} key @param {() => void} onClick @param {Attributes} [more] */
export function textButton(action, key, onClick, more = {}) {
  return h("button", {
    type: "button",
    class: "tool",
    "data-action": action,
    "data-i18n": key,
    onclick: onClick,
    ...more,
  });
}

/**
 * A row of buttons of which one is chosen.
 *
 * @param {string} label key of the group's name
 * @param {string} attribute `data-…` that carries each choice's value
 * @param {readonly { value: string, key: string, hint?: string }[]} choices
 * @param {(value: any) => void} onChoose
 * @returns {{ element: HTMLElement, show: (value: string) => void }}
 */
export function segmented(label, attribute, choices, onChoose) {
  const buttons = choices.map(({ value, key, hint }) =>
    h("button", {
      type: "button",
      [attribute]: value,
      "aria-pressed": "false",
      "data-i18n": key,
      ...(hint && { "data-i18n-attr": `title:${hint}` }),
      onclick: () => onChoose(value),
    }),
  );
  const element = h("div", { class: "segmented", role: "group", "data-i18n-attr": `aria-label:${label}` }, buttons);
  const show = (/** @type {string} */ value) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.getAttribute(attribute) === value));
  };
  return { element, show };
}

/**
 * A list to choose from; filled anew when its choices change.
 *
 * @param {Attributes} attributes @param {(value: string) => void} onChoose
 */
export function chooser(attributes, onChoose) {
  const element = h("select", { class: "tool", ...attributes });
  element.addEventListener("change", () => onChoose(element.value));
  return {
    element,
    /** @param {readonly { value: string, label: string, disabled?: boolean }[]} options @param {string} chosen */
    fill(options, chosen) {
      element.replaceChildren(
        ...options.map(({ value, label, disabled }) => h("option", { value, disabled: disabled ?? false }, label)),
      );
      element.value = chosen;
    },
  };
}
