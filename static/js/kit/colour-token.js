/** Colours of the design (css/base/tokens.css) for what is drawn without a style sheet. */

const PAIR = /^light-dark\(\s*([^,]+?)\s*,\s*([^,]+?)\s*\)$/;

/**
 * What a token stands for in the theme that is shown: a custom property keeps both of its colours.
 * @param {string} name such as --ink
 */
export function colourToken(name) {
  const root = document.documentElement;
  const value = getComputedStyle(root).getPropertyValue(name).trim();
  const [, light = value, dark = value] = PAIR.exec(value) ?? [];
  return root.dataset["theme"] === "dark" ? dark : light;
}
