/**
 * What the page has to say besides the network: notices to be dismissed, and problems with a way to try again.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 * @import { Store } from "../store.js"
 * @import { AppState } from "../../record/types.js"
 *
 * @typedef {object} NoticeContext what this part needs of a page
 * @property {Store<Pick<AppState, "problem" | "notices" | "language">>} store
 * @property {{ retry: () => void, dismiss: (notice: string) => void }} actions
 * @property {Translate} t
 */
import { h, icon } from "../dom.js";

/** A problem shorter than this is not worth a word: the server answers again before it could be read. */
const PATIENCE_MS = 250;
const ERRORS_SHOWN = 4;

/**
 * A notice in words: the store keeps a key with its values as JSON, or a sentence. Values that are keys themselves are
 * looked up too.
 *
 * @param {string} notice @param {Translate} t
 * @returns {string}
 */
export function wordsOf(notice, t) {
  try {
    const { key, params = {} } = JSON.parse(notice);
    if (typeof key !== "string") return t(notice);
    return t(
      key,
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? wordsOf(value, t) : value]),
      ),
    );
  } catch {
    return t(notice);
  }
}

/** @param {NonNullable<AppState["problem"]>} problem @param {NoticeContext} context */
function problemBox(problem, { actions, t }) {
  const errors = problem.errors
    .slice(0, ERRORS_SHOWN)
    .map(({ pointer, detail }) => h("li", {}, pointer && h("code", {}, pointer), ` ${t(detail)}`));
  return h(
    "div",
    { class: "notice notice-problem", role: "alert" },
    h(
      "div",
      {},
      h("strong", {}, t(problem.title)),
      h("p", {}, t(problem.detail)),
      errors.length > 0 && h("ul", {}, errors),
    ),
    h("button", { type: "button", class: "tool", "data-action": "retry", onclick: actions.retry }, t("app.retry")),
  );
}

/** @param {HTMLElement} root @param {NoticeContext} context */
export function mountNotices(root, context) {
  const { store, actions, t } = context;
  const problems = h("div");
  const list = h("div", { role: "status" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  root.append(problems, list);
  const showProblem = () => {
    const { problem } = store.get();
    problems.replaceChildren(...(problem === null ? [] : [problemBox(problem, context)]));
  };
  store.watch(
    (state) => state.problem,
    (problem) => {
      clearTimeout(timer);
      if (problem === null) showProblem();
      else timer = setTimeout(showProblem, problems.childElementCount > 0 ? 0 : PATIENCE_MS);
    },
  );
  const showNotices = () =>
    list.replaceChildren(
      ...store
        .get()
        .notices.map((notice) =>
          h(
            "div",
            { class: "notice" },
            h("p", {}, wordsOf(notice, t)),
            h(
              "button",
              {
                type: "button",
                class: "tool tool-picture",
                "data-action": "dismiss",
                "aria-label": t("app.dismiss"),
                onclick: () => actions.dismiss(notice),
              },
              icon("close"),
            ),
          ),
        ),
    );
  store.watch((state) => state.notices, showNotices);
  store.watch(
    (state) => state.language,
    () => {
      showNotices();
      if (problems.childElementCount > 0) showProblem();
    },
  );
}
