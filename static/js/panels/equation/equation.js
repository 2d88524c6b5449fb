/**
 * The step's formula, symbols above and numbers below, each term in the colour of what it stands for.
 *
 * @import { AppState, Step } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h } from "../../kit/dom.js";
import { loadKatex } from "../../kit/math.js";
import { copyButton } from "../../kit/widgets/copy-button.js";
import { light } from "./highlight.js";
import { numbersLatex, symbolsLatex } from "./latex.js";
import { createSection, reachable } from "../section.js";
import { fact } from "../../timeline/fact.js";

const MARKS = ["\\htmlData", "\\htmlClass"];

/** @param {{ command: string }} context */
const trust = ({ command }) => MARKS.includes(command);

/**
 * @param {HTMLElement} element
 * @param {string} marked LaTeX with its marks
 * @param {string} plain what stands there until KaTeX has come
 */
async function typeset(element, marked, plain) {
  element.dataset.tex = plain;
  const katex = await loadKatex().catch(() => null);
  // A slower call must not overwrite a newer formula.
  if (element.dataset.tex !== plain) return;
  if (katex === null) {
    element.textContent = plain;
    return;
  }
  katex.render(`\\displaystyle ${marked}`, element, {
    throwOnError: false,
    strict: false,
    trust,
    output: "htmlAndMathml",
    macros: { "\\text": "\\textrm" },
  });
}

/** The step as LaTeX to paste elsewhere. @param {Step} step */
const asLatex = ({ formula, numbers }) => `\\begin{gathered}\n${formula} \\\\\n${numbers}\n\\end{gathered}`;

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountEquation(root, context) {
  const { store, t } = context;
  const symbols = h("div", { class: "equation-line equation-symbols" });
  const numbers = h("div", { class: "equation-line equation-numbers" });
  const box = h("div", { class: "equation-box" }, symbols, numbers);
  const tools = h("div", { class: "panel-tools" });

  /** @param {AppState} state */
  const stepOf = ({ trace, current }) => trace?.steps[current] ?? null;
  const section = createSection(context, {
    name: "equation",
    dependsOn: [stepOf, (state) => state.done > state.current, (state) => state.digits, (state) => state.status],
    render(body, state) {
      const step = stepOf(state);
      if (step === null || state.trace === null) {
        const key = state.trace === null ? "panel.waiting" : "panel.equation.start";
        body.replaceChildren(h("p", { class: "panel-note" }, t(key)));
        return;
      }
      const { digits } = state;
      const parts = step.parts ?? [];
      /** @param {string} pointer */
      const valueOf = (pointer) => fact(state, pointer);
      const isDone = state.done > step.index;
      const line = `${step.numbers}${isDone ? "" : " …"} ${digits}`;
      tools.replaceChildren(copyButton(t, "panel.equation.copy", () => asLatex(step)));
      if (box.parentElement !== body) body.replaceChildren(box, tools);
      void typeset(symbols, symbolsLatex(parts, valueOf), step.formula);
      void typeset(numbers, numbersLatex(parts, valueOf, digits), line).then(() => {
        light(box, store.get().hovered);
        reachable(box);
      });
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", t("panel.equation.title"));
    },
  });
  root.append(section);
}
