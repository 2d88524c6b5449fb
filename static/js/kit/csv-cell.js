/**
 * One cell of a CSV file, written so that no spreadsheet runs it; the server reads it back as it was
 * (app/tables/columns/cells.py). Pure.
 *
 * A spreadsheet takes a cell for a formula that begins with =, +, -, an at sign, a tab or a carriage return, also
 * within quotes. An apostrophe before it makes it text, as one types it there. Numbers stay numbers, negative ones too.
 *
 * Source: OWASP, CSV Injection.
 *
 * @typedef {string | number | boolean | null | undefined} Cell
 */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What a spreadsheet would run, and what reads as if it had been made harmless. */
const RUNS = /^'*[=+\-@\t\r]/;

/** String() says "0" for −0, and gives it back as another number. @param {Cell} cell */
const plain = (cell) => (cell === null || cell === undefined ? "" : Object.is(cell, -0) ? "-0" : String(cell));

/** Text as a cell that nothing runs. @param {string} text */
export const harmless = (text) => (RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** A cell as RFC 4180 has it. @param {Cell} cell */
export function csvField(cell) {
  const text = typeof cell === "string" ? harmless(cell) : plain(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as RFC 4180 has it. @param {{ columns: readonly string[], rows: readonly (readonly Cell[])[] }} table */
export const csvOf = ({ columns, rows }) =>
  [columns, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
