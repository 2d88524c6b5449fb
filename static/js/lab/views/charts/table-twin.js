/**
 * The numbers of a picture as a table: what a screen reader reads, and what anyone can check. Filled while it is open.
 *
 * @import { Translate } from "../../../i18n/i18n.js"
 *
 * @typedef {string | number | boolean | null} Cell
 * @typedef {{ columns: readonly string[], rows: readonly (readonly Cell[])[] }} Table
 */
import { h } from "../../../kit/dom.js";
import { significant, UNKNOWN } from "../../../kit/format.js";
import { evenly } from "./series.js";

/** More rows than this help nobody on a page; the file has them all. */
const MOST_ROWS = 200;

/** @param {Cell} value @param {number} digits */
function cell(value, digits) {
  if (typeof value !== "number") return h("td", {}, value === null ? UNKNOWN : String(value));
  const shown =
    Number.isInteger(value) && Math.abs(value) < 1e9 ? String(value).replace("-", "−") : significant(value, digits);
  return h("td", { class: "number", "data-value": String(value) }, shown);
}

/**
 * @param {{ t: Translate, digits: () => number, label: () => string }} words label: what the table shows
 */
export function createTableTwin({ t, digits, label }) {
  const summary = h("summary", {});
  const body = h("div", { class: "twin-table", tabindex: "0", role: "region" });
  const element = h("details", { class: "table-twin" }, summary, body);
  /** @type {() => Table | null} */
  let numbers = () => null;

  function fill() {
    summary.textContent = t("lab.views.table");
    body.setAttribute("aria-label", label());
    if (!element.open) return;
    const table = numbers();
    if (table === null) return body.replaceChildren();
    const rows = evenly(table.rows, MOST_ROWS);
    const note =
      rows.length < table.rows.length &&
      h("p", { class: "view-note" }, t("lab.views.table.some", { shown: rows.length, all: table.rows.length }));
    body.replaceChildren(
      ...(note ? [note] : []),
      h(
        "table",
        {},
        h("caption", { class: "visually-hidden" }, label()),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            table.columns.map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h(
          "tbody",
          {},
          rows.map((row) =>
            h(
              "tr",
              {},
              row.map((value) => cell(value, digits())),
            ),
          ),
        ),
      ),
    );
  }
  element.addEventListener("toggle", fill);
  return {
    element,
    /** @param {() => Table | null} table asked for when it is to be seen */
    show(table) {
      numbers = table;
      fill();
    },
  };
}
