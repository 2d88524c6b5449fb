/**
 * What stands around a picture: why there is none, its numbers as a table, and the buttons that save it.
 *
 * @import { LabContext } from "../../context.js"
 *
 * @typedef {"png" | "svg" | "csv" | "json"} FileKind
 * @typedef {object} FrameOptions
 * @property {string} name of the picture and its files
 * @property {() => string} label what the picture shows, in words
 * @property {(kind: FileKind) => void} onSave
 * @property {() => void} onRetry
 */
import { ProblemError } from "../../../api/asking.js";
import { h } from "../../../kit/dom.js";
import { createTableTwin } from "./table-twin.js";

/** @type {readonly FileKind[]} */
const FILES = ["png", "svg", "csv", "json"];

/** @param {LabContext} context @param {FrameOptions} options */
export function createFrame({ store, t }, { name, label, onSave, onRetry }) {
  const plot = h("div", { class: "chart-plot" });
  const message = h("p", { class: "chart-message", role: "status" });
  const again = h("button", { type: "button", class: "tool", "data-action": "chart-retry", onclick: onRetry });
  const trouble = h("div", { class: "chart-trouble", hidden: true }, message, again);
  const table = createTableTwin({ t, digits: () => store.get().digits, label });
  const buttons = FILES.map((kind) =>
    h(
      "button",
      { type: "button", class: "quiet-button", "data-action": `chart-${kind}`, onclick: () => onSave(kind) },
      kind.toUpperCase(),
    ),
  );
  const tools = h("div", { class: "chart-tools", role: "group" }, h("span", { class: "chart-save" }), buttons);
  const element = h(
    "figure",
    { class: "chart-view", "data-chart": name, "data-state": "empty" },
    plot,
    trouble,
    tools,
    table.element,
  );

  /**
   * @param {"empty" | "loading" | "ready" | "error"} state
   * @param {{ text?: string, isThere: boolean, canRetry?: boolean }} how isThere: whether there is a picture to save
   */
  function become(state, { text = "", isThere, canRetry = false }) {
    element.dataset["state"] = state;
    message.textContent = text;
    trouble.hidden = text === "";
    again.hidden = state !== "error" || !canRetry;
    for (const button of buttons) button.disabled = !isThere;
    table.element.hidden = !isThere;
  }

  store.watch(
    (state) => state.language,
    () => {
      tools.firstElementChild?.replaceChildren(t("lab.views.save"));
      tools.setAttribute("aria-label", t("lab.views.save"));
      again.textContent = t("lab.views.retry");
    },
  );
  become("empty", { isThere: false });
  return {
    element,
    plot,
    table,
    become,
    describe() {
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-label", label());
    },
    /** Why something could not be had. @param {unknown} error @returns {string} */
    said(error) {
      if (!(error instanceof ProblemError)) return t("lab.views.failed");
      const { title, detail, errors } = error;
      // Of many errors the first says enough; they tend to say the same.
      const first = errors.length > 1 && errors[0] ? t(errors[0].detail) : "";
      return [`${t(title)}.`, t(detail), first].join(" ").trim();
    },
  };
}
