/**
 * Moving through time: play, pause, seek, and steps that play themselves out.
 *
 * @import { Store } from "../kit/store.js"
 * @import { AppState } from "../record/types.js"
 * @import { Ticker } from "../timeline/player.js"
 */
import { frameAt } from "../timeline/frame.js";
import { createPlayer } from "../timeline/player.js";
import { phaseJump, timeAfter } from "../timeline/timeline.js";

export const SPEEDS = Object.freeze([0.25, 0.5, 1, 2, 4, 8]);

/**
 * @param {{ store: Store<AppState>, motion: () => boolean, ticker?: Ticker }} options
 *   motion: whether a single step is played; else it is simply done
 */
export function createWalk({ store, motion, ticker }) {
  /** Where a single step that is being played ends; null while nothing or everything plays. @type {number | null} */
  let stop = null;

  /** @param {number} time */
  function moveTo(time) {
    const { timeline } = store.get();
    if (timeline === null) return;
    const { time: held, done, current } = frameAt(timeline, time, { motion: false });
    store.set({ time: held, done, current });
  }

  const player = createPlayer({
    read: () => {
      const { time, timeline, speed } = store.get();
      // While a walk is on its way from the server its end is not known, and playing goes on once it is here.
      return { time, duration: stop ?? timeline?.duration ?? Infinity, speed };
    },
    write: moveTo,
    onPlaying: (playing) => {
      if (stop === null) store.set({ playing });
      if (!playing) stop = null;
    },
    ...(ticker && { ticker }),
  });

  const walk = {
    pause: () => player.pause(),

    toggle() {
      const isWholeWalk = store.get().playing;
      player.pause();
      if (!isWholeWalk && store.get().timeline !== null) player.play();
    },

    /** @param {number} time seconds */
    seek(time) {
      player.pause();
      moveTo(time);
    },

    /** @param {number} done steps */
    goTo(done) {
      const { timeline } = store.get();
      if (timeline !== null) walk.seek(timeAfter(timeline, done));
    },

    /**
     * One step on (played, if motion is wanted) or back; in the middle of one, to its end or start.
     * @param {1 | -1} by
     */
    step(by) {
      const { timeline, time } = store.get();
      if (timeline === null) return;
      const { current, progress } = frameAt(timeline, time, { motion: false });
      const wasStepping = stop !== null;
      player.pause();
      if (by < 0) return walk.goTo(current);
      const over = progress > 0 ? current : current + 1;
      const next = wasStepping && progress > 0 ? over + 2 : over + 1;
      if (next > over + 1) walk.goTo(over + 1);
      if (next > timeline.beats.length) return;
      if (!motion()) return walk.goTo(next);
      stop = timeAfter(timeline, next);
      player.play();
    },

    /** To the start of the next phase, or of this or the previous one. @param {1 | -1} by */
    phase(by) {
      const { timeline, done } = store.get();
      if (timeline !== null) walk.goTo(phaseJump(timeline, done, by));
    },

    /** @param {number} wanted held to the slowest and fastest */
    setSpeed(wanted) {
      const speed = Math.min(Math.max(wanted, SPEEDS[0] ?? 1), SPEEDS.at(-1) ?? 1);
      store.set({ speed });
    },

    /** One notch faster or slower. @param {1 | -1} by */
    changeSpeed(by) {
      const { speed } = store.get();
      const next = by > 0 ? SPEEDS.find((each) => each > speed) : SPEEDS.findLast((each) => each < speed);
      if (next !== undefined) walk.setSpeed(next);
    },
  };
  return walk;
}
