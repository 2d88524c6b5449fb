/**
 * The same walk as a program, in NumPy or a framework: the lines of the current step lit, their variables' values below
 * them.
 *
 * @import { AppState, Pointer, Step } from "../../record/types.js"
 * @import { CodeAnswer, CodeLanguage, CodeMark } from "../../api/client.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { Asked } from "../answers.js"
 */
import { h } from "../../kit/dom.js";
import { createAnswers } from "../answers.js";
import { markOfStep, tokensOf } from "../../kit/widgets/code-lines.js";
import { copyButton } from "../../kit/widgets/copy-button.js";
import { mark } from "../../record/mark.js";
import { createBoard, watchAll } from "../numbers.js";
import { createSection } from "../section.js";

export const LANGUAGES = /** @type {const} */ (["numpy", "pytorch", "tensorflow", "jax"]);
const NAMES = Object.freeze({ numpy: "NumPy", pytorch: "PyTorch", tensorflow: "TensorFlow", jax: "JAX" });
const VALUES_SHOWN = 8;

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 * @param {{ first?: CodeLanguage, fold?: boolean }} [options] first: shown until another is chosen
 */
export function mountCode(root, context, { first = "numpy", fold = true } = {}) {
  const { store, api, t } = context;
  const board = createBoard(store);
  const tabs = h("div", { class: "segments", role: "group" });
  const listing = h("div", { class: "listing", tabindex: 0, role: "group" });
  const status = h("p", { class: "panel-note" });
  const values = h("div", { class: "line-values" });
  /** @type {HTMLElement[]} */
  let lines = [];
  let language = first;
  /** @type {Asked<CodeAnswer> | null} */
  let asked = null;
  let isOpen = false;

  /** @param {AppState} state @param {Step} step @param {CodeMark} found */
  const showValues = (state, step, found) => {
    board.clear();
    const own = step.writes.filter((pointer) => !pointer.startsWith("/terms/"));
    const pointers = own.length > 0 ? own : wholeOf(state, found);
    const shown = pointers.slice(0, VALUES_SHOWN);
    values.replaceChildren(
      ...shown.map((pointer) =>
        h("span", { class: "line-value" }, mark(pointer), " = ", board.show(h("span", {}), pointer)),
      ),
      pointers.length > shown.length ? "…" : "",
    );
  };

  /** @param {AppState} state */
  const follow = (state) => {
    if (!isOpen || asked?.state !== "here") return;
    const step = state.trace?.steps[state.current];
    const found = step ? markOfStep(asked.answer.marks, step) : null;
    for (const [index, line] of lines.entries()) {
      const lit = found !== null && index + 1 >= found.first_line && index + 1 <= found.last_line;
      line.classList.toggle("current", lit);
      if (lit) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    }
    values.remove();
    if (found === null || step === undefined) return board.clear();
    listing.dataset.phase = step.phase;
    const last = lines[found.last_line - 1];
    showValues(state, step, found);
    last?.after(values);
    const first = lines[found.first_line - 1];
    if (first) listing.scrollTop = first.offsetTop - listing.clientHeight / 3;
  };

  /** @param {string} text */
  const lineOf = (text) =>
    h(
      "code",
      { class: "line" },
      ...(text === ""
        ? [" "]
        : tokensOf(text).map(({ text: part, kind }) => (kind ? h("span", { class: `code-${kind}` }, part) : part))),
    );

  const draw = () => {
    if (asked?.state !== "here") {
      // Hidden, not taken away: the panels below are not to jump while a new program is on its way.
      listing.classList.add("outdated");
      status.hidden = false;
      status.textContent = asked?.state === "failed" ? t("panel.failed", { detail: asked.detail }) : t("panel.waiting");
      return;
    }
    status.hidden = true;
    listing.classList.remove("outdated");
    board.clear();
    lines = asked.answer.code.trimEnd().split("\n").map(lineOf);
    listing.replaceChildren(...lines);
    follow(store.get());
  };

  const answers = createAnswers(
    store,
    (request, key, signal) => api.code(request, /** @type {CodeLanguage} */ (key), signal),
    (next) => {
      asked = next;
      draw();
    },
  );

  /** @param {CodeLanguage} wanted */
  function choose(wanted) {
    language = wanted;
    for (const each of tabs.querySelectorAll("button"))
      each.setAttribute("aria-pressed", String(each.dataset.code === language));
    if (isOpen) answers.about(language);
  }

  const section = createSection(context, {
    name: "code",
    fold,
    dependsOn: [],
    clear() {
      isOpen = false;
      answers.about(null);
    },
    render(body) {
      isOpen = true;
      const buttons = LANGUAGES.map((each) => {
        const button = h(
          "button",
          { type: "button", "data-code": each, "aria-pressed": String(each === language) },
          NAMES[each],
        );
        button.addEventListener("click", () => choose(each));
        return button;
      });
      tabs.replaceChildren(...buttons);
      tabs.setAttribute("aria-label", t("panel.code.language"));
      listing.setAttribute("aria-label", t("panel.code.title"));
      const copy = copyButton(t, "panel.code.copy", () => (asked?.state === "here" ? asked.answer.code : ""));
      body.replaceChildren(h("div", { class: "panel-tools" }, tabs, copy), status, listing);
      answers.about(language);
    },
  });
  root.append(section);
  watchAll(store, [(state) => state.trace, (state) => state.current], follow);
  return { choose };
}

/** Every number a line writes. @param {AppState} state @param {CodeMark} found @returns {Pointer[]} */
function wholeOf({ timeline }, found) {
  return [...(timeline?.writtenBy.keys() ?? [])].filter((pointer) =>
    found.writes.some((written) => pointer.startsWith(`${written}/`)),
  );
}
