/**
 * One's own examples to what a training request takes: judged against the limits, split. Pure.
 *
 * @import { Text } from "../../../record/types.js"
 * @import { Standardise, TrainingRequest } from "../../types.js"
 * @import { Choice, OwnExamples, Table } from "./answer.js"
 *
 * @typedef {Pick<TrainingRequest, "xs" | "targets" | "test_xs" | "test_targets" | "feature_names" | "class_names"> & {
 *   standardise?: Standardise }} OwnData
 *
 * @typedef {object} OwnSettings what the visitor has said about a table; a new object with every change
 * @property {string} name of the file; "" for pasted text
 * @property {Table} table
 * @property {Choice} choice
 * @property {OwnExamples | null} examples null while they are asked for, or if there are none
 * @property {Text | null} refusal why there are none
 * @property {boolean} takesFewer whether a fair part is taken where there are too many rows
 * @property {boolean} byPart whether the rows are split as a column of the file says
 * @property {number} share held out
 * @property {number} seed of that
 * @property {boolean} standardise
 *
 * @typedef {{ key: string, params?: Record<string, string | number> }} Reason
 * @typedef {object} Verdict
 * @property {number[]} places of the examples to be used
 * @property {number} most how many may be used
 * @property {boolean} isTooMany
 * @property {boolean} isReady
 * @property {Reason | null} reason why the examples cannot be used as they are, where the server does not say it
 */
import { labelsOf } from "../data/classes.js";
import { lacks } from "./answer.js";
import { fairOrder, split } from "../data/split.js";

/** Numbers of a request that are not examples: sizes, parameters and the like. */
const RESERVE = 1000;

/** The class of each example; null for regression. @param {Pick<OwnExamples, "class_names" | "targets">} examples */
const labelsIn = ({ class_names: classes, targets }) => (classes.length > 0 ? labelsOf(targets) : null);

/** @param {OwnSettings} settings @param {Record<string, number>} limits @returns {Verdict} */
export function judged({ table, choice, examples, refusal, takesFewer, seed }, limits) {
  const { samples = Infinity, request_numbers: numbers = Infinity } = limits;
  const lacking = lacks(table, choice);
  if (examples === null || refusal !== null || lacking !== null) {
    const reason = lacking === null ? (refusal === null ? { key: "lab.own.reading" } : null) : { key: lacking };
    return { places: [], most: 0, isTooMany: false, isReady: false, reason };
  }
  const { xs, targets } = examples;
  const width = (xs[0]?.length ?? 0) + (targets[0]?.length ?? 0);
  const most = Math.min(samples, Math.floor((numbers - RESERVE) / Math.max(1, width)));
  const isTooMany = xs.length > most;
  const all = xs.map((_, place) => place);
  const places = isTooMany
    ? fairOrder(xs.length, seed, labelsIn(examples))
        .slice(0, most)
        .sort((a, b) => a - b)
    : all;
  const isReady = !isTooMany || takesFewer;
  return {
    places,
    most,
    isTooMany,
    isReady,
    reason: isReady ? null : { key: "lab.own.reason.many-rows", params: { rows: xs.length, most } },
  };
}

/**
 * Which places are held out: those that the file says, or a share of each class.
 * @param {OwnSettings} settings
 * @param {OwnExamples} examples
 * @param {readonly number[]} places
 */
function parted({ byPart, share, seed }, examples, places) {
  const { parts } = examples;
  const isGiven = byPart && parts !== null && places.some((place) => parts[place] === "train");
  if (isGiven)
    return {
      train: places.filter((place) => parts[place] === "train"),
      heldOut: places.filter((place) => parts[place] === "test"),
    };
  const labels = labelsIn(examples);
  const { train, heldOut } = split(places.length, share, seed, labels && places.map((place) => Number(labels[place])));
  const at = (/** @type {number[]} */ chosen) => chosen.map((index) => Number(places[index]));
  return { train: at(train), heldOut: at(heldOut) };
}

/**
 * The examples as lists of numbers, split.
 * @param {OwnSettings} settings
 * @param {readonly number[]} places of a verdict that is ready
 * @returns {OwnData}
 */
export function ownData(settings, places) {
  const examples = /** @type {OwnExamples} */ (settings.examples);
  const { xs, targets, feature_names, class_names } = examples;
  const { train, heldOut } = parted(settings, examples, places);
  const at = (/** @type {number[][]} */ list, /** @type {number[]} */ chosen) =>
    chosen.map((place) => /** @type {number[]} */ (list[place]));
  return {
    xs: at(xs, train),
    targets: at(targets, train),
    ...(heldOut.length > 0 && { test_xs: at(xs, heldOut), test_targets: at(targets, heldOut) }),
    feature_names,
    ...(class_names.length > 0 && { class_names }),
    // Of classes the server leaves the targets alone.
    ...(settings.standardise && { standardise: { inputs: true, targets: true } }),
  };
}

/**
 * Lists of a link or of a run, of which the table they came from is not here, as they can be split anew.
 *
 * @typedef {{ xs: number[][], targets: number[][], isClasses: boolean, share: number, seed: number }} Pool
 */

/**
 * @param {Pick<TrainingRequest, "xs" | "targets" | "test_xs" | "test_targets" | "class_names">} lists
 * @returns {Pool}
 */
export function poolOf({ xs = [], targets = [], test_xs = [], test_targets = [], class_names = [] }) {
  const share = Math.round((100 * test_xs.length) / Math.max(1, xs.length + test_xs.length)) / 100;
  return {
    xs: [...xs, ...test_xs],
    targets: [...targets, ...test_targets],
    isClasses: class_names.length > 0,
    share,
    seed: 0,
  };
}

/** @param {Pool} pool */
export function splitAgain({ xs, targets, isClasses, share, seed }) {
  const labels = isClasses ? labelsOf(targets) : null;
  const { train, heldOut } = split(xs.length, share, seed, labels);
  const at = (/** @type {number[][]} */ list, /** @type {number[]} */ places) =>
    places.map((place) => /** @type {number[]} */ (list[place]));
  const isSplit = heldOut.length > 0;
  return {
    xs: at(xs, train),
    targets: at(targets, train),
    test_xs: isSplit ? at(xs, heldOut) : undefined,
    test_targets: isSplit ? at(targets, heldOut) : undefined,
  };
}
