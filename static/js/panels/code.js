/**
 * The same walk as a program, NumPy or PyTorch: the lines of the current step lit, their variables' values below them.
 *
 * @import { AppState, Pointer, Step } from "../types.js"
 * @import { CodeAnswer, CodeMark } from "../api/client.js"
 * @import { PanelContext } from "./panels.js"
 * @import { Asked } from "./answers.js"
 */
import { h } from "../dom.js";
import { createAnswers } from "./answers.js";
import { markOfStep, tokensOf } from "./code-lines.js";
import { copyButton } from "./copy-button.js";
import { mark } from "./mark.js";
import { createBoard, watchAll } from "./numbers.js";
import { createSection } from "./section.js";

const LANGUAGES = /** @type {const} */ (["numpy", "pytorch"]);
const NAMES = Object.freeze({ numpy: "NumPy", pytorch: "PyTorch" });
const VALUES_SHOWN = 8;

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountCode(root, context) {
  const { store, api, t } = context;
  const board = createBoard(store);
  const tabs = h("div", { class: "segments", role: "group" });
  const listing = h("div", { class: "listing", tabindex: 0, role: "group" });
  const status = h("p", { class: "panel-note" });
  const values = h("div", { class: "line-values" });
  /** @type {HTMLElement[]} */
  let lines = [];
  /** @type {typeof LANGUAGES[number]} */
  let language = "numpy";
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
      ...shown.map((pointer) => h("span", { class: "line-value" }, mark(pointer), " = ", board.show(h("span", {}), pointer))),
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
    h("code", { class: "line" }, ...(text === "" ? [" "] : tokensOf(text).map(({ text: part, kind }) => (kind ? h("span", { class: `code-${kind}` }, part) : part))));

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
    (request, key, signal) => api.code(request, key === "pytorch" ? "pytorch" : "numpy", signal),
    (next) => {
      asked = next;
      draw();
    },
  );

  const section = createSection(context, {
    name: "code",
    fold: true,
    dependsOn: [],
    clear() {
      isOpen = false;
      answers.about(null);
    },
    render(body) {
      isOpen = true;
      const buttons = LANGUAGES.map((each) => {
        const button = h("button", { type: "button", "data-code": each, "aria-pressed": String(each === language) }, NAMES[each]);
        button.addEventListener("click", () => {
          language = each;
          for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
          answers.about(each);
        });
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
}

/** Every number a line writes. @param {AppState} state @param {CodeMark} found @returns {Pointer[]} */
function wholeOf({ timeline }, found) {
  return [...(timeline?.writtenBy.keys() ?? [])].filter((pointer) => found.writes.some((written) => pointer.startsWith(`${written}/`)));
}
