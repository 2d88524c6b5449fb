/**
 * What the visitor has chosen to look at in the map: no part of the recipe, so it stands beside the Lab's own state.
 *
 * The map sets it and moments.js asks the server for it; they are mounted apart and meet here, by the store they share.
 *
 * @import { Store } from "../../kit/store.js"
 *
 * @typedef {object} MapChoice
 * @property {number[] | null} inputs which two inputs vary; null for what tells most
 * @property {{ layer: number, unit: number } | null} pinned a unit clicked: shown large until another is
 * @property {boolean} heldOut whether the examples held out are shown
 * @property {{ pointer: string } | null} weight the weight clicked last; a new object with each click
 * @property {boolean} discrete only which class wins, not how clearly
 */
import { createStore } from "../../kit/store.js";

/** @type {WeakMap<object, Store<MapChoice>>} */
const choices = new WeakMap();

/** @param {object} store the Lab's @returns {Store<MapChoice>} */
export function mapChoiceOf(store) {
  let found = choices.get(store);
  if (found === undefined)
    choices.set(
      store,
      (found = createStore(
        /** @type {MapChoice} */ ({ inputs: null, pinned: null, weight: null, heldOut: true, discrete: false }),
      )),
    );
  return found;
}
