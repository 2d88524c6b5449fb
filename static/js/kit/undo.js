/** Undo and redo: what was there before each edit, and what was taken back. Pure; a drag is one edit. */

/** Edits of the same number that follow each other this closely, in milliseconds, are one drag. */
export const DRAG_GAP = 600;

/** Snapshots kept; older edits can no longer be undone. */
const LONGEST = 200;

/**
 * @template S
 * @typedef {object} History
 * @property {readonly S[]} past oldest first
 * @property {readonly S[]} future the next one to redo last
 * @property {{ key: string, at: number } | null} last the latest edit, as far as another one may continue it
 */

/** @type {History<never>} */
export const EMPTY = Object.freeze({ past: [], future: [], last: null });

/**
 * Whether an edit of `key` at `now` continues the latest one.
 *
 * @param {History<unknown>} history
 * @param {string | null} key
 * @param {number} now
 */
export function continues({ last }, key, now) {
  return key !== null && last !== null && last.key === key && now - last.at <= DRAG_GAP;
}

/**
 * Note an edit.
 *
 * @template S
 * @param {History<S>} history
 * @param {S} before what is there before the edit
 * @param {string | null} key what is edited, if several edits of it may be one drag
 * @param {number} now milliseconds
 * @returns {History<S>}
 */
export function edited(history, before, key, now) {
  const past = continues(history, key, now) ? history.past : [...history.past, before].slice(-LONGEST);
  return { past, future: [], last: key === null ? null : { key, at: now } };
}

/**
 * @template S
 * @param {History<S>} history
 * @param {S} present
 * @returns {{ history: History<S>, present: S } | null} null if there is nothing to undo
 */
export function undone({ past, future }, present) {
  const previous = past.at(-1);
  if (previous === undefined) return null;
  return { history: { past: past.slice(0, -1), future: [...future, present], last: null }, present: previous };
}

/**
 * @template S
 * @param {History<S>} history
 * @param {S} present
 * @returns {{ history: History<S>, present: S } | null} null if there is nothing to redo
 */
export function redone({ past, future }, present) {
  const next = future.at(-1);
  if (next === undefined) return null;
  return { history: { past: [...past, present], future: future.slice(0, -1), last: null }, present: next };
}
