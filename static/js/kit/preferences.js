/** What one visitor prefers, kept in their browser: never the network, which is in the link. */

const PREFIX = "explorer.";

/**
 * A remembered value; `otherwise` if there is none, if it cannot be read, or if `isFine` does not take it.
 *
 * @template T
 * @param {string} name @param {T} otherwise @param {(value: unknown) => value is T} isFine
 * @returns {T}
 */
export function recall(name, otherwise, isFine) {
  try {
    const value = JSON.parse(localStorage.getItem(PREFIX + name) ?? "null");
    return isFine(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown} value */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing for us works all the same, this time.
  }
}

/** @param {unknown} value @returns {value is boolean} */
export const isBoolean = (value) => typeof value === "boolean";

/** @param {number} least @param {number} most @returns {(value: unknown) => value is number} */
export const isBetween = (least, most) =>
  /** @type {(value: unknown) => value is number} */ (
    (value) => typeof value === "number" && value >= least && value <= most
  );
