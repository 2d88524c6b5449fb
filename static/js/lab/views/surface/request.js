/**
 * What is asked of /landscape, cut to what one request may carry and to what the server takes on.
 *
 * @import { LabClient } from "../../../api/lab-client.js"
 * @import { Examples, LabState } from "../../types.js"
 * @import { Network, Schemas } from "../../../record/types.js"
 * @import { History } from "../../state/epochs.js"
 */
import { ProblemError } from "../../../api/asking.js";
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
const LEAST_PATH = 12;
const LEAST_EXAMPLES = 2;
/** Of a float64 that is written with all its digits, and the comma after it. */
const BYTES = 25;
/** Values and bytes of a body that are no numbers of the lists: names, seeds, ends. */
const RESERVE = 1000;
const OVER_LIMIT = "/problems/limit-exceeded";

/**
 * How many numbers one body may have.
 * @param {Record<string, number>} limits of the catalogue
 */
const numbersIn = ({ request_numbers: numbers = Infinity, body_bytes: bytes = Infinity }) =>
  Math.min(numbers - RESERVE, Math.floor((bytes - RESERVE) / BYTES));

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
 * As many examples, and as many θ of the path, as one request may have.
 *
 * @typedef {{ network: Network, examples: Examples, loss: string, thetas: readonly number[][] }} Subject
 * @param {Subject} subject
 * @param {PlaneChoice} choice
 * @param {Record<string, number>} limits of the catalogue
 * @param {number} [share] the part of them that is wanted
 */
export function landscapeRequest(
  { network, examples, loss, thetas: recorded },
  { kind, pointers, seed, resolution },
  limits,
  share = 1,
) {
  const { xs, targets } = examples;
  const parameters = parameterCount(sizesOf({ network }));
  const width = (xs[0]?.length ?? 0) + (targets[0]?.length ?? 0);
  const points = resolution ** 2 + Math.min(MOST_PATH, recorded.length);
  const byWork = Math.floor((limits["surface_products"] ?? Infinity) / points / parameters);
  const numbers = numbersIn(limits) - parameters;
  const leastPath = Math.min(LEAST_PATH, recorded.length, Math.floor(numbers / 2 / parameters));
  const bySize = Math.floor((numbers - leastPath * parameters) / width);
  const count = Math.floor(share * Math.min(xs.length, byWork, bySize, limits["samples"] ?? Infinity));
  const rows = evenly(
    xs.map((_, index) => index),
    Math.max(count, LEAST_EXAMPLES),
  );
  const room = Math.floor((numbers - rows.length * width) / parameters);
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

/**
 * The landscape of as many examples as the server takes on: how long some networks take it knows alone.
 *
 * @param {Pick<LabClient, "landscape">} api
 * @param {Subject} subject
 * @param {PlaneChoice} choice
 * @param {Record<string, number>} limits of the catalogue
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ examples: number, landscape: Schemas["Landscape"] | null }>} null: there is no path to look at
 * @throws {ProblemError}
 */
export async function landscapeOf(api, subject, choice, limits, signal) {
  for (let share = 1; ; share /= 2) {
    const { body, examples, hasPath } = landscapeRequest(subject, choice, limits, share);
    if (choice.kind === "path" && !hasPath) return { examples, landscape: null };
    try {
      return { examples, landscape: await api.landscape(body, signal) };
    } catch (error) {
      const isTooMuch = error instanceof ProblemError && error.kind === OVER_LIMIT;
      if (!isTooMuch || examples <= LEAST_EXAMPLES) throw error;
    }
  }
}

/** What a landscape belongs to; another one means that the picture is out of date. @param {LabState} state */
export const subjectOf = ({ run, moment, preview }) =>
  `${run?.id ?? ""} ${moment?.epoch ?? ""} ${run ? "" : preview?.record.cost}`;
