/**
 * What the drawing modules draw on: numbers bound to their pointers, things that can be lit, places where results
 * appear.
 *
 * @import { Pointer } from "../record/types.js"
 * @import { Facts, Layout, Read, RowName, Translate } from "./types.js"
 */
import { apart, significant } from "../kit/format.js";
import { fact } from "../timeline/fact.js";
import { numberOf } from "../record/addresses.js";
import { textWidth } from "./layout/metrics.js";
import { mark, s, short } from "./draw/svg.js";

/** A number not computed yet leaves its place empty. */
export const PENDING = "";
/** What stands for a number that the visitor is asked to predict. */
const ASKED = "?";

/**
 * @typedef {{ x: number, y: number }} Place
 * @typedef {{ layer: number, unit: number, x: number, y: number, side: number }} ThumbnailPlace upper left corner and
 *   side
 *
 * @typedef {object} Sheet
 * @property {Layout} layout
 * @property {number} em one sixteenth of the numbers' size
 * @property {Translate} t
 * @property {() => Facts} facts
 * @property {Read} read
 * @property {(pointers: Pointer[], update: () => void) => void} bind call `update` whenever one of these numbers may
 *   have changed
 * @property {(thing: Pointer, element: Element) => void} light this element shows this thing: lights up with it
 * @property {(thing: Pointer) => readonly Element[]} lit
 * @property {(row: RowName, pointer: Pointer, place: Place) => void} anchor where this number stands
 * @property {(row: RowName, pointer: Pointer) => Place | undefined} placeOf
 * @property {ThumbnailPlace[]} thumbnails where the units' pictures belong
 * @property {(wanted: NumberWanted) => SVGTextElement} number
 * @property {() => void} refreshAll
 * @property {(pointers: Iterable<Pointer>) => void} refresh
 *
 * @typedef {object} NumberWanted
 * @property {RowName} row
 * @property {Pointer} pointer
 * @property {number} x
 * @property {number} y of the middle of the number
 * @property {string} [kind] class that gives size and colour
 * @property {number} [width] room; a longer number is set smaller, but on a projector
 * @property {number} [size] of the type
 * @property {string} [before] sign or word before the number
 * @property {"start" | "middle" | "end"} [align]
 * @property {Pointer} [from] the number that this one replaces: as many digits are shown as tell the two apart
 */

/**
 * @param {{ layout: Layout, t: Translate, facts: () => Facts }} given
 * @returns {Sheet}
 */
export function createSheet({ layout, t, facts }) {
  /** @type {Map<Pointer, (() => void)[]>} */
  const bound = new Map();
  /** @type {Set<() => void>} */
  const all = new Set();
  /** @type {Map<Pointer, Element[]>} */
  const things = new Map();
  /** @type {Record<RowName, Map<Pointer, Place>>} */
  const places = { forward: new Map(), reversed: new Map() };

  /** @type {Sheet} */
  const sheet = {
    layout,
    em: layout.metrics.size / 16,
    t,
    facts,
    read: (pointer) => fact(facts(), pointer),
    bind(pointers, update) {
      all.add(update);
      for (const pointer of pointers) bound.set(pointer, [...(bound.get(pointer) ?? []), update]);
    },
    light: (thing, element) => void things.set(thing, [...(things.get(thing) ?? []), element]),
    lit: (thing) => things.get(thing) ?? [],
    anchor: (row, pointer, place) => void (places[row].has(pointer) || places[row].set(pointer, place)),
    placeOf: (row, pointer) => places[row].get(pointer),
    thumbnails: [],
    number: (wanted) => boundNumber(sheet, wanted),
    refreshAll: () => all.forEach((update) => update()),
    refresh(pointers) {
      const touched = new Set([...pointers].flatMap((pointer) => bound.get(pointer) ?? []));
      touched.forEach((update) => update());
    },
  };
  return sheet;
}

/** @param {Sheet} sheet @param {NumberWanted} wanted */
function boundNumber(
  sheet,
  { row, pointer, x, y, kind = "", width, size: wanted, before = "", align = "middle", from },
) {
  const { metrics } = sheet.layout;
  const size = metrics.isLarge ? metrics.size : (wanted ?? metrics.size);
  const number = s("tspan", { class: "value", "data-pointer": pointer });
  const text = s("text", { class: `number ${kind}`.trim(), x, y, dy: "0.35em", "text-anchor": align });
  text.style.fontSize = `${short(size)}px`;
  if (before) text.append(s("tspan", { class: "before" }, before));
  text.append(number);
  const lead = { start: 1, middle: 0, end: -1 }[align] * size * 1.5;
  sheet.anchor(row, pointer, { x: x + lead, y });
  sheet.light(numberOf(pointer), number);
  sheet.bind([pointer], () => {
    const value = sheet.read(pointer);
    const { digits, asked } = sheet.facts();
    const isAsked = value === undefined && asked.includes(pointer);
    const shown = isAsked
      ? ASKED
      : value === undefined
        ? PENDING
        : from === undefined
          ? significant(value, digits)
          : apart(sheet.read(from), value, digits);
    if (value === undefined) number.removeAttribute("data-value");
    else number.setAttribute("data-value", String(value));
    if (number.textContent !== shown) number.textContent = shown;
    mark(number, "pending", value === undefined);
    mark(number, "asked", isAsked);
    const needed = textWidth(before + shown, size, kind.includes("strong"));
    const isLong = width !== undefined && needed > width && !metrics.isLarge;
    // Beside a picture a number may shrink; else it has to stay legible, and rather touches its frame.
    const least = metrics.thumbnail > 0 ? 0 : Math.min(size, metrics.number);
    text.style.fontSize = `${short(isLong ? Math.max(least, (size * width) / needed) : size)}px`;
  });
  return text;
}
