/**
 * Dragging a number up and down changes it: at most once a frame, in fine steps with Shift.
 *
 * @import { Pointer } from "../../record/types.js"
 */

const STEP = 0.02;
const FINE = 0.002;

/**
 * @param {number} start
 * @param {number} up pixels the hand has moved up
 * @param {boolean} fine
 */
export function draggedValue(start, up, fine) {
  const decimals = fine ? 1000 : 100;
  return up === 0 ? start : Math.round((start + up * (fine ? FINE : STEP)) * decimals) / decimals;
}

/**
 * @param {{ read: (pointer: Pointer) => number | undefined, actions: { setNumber: (pointer: Pointer, value: number) =>
 *   void } }} hands
 */
export function createNumberDrag({ read, actions }) {
  /** @type {{ pointer: Pointer, value: number, from: number, last: number } | null} */
  let now = null;
  /** @type {number | null} */
  let waiting = null;
  let next = 0;

  return {
    isOn: () => now !== null,
    /** @param {Pointer} pointer @param {number} from height of the hand */
    start(pointer, from) {
      const value = read(pointer);
      now = value === undefined ? null : { pointer, value, from, last: value };
    },
    /** @param {number} to height of the hand @param {boolean} fine */
    move(to, fine) {
      if (now === null) return;
      next = draggedValue(now.value, now.from - to, fine);
      waiting ??= requestAnimationFrame(() => {
        waiting = null;
        if (now === null || next === now.last) return;
        now.last = next;
        actions.setNumber(now.pointer, next);
      });
    },
    stop() {
      now = null;
    },
  };
}
