/**
 * Reading a trace by JSON Pointer.
 *
 * @import { Pointer, Trace, Value } from "../record/types.js"
 */

/**
 * The number at a pointer (RFC 6901), if there is one.
 *
 * @param {Trace} trace
 * @param {Pointer} pointer
 * @returns {Value | undefined} null where float64 cannot hold it; undefined if no number has this address
 */
export function numberIn(trace, pointer) {
  /** @type {unknown} */
  let found = trace;
  for (const part of pointer.split("/").slice(1)) {
    found =
      found !== null && typeof found === "object" ? /** @type {Record<string, unknown>} */ (found)[part] : undefined;
  }
  return found === null || typeof found === "number" ? found : undefined;
}

/**
 * The number at a pointer that has to be there.
 *
 * @param {Trace} trace
 * @param {Pointer} pointer
 * @returns {Value} null where float64 cannot hold it
 * @throws {RangeError} if there is no number of this address
 */
export function valueAt(trace, pointer) {
  const found = numberIn(trace, pointer);
  if (found === undefined) throw new RangeError(`the trace has no number at ${pointer}`);
  return found;
}
