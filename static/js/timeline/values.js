/**
 * Reading a trace by JSON Pointer.
 *
 * @import { Pointer, Trace, Value } from "../record/types.js"
 */

/**
 * The number at a pointer (RFC 6901).
 *
 * @param {Trace} trace
 * @param {Pointer} pointer
 * @returns {Value} null where float64 cannot hold it
 * @throws {RangeError} if there is no number of this address
 */
export function valueAt(trace, pointer) {
  /** @type {unknown} */
  let found = trace;
  for (const part of pointer.split("/").slice(1)) {
    found =
      found !== null && typeof found === "object" ? /** @type {Record<string, unknown>} */ (found)[part] : undefined;
  }
  if (found === null || typeof found === "number") return found;
  throw new RangeError(`the trace has no number at ${pointer}`);
}
