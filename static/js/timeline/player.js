/** The page's only clock: turns elapsed seconds into moments on a timeline while it plays. */

/**
 * @typedef {object} Ticker where time comes from
 * @property {(callback: (milliseconds: number) => void) => number} request as requestAnimationFrame
 * @property {(handle: number) => void} cancel as cancelAnimationFrame
 *
 * @typedef {object} PlayerOptions
 * @property {() => { time: number, duration: number, speed: number }} read the moment, the end, and seconds per second
 * @property {(time: number) => void} write the new moment
 * @property {(playing: boolean) => void} onPlaying
 * @property {Ticker} [ticker]
 *
 * @typedef {{ play: () => void, pause: () => void, toggle: () => void }} Player
 */

/** A pause of the browser (a hidden tab) counts as this many seconds at the most. */
const LONGEST_GAP = 0.1;

/** @type {() => Ticker} */
const browserTicker = () => ({
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
});

/**
 * @param {PlayerOptions} options
 * @returns {Player}
 */
export function createPlayer({ read, write, onPlaying, ticker = browserTicker() }) {
  /** @type {number | null} */
  let handle = null;
  /** @type {number | null} */
  let before = null;

  /** @param {number} now */
  function tick(now) {
    const gap = before === null ? 0 : Math.min((now - before) / 1000, LONGEST_GAP);
    before = now;
    const { time, duration, speed } = read();
    const next = Math.min(time + gap * speed, duration);
    write(next);
    if (handle === null) return;
    if (next >= duration) pause();
    else handle = ticker.request(tick);
  }

  function play() {
    if (handle !== null) return;
    const { time, duration } = read();
    if (time >= duration) write(0);
    before = null;
    handle = ticker.request(tick);
    onPlaying(true);
  }

  function pause() {
    if (handle === null) return;
    ticker.cancel(handle);
    handle = null;
    onPlaying(false);
  }

  return { play, pause, toggle: () => (handle === null ? play() : pause()) };
}
