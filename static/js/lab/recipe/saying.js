/**
 * What an edit changed along with it, as a notice; the one before it goes, as it speaks of what is no more.
 *
 * @import { LabContext } from "../context.js"
 * @import { PageState } from "../state/state.js"
 * @import { Notice } from "./fit.js"
 *
 * @typedef {(...notices: Notice[]) => void} Say
 */

/**
 * A notice with the titles of the functions in place of their names.
 * @param {PageState} state
 * @param {Notice} notice
 * @returns {Notice}
 */
function named({ catalog, language }, { key, params }) {
  const entries = [...(catalog?.losses ?? []), ...(catalog?.activations ?? [])];
  const titleOf = (/** @type {string | number} */ value) =>
    entries.find(({ name }) => name === value)?.title[language] ?? value;
  return { key, params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, titleOf(value)])) };
}

/** @param {LabContext} context @returns {Say} */
export function createSay({ store, actions }) {
  /** @type {Notice[]} */
  let said = [];
  return (...notices) => {
    for (const each of said) actions.dismiss(JSON.stringify(each));
    said = notices.map((notice) => named(store.get(), notice));
    if (said.length > 0) actions.notify(...said);
  };
}
