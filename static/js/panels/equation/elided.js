/**
 * Which rows or columns of something wide are shown.
 *
 * @param {number} count
 * @param {number | null} active the one that must be among them
 * @param {number} [room] how many fit
 * @returns {(number | null)[]} indices in order; null for a gap
 */
export function elided(count, active, room = 5) {
  if (count <= room) return Array.from({ length: count }, (_, index) => index);
  const wanted = new Set([0, count - 1]);
  if (active !== null && active >= 0 && active < count) wanted.add(active);
  for (let index = 1; wanted.size < room - 1; index += 1) wanted.add(index);
  const shown = [...wanted].sort((a, b) => a - b);
  return shown.flatMap((index, place) => (place > 0 && index - shown[place - 1] > 1 ? [null, index] : [index]));
}
