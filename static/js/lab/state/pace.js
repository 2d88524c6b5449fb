/**
 * How fast a training is played, in epochs a second: slow enough to be watched, or as fast as the server can (null).
 */

/** @type {readonly (number | null)[]} slow to fast */
export const PACES = Object.freeze([1, 5, 20, 100, null]);
export const DEFAULT_PACE = 20;

const FULL = "full";

/** A pace as a word. @param {number | null} pace */
export const wordOf = (pace) => (pace === null ? FULL : String(pace));

/** @param {string} word */
export const paceOf = (word) => (word === FULL ? null : Number(word));

/** @param {unknown} value @returns {value is string} */
export const isPaceWord = (value) => PACES.some((pace) => wordOf(pace) === value);
