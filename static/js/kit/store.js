/** The one mutable place of a page: a state object replaced as a whole, and those who want to know. */

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {() => S} get the current state; never to be changed in place
 * @property {(patch: Partial<S>) => void} set replace some fields; listeners run at once, in the order they came
 * @property {<V>(select: (state: S) => V, onChange: (value: V, state: S) => void) => () => void} watch
 *   call `onChange` now and whenever the selected value is another one (Object.is); gives a function that stops it
 */

/**
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    get: () => state,
    set(patch) {
      state = { ...state, ...patch };
      for (const listener of [...listeners]) {
        if (listeners.has(listener)) listener();
      }
    },
    watch(select, onChange) {
      let value = select(state);
      const listener = () => {
        const next = select(state);
        if (Object.is(next, value)) return;
        value = next;
        onChange(next, state);
      };
      listeners.add(listener);
      onChange(value, state);
      return () => listeners.delete(listener);
    },
  };
}
