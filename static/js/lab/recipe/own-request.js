/**
 * One's own table to what a training request takes: judged against the limits, sound rows, split. Pure.
 *
 * @import { Standardise, TrainingRequest } from "../types.js"
 * @import { Table, Row } from "./csv.js"
 * @import { CellProblem, Choice } from "./table.js"
 *
 * @typedef {Pick<TrainingRequest, "xs" | "targets" | "test_xs" | "test_targets" | "feature_names" | "class_names"> & { standardise?: Standardise }} OwnData
 *
 * @typedef {object} OwnSettings what the visitor has said about a table; a new object with every change
 * @property {string} name of the file; "" for pasted text
 * @property {Table} table
 * @property {Choice} choice
 * @property {boolean} leavesOut whether rows with a problem are left out
 * @property {boolean} takesFewer whether a fair part is taken where there are too many rows
 * @property {number} share held out
 * @property {number} seed of that
 * @property {boolean} standardise
 *
 * @typedef {{ key: string, params?: Record<string, string | number> }} Reason
 * @typedef {object} Verdict
 * @property {CellProblem[]} problems
 * @property {number} wrongRows how many rows have one
 * @property {Row[]} rows those to be used
 * @property {number} most how many rows may be used
 * @property {boolean} isTooMany
 * @property {Reason | null} reason why the table cannot be used as it is
 */
import { classesOf, columnsWith, examplesOf, labelsOf, problemsOf, soundRows } from "./table.js";
import { fairOrder, split } from "./split.js";

/** Numbers of a request that are not examples: sizes, parameters and the like. */
const RESERVE = 1000;

/** Characters of a name of an input or a class. */
const LONGEST_NAME = 100;

/** @param {OwnSettings} settings @param {readonly Row[]} rows */
const classesIn = ({ table, choice }, rows) => {
  const [target = 0] = columnsWith(choice, "target");
  return classesOf(rows.map(({ cells }) => (cells[target] ?? "").trim()), table.delimiter);
};

/** @param {OwnSettings} settings @param {Record<string, number>} limits @returns {Verdict} */
export function judged(settings, limits) {
  const { table, choice, leavesOut, takesFewer } = settings;
  const inputs = columnsWith(choice, "input").length;
  const targets = columnsWith(choice, "target").length;
  const isClasses = choice.kind === "classification";
  const problems = problemsOf(table, choice);
  const sound = soundRows(table, problems);
  const classes = isClasses && targets === 1 ? classesIn(settings, sound) : null;
  const outputs = classes === null ? targets : classes.names.length <= 2 ? 1 : classes.names.length;
  const { samples = Infinity, request_numbers: numbers = Infinity, units = Infinity } = limits;
  const most = Math.min(samples, Math.floor((numbers - RESERVE) / Math.max(1, inputs + outputs)));
  const isTooMany = sound.length > most;
  const rows = isTooMany ? fairOrder(sound.length, settings.seed, classes?.labels ?? null).slice(0, most).sort((a, b) => a - b).map((place) => /** @type {Row} */ (sound[place])) : sound;

  /** @returns {Reason | null} */
  const reason = () => {
    if (table.rows.length === 0) return { key: "lab.own.reason.rows" };
    if (inputs === 0) return { key: "lab.own.reason.inputs" };
    if (targets === 0) return { key: "lab.own.reason.target" };
    if (inputs > units) return { key: "lab.own.reason.many-inputs", params: { inputs, most: units } };
    if (isClasses && targets > 1) return { key: "lab.own.reason.targets" };
    if (problems.length > 0 && !leavesOut) return { key: "lab.own.reason.problems" };
    if (sound.length < 2) return { key: "lab.own.reason.few" };
    if (classes !== null && classes.names.length < 2) return { key: "lab.own.reason.classes" };
    if (classes !== null && classes.names.length > units) return { key: "lab.own.reason.many-classes", params: { classes: classes.names.length, most: units } };
    if (isTooMany && !takesFewer) return { key: "lab.own.reason.many-rows", params: { rows: sound.length, most } };
    return null;
  };
  return { problems, wrongRows: new Set(problems.map(({ row }) => row)).size, rows, most, isTooMany, reason: reason() };
}

/** How many rows each class has. @param {OwnSettings} settings @param {readonly Row[]} rows @returns {{ name: string, count: number }[]} */
export function classCounts(settings, rows) {
  const { names, labels } = classesIn(settings, rows);
  const counts = names.map(() => 0);
  for (const label of labels) counts[label] += 1;
  return names.map((name, place) => ({ name, count: counts[place] }));
}

/** A name as long as the server takes it. @param {string} name */
function clipped(name) {
  const characters = [...name];
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}

/** The rows as lists of numbers, split. @param {OwnSettings} settings @param {readonly Row[]} rows of a verdict without a reason against it @returns {OwnData} */
export function ownData(settings, rows) {
  const { xs, targets, labels, featureNames, classNames } = examplesOf(settings.table, settings.choice, rows);
  const { train, heldOut } = split(xs.length, settings.share, settings.seed, labels);
  const at = (/** @type {number[][]} */ list, /** @type {number[]} */ places) => places.map((place) => /** @type {number[]} */ (list[place]));
  return {
    xs: at(xs, train),
    targets: at(targets, train),
    ...(heldOut.length > 0 && { test_xs: at(xs, heldOut), test_targets: at(targets, heldOut) }),
    feature_names: featureNames.map(clipped),
    ...(classNames.length > 0 && { class_names: classNames.map(clipped) }),
    // Of classes the server leaves the targets alone.
    ...(settings.standardise && { standardise: { inputs: true, targets: true } }),
  };
}

/**
 * Lists of a link or of a run, of which the table they came from is not here, as they can be split anew.
 *
 * @typedef {{ xs: number[][], targets: number[][], isClasses: boolean, share: number, seed: number }} Pool
 */

/** @param {Pick<TrainingRequest, "xs" | "targets" | "test_xs" | "test_targets" | "class_names">} lists @returns {Pool} */
export function poolOf({ xs = [], targets = [], test_xs = [], test_targets = [], class_names = [] }) {
  const share = Math.round((100 * test_xs.length) / Math.max(1, xs.length + test_xs.length)) / 100;
  return { xs: [...xs, ...test_xs], targets: [...targets, ...test_targets], isClasses: class_names.length > 0, share, seed: 0 };
}

/** @param {Pool} pool */
export function splitAgain({ xs, targets, isClasses, share, seed }) {
  const labels = isClasses ? labelsOf(targets) : null;
  const { train, heldOut } = split(xs.length, share, seed, labels);
  const at = (/** @type {number[][]} */ list, /** @type {number[]} */ places) => places.map((place) => /** @type {number[]} */ (list[place]));
  const isSplit = heldOut.length > 0;
  return { xs: at(xs, train), targets: at(targets, train), test_xs: isSplit ? at(xs, heldOut) : undefined, test_targets: isSplit ? at(targets, heldOut) : undefined };
}
