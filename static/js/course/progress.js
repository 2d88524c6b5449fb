/**
 * Which scenes a visitor has done, in their browser and nowhere else.
 *
 * @typedef {Record<string, string[]>} Progress lesson → names of the scenes done
 */
import { recall, remember } from "../kit/preferences.js";

const NAME = "course";

/** @param {unknown} value @returns {value is Progress} */
export const isProgress = (value) =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((scenes) => Array.isArray(scenes) && scenes.every((scene) => typeof scene === "string"));

/** @returns {Progress} */
export const progress = () => recall(NAME, {}, isProgress);

/** @param {Progress} before @param {string} lesson @param {string} scene @returns {Progress} */
export function withDone(before, lesson, scene) {
  const done = before[lesson] ?? [];
  return done.includes(scene) ? before : { ...before, [lesson]: [...done, scene] };
}

/** @param {string} lesson @param {string} scene */
export const markDone = (lesson, scene) => remember(NAME, withDone(progress(), lesson, scene));

export const eraseProgress = () => remember(NAME, {});
