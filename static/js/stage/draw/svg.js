/** Building SVG: elements, symbols in the formula font, and marks that restore to the letter. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes] null, undefined and false leave the attribute out
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, typeof value === "number" ? short(value) : String(value));
  }
  element.append(...children);
  return element;
}

/** A length without digits nobody can see. @param {number} value */
export const short = (value) => String(Math.round(value * 100) / 100);

/**
 * A symbol as it stands in the formulas: letters in the formula font, ∂ and signs upright as its sister font has them,
 * `_` before a subscript that runs to the next blank.
 *
 * @param {string} text such as "∂l/∂z_1", and "z_1^2" for z of unit 1 in layer 2
 * @param {Attributes} attributes of the <text>
 */
export function symbol(text, attributes) {
  const element = s("text", { ...attributes, class: `symbol ${attributes.class ?? ""}`.trim() });
  for (const part of symbolParts(text)) element.append(part);
  return element;
}

const LOWERED = "0.28em";
const RAISED = "-0.62em";

/** @param {string} text @returns {SVGTSpanElement[]} */
export function symbolParts(text) {
  const [below, layer] = text.split("^");
  const [body, index] = below.split("_");
  const letters = [...body.matchAll(/\p{Letter}+|′|[^\p{Letter}′]+/gu)].map(([run]) =>
    s("tspan", { class: run === "′" ? "prime" : /\p{Letter}/u.test(run) ? "letter" : "roman" }, run),
  );
  if (layer !== undefined) letters.push(s("tspan", { class: "index", dy: RAISED }, `(${layer})`));
  return index === undefined
    ? letters
    : [
        ...letters,
        s(
          "tspan",
          { class: "index", dx: layer === undefined ? null : "-1.32em", dy: layer === undefined ? LOWERED : "0.98em" },
          index,
        ),
      ];
}

/** All marks in the one order in which they are written, so that a picture can be restored to the letter. */
const MARKS = ["pending", "asked", "negative", "shown", "updated", "reads", "writes", "active", "hovered", "selected"];

/** @type {WeakMap<Element, { base: string, marks: Set<string> }>} */
const marked = new WeakMap();

/**
 * Set or take away one of the marks that an element may carry as a class.
 *
 * @param {Element} element
 * @param {string} name
 * @param {boolean} on
 */
export function mark(element, name, on) {
  let entry = marked.get(element);
  if (entry === undefined)
    marked.set(element, (entry = { base: element.getAttribute("class") ?? "", marks: new Set() }));
  if (entry.marks.has(name) === on) return;
  if (on) entry.marks.add(name);
  else entry.marks.delete(name);
  const { base, marks } = entry;
  element.setAttribute("class", [base, ...MARKS.filter((each) => marks.has(each))].join(" ").trim());
}
