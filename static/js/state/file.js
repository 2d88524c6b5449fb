/**
 * A trace request out of a file's text. Pure; what is wrong is said in words, with the place.
 *
 * @import { Catalog, Layer, TraceRequest } from "../record/types.js"
 * @import { Notice } from "../record/request.js"
 *
 * @typedef {{ request: TraceRequest, problem?: undefined } | { request?: undefined, problem: Notice }} FromFile
 */
import { lossFits, sizesOf, withinLimits } from "../record/request.js";

class Wrong extends Error {
  /** @param {string} key @param {Record<string, string | number>} [params] */
  constructor(key, params) {
    super(key);
    this.notice = { key, ...(params && { params }) };
  }
}

/** @param {unknown} value @param {string} at @param {number} [length] @returns {number[]} */
function vector(value, at, length) {
  const isVector =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === "number" && Number.isFinite(each));
  if (!isVector) throw new Wrong("app.file.numbers", { at });
  if (length !== undefined && value.length !== length)
    throw new Wrong("app.file.length", { at, length, came: value.length });
  return value;
}

/**
 * @param {any} layer
 * @param {number} index
 * @param {number | undefined} columns
 * @param {boolean} isLast
 * @param {Catalog} catalog
 * @returns {Layer}
 */
function layerOf(layer, index, columns, isLast, catalog) {
  const at = `/network/layers/${index}`;
  if (!Array.isArray(layer?.w) || layer.w.length === 0) throw new Wrong("app.file.matrix", { at: `${at}/w` });
  const wide = columns ?? vector(layer.w[0], `${at}/w/0`).length;
  const w = layer.w.map((/** @type {unknown} */ row, /** @type {number} */ number) =>
    vector(row, `${at}/w/${number}`, wide),
  );
  const entry = catalog.activations.find(({ name }) => name === layer.activation);
  if (entry === undefined || (entry.last_layer_only && !isLast))
    throw new Wrong("app.file.activation", { at: `${at}/activation` });
  return {
    w,
    b: vector(layer.b, `${at}/b`, w.length),
    activation: entry.name,
    ...(typeof layer.slope === "number" && entry.parameters?.slope !== undefined && { slope: layer.slope }),
  };
}

/** @param {any} document @param {Catalog} catalog */
function networkOf(document, catalog) {
  const layers = document?.network?.layers ?? document?.layers;
  if (!Array.isArray(layers) || layers.length === 0) throw new Wrong("app.file.network");
  /** @type {Layer[]} */
  const read = [];
  for (const [index, layer] of layers.entries())
    read.push(layerOf(layer, index, read.at(-1)?.b.length, index === layers.length - 1, catalog));
  const sizes = sizesOf({ network: { layers: read } });
  if (!withinLimits(sizes, catalog.limits)) throw new Wrong("app.file.limits");
  return { network: { layers: read }, sizes };
}

/**
 * Momentum and the previous change, if the file has them.
 * @param {any} document
 * @param {import("../record/types.js").Network} network
 */
function momentumOf({ momentum, previous_change: previous }, { layers }) {
  if (momentum === undefined || momentum === null) return {};
  if (!Number.isFinite(momentum) || momentum < 0 || momentum >= 1)
    throw new Wrong("app.file.numbers", { at: "/momentum" });
  if (previous === undefined || previous === null) return { momentum };
  const changes = layers.map(({ w, b }, index) => {
    const at = `/previous_change/layers/${index}`;
    const change = previous.layers?.[index];
    if (!Array.isArray(change?.w) || change.w.length !== w.length)
      throw new Wrong("app.file.matrix", { at: `${at}/w` });
    return {
      w: w.map((row, number) => vector(change.w[number], `${at}/w/${number}`, row.length)),
      b: vector(change.b, `${at}/b`, b.length),
    };
  });
  return { momentum, previous_change: { layers: changes } };
}

/**
 * A file's text as JSON.
 * @param {string} text
 * @returns {{ document: unknown, problem?: undefined } | { document?: undefined, problem: Notice }}
 */
export function parsed(text) {
  try {
    return { document: JSON.parse(text) };
  } catch (error) {
    return {
      problem: { key: "app.file.json", params: { detail: String(error instanceof Error ? error.message : error) } },
    };
  }
}

/**
 * @param {string} text a trace request, `{"network": …}` or a bare network, as JSON
 * @param {TraceRequest | null} present what is on the page: a network alone takes its input, target and loss where they
 *   fit
 * @param {Catalog} catalog
 * @returns {FromFile}
 */
export function fromFile(text, present, catalog) {
  try {
    const { document: read, problem } = parsed(text);
    if (problem !== undefined) return { problem };
    const document = /** @type {any} */ (read);
    const { network, sizes } = networkOf(document, catalog);
    const inputs = sizes[0] ?? 0;
    const outputs = sizes.at(-1) ?? 0;
    const output = network.layers.at(-1)?.activation ?? "";
    /** @param {"x" | "target"} name @param {number} length */
    const given = (name, length) => {
      if (document[name] !== undefined) return vector(document[name], `/${name}`, length);
      const old = present?.[name] ?? [];
      return old.length === length ? old : Array.from({ length }, () => 0);
    };
    const wanted = document.loss ?? present?.loss;
    const isFine = catalog.losses.some(({ name }) => name === wanted) && lossFits(wanted, output, catalog);
    if (!isFine && document.loss !== undefined) throw new Wrong("app.file.loss");
    const loss = isFine ? wanted : catalog.losses.find(({ name }) => lossFits(name, output, catalog))?.name;
    const rate = document.learning_rate;
    if (rate !== undefined && rate !== null && !Number.isFinite(rate))
      throw new Wrong("app.file.numbers", { at: "/learning_rate" });
    const moved = rate === undefined || rate === null ? {} : momentumOf(document, network);
    const freeze = Array.isArray(document.freeze)
      ? document.freeze.filter((/** @type {unknown} */ each) => each === "w" || each === "b")
      : [];
    const signal = document.signal === undefined ? undefined : vector(document.signal, "/signal", outputs);
    return {
      request: {
        network,
        x: given("x", inputs),
        target: given("target", outputs),
        loss,
        ...(typeof rate === "number" && { learning_rate: rate }),
        ...moved,
        ...(freeze.length > 0 && { freeze }),
        ...(signal && { signal }),
      },
    };
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.notice };
    throw error;
  }
}
