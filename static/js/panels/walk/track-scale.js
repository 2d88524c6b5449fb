/**
 * Where a moment lies on the track. Pure. Long phases share the track by their time; a short one keeps enough room for
 * its name, so that the loss between two long passes can be seen and hit.
 *
 * @import { PhaseSpan } from "../../record/types.js"
 */

/** The smallest share of the track for a phase. */
const LEAST = 0.065;

/**
 * @param {readonly PhaseSpan[]} phases in order, without gaps
 * @returns {{ spans: { start: number, end: number }[], toPlace: (time: number) => number, toTime: (place: number) =>
 *   number }} places are 0 … 1
 */
export function trackScale(phases) {
  const lengths = phases.map(({ start, end }) => end - start);
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const small = lengths.map((length) => length / total < LEAST);
  const long = lengths.reduce((sum, length, index) => sum + (small[index] ? 0 : length), 0);
  const room = 1 - LEAST * small.filter(Boolean).length;
  let place = 0;
  const spans = lengths.map((length, index) => {
    const start = place;
    place += small[index] ? LEAST : (room * length) / long;
    return { start, end: Math.min(1, place) };
  });

  /**
   * @param {number} value
   * @param {readonly { start: number, end: number }[]} from
   * @param {readonly { start: number, end: number }[]} to
   */
  const map = (value, from, to) => {
    const found = from.findIndex(({ end }) => value <= end);
    const index = found < 0 ? from.length - 1 : found;
    const [here, there] = [from[index], to[index]];
    if (here === undefined || there === undefined) return 0;
    const part = here.end === here.start ? 0 : (value - here.start) / (here.end - here.start);
    return there.start + Math.min(1, Math.max(0, part)) * (there.end - there.start);
  };
  return { spans, toPlace: (time) => map(time, phases, spans), toTime: (at) => map(at, spans, phases) };
}
