/** Easings: from the share of time gone by, 0 … 1, to the share of the way done. Pure. */

/** @param {number} t */
export const linear = (t) => t;

/** Slow at both ends. @param {number} t */
export const cubicInOut = (t) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);

/** Fast at first, then settling. @param {number} t */
export const cubicOut = (t) => 1 - (1 - t) ** 3;

/**
 * Where `t` lies between `start` and `end`, held to 0 … 1.
 * @param {number} t
 * @param {number} start
 * @param {number} end
 */
export const within = (t, start, end) => Math.min(1, Math.max(0, (t - start) / (end - start)));
