/**
 * Text to a table: Papa Parse reads it, loaded when the first text comes; here is decided what its first row is.
 *
 * @typedef {"," | ";" | "\t" | "|"} Delimiter
 * @typedef {{ number: number, cells: string[] }} Row `number` counts from 1 with the header and empty rows, as a spreadsheet does
 * @typedef {object} Table
 * @property {string[]} columns names, none twice
 * @property {Row[]} rows without the header and empty rows
 * @property {string} delimiter
 * @property {boolean} hasHeader
 * @property {{ row: number, kind: "quotes" }[]} faults what Papa Parse could not make sense of
 *
 * @typedef {{ data: string[][], errors: { type: string, code: string, row?: number }[], meta: { delimiter: string } }} Parsed
 * @typedef {{ parse: (text: string, options: object) => Parsed }} Papa
 */
import { h } from "../../dom.js";
import { asMeant } from "../export/csv-cell.js";
import { numberOf } from "./cells.js";

/** @type {readonly Delimiter[]} */
export const DELIMITERS = [",", ";", "\t", "|"];

/** @type {Promise<Papa> | null} */
let loading = null;

/** Papa Parse, once. It is a classic script that wants the global object as `this`, which a module does not have. @returns {Promise<Papa>} */
export function loadPapa() {
  loading ??= new Promise((resolve, reject) => {
    const src = new URL("../../../vendor/papaparse/papaparse.min.js", import.meta.url).href;
    const script = h("script", { src, load: () => resolve(/** @type {any} */ (globalThis).Papa), error: () => reject(new Error("Papa Parse could not be loaded.")) });
    document.head.append(script);
  });
  loading.catch(() => (loading = null));
  return loading;
}

/**
 * A first row names the columns if it holds no number, and stands over numbers or over words other than its own.
 *
 * @param {readonly Row[]} rows
 * @param {string} delimiter
 */
export function looksLikeHeader([first, ...others], delimiter) {
  if (first === undefined || others.length === 0) return false;
  const isNumber = (/** @type {string | undefined} */ cell) => numberOf(cell ?? "", delimiter) !== null;
  if (first.cells.some(isNumber)) return false;
  const below = others.slice(0, 200);
  return first.cells.some((_, column) => below.some(({ cells }) => isNumber(cells[column]))) || first.cells.every((cell, column) => cell.trim() !== "" && below.every(({ cells }) => cells[column]?.trim() !== cell.trim()));
}

/** Each name once: a second "x" is "x (2)". @param {readonly string[]} names */
function distinct(names) {
  /** @type {Set<string>} */
  const used = new Set();
  return names.map((name) => {
    let free = name;
    for (let copy = 2; used.has(free); copy += 1) free = `${name} (${copy})`;
    used.add(free);
    return free;
  });
}

/**
 * @param {Papa} papa
 * @param {string} text
 * @param {{ delimiter?: string, hasHeader?: boolean }} chosen what is not chosen is guessed
 * @param {(column: number) => string} unnamed the name of a column without one, counted from 1
 * @returns {Table}
 */
export function readTable(papa, text, chosen, unnamed) {
  const clean = text.replace(/^\uFEFF/, "");
  // Empty rows would mislead the guess; they are counted afterwards all the same.
  const guessed = () => papa.parse(clean, { preview: 50, delimitersToGuess: DELIMITERS, skipEmptyLines: "greedy" }).meta.delimiter;
  const delimiter = chosen.delimiter ?? guessed();
  const { data, errors } = papa.parse(clean, { delimiter });
  const rows = data.map((cells, index) => ({ number: index + 1, cells: cells.map(asMeant) })).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const hasHeader = chosen.hasHeader ?? looksLikeHeader(rows, delimiter);
  const header = hasHeader ? (rows.shift()?.cells ?? []) : [];
  let width = header.length || commonLength(rows);
  // Rows that end with separators make no columns.
  const isBlank = (/** @type {string | undefined} */ cell) => (cell ?? "").trim() === "";
  while (width > 0 && isBlank(header[width - 1]) && rows.every(({ cells }) => isBlank(cells[width - 1]))) width -= 1;
  const columns = distinct(Array.from({ length: width }, (_, index) => header[index]?.trim() || unnamed(index + 1)));
  const faults = errors.filter(({ type }) => type === "Quotes").map(({ row = 0 }) => ({ row: row + 1, kind: /** @type {const} */ ("quotes") }));
  return { columns, rows, delimiter, hasHeader, faults };
}

/** The length most rows have, so that one long or short row is the one that is wrong. @param {readonly Row[]} rows */
function commonLength(rows) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
