/**
 * Following the state while a view is open; a closed one costs nothing and catches up when it is opened.
 *
 * @import { LabContext } from "../../context.js"
 * @import { LabState, ViewName } from "../../types.js"
 *
 * @template V
 * @param {LabContext} context
 * @param {ViewName} name
 * @param {(state: LabState) => V} select
 * @param {(value: V, state: LabState) => void} onChange
 */
export function watchView({ store }, name, select, onChange) {
  let value = select(store.get());
  return store.watch((state) => (state.view === name ? (value = select(state)) : value), onChange);
}
