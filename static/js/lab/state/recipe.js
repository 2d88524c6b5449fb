/**
 * What is trained, on what, and how: edits of a training request. Pure; every edit makes a new object, or gives the
 * same one if nothing changes.
 *
 * @import { ActivationEntry } from "../../record/types.js"
 * @import { DatasetChoice, TrainingRequest, Verdict } from "../types.js"
 */

import { parameterCount, sizesOf as sizesOfNetwork } from "../../record/request.js";

/** θs kept by the page, in bytes: a long run of a large network is recorded at every so many epochs only. */
const THETA_BYTES = 8_000_000;
const BYTES = 8;

/** The fields that stand for the visitor's own data in place of a data set. */
export const OWN_DATA = Object.freeze(
  /** @type {const} */ (["xs", "targets", "test_xs", "test_targets", "feature_names", "class_names", "standardise"]),
);
/** The fields that say how a network is drawn, in place of one in numbers. */
const DRAWN = Object.freeze(
  /** @type {const} */ (["sizes", "activation", "output_activation", "slope", "initializer"]),
);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Whether two values of JSON say the same, whatever the order of their names.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a).filter((name) => a[name] !== undefined);
  return (
    names.length === Object.keys(b).filter((name) => b[name] !== undefined).length &&
    names.every((name) => same(a[name], b[name]))
  );
}

/**
 * Fields set to undefined are left out.
 * @template {object} T
 * @param {T} value
 * @param {Partial<T>} patch
 * @returns {T}
 */
export function patched(value, patch) {
  const next = Object.fromEntries(Object.entries({ ...value, ...patch }).filter(([, each]) => each !== undefined));
  return same(value, next) ? value : /** @type {T} */ (next);
}

/** @template {string} N @param {readonly N[]} names @returns {{ [name in N]: undefined }} */
const without = (names) =>
  /** @type {{ [name in N]: undefined }} */ (Object.fromEntries(names.map((name) => [name, undefined])));

/** Units per layer, the inputs first. @param {TrainingRequest} request */
export const sizesOf = ({ sizes, network }) => sizes ?? (network ? sizesOfNetwork({ network }) : []);

/**
 * A network of other sizes is drawn anew.
 * @param {TrainingRequest} request
 * @param {number[]} sizes
 * @returns {TrainingRequest}
 */
export function withSizes(request, sizes) {
  const { layers = [] } = request.network ?? {};
  const activation = request.activation ?? (layers.length > 1 ? layers[0]?.activation : undefined) ?? "tanh";
  const output = request.output_activation ?? layers.at(-1)?.activation ?? "linear";
  return patched(request, { network: undefined, sizes, activation, output_activation: output });
}

/**
 * A slope is left out once no activation has one.
 * @param {TrainingRequest} request
 * @param {ActivationEntry[]} activations of the catalogue
 * @returns {TrainingRequest}
 */
export function withSlopeInUse(request, activations) {
  if (request.slope === undefined) return request;
  const chosen = activations.filter(({ name }) => name === request.activation || name === request.output_activation);
  return chosen.some(({ parameters }) => parameters?.slope !== undefined)
    ? request
    : patched(request, { slope: undefined });
}

/** @param {TrainingRequest} request @param {Partial<DatasetChoice>} patch @returns {TrainingRequest} */
export function withDataset(request, patch) {
  const before = request.dataset;
  const name = patch.name ?? before?.name;
  if (name === undefined) return request;
  // Another set has other parameters; what is held out stays.
  const kept = before === undefined || name === before.name ? before : { test_fraction: before.test_fraction };
  const dataset = patched(/** @type {DatasetChoice} */ ({ ...kept, name }), patch);
  return patched(request, { ...without(OWN_DATA), dataset });
}

/**
 * @param {TrainingRequest} request
 * @param {Partial<TrainingRequest>} data
 * @param {Partial<TrainingRequest>} [patch]
 * @returns {TrainingRequest}
 */
export const withOwnData = (request, data, patch = {}) =>
  patched(request, { ...without(OWN_DATA), dataset: undefined, ...data, ...patch });

/**
 * Some fields set otherwise. What excludes another way to say the same thing takes its place.
 *
 * @param {TrainingRequest} request @param {Partial<TrainingRequest>} patch @returns {TrainingRequest}
 */
export function withFields(request, patch) {
  const { layers } = request.network ?? {};
  const draws = DRAWN.some((name) => patch[name] !== undefined);
  const base = draws && layers ? withSizes(request, patch.sizes ?? sizesOf(request)) : request;
  const whole = {
    ...(patch.network && without(DRAWN)),
    ...(patch.dataset && without(OWN_DATA)),
    ...(patch.xs && { dataset: undefined }),
    ...patch,
  };
  return patched(base, whole);
}

/**
 * The fields of a patch, whole or, of a data set, put into what it has: RFC 7396.
 * @param {TrainingRequest} request
 * @param {Verdict["remedy"]} patch
 * @returns {Partial<TrainingRequest>}
 */
export const merged = (request, { dataset, ...patch }) => ({
  ...patch,
  ...(dataset && request.dataset && { dataset: { ...request.dataset, ...dataset } }),
});

/** @param {TrainingRequest} a @param {TrainingRequest} b whether they differ in the number of epochs at most */
export const sameButEpochs = (a, b) => same({ ...a, epochs: 0 }, { ...b, epochs: 0 });

/**
 * How often a network is recorded, so that the page can hold them all.
 * @param {readonly number[]} sizes
 * @param {number} epochs
 */
export function recordEvery(sizes, epochs) {
  const most = Math.max(2, Math.floor(THETA_BYTES / BYTES / Math.max(1, parameterCount(sizes))));
  return Math.max(1, Math.ceil((epochs + 1) / most));
}

/**
 * What is sent to have a run trained and kept.
 * @param {TrainingRequest} request
 * @returns {TrainingRequest & { keep: true }}
 */
export const trainingBody = (request) => ({
  ...request,
  record_every: recordEvery(sizesOf(request), request.epochs),
  keep: true,
});

/**
 * What the visitor had set, of a request that the server was sent.
 * @param {TrainingRequest & { keep?: boolean }} body
 * @returns {TrainingRequest}
 */
export function recipeOf({ keep: _keep, record_every: _every, ...request }) {
  return request;
}
