/**
 * A recipe as a link, `#v=1&data=circles&sizes=2-4-2-1&…`, and back: all that makes a training repeatable, to be read
 * and written by hand. One table says what is in it and how. What comes from a link is not trusted: what cannot be used
 * is named, and whether the rest fits together is for the server to say.
 *
 * @import { Network } from "../../record/types.js"
 * @import { ExampleChoice, LabCatalog, TrainingRequest, ViewName } from "../types.js"
 *
 * @typedef {object} Place what of the training is looked at
 * @property {number | null} epoch
 * @property {ExampleChoice} example
 * @property {ViewName | null} view
 *
 * @typedef {object} LinkedRecipe
 * @property {TrainingRequest | null} request null if the link has no usable recipe
 * @property {TrainingRequest | null} twinRequest
 * @property {string[]} dropped names of what could not be used
 *
 * @typedef {Record<string, any>} Draft a recipe by the names of the link
 * @typedef {{ of: (request: TrainingRequest) => string | null, read: (text: string, catalog: LabCatalog) => unknown }}
 *   Field
 */
import { pack, unpack } from "../../state/permalink.js";
import { standardiseChoice, standardised } from "../units.js";
import { differences } from "./difference.js";
import { OWN_DATA, withFields } from "./recipe.js";

export const VERSION = "1";
const TWIN = "twin.";
const NAME_SHOWN = 24;

/** @type {readonly ViewName[]} */
export const VIEWS = ["curves", "fit", "features", "gradient-flow", "surface", "loop-or-matrix", "draw", "export"];

class Unusable extends Error {}

/** @param {string} text */
function number(text) {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Unusable(text);
  return value;
}

/** @param {string} text */
function whole(text) {
  if (!/^\d{1,15}$/.test(text)) throw new Unusable(text);
  return Number(text);
}

/** @param {string} text */
function yesOrNo(text) {
  if (text !== "0" && text !== "1") throw new Unusable(text);
  return text === "1";
}

/**
 * @param {"activations" | "losses" | "initializers" | "optimizers" | "schedules" | "datasets" | "reductions"} list
 * @returns {Field["read"]}
 */
const nameIn = (list) => (text, catalog) => {
  if (!catalog[list].some(({ name }) => name === text)) throw new Unusable(text);
  return text;
};

/** @param {unknown} value @param {(each: unknown) => boolean} isFine */
const isList = (value, isFine) => Array.isArray(value) && value.every(isFine);
/** @param {unknown} value */
const isRow = (value) => isList(value, Number.isFinite);
/** @param {unknown} value */
const isRows = (value) => isList(value, isRow);
/** @param {unknown} value */
const isName = (value) => typeof value === "string";

/** @param {unknown} value */
const isStandardise = (value) =>
  typeof value === "boolean" ||
  (typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(([name, on]) => ["inputs", "targets"].includes(name) && typeof on === "boolean"));

/** @param {string} text @returns {Partial<TrainingRequest>} */
function ownData(text) {
  /** @type {Record<string, unknown>} */
  const found = JSON.parse(text);
  const isFine =
    isRows(found.xs) &&
    isRows(found.targets) &&
    [found.test_xs, found.test_targets].every((each) => each === undefined || isRows(each)) &&
    [found.feature_names, found.class_names].every((each) => each === undefined || isList(each, isName)) &&
    (found.standardise === undefined || isStandardise(found.standardise));
  if (!isFine) throw new Unusable("own");
  return Object.fromEntries(OWN_DATA.filter((name) => found[name] !== undefined).map((name) => [name, found[name]]));
}

/** @param {string} text @returns {Network} */
function network(text) {
  const layers = /** @type {unknown} */ (JSON.parse(text));
  const isFine = isList(
    layers,
    (/** @type {any} */ layer) => isRows(layer?.w) && isRow(layer?.b) && isName(layer?.activation),
  );
  if (!isFine) throw new Unusable("network");
  return { layers: /** @type {Network["layers"]} */ (layers) };
}

/** @param {TrainingRequest} request */
function ownOf(request) {
  if (request.xs === undefined) return null;
  return JSON.stringify(
    Object.fromEntries(OWN_DATA.filter((name) => request[name] !== undefined).map((name) => [name, request[name]])),
  );
}

/** @param {number | undefined | null} value */
const text = (value) => (value === undefined || value === null ? null : String(value));
/** @param {boolean | undefined} value */
const bit = (value) => (value === undefined ? null : value ? "1" : "0");

/**
 * @type {Readonly<Record<string, Field>>} the table; parameters of optimizer and schedule follow under `opt.` and
 *   `schedule.`
 */
const FIELDS = Object.freeze({
  data: { of: ({ dataset }) => dataset?.name ?? null, read: nameIn("datasets") },
  n: { of: ({ dataset }) => text(dataset?.n), read: whole },
  noise: { of: ({ dataset }) => text(dataset?.noise), read: number },
  data_seed: { of: ({ dataset }) => text(dataset?.seed), read: whole },
  test: { of: ({ dataset }) => text(dataset?.test_fraction), read: number },
  standardise: { of: ({ dataset }) => bit(standardised(dataset?.standardise).inputs ?? undefined), read: yesOrNo },
  standardise_targets: {
    of: ({ dataset }) => (standardised(dataset?.standardise).targets ? "1" : null),
    read: yesOrNo,
  },
  own: { of: ownOf, read: ownData },
  sizes: { of: ({ sizes }) => sizes?.join("-") ?? null, read: (given) => given.split("-").map(whole) },
  hidden: { of: ({ activation }) => activation ?? null, read: nameIn("activations") },
  output: { of: ({ output_activation: output }) => output ?? null, read: nameIn("activations") },
  slope: { of: ({ slope }) => text(slope), read: number },
  init: { of: ({ initializer }) => initializer ?? null, read: nameIn("initializers") },
  network: { of: (request) => (request.network ? JSON.stringify(request.network.layers) : null), read: network },
  loss: { of: ({ loss }) => loss, read: nameIn("losses") },
  opt: { of: ({ optimizer }) => optimizer.name, read: nameIn("optimizers") },
  rate: { of: ({ optimizer }) => String(optimizer.learning_rate), read: number },
  schedule: { of: ({ schedule }) => schedule?.name ?? null, read: nameIn("schedules") },
  batch: {
    of: ({ batch_size }) => text(batch_size) ?? "all",
    read: (given) => (given === "all" ? null : whole(given)),
  },
  reduction: { of: ({ reduction }) => reduction ?? null, read: nameIn("reductions") },
  epochs: { of: ({ epochs }) => String(epochs), read: whole },
  seed: { of: ({ seed }) => String(seed), read: whole },
  l1: { of: ({ l1 }) => text(l1), read: number },
  l2: { of: ({ l2 }) => text(l2), read: number },
});

/** @param {TrainingRequest} request @returns {[string, string][]} */
function entriesOf(request) {
  /** @type {[string, string][]} */
  const entries = [];
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = field.of(request);
    if (value !== null) entries.push([name, value]);
  }
  for (const [choice, { name: _name, learning_rate: _rate, ...parameters }] of /** @type {const} */ ([
    ["opt", request.optimizer],
    ["schedule", { ...request.schedule }],
  ])) {
    for (const [name, value] of Object.entries(parameters)) entries.push([`${choice}.${name}`, String(value)]);
  }
  return entries;
}

/** @param {string} name @param {string} value @param {LabCatalog} catalog */
function readField(name, value, catalog) {
  if (Object.hasOwn(FIELDS, name)) return /** @type {Field} */ (FIELDS[name]).read(value, catalog);
  if (/^(opt|schedule)\.[a-z_]\w{0,30}$/.test(name)) return number(value);
  throw new Unusable(name);
}

/** @param {Draft} draft @param {"opt" | "schedule"} choice */
const parametersOf = (draft, choice) =>
  Object.fromEntries(
    Object.entries(draft)
      .filter(([name]) => name.startsWith(`${choice}.`))
      .map(([name, value]) => [name.slice(choice.length + 1), value]),
  );

/** @param {Draft} draft @returns {Partial<TrainingRequest>} */
function fieldsFrom(draft) {
  const { data, n, noise, data_seed: seed, test: test_fraction, own, opt, rate, schedule } = draft;
  const given = {
    dataset: data && {
      name: data,
      n,
      noise,
      seed,
      test_fraction,
      standardise: standardiseChoice(draft.standardise, draft.standardise_targets ?? false),
    },
    ...own,
    sizes: draft.sizes,
    activation: draft.hidden,
    output_activation: draft.output,
    slope: draft.slope,
    initializer: draft.init,
    network: draft.network,
    loss: draft.loss,
    optimizer: opt && {
      name: opt,
      learning_rate: rate ?? DEFAULTS.optimizer.learning_rate,
      ...parametersOf(draft, "opt"),
    },
    schedule: schedule && { name: schedule, ...parametersOf(draft, "schedule") },
    batch_size: draft.batch,
    reduction: draft.reduction,
    epochs: draft.epochs,
    seed: draft.seed,
    l1: draft.l1,
    l2: draft.l2,
  };
  return /** @type {Partial<TrainingRequest>} */ (JSON.parse(JSON.stringify(given)));
}

/** What a link need not say. */
const DEFAULTS = Object.freeze({
  loss: "half_squared_error",
  optimizer: { name: "gradient_descent", learning_rate: 0.1 },
  batch_size: null,
  epochs: 100,
  seed: 0,
});
const DRAWN = Object.freeze({ activation: "tanh", output_activation: "sigmoid", initializer: "xavier_uniform" });

/**
 * @param {Draft} draft
 * @returns {TrainingRequest | null}
 */
function requestFrom(draft) {
  const hasNetwork = draft.network !== undefined || draft.sizes !== undefined;
  const hasData = draft.own !== undefined || draft.data !== undefined;
  if (!hasNetwork || !hasData) return null;
  // Of two ways to say the same the more exact one counts.
  const { sizes, data, ...rest } = draft;
  const whole = { ...rest, ...(draft.network === undefined && { sizes }), ...(draft.own === undefined && { data }) };
  return { ...DEFAULTS, ...(draft.network === undefined && DRAWN), ...fieldsFrom(whole) };
}

/**
 * The fragment of a recipe, without the #.
 *
 * @param {TrainingRequest} request @param {TrainingRequest | null} twinRequest @param {Place} place
 */
export async function saveRecipe(request, twinRequest, place) {
  const own = entriesOf(request);
  const isOwn = new Map(own);
  const twin =
    twinRequest === null || differences(request, twinRequest).length === 0
      ? []
      : entriesOf(twinRequest).filter(([name, value]) => isOwn.get(name) !== value);
  const parts = [`v=${VERSION}`];
  for (const [name, value] of [...own, ...twin.map(([name, value]) => [`${TWIN}${name}`, value])])
    parts.push(`${name}=${await pack(/** @type {string} */ (value))}`);
  return [...parts, ...placeParts(place)].join("&");
}

/** @param {Place} place */
export function placeParts({ epoch, example, view }) {
  return [
    epoch !== null && `epoch=${epoch}`,
    example.index > 0 && `example=${example.index}`,
    example.heldOut && "held_out=1",
    view !== null && `view=${view}`,
  ].filter((part) => part !== false);
}

/**
 * The names and values of a fragment, each still as it stands there.
 * @param {string} fragment without the #
 * @returns {Map<string, string>}
 */
export function partsOf(fragment) {
  const parts = fragment.split("&").filter((part) => part.includes("="));
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
}

/** @param {ReadonlyMap<string, string>} parts @returns {{ place: Place, dropped: string[] }} */
export function placeFrom(parts) {
  /** @type {string[]} */
  const dropped = [];
  /** @template T @param {string} name @param {(text: string) => T} read @param {T} otherwise */
  const take = (name, read, otherwise) => {
    const given = parts.get(name);
    try {
      return given === undefined ? otherwise : read(given);
    } catch {
      dropped.push(name);
      return otherwise;
    }
  };
  /** @param {string} given */
  const viewOf = (given) => {
    const view = VIEWS.find((each) => each === given);
    if (view === undefined) throw new Unusable(given);
    return view;
  };
  const epoch = take("epoch", whole, /** @type {number | null} */ (null));
  const example = { heldOut: take("held_out", yesOrNo, false), index: take("example", whole, 0) };
  return { place: { epoch, example, view: take("view", viewOf, /** @type {ViewName | null} */ (null)) }, dropped };
}

/** Names that say where to look, not what to train. */
const PLACE_NAMES = ["v", "run", "twin", "setup", "epoch", "example", "held_out", "view"];

/**
 * @param {ReadonlyMap<string, string>} parts @param {LabCatalog} catalog
 * @returns {Promise<LinkedRecipe>}
 */
export async function recipeFrom(parts, catalog) {
  /** @type {Draft} */
  const draft = {};
  /** @type {Draft} */
  const twin = {};
  /** @type {string[]} */
  const dropped = [];
  for (const [name, packed] of parts) {
    if (PLACE_NAMES.includes(name)) continue;
    const isTwin = name.startsWith(TWIN);
    const field = isTwin ? name.slice(TWIN.length) : name;
    try {
      (isTwin ? twin : draft)[field] = readField(field, await unpack(packed), catalog);
    } catch {
      dropped.push(name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name);
    }
  }
  const request = requestFrom(draft);
  if (request === null || Object.keys(twin).length === 0) return { request, twinRequest: null, dropped };
  const whole = requestFrom({ ...draft, ...(twin.network && { sizes: undefined }), ...twin });
  return { request, twinRequest: whole && withFields(request, whole), dropped };
}
