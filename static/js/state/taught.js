/**
 * A walk that ends before what has not been taught. Pure.
 *
 * @import { Phase, Timeline } from "../record/types.js"
 */

/**
 * The walk up to its first phase that is not to be shown; numbers of what is left out stay unknown.
 *
 * @param {Timeline} timeline
 * @param {readonly Phase[] | null} shown null for all
 * @returns {Timeline}
 */
export function upTo(timeline, shown) {
  const at = timeline.phases.findIndex(({ phase }) => shown !== null && !shown.includes(phase));
  if (at < 0) return timeline;
  const phases = timeline.phases.slice(0, at);
  const last = phases.at(-1);
  return { ...timeline, phases, beats: timeline.beats.slice(0, (last?.lastStep ?? -1) + 1), duration: last?.end ?? 0 };
}
