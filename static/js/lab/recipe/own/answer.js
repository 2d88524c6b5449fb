/**
 * What POST /tables and POST /tables/examples answer, as far as the dialog shows it, and what it asks them. Pure.
 *
 * @import { Schemas } from "../../../record/types.js"
 *
 * @typedef {Schemas["TableExamples"]["task"]} Kind
 * @typedef {"input" | "target" | "unused"} Role
 * @typedef {"drop" | "mean"} Missing
 *
 * @typedef {Schemas["NoteDocument"]} Note
 * @typedef {Schemas["ColumnDocument"]} Column
 * @typedef {Schemas["TableDocument"]} Table
 * @typedef {Schemas["ChoiceDocument"]} WayToRead
 * @typedef {Schemas["TableExamples"]} OwnExamples
 *
 * @typedef {object} Reading how the file is to be read; what is not there is guessed
 * @property {string} [delimiter]
 * @property {string} [decimal]
 * @property {boolean} [header]
 * @property {number} [skip]
 * @property {string} [encoding]
 *
 * @typedef {object} Choice what is to be learnt from what
 * @property {Role[]} roles one per column
 * @property {Kind | null} kind null: as the target suggests
 * @property {Record<string, string>} codings of columns that are not coded as usual
 * @property {Missing} missing
 */

/** @type {readonly Role[]} */
export const ROLES = ["input", "target", "unused"];

/** @type {readonly Kind[]} */
export const KINDS = ["classification", "regression"];

/** @param {Table} table @param {Choice} choice @param {Role} role @returns {string[]} names */
export const columnsWith = ({ columns }, { roles }, role) =>
  columns.flatMap(({ name }, place) => (roles[place] === role ? [name] : []));

/** What the server guesses. @param {Table} table @returns {Choice} */
export function guessedChoice({ columns, guess: { targets, inputs } }) {
  const role = (/** @type {string} */ name) =>
    targets.includes(name) ? "target" : inputs.includes(name) ? "input" : "unused";
  return { roles: columns.map(({ name }) => role(name)), kind: null, codings: {}, missing: "drop" };
}

/**
 * A column in another role. A new target takes the place of the old one where that is of another kind of thing to
 * learn.
 *
 * @param {Choice} choice @param {number} place @param {Role} role @returns {Choice}
 */
export function withRole(choice, place, role) {
  const roles = choice.roles.map((each, at) => (at === place ? role : each));
  const isSame = roles.every((each, at) => (each === "target") === (choice.roles[at] === "target"));
  return { ...choice, roles, kind: isSame ? choice.kind : null };
}

/** @param {Reading} reading @param {string} language */
export function readingQuery({ delimiter, decimal, header, skip, encoding }, language) {
  const given = Object.entries({ delimiter, decimal, header, skip, encoding, language }).filter(
    ([, value]) => value !== undefined,
  );
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/**
 * The query of a choice. Of the inputs the shorter list is said: those wanted, or those of the guess that are not.
 *
 * @param {Table} table @param {Choice} choice
 */
export function choiceQuery(table, choice) {
  const inputs = columnsWith(table, choice, "input");
  const targets = columnsWith(table, choice, "target");
  const unused = table.guess.inputs.filter((name) => !inputs.includes(name) && !targets.includes(name));
  const isLess =
    inputs.length > 0 && inputs.every((name) => table.guess.inputs.includes(name)) && unused.length < inputs.length;
  const coded = Object.entries(choice.codings).filter(([name]) => inputs.includes(name));
  return new URLSearchParams([
    ...targets.map((name) => ["target", name]),
    ...(isLess ? unused.map((name) => ["unused", name]) : inputs.map((name) => ["inputs", name])),
    ...(choice.kind === null ? [] : [["task", choice.kind]]),
    ...coded.map(([name, way]) => ["coding", `${name}=${way}`]),
    ["missing", choice.missing],
  ]);
}

/**
 * Why a choice is not even asked for; null if it is.
 * @param {Table} table
 * @param {Choice} choice
 * @returns {string | null} key of a sentence
 */
export function lacks(table, choice) {
  if (table.rows === 0) return "lab.own.reason.rows";
  if (columnsWith(table, choice, "input").length === 0) return "lab.own.reason.inputs";
  return columnsWith(table, choice, "target").length === 0 ? "lab.own.reason.target" : null;
}
