/**
 * A recipe as a link, `#v=1&data=circles&sizes=2-4-2-1&…`, and back: all that makes a training repeatable, to be read
 * and written by hand, in the grammar of all links. One table says what is in it, another what of it is looked at.
 * Whether it all fits together is for the server to say.
 *
 * @import { Kind } from "../../kit/permalink/kinds.js"
 * @import { Entry, Field } from "../../kit/permalink/permalink.js"
 * @import { ExampleChoice, LabCatalog, TrainingRequest, ViewName } from "../types.js"
 *
 * @typedef {object} Look what of the training is looked at
 * @property {number | null} epoch
 * @property {ExampleChoice} example
 * @property {ViewName | null} view
 *
 * @typedef {object} LinkedLab
 * @property {boolean} isLink whether it is a link at all; else it may be a place on the page
 * @property {string} [version]
 * @property {string} [run] id of one that the server keeps
 * @property {string} [twin] id of the run laid over it
 * @property {string} [setup] name of a ready-made start
 * @property {Look} look
 * @property {TrainingRequest | null} request null if the link has no usable recipe
 * @property {TrainingRequest | null} twinRequest
 * @property {string[]} dropped names of what could not be used
 *
 * @typedef {Record<string, any>} Draft a recipe by the names of the link
 */
import { ID, NUMBER, SIZES, TEXT, Unusable, WHOLE, YES_OR_NO, json, oneOf } from "../../kit/permalink/kinds.js";
import {
  VERSIONED,
  entriesOf,
  fragmentOf,
  kindsOf,
  packedFragmentOf,
  partsOf,
  readParts,
} from "../../kit/permalink/permalink.js";
import { standardiseChoice, standardised } from "../units.js";
import { differences } from "./difference.js";
import { OWN_DATA, withFields } from "./recipe.js";

const TWIN = "twin.";

/** @type {readonly ViewName[]} */
export const VIEWS = ["curves", "fit", "features", "gradient-flow", "surface", "loop-or-matrix", "draw", "export"];

/**
 * What the catalogue has an entry for.
 * @param {"activations" | "losses" | "initializers" | "optimizers" | "schedules" | "datasets" | "reductions"} list
 * @returns {Kind}
 */
const nameIn = (list) => ({
  write: String,
  read: (text, /** @type {LabCatalog} */ catalog) => oneOf(catalog[list].map(({ name }) => name)).read(text, catalog),
});

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

/** The fields of one's own data that there are. @param {Record<string, unknown>} found */
const ownIn = (found) =>
  Object.fromEntries(OWN_DATA.filter((name) => found[name] !== undefined).map((name) => [name, found[name]]));

const OWN = json(
  (found) =>
    isRows(found.xs) &&
    isRows(found.targets) &&
    [found.test_xs, found.test_targets].every((each) => each === undefined || isRows(each)) &&
    [found.feature_names, found.class_names].every((each) => each === undefined || isList(each, isName)) &&
    (found.standardise === undefined || isStandardise(found.standardise)),
);

const LAYERS = json((layers) =>
  isList(layers, (/** @type {any} */ layer) => isRows(layer?.w) && isRow(layer?.b) && isName(layer?.activation)),
);

/** A batch size; null is the whole training part. @type {Kind} */
const BATCH = {
  write: (size) => (size === null ? "all" : String(size)),
  read: (text, context) => (text === "all" ? null : WHOLE.read(text, context)),
};

/**
 * @type {Readonly<Record<string, Field>>} the recipe; parameters of optimizer and schedule follow under `opt.` and
 *   `schedule.`
 */
const RECIPE = Object.freeze({
  data: { kind: nameIn("datasets"), of: ({ dataset }) => dataset?.name },
  n: { kind: WHOLE, of: ({ dataset }) => dataset?.n },
  noise: { kind: NUMBER, of: ({ dataset }) => dataset?.noise },
  data_seed: { kind: WHOLE, of: ({ dataset }) => dataset?.seed },
  test: { kind: NUMBER, of: ({ dataset }) => dataset?.test_fraction },
  standardise: { kind: YES_OR_NO, of: ({ dataset }) => standardised(dataset?.standardise).inputs },
  standardise_targets: { kind: YES_OR_NO, of: ({ dataset }) => standardised(dataset?.standardise).targets || null },
  own: { kind: OWN, of: (request) => (request.xs === undefined ? null : ownIn(request)) },
  sizes: { kind: SIZES, of: ({ sizes }) => sizes },
  hidden: { kind: nameIn("activations"), of: ({ activation }) => activation },
  output: { kind: nameIn("activations"), of: ({ output_activation: output }) => output },
  slope: { kind: NUMBER, of: ({ slope }) => slope },
  init: { kind: nameIn("initializers"), of: ({ initializer }) => initializer },
  network: { kind: LAYERS, of: ({ network }) => network?.layers },
  loss: { kind: nameIn("losses"), of: ({ loss }) => loss },
  opt: { kind: nameIn("optimizers"), of: ({ optimizer }) => optimizer.name },
  rate: { kind: NUMBER, of: ({ optimizer }) => optimizer.learning_rate },
  schedule: { kind: nameIn("schedules"), of: ({ schedule }) => schedule?.name },
  batch: { kind: BATCH, of: ({ batch_size: size }) => size ?? "all" },
  reduction: { kind: nameIn("reductions"), of: ({ reduction }) => reduction },
  epochs: { kind: WHOLE, of: ({ epochs }) => epochs },
  seed: { kind: WHOLE, of: ({ seed }) => seed },
  l1: { kind: NUMBER, of: ({ l1 }) => l1 },
  l2: { kind: NUMBER, of: ({ l2 }) => l2 },
});

/** @type {Readonly<Record<string, Field>>} where to look, whether at a run that is kept or at a recipe that is trained */
const LOOK = Object.freeze({
  epoch: { kind: WHOLE, of: ({ epoch }) => epoch },
  example: { kind: WHOLE, of: ({ example }) => example.index || null },
  held_out: { kind: YES_OR_NO, of: ({ example }) => example.heldOut || null },
  view: { kind: oneOf(VIEWS), of: ({ view }) => view },
});

/** What the link names instead of saying it. @type {Readonly<Record<string, Kind>>} */
const NAMED = Object.freeze({ run: ID, twin: ID, setup: TEXT });

/** @param {string} name @returns {Kind | undefined} */
function kindOf(name) {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const field = name.startsWith(TWIN) ? name.slice(TWIN.length) : name;
  if (/^(opt|schedule)\.[a-z_]\w{0,30}$/.test(field)) return NUMBER;
  return kindsOf(RECIPE)(field) ?? kindsOf(LOOK)(name);
}

/** @param {TrainingRequest} request */
function recipeEntries(request) {
  const entries = entriesOf(RECIPE, request);
  for (const [choice, { name: _name, learning_rate: _rate, ...parameters }] of /** @type {const} */ ([
    ["opt", request.optimizer],
    ["schedule", { ...request.schedule }],
  ])) {
    for (const [name, value] of Object.entries(parameters)) entries.push([`${choice}.${name}`, NUMBER.write(value)]);
  }
  return entries;
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
    ...(own && ownIn(own)),
    sizes: draft.sizes,
    activation: draft.hidden,
    output_activation: draft.output,
    slope: draft.slope,
    initializer: draft.init,
    network: draft.network && { layers: draft.network },
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
 * @param {TrainingRequest} request @param {TrainingRequest | null} twinRequest @param {Look} look
 */
export function saveRecipe(request, twinRequest, look) {
  const own = recipeEntries(request);
  const isOwn = new Map(own);
  const twin =
    twinRequest === null || differences(request, twinRequest).length === 0
      ? []
      : recipeEntries(twinRequest).filter(([name, text]) => isOwn.get(name) !== text);
  const beside = twin.map(([name, text]) => /** @type {Entry} */ ([`${TWIN}${name}`, text]));
  return packedFragmentOf([VERSIONED, ...own, ...beside, ...entriesOf(LOOK, look)]);
}

/** @param {Record<string, string | undefined>} named @returns {Entry[]} */
const said = (named) => Object.entries(named).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]));

/**
 * The fragment of what the server has by name, without the #.
 *
 * @param {{ run?: string, setup?: string, twin?: string }} named @param {Look} look
 */
export const saveNamed = ({ run, setup, twin }, look) =>
  fragmentOf([...said({ run, setup }), ...entriesOf(LOOK, look), ...said({ twin })]);

/** @param {Draft} values */
function recipeFrom(values) {
  /** @type {Draft} */
  const draft = {};
  /** @type {Draft} */
  const twin = {};
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith(TWIN)) twin[name.slice(TWIN.length)] = value;
    else draft[name] = value;
  }
  const request = requestFrom(draft);
  if (request === null || Object.keys(twin).length === 0) return { request, twinRequest: null };
  const whole = requestFrom({ ...draft, ...(twin.network && { sizes: undefined }), ...twin });
  return { request, twinRequest: whole && withFields(request, whole) };
}

/**
 * @param {string} fragment without the # @param {LabCatalog} catalog
 * @returns {Promise<LinkedLab>}
 */
export async function readLink(fragment, catalog) {
  const parts = partsOf(fragment);
  const { values, dropped } = await readParts(parts, kindOf, catalog);
  const { run, twin, setup, epoch = null, example = 0, held_out: heldOut = false, view = null, ...recipe } = values;
  const look = { epoch, example: { heldOut, index: example }, view };
  const isLink = [VERSIONED[0], "run", "setup"].some((name) => parts.has(name));
  return { isLink, version: parts.get("v"), run, twin, setup, look, ...recipeFrom(recipe), dropped };
}
