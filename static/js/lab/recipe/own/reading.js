/**
 * How the visitor's file was read, each guess as a control that changes it.
 *
 * @import { LabContext } from "../../context.js"
 * @import { Reading, Table, WayToRead } from "./answer.js"
 */
import { h } from "../../../kit/dom.js";
import { chooser } from "../../../kit/widgets/controls.js";

/** @param {LabContext} context @param {(change: Reading) => void} onRead */
export function createOwnReading({ store, t }, onRead) {
  const delimiter = chooser({ "data-action": "delimiter", "data-i18n-attr": "aria-label:lab.own.delimiter" }, (value) =>
    onRead({ delimiter: value }),
  );
  const decimal = chooser({ "data-action": "decimal", "data-i18n-attr": "aria-label:lab.own.decimal" }, (value) =>
    onRead({ decimal: value }),
  );
  const encoding = chooser({ "data-action": "encoding", "data-i18n-attr": "aria-label:lab.own.encoding" }, (value) =>
    onRead({ encoding: value }),
  );
  const header = h("input", { type: "checkbox", "data-action": "header" });
  header.addEventListener("change", () => onRead({ header: header.checked }));
  const skip = h("input", {
    type: "number",
    class: "own-skip",
    min: 0,
    max: 10_000,
    step: 1,
    inputmode: "numeric",
    "data-action": "skip",
    "data-i18n-attr": "aria-label:lab.own.skip",
  });
  skip.addEventListener("change", () => {
    const rows = Number(skip.value);
    if (skip.value !== "" && Number.isInteger(rows) && rows >= 0 && rows <= 10_000) onRead({ skip: rows });
  });
  const size = h("span", { class: "own-size" });
  /** @param {string} key @param {HTMLElement} control */
  const labelled = (key, control) => h("label", { class: "own-guess" }, h("span", { "data-i18n": key }), control);
  const element = h(
    "div",
    { class: "recipe-line own-reading" },
    size,
    labelled("lab.own.delimiter", delimiter.element),
    labelled("lab.own.decimal", decimal.element),
    labelled("lab.own.skip", skip),
    labelled("lab.own.encoding", encoding.element),
    h("label", { class: "check" }, header, h("span", { "data-i18n": "lab.own.header" })),
  );
  return {
    element,
    /** @param {Table} table */
    show(table) {
      size.textContent = t("lab.own.size", { rows: table.rows, columns: table.columns.length });
      const none = table.delimiter === null ? [{ value: "", label: t("lab.own.delimiter.none") }] : [];
      const { language } = store.get();
      const titled = (/** @type {WayToRead[]} */ ways) =>
        ways.map(({ value, title }) => ({ value, label: title[language] }));
      const { choices } = table;
      delimiter.fill([...none, ...titled(choices.delimiter)], table.delimiter ?? "");
      decimal.fill(titled(choices.decimal), table.decimal);
      encoding.fill(titled(choices.encoding), table.encoding);
      header.checked = table.header;
      skip.value = String(table.skipped);
    },
  };
}
