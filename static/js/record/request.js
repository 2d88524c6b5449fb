/**
 * Edits of a trace request: pure functions from a request to another one that the server will take.
 *
 * What was there stays wherever it still has a place: new units and layers get small weights of their own, all other
 * numbers keep their values. An edit that would go over a limit gives the request back as it is.
 *
 * @import { Catalog, Layer, Pointer, TraceRequest } from "./types.js"
 *
 * @typedef {{ key: string, params?: Record<string, import("../i18n/i18n.js").Said | number> }} Notice a text to be
 *   shown, by its key
 * @typedef {{ request: TraceRequest, notices: Notice[] }} Edit a new request, and what had to be changed along with it
 */

const DEFAULT_ACTIVATION = "sigmoid";

/** Units per layer, the inputs first. @param {Pick<TraceRequest, "network">} request */
export const sizesOf = ({ network }) => [
  network.layers[0]?.w[0]?.length ?? 0,
  ...network.layers.map((layer) => layer.b.length),
];

/**
 * The weight that a new wire gets: one of −0.50 … 0.50 in hundredths, never 0, always the same for the same place, so
 * that the same edit gives the same network. A multiplicative hash (Knuth, TAOCP 3, 6.4) of the address.
 *
 * @param {number} layer @param {number} row @param {number} column
 */
export function newWeight(layer, row, column) {
  const hash = Math.imul(layer * 7919 + row * 104729 + column * 1299709 + 1, 2654435761) >>> 0;
  const hundredths = (hash % 100) - 50;
  return (hundredths >= 0 ? hundredths + 1 : hundredths) / 100;
}

/**
 * Weights of the wanted shape: old ones where there are any, new ones elsewhere.
 *
 * @param {readonly (readonly number[])[]} old
 * @param {number} index of the layer
 * @param {number} rows
 * @param {number} columns
 */
function reshaped(old, index, rows, columns) {
  return Array.from({ length: rows }, (_r, row) =>
    Array.from({ length: columns }, (_c, column) => old[row]?.[column] ?? newWeight(index, row, column)),
  );
}

/** @param {readonly number[]} old @param {number} length @returns {number[]} cut off, or filled up with 0 */
const fitted = (old, length) => Array.from({ length }, (_, index) => old[index] ?? 0);

/**
 * Lay the numbers of a request out for other sizes.
 *
 * @param {TraceRequest} request
 * @param {readonly Layer[]} layers as many as there will be; their numbers are fitted to `sizes`
 * @param {readonly number[]} sizes
 * @returns {TraceRequest}
 */
function laidOut(request, layers, sizes) {
  const outputs = sizes[sizes.length - 1];
  // In another shape momentum starts from rest.
  const { previous_change: _change, ...rest } = request;
  return {
    ...rest,
    network: {
      layers: layers.map((layer, index) => ({
        ...layer,
        w: reshaped(layer.w, index, sizes[index + 1], sizes[index]),
        b: fitted(layer.b, sizes[index + 1]),
      })),
    },
    x: fitted(request.x, sizes[0]),
    target: fitted(request.target, outputs),
    ...(request.signal && { signal: fitted(request.signal, outputs) }),
  };
}

/** How many weights and biases. @param {readonly number[]} sizes */
export const parameterCount = (sizes) =>
  sizes.slice(1).reduce((sum, size, index) => sum + size * (sizes[index] + 1), 0);

/**
 * Whether a network of these sizes is within the limits.
 *
 * @param {readonly number[]} sizes @param {Record<string, number>} limits
 */
export function withinLimits(sizes, limits) {
  return (
    sizes.length - 1 >= 1 &&
    sizes.length - 1 <= (limits.layers ?? Infinity) &&
    sizes.every((size) => size >= 1 && size <= (limits.units ?? Infinity)) &&
    parameterCount(sizes) <= (limits.parameters ?? Infinity)
  );
}

/** @param {TraceRequest} request @param {number[]} sizes @param {Record<string, number>} limits */
const resized = (request, sizes, limits) =>
  withinLimits(sizes, limits) ? laidOut(request, request.network.layers, sizes) : request;

/** @param {TraceRequest} request @param {number} count @param {Record<string, number>} limits */
export const withInputs = (request, count, limits) => resized(request, [count, ...sizesOf(request).slice(1)], limits);

/**
 * @param {TraceRequest} request
 * @param {number} layer computing layer, 0-based
 * @param {number} count
 * @param {Record<string, number>} limits
 */
export const withUnits = (request, layer, count, limits) =>
  layer in request.network.layers ? resized(request, sizesOf(request).with(layer + 1, count), limits) : request;

/**
 * Another hidden layer before the output, as wide as what the output receives now: no old weight is lost.
 *
 * @param {TraceRequest} request @param {Record<string, number>} limits
 */
export function withLayer(request, limits) {
  const { layers } = request.network;
  const sizes = sizesOf(request);
  const at = layers.length - 1;
  const wide = sizes[at];
  const grown = sizes.toSpliced(at + 1, 0, wide);
  if (!withinLimits(grown, limits)) return request;
  const like = layers[at - 1] ?? { activation: DEFAULT_ACTIVATION };
  return laidOut(request, layers.toSpliced(at, 0, { ...like, w: [], b: [] }), grown);
}

/** Without a hidden layer; the output layer stays. @param {TraceRequest} request @param {number} layer */
export function withoutLayer(request, layer) {
  const { layers } = request.network;
  if (layer < 0 || layer >= layers.length - 1) return request;
  return laidOut(request, layers.toSpliced(layer, 1), sizesOf(request).toSpliced(layer + 1, 1));
}

/** @param {string} loss @param {string} output @param {Catalog} catalog */
export function lossFits(loss, output, catalog) {
  const outputs = catalog.losses.find((entry) => entry.name === loss)?.outputs ?? [];
  return outputs.length === 0 || outputs.includes(output);
}

/** @param {TraceRequest} request @param {number} layer @param {string} activation @returns {TraceRequest} */
function activated(request, layer, activation) {
  const layers = request.network.layers.map((each, index) => {
    if (index !== layer) return each;
    const { slope: _slope, ...rest } = each;
    return { ...rest, activation };
  });
  return { ...request, network: { layers } };
}

/**
 * Another slope of a leaky ReLU.
 * @param {TraceRequest} request
 * @param {number} layer
 * @param {number} slope
 * @returns {TraceRequest}
 */
export function withSlope(request, layer, slope) {
  if (!(layer in request.network.layers)) return request;
  const layers = request.network.layers.map((each, index) => (index === layer ? { ...each, slope } : each));
  return { ...request, network: { layers } };
}

/**
 * Another activation; a loss that cannot be taken of the new output makes way for the first one that can.
 *
 * @param {TraceRequest} request @param {number} layer @param {string} activation @param {Catalog} catalog
 * @returns {Edit}
 */
export function withActivation(request, layer, activation, catalog) {
  const last = request.network.layers.length - 1;
  const entry = catalog.activations.find((each) => each.name === activation);
  if (entry === undefined || !(layer in request.network.layers)) return { request, notices: [] };
  if (entry.last_layer_only && layer !== last)
    return { request, notices: [{ key: "app.notice.last-layer-only", params: { activation } }] };
  const next = activated(request, layer, activation);
  if (layer !== last || lossFits(request.loss, activation, catalog)) return { request: next, notices: [] };
  // Of cross entropy the learner means "a loss for probabilities": its nearest relative comes first, if there is one.
  const fitting = catalog.losses.filter((loss) => lossFits(loss.name, activation, catalog));
  const loss = fitting.find((each) => (each.outputs ?? []).length > 0) ?? fitting[0];
  if (loss === undefined) return { request, notices: [] };
  return {
    request: { ...next, loss: loss.name },
    notices: [{ key: "app.notice.loss-changed", params: { loss: loss.name, activation } }],
  };
}

/**
 * Another loss; an output that it cannot be taken of gets an activation that it can.
 *
 * @param {TraceRequest} request @param {string} loss @param {Catalog} catalog
 * @returns {Edit}
 */
export function withLoss(request, loss, catalog) {
  const entry = catalog.losses.find((each) => each.name === loss);
  if (entry === undefined) return { request, notices: [] };
  const last = request.network.layers.length - 1;
  const output = request.network.layers[last].activation;
  const wanted = entry.outputs?.[0];
  if (wanted === undefined || lossFits(loss, output, catalog)) return { request: { ...request, loss }, notices: [] };
  return {
    request: { ...activated(request, last, wanted), loss },
    notices: [{ key: "app.notice.output-changed", params: { loss, activation: wanted } }],
  };
}

/**
 * @param {TraceRequest} request
 * @param {Pointer} pointer
 * @returns {(string | number)[]} the way to a given number inside the request
 */
function wayTo(request, pointer) {
  const parts = pointer
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return parts[0] === "layers" ? ["network", ...parts] : parts;
}

/**
 * A given number by its address in the trace (/x/0, /target/0, /layers/0/w/1/0, /layers/0/b/1, /signal/0) or
 * /learning_rate.
 *
 * @param {TraceRequest} request @param {Pointer} pointer
 * @returns {number | null} null if no such number is given
 */
export function givenAt(request, pointer) {
  /** @type {any} */
  let found = request;
  for (const part of wayTo(request, pointer)) found = found?.[part];
  return typeof found === "number" ? found : null;
}

/** @param {any} node @param {(string | number)[]} way @param {number} value @returns {any} */
function replaced(node, [part, ...rest], value) {
  if (part === undefined) return value;
  const inner = replaced(node[part], rest, value);
  return Array.isArray(node) ? node.with(Number(part), inner) : { ...node, [part]: inner };
}

/**
 * @param {TraceRequest} request @param {Pointer} pointer @param {number} value finite
 * @returns {TraceRequest} the same one if nothing changes
 */
export function withNumber(request, pointer, value) {
  const isNew = pointer === "/learning_rate" && request.learning_rate === undefined;
  const before = givenAt(request, pointer);
  if (!Number.isFinite(value) || (before === null && !isNew) || Object.is(before, value)) return request;
  return replaced(request, wayTo(request, pointer), value);
}

/** @param {TraceRequest} request @param {readonly number[] | null} signal @returns {TraceRequest} */
export function withSignal(request, signal) {
  const { signal: _old, ...rest } = request;
  return signal === null ? rest : { ...rest, signal: fitted(signal, request.target.length) };
}

/** @param {TraceRequest} request @param {("w" | "b")[]} freeze @returns {TraceRequest} */
export function withFreeze(request, freeze) {
  const { freeze: _old, ...rest } = request;
  return freeze.length === 0 ? rest : { ...rest, freeze: [...freeze] };
}

/**
 * Without a learning rate the walk ends with the gradients, and there is nothing for momentum to move.
 * @param {TraceRequest} request
 * @returns {TraceRequest}
 */
export function withoutLearningRate({ learning_rate: _rate, momentum: _momentum, previous_change: _change, ...rest }) {
  return rest;
}

const END = /^\/(x|dl_dx|target|signal)\/(\d+)$/;
const IN_LAYER = /^\/layers\/(\d+)\/\w+\/(\d+)(?:\/(\d+))?$/;

/**
 * Whether a pointer names a number or unit of a network of this request's shape.
 * @param {TraceRequest} request
 * @param {Pointer} pointer
 */
export function isPlace(request, pointer) {
  const sizes = sizesOf(request);
  const [, kind, index] = END.exec(pointer) ?? [];
  if (kind !== undefined) return Number(index) < (kind.endsWith("x") ? sizes[0] : sizes[sizes.length - 1]);
  const [, layer, row, column = "0"] = IN_LAYER.exec(pointer) ?? [];
  if (layer === undefined) return pointer === "/loss/value";
  const isMatrix = /\/(w|dl_dw)\//.test(pointer);
  return Number(row) < (sizes[Number(layer) + 1] ?? 0) && (!isMatrix || Number(column) < sizes[Number(layer)]);
}
