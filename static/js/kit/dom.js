/** Elements without markup: what a visitor typed can only ever become text. */

/** @typedef {string | number | Node | null | undefined | false} Child */
/**
 * @typedef {Readonly<Record<string, string | number | boolean | null | undefined | ((event: any) => void)>>} Attributes
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {Element} element @param {Attributes} attributes @param {readonly (Child | readonly Child[])[]} children */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false)
      element.append(typeof child === "number" ? String(child) : child);
  }
}

/**
 * An HTML element. A function among the attributes listens to the event of its name (`onclick` or `click`); `true` is
 * an empty attribute; `null`, `undefined` and `false` are left out, among attributes and among children.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | readonly Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/**
 * An SVG element, by the same rules.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | readonly Child[])} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

/** Icons of the controls, drawn on a 24 × 24 grid; the text beside or in `aria-label` says what they mean. */
const ICONS = Object.freeze({
  play: "M8 5.5v13l11-6.5z",
  pause: "M7.5 5.5h3.2v13H7.5zM13.3 5.5h3.2v13h-3.2z",
  step: "M6.5 5.5v13l8.5-6.5zM15.6 5.5h2.6v13h-2.6z",
  "step-back": "M17.5 5.5v13L9 12zM5.8 5.5h2.6v13H5.8z",
  first: "M19 5.5v13L12 12zM12.4 5.5v13L5.6 12zM3.6 5.5h2v13h-2z",
  last: "M5 5.5v13l7-6.5zM11.6 5.5v13l6.8-6.5zM18.4 5.5h2v13h-2z",
  undo: "M9.5 4.5 4 9.5l5.5 5v-3.4h4.6c2.5 0 4.1 1.5 4.1 3.7s-1.7 3.7-4.1 3.7H8v1.9h6.2c3.5 0 6-2.3 6-5.6s-2.5-5.6-6-5.6H9.5z",
  redo: "m14.5 4.5 5.5 5-5.5 5v-3.4H9.9c-2.5 0-4.1 1.5-4.1 3.7s1.7 3.7 4.1 3.7H16v1.9H9.8c-3.5 0-6-2.3-6-5.6s2.5-5.6 6-5.6h4.7z",
  full: "M4 9.5V4h5.5v1.9H5.9v3.6zM14.5 4H20v5.5h-1.9V5.9h-3.6zM4 14.5h1.9v3.6h3.6V20H4zM18.1 14.5H20V20h-5.5v-1.9h3.6z",
  close: "m6.7 5.3 5.3 5.3 5.3-5.3 1.4 1.4-5.3 5.3 5.3 5.3-1.4 1.4-5.3-5.3-5.3 5.3-1.4-1.4 5.3-5.3-5.3-5.3z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  minus: "M5 11h14v2H5z",
  more: "m7 9.5 5 5 5-5z",
  share: "M12 3.5 7 8.6l1.4 1.4L11 7.3V15h2V7.3l2.6 2.7L17 8.6zM5 13v7.5h14V13h-2v5.5H7V13z",
});

/** @typedef {keyof typeof ICONS} IconName */

/** @param {IconName} name */
export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }),
  );
}

/**
 * Draw a part anew. Whoever had the focus in it has it afterwards: on what stands for the same thing (`data-keep`),
 * else on the part as a whole.
 *
 * @param {HTMLElement} part
 * @param {() => void} draw
 */
export function keepingFocus(part, draw) {
  const held = document.activeElement;
  if (!(held instanceof HTMLElement) || !part.contains(held)) return draw();
  draw();
  if (document.activeElement === held) return;
  const again = held.dataset.keep && part.querySelector(`[data-keep="${CSS.escape(held.dataset.keep)}"]`);
  const next = held.isConnected ? held : again instanceof HTMLElement ? again : part;
  if (next === part) part.tabIndex = -1;
  next.focus({ preventScroll: true });
}
