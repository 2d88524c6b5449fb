/**
 * What is asked of /landscape, cut to what one request may carry. Pure.
 *
 * @import { Examples, LabState } from "../../types.js"
 * @import { Network } from "../../../record/types.js"
 * @import { History } from "../../state/epochs.js"
 */
import { parameterCount, sizesOf } from "../../../record/request.js";
import { evenly } from "../charts/series.js";

/** @typedef {"pointers" | "path" | "random"} PlaneKind */
/**
 * @typedef {object} PlaneChoice
 * @property {PlaneKind} kind
 * @property {[string, string]} pointers
 * @property {number} seed
 * @property {number} resolution
 */

const MOST_PATH = 200;
/** Numbers in one body: about twenty bytes each, and a body may have four megabytes. */
const MOST_NUMBERS = 170_000;
const LEAST_PATH = 12;

/** θ of a network: of each layer w row by row, then b. @param {Network} network */
export const thetaOf = ({ layers }) => layers.flatMap(({ w, b }) => [...w.flat(), ...b]);

/** Every weight and bias of a layer by its address. @param {Network} network @param {number} layer */
export function pointersOf({ layers }, layer) {
  const { w = [], b = [] } = layers[layer] ?? {};
  return [
    ...w.flatMap((row, unit) => row.map((_, from) => `/layers/${layer}/w/${unit}/${from}`)),
    ...b.map((_, unit) => `/layers/${layer}/b/${unit}`),
  ];
}

/**
 * θ at the recorded epochs as far as the page has them; a run that was opened comes without, and the server has them.
 *
 * @param {History | null} history
 * @returns {number[][] | null} null: to be asked for
 */
export function pathOf(history) {
  const recorded = history?.recorded ?? [];
  const known = recorded.flatMap(({ theta }) => (theta ? [theta] : []));
  return known.length < recorded.length ? null : known;
}

/**
 * @param {{ network: Network, examples: Examples, loss: string, thetas: readonly number[][] }} subject
 * @param {PlaneChoice} choice
 * @param {Record<string, number>} limits of the catalogue
 */
export function landscapeRequest(
  { network, examples, loss, thetas: recorded },
  { kind, pointers, seed, resolution },
  limits,
) {
  const { xs, targets } = examples;
  const parameters = parameterCount(sizesOf({ network }));
  const width = (xs[0]?.length ?? 0) + (targets[0]?.length ?? 0);
  const leastPath = Math.min(LEAST_PATH, recorded.length);
  const points = resolution ** 2 + Math.min(MOST_PATH, recorded.length);
  const byWork = Math.floor((limits["surface_products"] ?? Infinity) / points / parameters);
  const bySize = Math.floor((MOST_NUMBERS - leastPath * parameters) / width);
  const count = Math.max(1, Math.min(xs.length, byWork, bySize));
  const rows = evenly(
    xs.map((_, index) => index),
    Math.max(count, 2),
  );
  const room = Math.floor((MOST_NUMBERS - rows.length * width) / parameters);
  const path = recorded.length > 1 && room > 1 ? evenly(recorded, Math.min(MOST_PATH, room)) : null;
  return {
    body: {
      network,
      xs: rows.map((row) => xs[row]),
      targets: rows.map((row) => targets[row]),
      loss,
      resolution,
      ...(path && { path }),
      ...(kind === "pointers" ? { pointers } : { directions: kind, ...(kind === "random" && { seed }) }),
    },
    examples: rows.length,
    hasPath: path !== null,
  };
}

/** What a landscape belongs to; another one means that the picture is out of date. @param {LabState} state */
export const subjectOf = ({ run, moment, preview }) =>
  `${run?.id ?? ""} ${moment?.epoch ?? ""} ${run ? "" : preview?.record.cost}`;
