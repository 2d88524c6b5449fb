/**
 * The choice of notation on a page of the course: remembered in the browser, and carried out on every formula.
 *
 * @import { Spelling } from "./notation.js"
 */
import { h } from "../kit/dom.js";
import { renderAgain, watchFormulas } from "../kit/math.js";
import { remember } from "../kit/preferences.js";
import { NAME, chosenNotation } from "../state/chosen-notation.js";
import { hasHalfSquare, hasOutputSlope, hasSymbol, inNotation, textInNotation } from "./notation.js";

/** What is no text of the course: the switch itself, what other books say, programs, the stage. */
const LEFT_ALONE = ".notation, .elsewhere, .tex, .lesson-stage, code, script, style";

/**
 * Which formulas a remark on other numbers belongs to, by choice.
 * @type {Readonly<Record<string, (tex: string) => boolean>>}
 */
const REMARKED = { squares: hasHalfSquare, "sign-of-delta": hasOutputSlope };

/** @param {readonly HTMLInputElement[]} chosen @param {"texSpelling" | "plainSpelling"} kind @returns {Spelling} */
const spelling = (chosen, kind) => Object.assign({}, ...chosen.map(({ dataset }) => JSON.parse(dataset[kind] ?? "{}")));

/** Formulas of the page as they come into view, in the notation that is chosen. @param {HTMLElement} root */
export function mountNotation(root) {
  const box = root.querySelector(".notation");
  /** @type {HTMLInputElement[]} */
  const inputs = [...(box?.querySelectorAll("input") ?? [])];
  const choice = chosenNotation();
  for (const input of inputs) if (choice[input.name] === input.value) input.checked = true;
  /** @type {Map<Text, string>} */
  const original = new Map();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(LEFT_ALONE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (hasSymbol(node.data)) original.set(node, node.data);
  }
  /** @type {Spelling} */
  let inTex = {};

  /** @param {string} tex @param {HTMLElement} element */
  const spell = (tex, element) => (element.closest(".notation") ? tex : inNotation(tex, inTex));

  function show() {
    const chosen = inputs.filter((input) => input.checked);
    inTex = spelling(chosen, "texSpelling");
    const inText = spelling(chosen, "plainSpelling");
    for (const [node, text] of original) node.data = textInNotation(text, inText);
    for (const old of root.querySelectorAll(".notation-remark")) old.remove();
    for (const { name, dataset } of chosen) {
      const { remark } = dataset;
      const isMeant = REMARKED[name];
      if (!remark || isMeant === undefined) continue;
      const told = new Set();
      for (const formula of root.querySelectorAll(".tex[data-tex]")) {
        const line = formula.closest("p, dd, dt");
        if (!(formula instanceof HTMLElement) || line === null || told.has(line) || formula.closest(".notation"))
          continue;
        if (!isMeant(formula.dataset.tex ?? "")) continue;
        told.add(line);
        line.append(h("span", { class: "notation-remark" }, ` ${remark}`));
      }
    }
    renderAgain(root, spell);
  }

  box?.removeAttribute("hidden");
  box?.addEventListener("change", () => {
    remember(NAME, Object.fromEntries(inputs.filter((input) => input.checked).map(({ name, value }) => [name, value])));
    show();
  });
  show();
  // Without KaTeX the formulas stay as they were sent: readable text.
  watchFormulas(root, spell).catch(() => {});
}
