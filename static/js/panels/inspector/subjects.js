/**
 * What the Inspector says of a unit, weight, bias, input, target, signal or the loss: which numbers, in which order.
 * Pure.
 *
 * @import { AppState, Catalog, Pointer, Step, TraceRequest } from "../../record/types.js"
 */
import { readsWholeLayer } from "../../record/functions.js";
import { placeOf, subjectOf } from "../../record/pointers.js";

/** @param {TraceRequest} request @param {Pointer} pointer whether the network has it */
function isThere({ network, x, target, signal }, pointer) {
  const place = placeOf(pointer);
  if (place === null) return false;
  const { name, layer, indices } = place;
  const [row = 0, column = 0] = indices;
  if (name === "loss") return true;
  if (name === "x") return row < x.length;
  if (name === "target") return row < target.length;
  if (name === "signal") return row < (signal?.length ?? 0);
  const own = layer === null ? undefined : network.layers[layer];
  if (own === undefined || row >= own.b.length) return false;
  return name !== "w" || column < (own.w[row]?.length ?? 0);
}

/**
 * What to inspect: the selection, else what the current step works out.
 *
 * @param {AppState} state
 * @param {Pointer | null} before what was inspected: it stays while a new trace is on its way
 * @returns {Pointer | null}
 */
export function inspected({ request, selected, trace, current }, before) {
  if (request === null) return null;
  const step = trace?.steps[current];
  const followed = trace === null ? before : step === undefined ? null : stepSubject(step);
  return [selected, followed].find((pointer) => pointer !== null && isThere(request, pointer)) ?? null;
}

/** @param {Step} step @returns {Pointer | null} */
function stepSubject(step) {
  const [first = ""] = step.writes;
  if (!first.startsWith("/terms/")) return subjectOf(first);
  if (step.layer === null || step.unit === null) return null;
  return step.part_of === "input_gradient" ? `/x/${step.unit}` : `/layers/${step.layer}/z/${step.unit}`;
}

/**
 * The numbers of a subject, given ones first.
 *
 * @param {TraceRequest} request
 * @param {Pointer} subject
 * @param {Catalog | null} catalog
 * @returns {Pointer[]}
 */
export function numbersOf({ network, learning_rate, momentum }, subject, catalog) {
  const place = placeOf(subject);
  if (place === null) return [];
  const { name, layer, indices } = place;
  const [row = 0, column = 0] = indices;
  const learns = learning_rate !== undefined;
  const moved = momentum === undefined ? [] : [`/previous_change${subject}`, `/updated/change${subject}`];
  if (name === "loss") return learns ? [subject, "/updated/loss"] : [subject];
  if (name === "x") return [subject, `/dl_dx/${row}`];
  if (layer === null) return [subject];
  const at = `/layers/${layer}`;
  if (name === "w") {
    const sender = layer === 0 ? `/x/${column}` : `/layers/${layer - 1}/a/${column}`;
    const numbers = [subject, sender, `${at}/dl_dz/${row}`, `${at}/dl_dw/${row}/${column}`];
    return learns ? [...numbers, ...moved, `/updated${subject}`] : numbers;
  }
  if (name === "b") {
    const numbers = [subject, `${at}/dl_dz/${row}`, `${at}/dl_db/${row}`];
    return learns ? [...numbers, ...moved, `/updated${subject}`] : numbers;
  }
  const units = network.layers[layer].b.length;
  const isCoupled = readsWholeLayer(catalog, network.layers[layer].activation);
  const gains = isCoupled
    ? Array.from({ length: units }, (_, index) => `${at}/jacobian/${index}/${row}`)
    : [`${at}/gain/${row}`];
  return [`${at}/b/${row}`, subject, `${at}/a/${row}`, ...gains, `${at}/dl_da/${row}`, `${at}/dl_dz/${row}`];
}

/**
 * What one number was computed from, where its step wrote several at once.
 *
 * @param {Step} step
 * @param {Pointer} pointer one of its writes
 * @returns {Pointer[]}
 */
export function sourcesOf({ writes, reads, sources }, pointer) {
  const own = sources?.[writes.indexOf(pointer)];
  return own ? own.map((place) => reads[place]) : reads;
}

/**
 * The number whose derivative proves a subject: a weight, bias or input itself, a unit by its bias, since ∂l/∂z =
 * ∂l/∂b.
 *
 * @param {Pointer} subject
 * @returns {Pointer | null}
 */
export function provable(subject) {
  const place = placeOf(subject);
  if (place === null) return null;
  if (place.name === "z") return `/layers/${place.layer}/b/${place.indices[0]}`;
  return ["w", "b", "x"].includes(place.name) ? subject : null;
}

/**
 * The derivative at a weight's, bias's or input's place in the trace.
 *
 * @param {Pointer} pointer
 */
export function gradientOf(pointer) {
  return pointer.startsWith("/x/")
    ? pointer.replace("/x/", "/dl_dx/")
    : pointer.replace(/^(\/layers\/\d+)\/(w|b)\//, "$1/dl_d$2/");
}
