/**
 * What the catalogue says of an activation or a loss. Pure.
 *
 * @import { ActivationEntry, Catalog, LossEntry } from "./types.js"
 */

/** @param {Pick<Catalog, "activations"> | null} catalog @param {string} name @returns {ActivationEntry | null} */
export const activationIn = (catalog, name) => catalog?.activations.find((entry) => entry.name === name) ?? null;

/** @param {Pick<Catalog, "losses"> | null} catalog @param {string} name @returns {LossEntry | null} */
export const lossIn = (catalog, name) => catalog?.losses.find((entry) => entry.name === name) ?? null;

/**
 * Whether each a of a layer depends on all of its z: then it has a Jacobian in place of gains.
 *
 * @param {Pick<Catalog, "activations"> | null} catalog
 * @param {string} activation
 */
export const readsWholeLayer = (catalog, activation) => activationIn(catalog, activation)?.reads_whole_layer ?? false;
