/**
 * Where on their wires the weights' numbers stand, so that none covers another. Pure.
 *
 * @typedef {{ key: string, from: number, to: number }} Line a wire: heights of its two ends
 * @typedef {{ at: Map<string, number>, crowded: boolean, spacing: number }} Placed
 *   `spacing` is the least distance from one number's middle to the next in the same column
 */

/** Where numbers stand that are shown only for the wires of one unit, which spread from here to either side alike. */
const LONELY = 0.5;
const AIR = 4;
/** More numbers than this between two layers cannot be told apart, room or not. */
const MOST_NUMBERS = 12;
const MOST_SCATTERED = 6;
const FIRST = 0.2;
/** Here the numbers of two by two wires stand evenly. */
const THIRD = 1 / 3;
const LAST = 0.5;

/**
 * One column of numbers if there is a place where they all fit, else several, else none ("crowded").
 *
 * @param {Line[]} lines
 * @param {{ length: number, width: number, height: number, least?: number }} room length between the columns, and a
 *   number's box;
 *   least: width of the widest box that may come to stand in one column
 * @returns {Placed}
 */
export function placeNumbers(lines, { length, width, height, least = width }) {
  const one = straightened(lines, inOneColumn(lines, Math.min(THIRD, Math.max(FIRST, (least / 2 + AIR) / length))));
  if (lines.length <= MOST_NUMBERS && one.spacing >= height + AIR) return { ...one, crowded: false };
  const several = lines.length <= MOST_SCATTERED ? inSeveralColumns(lines, { length, width, height }) : null;
  if (several !== null) return { at: several, crowded: false, spacing: 0 };
  return { at: new Map(lines.map(({ key }) => [key, LONELY])), crowded: true, spacing: 0 };
}

/** @param {Line} line @param {number} at */
const middle = ({ from, to }, at) => from + (to - from) * at;

/** @param {Line[]} lines @param {number} at */
function leastSpacing(lines, at) {
  const heights = lines.map((line) => middle(line, at)).sort((p, q) => p - q);
  return heights.slice(1).reduce((least, height, index) => Math.min(least, height - heights[index]), Infinity);
}

/** @param {Line[]} lines @param {number} first where no box touches the column that sends */
function inOneColumn(lines, first) {
  let best = THIRD;
  let spacing = leastSpacing(lines, best);
  for (let at = first; at <= LAST && lines.length <= MOST_NUMBERS; at += 0.01) {
    const found = leastSpacing(lines, at);
    // A gain of a hair is not worth leaving the third, where two by two wires stand evenly.
    if (found > spacing * 1.02) {
      best = at;
      spacing = found;
    }
  }
  return { at: new Map(lines.map(({ key }) => [key, best])), spacing };
}

/**
 * On a wire that runs level the number moves to the middle, where it leaves both ends free, if it comes no nearer to
 * others.
 *
 * @param {Line[]} lines
 * @param {{ at: Map<string, number>, spacing: number }} placed
 */
function straightened(lines, { at, spacing }) {
  const isLevel = (/** @type {Line} */ { from, to }) => from === to;
  const slanting = lines.filter((line) => !isLevel(line)).map((line) => middle(line, at.get(line.key) ?? THIRD));
  const moved = lines.filter(
    (line) => isLevel(line) && slanting.every((height) => Math.abs(height - line.from) >= spacing - 1e-9),
  );
  return { at: new Map([...at, ...moved.map(({ key }) => /** @type {const} */ ([key, LAST]))]), spacing };
}

/**
 * From the top down, each number in the first column in which it touches none before it.
 *
 * @param {Line[]} lines
 * @param {{ length: number, width: number, height: number }} room
 * @returns {Map<string, number> | null}
 */
function inSeveralColumns(lines, { length, width, height }) {
  const pace = (width + AIR) / length;
  const first = (width / 2 + 2 * AIR) / length;
  const columns = Math.floor((1 - 2 * first) / pace) + 1;
  if (columns < 2) return null;
  const spread = (1 - 2 * first) / (columns - 1);
  /** @type {number[][]} */
  const taken = Array.from({ length: columns }, () => []);
  /** @type {Map<string, number>} */
  const placed = new Map();
  const byHeight = [...lines].sort((p, q) => p.from + p.to - q.from - q.to);
  for (const line of byHeight) {
    const column = taken.findIndex((heights, index) =>
      heights.every((other) => Math.abs(other - middle(line, first + index * spread)) >= height + AIR),
    );
    if (column < 0) return null;
    const at = first + column * spread;
    taken[column].push(middle(line, at));
    placed.set(line.key, at);
  }
  return placed;
}
