/**
 * A table to examples: which columns are inputs, which is the target, what cannot be used and where it stands. Pure.
 *
 * @import { Table, Row } from "./csv.js"
 *
 * @typedef {"classification" | "regression"} Kind
 * @typedef {"input" | "target" | "unused"} Role
 * @typedef {{ roles: Role[], kind: Kind }} Choice one role per column
 * @typedef {object} CellProblem
 * @property {number} row number of the row, as in the table
 * @property {number | null} column index; null if it is the row as a whole
 * @property {"empty" | "no-number" | "too-few" | "too-many" | "quotes"} kind
 * @property {string} text what stands there
 * @property {number} [expected] cells in a row
 *
 * @typedef {object} OwnExamples
 * @property {number[][]} xs
 * @property {number[][]} targets
 * @property {number[] | null} labels null for regression
 * @property {string[]} featureNames
 * @property {string[]} classNames [] for regression
 */
import { numberOf } from "./cells.js";

const TARGET_NAME = /^(class|label|target|species|category|type|outcome|result|y|类别|标签|目标|种类|品种)$/i;
const COUNTER_NAME = /^(|id|index|no\.?|nr\.?|row|unnamed.*|序号|编号)$/i;
/** More different whole numbers than this are rather measured than named. */
const MOST_NUMBERED_CLASSES = 12;

/** @param {Table} table @param {number} column */
const cellsOf = ({ rows }, column) => rows.map(({ cells }) => (cells[column] ?? "").trim());

/** Whether most of what stands in a column is numbers: then the rest is wrong, else the column is one of words. @param {Table} table @param {number} column */
export function isNumeric(table, column) {
  const filled = cellsOf(table, column).filter((cell) => cell !== "");
  const numbers = filled.filter((cell) => numberOf(cell, table.delimiter) !== null);
  return numbers.length > 0 && numbers.length * 2 >= filled.length;
}

/** 1, 2, 3 … or 0, 1, 2 … down the whole column. @param {Table} table @param {number} column */
function isCounter(table, column) {
  const values = cellsOf(table, column).map((cell) => numberOf(cell, table.delimiter));
  const first = values[0];
  return values.length > 3 && (first === 0 || first === 1) && values.every((value, index) => value === first + index);
}

/**
 * What is to be learnt from a column: classes if they are words or few whole numbers.
 *
 * @param {Table} table
 * @param {readonly number[]} targets columns
 * @returns {Kind}
 */
export function guessedKind(table, targets) {
  const [column] = targets;
  if (column === undefined || targets.length > 1) return "regression";
  if (!isNumeric(table, column)) return "classification";
  const values = cellsOf(table, column).map((cell) => numberOf(cell, table.delimiter)).filter((value) => value !== null);
  const different = new Set(values);
  const isFew = different.size <= MOST_NUMBERED_CLASSES && different.size * 2 <= values.length;
  return isFew && values.every(Number.isInteger) ? "classification" : "regression";
}

/** What a visitor most likely means. @param {Table} table @returns {Choice} */
export function guessedChoice(table) {
  const all = table.columns.map((_, column) => column);
  const words = all.filter((column) => !isNumeric(table, column));
  const named = all.filter((column) => TARGET_NAME.test(table.columns[column]));
  const target = named.at(-1) ?? (words.length === 1 ? words[0] : all.at(-1));
  const roles = all.map((column) => {
    if (column === target) return "target";
    const isOnlyCount = COUNTER_NAME.test(table.columns[column]) && isCounter(table, column);
    return words.includes(column) || isOnlyCount ? "unused" : "input";
  });
  return { roles, kind: guessedKind(table, target === undefined ? [] : [target]) };
}

/** @param {Choice} choice @param {Role} role */
export const columnsWith = ({ roles }, role) => roles.flatMap((each, column) => (each === role ? [column] : []));

/**
 * All that keeps a row from being used: a cell that is used and empty, or no number where one is needed; too few or too many cells.
 *
 * @param {Table} table
 * @param {Choice} choice
 * @returns {CellProblem[]} by rising row
 */
export function problemsOf(table, choice) {
  const { columns, delimiter, faults } = table;
  const needed = columnsWith(choice, "input").concat(columnsWith(choice, "target"));
  const isClass = (/** @type {number} */ column) => choice.kind === "classification" && choice.roles[column] === "target";
  return table.rows.flatMap(/** @returns {CellProblem[]} */ ({ number, cells }) => {
    if (faults.some((fault) => fault.row === number)) return [{ row: number, column: null, kind: "quotes", text: cells.join(delimiter) }];
    // Spreadsheets like to end rows with separators: cells that are not there and hold nothing are no mistake.
    const extra = cells.slice(columns.length).some((cell) => cell.trim() !== "");
    if (extra || cells.length < Math.max(0, ...needed.map((column) => column + 1))) {
      return [{ row: number, column: null, kind: extra ? "too-many" : "too-few", text: String(cells.length), expected: columns.length }];
    }
    return [...needed].sort((a, b) => a - b).flatMap(cellProblem);

    /** @param {number} column @returns {CellProblem[]} */
    function cellProblem(column) {
      const text = (cells[column] ?? "").trim();
      if (text === "") return [{ row: number, column, kind: "empty", text }];
      if (isClass(column) || numberOf(text, delimiter) !== null) return [];
      return [{ row: number, column, kind: "no-number", text }];
    }
  });
}

/** The rows without a problem. @param {Table} table @param {readonly CellProblem[]} problems @returns {Row[]} */
export function soundRows({ rows }, problems) {
  const wrong = new Set(problems.map(({ row }) => row));
  return rows.filter(({ number }) => !wrong.has(number));
}

/**
 * Class names in order: numbers by size, words by their letters; 1 and 1.0 are one class.
 *
 * @param {readonly string[]} cells
 * @param {string} delimiter
 * @returns {{ names: string[], labels: number[] }}
 */
export function classesOf(cells, delimiter) {
  const numbers = cells.map((cell) => numberOf(cell, delimiter));
  const areNumbers = numbers.every((value) => value !== null);
  const keys = areNumbers ? numbers.map(String) : cells;
  const names = [...new Set(keys)].sort(areNumbers ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
  const places = new Map(names.map((name, place) => [name, place]));
  return { names, labels: keys.map((key) => places.get(key) ?? 0) };
}

/** One output of 0 or 1 for two classes, else one output per class. @param {readonly number[]} labels @param {number} outputs */
export const targetsOf = (labels, outputs) => labels.map((label) => (outputs === 1 ? [label] : Array.from({ length: outputs }, (_, output) => Number(output === label))));

/** The classes that such outputs stand for. @param {readonly (readonly number[])[]} targets */
export const labelsOf = (targets) => targets.map((row) => (row.length === 1 ? row[0] : row.indexOf(1)));

/**
 * @param {Table} table
 * @param {Choice} choice
 * @param {readonly Row[]} rows sound ones
 * @returns {OwnExamples}
 */
export function examplesOf(table, choice, rows) {
  const inputs = columnsWith(choice, "input");
  const targets = columnsWith(choice, "target");
  const numbers = (/** @type {Row} */ { cells }, /** @type {number[]} */ columns) => columns.map((column) => numberOf(cells[column] ?? "", table.delimiter) ?? 0);
  const shared = { xs: rows.map((row) => numbers(row, inputs)), featureNames: inputs.map((column) => table.columns[column]) };
  if (choice.kind === "regression") return { ...shared, targets: rows.map((row) => numbers(row, targets)), labels: null, classNames: [] };
  const { names, labels } = classesOf(rows.map(({ cells }) => (cells[targets[0] ?? 0] ?? "").trim()), table.delimiter);
  return { ...shared, targets: targetsOf(labels, names.length <= 2 ? 1 : names.length), labels, classNames: names };
}
