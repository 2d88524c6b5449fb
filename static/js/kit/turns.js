/**
 * When a thing that is wished for again and again gets its turn.
 */

/**
 * Doing a thing at most once in so many milliseconds; the last call always gets its turn in the end.
 *
 * @param {number} milliseconds
 * @param {() => void} act
 * @param {{ now?: () => number, later?: (act: () => void, milliseconds: number) => unknown }} [clock]
 */
export function paced(milliseconds, act, { now = () => performance.now(), later = setTimeout } = {}) {
  let last = -Infinity;
  let waiting = false;
  const go = () => {
    waiting = false;
    last = now();
    act();
  };
  return () => {
    if (waiting) return;
    const wait = last + milliseconds - now();
    if (wait <= 0) return go();
    waiting = true;
    later(go, wait);
  };
}

/** Once per animation frame at most. @param {() => void} act */
export function perFrame(act) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      act();
    });
  };
}

/**
 * One answer at a time: while one is waited for, only the newest wish is remembered.
 *
 * @template T
 * @param {(wish: T) => Promise<void>} serve
 */
export function newestOnly(serve) {
  /** @type {{ wish: T } | null} */
  let next = null;
  let busy = false;
  return async (/** @type {T} */ wish) => {
    next = { wish };
    if (busy) return;
    busy = true;
    try {
      while (next !== null) {
        const { wish: now } = /** @type {{ wish: T }} */ (next);
        next = null;
        await serve(now);
      }
    } finally {
      busy = false;
    }
  };
}
