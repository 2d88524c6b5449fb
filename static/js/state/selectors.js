/**
 * What follows from the state, in one place for all who ask.
 *
 * @import { AppState, FunctionEntry, Step } from "../record/types.js"
 */

/** @param {AppState} state @returns {Step | null} */
export const currentStep = ({ trace, current }) => trace?.steps[current] ?? null;

/** A text that changes when, and only when, the network's structure does. @param {AppState} state */
export const structureOf = ({ request }) =>
  request === null
    ? ""
    : [
        request.x.length,
        ...request.network.layers.map((layer) => `${layer.b.length}:${layer.activation}:${layer.slope ?? ""}`),
        request.loss,
      ].join(" ");

/**
 * Names of activations and losses in the chosen language, by their words in JSON.
 * @param {AppState} state
 * @returns {Record<string, string>}
 */
export function titlesOf({ catalog, language }) {
  const entries = catalog === null ? [] : [...catalog.activations, ...catalog.losses];
  return Object.fromEntries(entries.map((/** @type {FunctionEntry} */ { name, title }) => [name, title[language]]));
}

/** Whether there is an update to apply: the gradients are there, and they are the loss's. @param {AppState} state */
export const canUpdate = ({ trace, request }) =>
  trace !== null && request !== null && request.signal === undefined && trace.loss.value !== null;

/** What a preset is called, or that the network is the visitor's own. @param {AppState} state @param {string} own */
export const titleOf = ({ presets, preset, language }, own) =>
  presets.find((each) => each.name === preset)?.title[language] ?? own;
