/**
 * The runs that the server keeps: open one, lay one over the present as its twin, forget one.
 *
 * @import { RunSummary } from "../../api/lab-client.js"
 * @import { LabContext } from "../context.js"
 */
import { h, icon } from "../../kit/dom.js";
import { createPopover } from "../../kit/widgets/popover.js";
import { recipeInWords } from "./words.js";

const SECOND = 1000;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountRunsMenu(root, { store, actions, t }) {
  const popover = createPopover({
    button: { "data-action": "runs" },
    label: [h("span", { "data-i18n": "lab.runs" }), icon("more")],
    panel: { class: "popover runs-menu", role: "dialog", "data-i18n-attr": "aria-label:lab.runs.title" },
    onOpen: () => actions.refreshRuns(),
  });

  /** @param {RunSummary} run */
  function when({ started_at }) {
    const { language } = store.get();
    return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en", {
      dateStyle: "short",
      timeStyle: "short",
    }).format(started_at * SECOND);
  }

  /** @param {RunSummary} run */
  function row(run) {
    const { run: shown, twin } = store.get();
    const words = recipeInWords(run.request, store.get(), t);
    const isShown = run.id === shown?.id;
    const isTwin = run.id === twin?.id;
    return h(
      "li",
      { class: "run-row", "data-run": run.id },
      h(
        "button",
        {
          type: "button",
          class: "run-open",
          "data-action": "open-run",
          "aria-pressed": String(isShown),
          onclick: () => {
            popover.close();
            actions.openRun(run.id);
          },
        },
        h("strong", {}, words),
        h(
          "span",
          {},
          t("lab.runs.about", { when: when(run), state: t(`lab.runs.${run.state}`), epoch: run.last_epoch ?? 0 }),
        ),
      ),
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "data-action": "lay-over",
          "aria-pressed": String(isTwin),
          disabled: isShown,
          title: t("lab.runs.lay-over.hint"),
          onclick: () => actions.layOver(isTwin ? null : run.id),
        },
        t("lab.runs.lay-over"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "tool tool-picture",
          "data-action": "forget-run",
          disabled: isShown || isTwin,
          "aria-label": t("lab.runs.forget", { run: words }),
          title: t("lab.runs.forget", { run: words }),
          onclick: () => actions.forgetRun(run.id),
        },
        icon("close"),
      ),
    );
  }

  function fill() {
    const { runs } = store.get();
    popover.panel.replaceChildren(
      h("h2", {}, t("lab.runs.title")),
      h("p", { class: "menu-note" }, t(runs.length === 0 ? "lab.runs.none" : "lab.runs.note")),
      h("ul", { class: "run-rows" }, runs.map(row)),
    );
  }

  store.watch((state) => state.runs, fill);
  store.watch((state) => `${state.run?.id} ${state.twin?.id} ${state.language} ${state.catalog === null}`, fill);
  root.append(popover.button, popover.panel);
}
