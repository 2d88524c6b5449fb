/**
 * The whole state as a link, `#v1;view=both;at=27;…`, and back. One table says what is in it and how; pure but for the
 * browser's own compression. What comes from a link is not trusted: it is checked, held to its limits, and what cannot
 * be used is named. Longer than other modules, so that saving and reading stand side by side.
 *
 * @import { AppState, Catalog, Granularity, Network, TraceRequest, View } from "../record/types.js"
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
 * @typedef {{ save: (state: Linkable) => string | null, read: (text: string) => unknown }} Field
 */
import { lossFits, parameterCount, sizesOf, withinLimits } from "../record/request.js";

export const VERSION = "v1";

/** Parts of the page that a link may hide, for a page that embeds this one. */
export const HIDEABLE = Object.freeze(["header", "toolbar", "panels", "timeline"]);

/** A value longer than this is compressed. */
const LONG = 1200;
const LONGEST_LINK = 400_000;
const LONGEST_VALUE = 8_000_000;
const PACKED = "~";
const NAME_SHOWN = 24;
const RUN_ID = /^[\w-]{1,64}$/;

/** A value that a link has and that cannot be used. */
class Unusable extends Error {}

/** A value that was held to its limits. */
class Clamped {
  /** @param {unknown} value */
  constructor(value) {
    this.value = value;
  }
}

const number = (/** @type {string} */ text) => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Unusable(text);
  return value;
};
const share = (/** @type {string} */ text) => {
  const value = number(text);
  if (value < 0 || value >= 1) throw new Unusable(text);
  return value;
};
const numbers = (/** @type {string} */ text) => text.split(",").map(number);
/** String() says "0" for −0, and gives it back as another number. @param {number} value */
const exactly = (value) => (Object.is(value, -0) ? "-0" : String(value));
const joined = (/** @type {readonly number[]} */ values) => values.map(exactly).join(",");

/** @param {readonly string[]} allowed @returns {(text: string) => string} */
const oneOf = (allowed) => (text) => {
  if (!allowed.includes(text)) throw new Unusable(text);
  return text;
};

/** @param {readonly string[]} allowed @returns {(text: string) => string[]} */
const someOf = (allowed) => (text) => [...new Set(text.split(",").map(oneOf(allowed)))];

/** @param {number} least @param {number} most @returns {(text: string) => number | Clamped} */
const whole = (least, most) => (text) => {
  const value = number(text);
  const held = Math.min(Math.max(Math.round(value), least), most);
  return held === value ? value : new Clamped(held);
};

/**
 * @param {(request: TraceRequest) => string | null} save
 * @returns {(state: Linkable) => string | null} what a preset's name says already
 */
const own = (save) => (state) => (state.preset !== null || state.request === null ? null : save(state.request));

/** @param {(place: RunPlace) => string | null} save @returns {(state: Linkable) => string | null} */
const ofRun =
  (save) =>
  ({ preset, run }) =>
    preset !== null || run === null ? null : save(run);

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

/** @type {Readonly<Record<string, Field>>} the table: each row's name in a link, how to save it and how to read it */
const FIELDS = Object.freeze({
  preset: { save: ({ preset }) => preset, read: (text) => text },
  sizes: {
    save: own((request) => sizesOf(request).join("-")),
    read: (text) => text.split("-").map((each) => (/^\d{1,6}$/.test(each) ? Number(each) : number(""))),
  },
  act: { save: own(({ network }) => network.layers.map(keyOf).join(",")), read: (text) => text.split(",") },
  theta: { save: own(({ network }) => joined(flat(network))), read: numbers },
  x: { save: own(({ x }) => joined(x)), read: numbers },
  target: { save: own(({ target }) => joined(target)), read: numbers },
  loss: { save: own(({ loss }) => loss), read: (text) => text },
  rate: { save: own(({ learning_rate: rate }) => (rate === undefined ? null : exactly(rate))), read: number },
  momentum: { save: own(({ momentum }) => (momentum === undefined ? null : exactly(momentum))), read: share },
  change: { save: own(({ previous_change: change }) => (change ? joined(flat(change)) : null)), read: numbers },
  freeze: { save: own(({ freeze }) => (freeze?.length ? freeze.join(",") : null)), read: someOf(["w", "b"]) },
  signal: { save: own(({ signal }) => (signal ? joined(signal) : null)), read: numbers },
  view: { save: ({ view }) => view, read: oneOf(["forward", "reversed", "both"]) },
  steps: { save: ({ granularity }) => granularity, read: oneOf(["layer", "unit", "term"]) },
  at: { save: ({ done }) => String(done), read: whole(0, Number.MAX_SAFE_INTEGER) },
  select: { save: ({ selected }) => selected, read: (text) => text },
  digits: { save: ({ digits }) => String(digits), read: whole(2, 6) },
  lang: { save: ({ language }) => language, read: oneOf(["en", "zh"]) },
  hide: { save: ({ hide }) => (hide.length ? hide.join(",") : null), read: someOf(HIDEABLE) },
  run: {
    save: ofRun(({ run }) => run),
    read: (text) => {
      if (!RUN_ID.test(text)) throw new Unusable(text);
      return text;
    },
  },
  epoch: { save: ofRun(({ epoch }) => String(epoch)), read: whole(0, Number.MAX_SAFE_INTEGER) },
  example: {
    save: ofRun(({ example }) => (example === null ? null : String(example))),
    read: whole(0, Number.MAX_SAFE_INTEGER),
  },
  held_out: { save: ofRun(({ heldOut }) => (heldOut ? "1" : null)), read: (text) => oneOf(["0", "1"])(text) === "1" },
});

/** @param {ReadableStream<Uint8Array>} stream @param {number} most bytes, since little can unpack to a lot */
async function collected(stream, most) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new Unusable("too long");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionStream | DecompressionStream} through */
const piped = (bytes, through) => collected(new Blob([bytes]).stream().pipeThrough(through), LONGEST_VALUE);

/** @param {string} text */
export async function pack(text) {
  if (text.length <= LONG) return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%2F", "/");
  const bytes = await piped(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return PACKED + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
export async function unpack(text) {
  if (!text.startsWith(PACKED)) return decodeURIComponent(text);
  const binary = atob(text.slice(PACKED.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(await piped(bytes, new DecompressionStream("deflate-raw")));
}

/**
 * The link's fragment for a state, without the #.
 *
 * @param {Linkable} state
 */
export async function save(state) {
  const parts = [VERSION];
  for (const [name, field] of Object.entries(FIELDS)) {
    const text = field.save(state);
    if (text !== null) parts.push(`${name}=${await pack(text)}`);
  }
  return parts.join(";");
}

/**
 * Whether a fragment is a link of ours, of whatever version; else it may be a place on the page.
 * @param {string} fragment
 */
export const isLink = (fragment) => /^v\d+(;|$)/.test(fragment);

/** @param {string} name of a field, from who knows where */
const shown = (name) => (name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name);

/**
 * What a link says, as far as it can be read.
 *
 * @param {string} fragment without the #
 * @returns {Promise<{ linked: Linked, dropped: string[], clamped: string[], version: boolean }>} version: whether it is
 *   one we know
 */
export async function read(fragment) {
  const [version, ...parts] = fragment.slice(0, LONGEST_LINK).split(";");
  /** @type {Record<string, unknown>} */
  const linked = {};
  /** @type {string[]} */
  const dropped = [];
  /** @type {string[]} */
  const clamped = [];
  if (version !== VERSION) return { linked, dropped, clamped, version: false };
  for (const part of parts.filter((each) => each !== "")) {
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at);
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    try {
      if (field === undefined || at < 0) throw new Unusable(name);
      const value = field.read(await unpack(part.slice(at + 1)));
      if (value instanceof Clamped) clamped.push(name);
      linked[name] = value instanceof Clamped ? value.value : value;
    } catch {
      dropped.push(shown(name));
    }
  }
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
