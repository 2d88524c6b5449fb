/**
 * The Explorer's state as a link, `#v=1&view=both&at=27&…`, and back. One table says what is in it, in the grammar of
 * all links; what the numbers of a link make together is checked and laid out here. Pure.
 *
 * @import { AppState, Catalog, Granularity, Network, TraceRequest, View } from "../../record/types.js"
 * @import { Field } from "../../kit/permalink/permalink.js"
 *
 * @typedef {object} Linked what a link may say; what it does not say stays undefined
 * @property {string} [preset]
 * @property {number[]} [sizes] units per layer, the inputs first
 * @property {string[]} [act] activations
 * @property {number[]} [theta] of each layer w row by row, then b
 * @property {number[]} [x]
 * @property {number[]} [target]
 * @property {string} [loss]
 * @property {number} [rate]
 * @property {number} [momentum]
 * @property {number[]} [change] with momentum, the previous change in the order of theta
 * @property {("w" | "b")[]} [freeze]
 * @property {number[]} [signal]
 * @property {View} [view]
 * @property {Granularity} [steps]
 * @property {number} [at] steps done
 * @property {string} [select]
 * @property {number} [digits]
 * @property {"en" | "zh"} [lang]
 * @property {string[]} [hide]
 * @property {string} [run] id of the training in the Lab that the network comes from
 * @property {number} [epoch] of that training
 * @property {number} [example] place of the example in its data
 * @property {boolean} [held_out] whether that is the data held out
 *
 * @typedef {{ run: string, epoch: number, example: number | null, heldOut: boolean }} RunPlace a moment of a training,
 *   and an
 *   example of its data; null for an input that is none of them
 * @typedef {Pick<AppState, "preset" | "request" | "view" | "granularity" | "done" | "selected" | "digits" | "language">
 *   & { hide: readonly string[], run: RunPlace | null }} Linkable
 */
import {
  ID,
  NUMBER,
  NUMBERS,
  SHARE,
  SIZES,
  TEXT,
  WORDS,
  YES_OR_NO,
  between,
  exactly,
  number,
  oneOf,
  someOf,
} from "../../kit/permalink/kinds.js";
import {
  VERSION,
  VERSIONED,
  entriesOf,
  kindsOf,
  packedFragmentOf,
  partsOf,
  readParts,
} from "../../kit/permalink/permalink.js";
import { lossFits, parameterCount, sizesOf, withinLimits } from "../../record/request.js";

/** Parts of the page that a link may hide, for a page that embeds this one. */
const HIDEABLE = Object.freeze(["header", "toolbar", "panels", "timeline"]);
const COUNT = between(0, Number.MAX_SAFE_INTEGER);

/**
 * @param {(request: TraceRequest) => unknown} of
 * @returns {(state: Linkable) => unknown} what a preset's name says already
 */
const own = (of) => (state) => (state.preset !== null || state.request === null ? null : of(state.request));

/** @param {(place: RunPlace) => unknown} of @returns {(state: Linkable) => unknown} */
const ofRun =
  (of) =>
  ({ preset, run }) =>
    preset !== null || run === null ? null : of(run);

/** An empty list is not said. @template T @param {readonly T[] | undefined} list */
const some = (list) => (list?.length ? list : null);

/** @param {{ layers: readonly { w: number[][], b: number[] }[] }} network */
const flat = ({ layers }) => layers.flatMap(({ w, b }) => [...w.flat(), ...b]);

/**
 * An activation in a link: its name, with the slope if it has one of its own, as in leaky_relu(0.2).
 * @param {Network["layers"][number]} layer
 */
const keyOf = ({ activation, slope }) => (slope === undefined ? activation : `${activation}(${exactly(slope)})`);

/** @param {string} key @returns {{ activation: string, slope?: number }} */
function activationOf(key) {
  const found = /^([a-z_]+)\(([^()]{1,30})\)$/.exec(key);
  return found === null ? { activation: key } : { activation: found[1], slope: number(found[2]) };
}

/** @type {Readonly<Record<string, Field>>} the moment of a training, as the links of both pages say it */
export const RUN_FIELDS = Object.freeze({
  run: { kind: ID, of: ({ run }) => run },
  epoch: { kind: COUNT, of: ({ epoch }) => epoch },
  example: { kind: COUNT, of: ({ example }) => example },
  held_out: { kind: YES_OR_NO, of: ({ heldOut }) => heldOut || null },
});

/** @type {Readonly<Record<string, Field>>} */
const FIELDS = Object.freeze({
  preset: { kind: TEXT, of: ({ preset }) => preset },
  sizes: { kind: SIZES, of: own(sizesOf) },
  act: { kind: WORDS, of: own(({ network }) => network.layers.map(keyOf)) },
  theta: { kind: NUMBERS, of: own(({ network }) => flat(network)) },
  x: { kind: NUMBERS, of: own(({ x }) => x) },
  target: { kind: NUMBERS, of: own(({ target }) => target) },
  loss: { kind: TEXT, of: own(({ loss }) => loss) },
  rate: { kind: NUMBER, of: own(({ learning_rate: rate }) => rate) },
  momentum: { kind: SHARE, of: own(({ momentum }) => momentum) },
  change: { kind: NUMBERS, of: own(({ previous_change: change }) => change && flat(change)) },
  freeze: { kind: someOf(["w", "b"]), of: own(({ freeze }) => some(freeze)) },
  signal: { kind: NUMBERS, of: own(({ signal }) => signal) },
  view: { kind: oneOf(["forward", "reversed", "both"]), of: ({ view }) => view },
  steps: { kind: oneOf(["layer", "unit", "term"]), of: ({ granularity }) => granularity },
  at: { kind: COUNT, of: ({ done }) => done },
  select: { kind: TEXT, of: ({ selected }) => selected },
  digits: { kind: between(2, 6), of: ({ digits }) => digits },
  lang: { kind: oneOf(["en", "zh"]), of: ({ language }) => language },
  hide: { kind: someOf(HIDEABLE), of: ({ hide }) => some(hide) },
  ...Object.fromEntries(Object.entries(RUN_FIELDS).map(([name, { kind, of }]) => [name, { kind, of: ofRun(of) }])),
});

/**
 * The link's fragment for a state, without the #.
 *
 * @param {Linkable} state
 */
export const save = (state) => packedFragmentOf([VERSIONED, ...entriesOf(FIELDS, state)]);

/**
 * What a link says, as far as it can be read.
 *
 * @param {string} fragment without the #
 * @returns {Promise<{ linked: Linked, dropped: string[], clamped: string[], version: boolean }>} version: whether it is
 *   one we know
 */
export async function read(fragment) {
  const parts = partsOf(fragment);
  if (parts.get("v") !== VERSION) return { linked: {}, dropped: [], clamped: [], version: false };
  const { values: linked, dropped, clamped } = await readParts(parts, kindsOf(FIELDS));
  return { linked, dropped, clamped, version: true };
}

/**
 * @param {readonly number[]} sizes
 * @param {readonly string[]} act
 * @param {readonly number[]} theta
 * @returns {Network}
 */
function network(sizes, act, theta) {
  let at = 0;
  const take = (/** @type {number} */ count) => theta.slice(at, (at += count));
  return {
    layers: act.map((activation, index) => {
      const w = Array.from({ length: sizes[index + 1] }, () => take(sizes[index]));
      return { w, b: take(sizes[index + 1]), ...activationOf(activation) };
    }),
  };
}

/** @param {Linked} linked @param {Catalog} catalog */
function networkOf({ sizes, act, theta }, catalog) {
  if (!sizes || !act || !theta || act.length !== sizes.length - 1 || !withinLimits(sizes, catalog.limits)) return null;
  const isKnown = act.every((key, index) => {
    const { activation, slope } = activationOf(key);
    const entry = catalog.activations.find((each) => each.name === activation);
    const [low, high] = entry?.parameter_limits?.slope ?? [1, 0];
    return (
      entry !== undefined &&
      (!entry.last_layer_only || index === act.length - 1) &&
      (slope === undefined || (slope >= low && slope <= high))
    );
  });
  return isKnown && theta.length === parameterCount(sizes) ? network(sizes, act, theta) : null;
}

/**
 * The trace request that a link describes.
 *
 * @param {Linked} linked @param {Catalog} catalog
 * @returns {{ request: TraceRequest | null, dropped: string[] }} null if it has no usable network of its own
 */
export function requestOf(linked, catalog) {
  if (linked.sizes === undefined && linked.act === undefined && linked.theta === undefined)
    return { request: null, dropped: [] };
  const found = networkOf(linked, catalog);
  if (found === null) return { request: null, dropped: ["network"] };
  const sizes = sizesOf({ network: found });
  const outputs = sizes[sizes.length - 1];
  const output = found.layers[found.layers.length - 1].activation;
  /** @type {string[]} */
  const dropped = [];
  /** @param {"x" | "target" | "signal"} name @param {number} length */
  const vector = (name, length) => {
    if (linked[name]?.length === length) return linked[name];
    dropped.push(name);
    return Array.from({ length }, () => 0);
  };
  const losses = catalog.losses.map(({ name }) => name).filter((name) => lossFits(name, output, catalog));
  const loss = losses.find((name) => name === linked.loss);
  if (loss === undefined) dropped.push("loss");
  const moved = momentumOf(linked, found);
  dropped.push(...moved.dropped);
  const request = {
    network: found,
    x: vector("x", sizes[0]),
    target: vector("target", outputs),
    loss: loss ?? losses[0],
    ...(linked.rate !== undefined && { learning_rate: linked.rate }),
    ...moved.request,
    ...(linked.freeze && { freeze: linked.freeze }),
  };
  if (linked.signal === undefined) return { request, dropped };
  const signal = vector("signal", outputs);
  return { request: dropped.includes("signal") ? request : { ...request, signal }, dropped };
}

/**
 * Momentum and the previous change, laid out for a network; both need a learning rate.
 * @param {Linked} linked
 * @param {Network} network
 */
function momentumOf({ rate, momentum, change }, { layers }) {
  if (momentum === undefined || rate === undefined) {
    const unused = Object.entries({ momentum, change }).filter(([, value]) => value !== undefined);
    return { request: {}, dropped: unused.map(([name]) => name) };
  }
  if (change === undefined) return { request: { momentum }, dropped: [] };
  if (change.length !== flat({ layers }).length) return { request: { momentum }, dropped: ["change"] };
  let at = 0;
  const take = (/** @type {number} */ count) => change.slice(at, (at += count));
  const changes = layers.map(({ w, b }) => ({ w: w.map((row) => take(row.length)), b: take(b.length) }));
  return { request: { momentum, previous_change: { layers: changes } }, dropped: [] };
}

/** The moment of a training that a link names. @param {Linked} linked @returns {RunPlace | null} */
export const placeOf = ({ run, epoch = 0, example, held_out: heldOut = false }) =>
  run === undefined ? null : { run, epoch, example: example ?? null, heldOut };

/**
 * A request of a training with what the link says otherwise: an input of one's own, its target, a learning rate.
 *
 * @param {TraceRequest} request @param {Linked} linked
 * @returns {{ request: TraceRequest, dropped: string[] }}
 */
export function overlaid(request, linked) {
  /** @type {string[]} */
  const dropped = [];
  const vector = (/** @type {"x" | "target"} */ name) => {
    const own = linked[name];
    if (own === undefined || own.length === request[name].length) return own ?? request[name];
    dropped.push(name);
    return request[name];
  };
  const moved = momentumOf(linked, request.network);
  dropped.push(...moved.dropped);
  const own = {
    x: vector("x"),
    target: vector("target"),
    ...(linked.rate !== undefined && { learning_rate: linked.rate }),
    ...moved.request,
  };
  return { request: { ...request, ...own }, dropped };
}
