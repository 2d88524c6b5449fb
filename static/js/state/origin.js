/**
 * Where in the Lab the request on the page came from, and what the server says stood there.
 *
 * What is shown is compared with the server's own numbers, not remembered: after an edit, an undo or a reload the
 * caption says what is true.
 *
 * @import { Catalog, Schemas, Text, TraceRequest } from "../record/types.js"
 * @import { RunPlace } from "./links/permalink.js"
 *
 * @typedef {"known" | "unknown" | "missing"} Knowledge whether the server has been asked and knows the run
 * @typedef {object} Origin
 * @property {RunPlace} place
 * @property {TraceRequest | null} request what stood there, if the server could say
 * @property {Units | null} units in which the network counts, if the server could say
 * @property {string | null} dataset name of the run's data set; null for the visitor's own data, or if unknown
 *
 * @typedef {Pick<Schemas["Units"], "standardised" | "target_shift" | "target_scale">} Units
 * @typedef {object} RunsApi
 * @property {(id: string) => Promise<Units>} runUnits
 * @property {(id: string, place: { epoch: number, index: number, heldOut: boolean }) => Promise<TraceRequest>}
 *   runExample
 * @property {() => Promise<{ runs: { id: string, request: { dataset?: { name: string } } }[] }>} runs
 */
import { ProblemError } from "../api/client.js";
import { entriesOf, fragmentOf } from "../kit/permalink/permalink.js";
import { RUN_FIELDS } from "./links/permalink.js";

const NOT_FOUND = 404;
const LAB = "./lab";

/** A run is written to the store while its page is being left; the Explorer may ask a moment too early. */
const SECOND_TRY_MS = 1200;

/**
 * @param {RunsApi} api @param {RunPlace} place
 * @returns {Promise<TraceRequest | null>} null: there is no such run, or not yet
 */
async function asked(api, { run, epoch, example, heldOut }) {
  try {
    return await api.runExample(run, { epoch, index: example ?? 0, heldOut });
  } catch (error) {
    if (error instanceof ProblemError && !error.offline) return null;
    throw error;
  }
}

/**
 * @param {RunsApi} api
 * @param {RunPlace} place
 * @returns {Promise<{ origin: Origin, missing: boolean }>} missing: the server keeps no such run any more
 */
export async function originOf(api, place) {
  /** @type {Origin} */
  const origin = { place, request: null, units: null, dataset: null };
  try {
    const { runs } = await api.runs();
    const run = runs.find(({ id }) => id === place.run);
    if (run === undefined) return { origin, missing: true };
    let request = await asked(api, place);
    if (request === null) {
      await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
      request = await asked(api, place);
    }
    const units = request && (await api.runUnits(place.run));
    return { origin: { ...origin, request, units, dataset: run.request.dataset?.name ?? null }, missing: false };
  } catch (error) {
    // The way back stays open while the server is away; only the caption says less.
    if (error instanceof ProblemError) return { origin, missing: error.status === NOT_FOUND };
    throw error;
  }
}

/** @param {readonly number[]} one @param {readonly number[]} other */
const sameNumbers = (one, other) =>
  one.length === other.length && one.every((value, index) => Object.is(value, other[index]) || value === other[index]);

/** @param {TraceRequest["network"]} one @param {TraceRequest["network"]} other */
const sameNetwork = (one, other) =>
  one.layers.length === other.layers.length &&
  one.layers.every((layer, index) => {
    const beside = other.layers[index];
    return (
      beside !== undefined &&
      layer.activation === beside.activation &&
      layer.slope === beside.slope &&
      sameNumbers(layer.b, beside.b) &&
      layer.w.length === beside.w.length &&
      layer.w.every((row, place) => sameNumbers(row, beside.w[place] ?? []))
    );
  });

/**
 * How what is on the page relates to its origin.
 *
 * @param {Origin} origin @param {TraceRequest} request
 * @returns {"example" | "network" | "other" | "unknown"} example: network and example are those; network: the input is
 *   another
 */
export function relation({ place, request: truth }, request) {
  if (truth === null) return "unknown";
  if (!sameNetwork(request.network, truth.network)) return "other";
  const isExample =
    place.example !== null && sameNumbers(request.x, truth.x) && sameNumbers(request.target, truth.target);
  return isExample ? "example" : "network";
}

/**
 * What of the network's numbers is standardised, as a word; null where nothing is, or nothing is known.
 * @param {Origin} origin
 * @returns {"both" | "inputs" | "targets" | null}
 */
export function unitsOf({ units }) {
  if (units === null) return null;
  const { inputs, targets } = units.standardised;
  return inputs && targets ? "both" : inputs ? "inputs" : targets ? "targets" : null;
}

/** The Lab at the place that something in the Explorer came from. @param {RunPlace} place */
export const labLink = (place) => `${LAB}#${fragmentOf(entriesOf(RUN_FIELDS, place))}`;

/** @param {Catalog | null} catalog @param {string | null} name @returns {Text | null} */
export function titleOf(catalog, name) {
  const datasets = /** @type {{ datasets?: { name: string, title: Text }[] } | null} */ (catalog)?.datasets ?? [];
  return datasets.find((entry) => entry.name === name)?.title ?? null;
}
