/**
 * The numbers that panels show: given ones from the request, computed ones once their step is done, else a dot.
 *
 * @import { AppState, Pointer, Step, Value } from "../record/types.js"
 * @import { Store } from "../kit/store.js"
 */
import { apart, significant } from "../kit/format.js";
import { fact } from "../timeline/fact.js";
import { replacedBy } from "../record/addresses.js";
import { toneOf } from "../record/pointers.js";

export const PENDING = "·";

/**
 * All that decides which numbers there are; equal strings, equal tables.
 *
 * @param {AppState} state
 */
export function structureOf({ request }) {
  if (request === null) return "";
  const { network, x, loss, learning_rate, momentum, freeze, signal } = request;
  const layers = network.layers.map(({ b, activation }) => `${b.length} ${activation}`);
  return [
    x.length,
    ...layers,
    loss,
    learning_rate !== undefined,
    momentum !== undefined,
    freeze?.join("+") ?? "",
    signal !== undefined,
  ].join("|");
}

/**
 * Call `onChange` now and whenever one of the selected values is another one.
 *
 * @param {Store<AppState>} store
 * @param {readonly ((state: AppState) => unknown)[]} selectors
 * @param {(state: AppState) => void} onChange
 */
export function watchAll(store, selectors, onChange) {
  /** @type {unknown[]} */
  let last = [];
  return store.watch(
    (state) => {
      const next = selectors.map((select) => select(state));
      if (next.length !== last.length || next.some((value, index) => !Object.is(value, last[index]))) last = next;
      return last;
    },
    (_, state) => onChange(state),
  );
}

/** @typedef {(value: Value) => string} Format how a number reads, where it is not in the digits chosen */

/**
 * @typedef {object} Board elements that show one number each, kept up to date as the walk goes on
 * @property {<E extends HTMLElement>(element: E, pointer: Pointer, format?: Format) => E} show
 * @property {(pointer: Pointer) => readonly HTMLElement[]} at the elements that show a number
 * @property {() => void} clear forget all elements
 */

/**
 * @param {HTMLElement} element
 * @param {Pointer} pointer
 * @param {Value | undefined} value
 * @param {Format} format
 */
function paint(element, pointer, value, format) {
  const pending = value === undefined;
  element.textContent = pending ? PENDING : format(value);
  element.classList.toggle("pending", pending);
  element.dataset.tone = toneOf(pointer, value);
  if (pending) delete element.dataset.value;
  else element.dataset.value = String(value);
}

/**
 * A board costs what changes: a step repaints the numbers it wrote, an edit all of them.
 *
 * @param {Store<AppState>} store
 * @returns {Board}
 */
export function createBoard(store) {
  /** @type {Map<Pointer, HTMLElement[]>} */
  const elements = new Map();
  /** @type {WeakMap<HTMLElement, Format>} */
  const formats = new WeakMap();
  let painted = 0;

  /** @param {HTMLElement} element @param {AppState} state @param {Pointer} pointer @returns {Format} */
  function formatOf(element, state, pointer) {
    const own = formats.get(element);
    if (own !== undefined) return own;
    const replaced = replacedBy(pointer);
    if (replaced === null) return (value) => significant(value, state.digits);
    return (value) => apart(fact(state, replaced), value, state.digits);
  }

  /** @param {AppState} state @param {Pointer} pointer */
  const repaint = (state, pointer) => {
    const shown = elements.get(pointer);
    if (shown === undefined) return;
    const value = fact(state, pointer);
    for (const element of shown) paint(element, pointer, value, formatOf(element, state, pointer));
  };

  watchAll(store, [(state) => state.trace, (state) => state.request, (state) => state.digits], (state) => {
    painted = state.done;
    for (const pointer of elements.keys()) repaint(state, pointer);
  });
  store.watch(
    (state) => state.done,
    (done, state) => {
      /** @type {readonly Step[]} */
      const changed = state.trace?.steps.slice(Math.min(done, painted), Math.max(done, painted)) ?? [];
      painted = done;
      if (elements.size === 0) return;
      for (const { writes } of changed) for (const pointer of writes) repaint(state, pointer);
    },
  );

  return {
    show(element, pointer, format) {
      const state = store.get();
      element.dataset.pointer = pointer;
      if (format) formats.set(element, format);
      const others = elements.get(pointer);
      if (others) others.push(element);
      else elements.set(pointer, [element]);
      paint(element, pointer, fact(state, pointer), formatOf(element, state, pointer));
      return element;
    },
    at: (pointer) => elements.get(pointer) ?? [],
    clear: () => elements.clear(),
  };
}
