/**
 * How the visitor's file was read, each guess as a control that changes it.
 *
 * @import { LabContext } from "../context.js"
 * @import { Reading, Table } from "./own-answer.js"
 */
import { h } from "../../dom.js";
import { chooser } from "../../panels/controls.js";

const DELIMITERS = Object.freeze({ ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "spaces", "  ": "wide" });
const DECIMALS = Object.freeze({ ".": "point", ",": "comma" });
const ENCODINGS = Object.freeze(["utf-8", "utf-16le", "utf-16be", "windows-1252", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1250", "windows-1251"]);

/** @param {LabContext} context @param {(change: Reading) => void} onRead */
export function createOwnReading({ t }, onRead) {
  const delimiter = chooser({ "data-action": "delimiter", "data-i18n-attr": "aria-label:lab.own.delimiter" }, (value) => onRead({ delimiter: value }));
  const decimal = chooser({ "data-action": "decimal", "data-i18n-attr": "aria-label:lab.own.decimal" }, (value) => onRead({ decimal: value }));
  const encoding = chooser({ "data-action": "encoding", "data-i18n-attr": "aria-label:lab.own.encoding" }, (value) => onRead({ encoding: value }));
  const header = h("input", { type: "checkbox", "data-action": "header" });
  header.addEventListener("change", () => onRead({ header: header.checked }));
  const skip = h("input", { type: "number", class: "own-skip", min: 0, max: 10_000, step: 1, inputmode: "numeric", "data-action": "skip", "data-i18n-attr": "aria-label:lab.own.skip" });
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
      delimiter.fill([...none, ...Object.entries(DELIMITERS).map(([value, name]) => ({ value, label: t(`lab.own.delimiter.${name}`) }))], table.delimiter ?? "");
      decimal.fill(Object.entries(DECIMALS).map(([value, name]) => ({ value, label: t(`lab.own.decimal.${name}`) })), table.decimal);
      encoding.fill(ENCODINGS.map((value) => ({ value, label: value })), table.encoding);
      header.checked = table.header;
      skip.value = String(table.skipped);
    },
  };
}
