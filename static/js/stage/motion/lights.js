/**
 * What is lit: what the pointer is over, what is selected, and what the step reads and writes. Sets in, marks out.
 *
 * @import { Phase, Pointer, Step } from "../../record/types.js"
 * @import { Sheet } from "../sheet.js"
 * @import { Tile } from "../draw/tiles.js"
 */
import { numberOf, thingOf, unitOf, wireOf } from "../../record/addresses.js";
import { mark } from "../draw/svg.js";

/** @typedef {"hovered" | "selected" | "reads" | "writes" | "active"} Light */

/**
 * @param {Sheet} sheet
 * @param {Tile[]} tiles
 */
export function createLights(sheet, tiles) {
  /** @type {Map<Light, Set<Pointer>>} */
  const lit = new Map();
  /** @type {Set<Element>} */
  let numbered = new Set();

  /** @param {Light} light @param {Set<Pointer>} things */
  function set(light, things) {
    const before = lit.get(light) ?? new Set();
    for (const thing of before)
      if (!things.has(thing)) sheet.lit(thing).forEach((element) => mark(element, light, false));
    for (const thing of things)
      if (!before.has(thing)) sheet.lit(thing).forEach((element) => mark(element, light, true));
    lit.set(light, things);
  }

  /** In a crowd, the numbers of what is pointed at; else of the wires that the step uses; else of what is selected. */
  function showNumbers() {
    const focus = ["hovered", "active", "selected"].map(
      (light) => new Set([...(lit.get(/** @type {Light} */ (light)) ?? [])].filter((thing) => thing.startsWith("/"))),
    );
    // The numbers of several units at once would lie on each other.
    const [hovered, active, selected] = focus.map((set) =>
      set.size === 1 ? [...set].flatMap((thing) => [thing, ...fanOf(sheet, thing)]) : [],
    );
    const used =
      active.length === 0
        ? []
        : [...(lit.get("reads") ?? []), ...(lit.get("writes") ?? [])].filter((thing) => wireOf(thing) !== null);
    const wires = new Set([hovered, used, selected].find((things) => things.length > 0));
    const now = new Set(
      [...wires].flatMap((thing) => sheet.lit(thing).filter((element) => element.matches(".crowded > .chip"))),
    );
    numbered.forEach((element) => now.has(element) || mark(element, "shown", false));
    now.forEach((element) => mark(element, "shown", true));
    numbered = now;
    for (const tile of tiles) pointAt(tile, focus);
  }

  return {
    /** @param {Pointer | null} pointer */
    hover(pointer) {
      set("hovered", new Set(pointer === null ? [] : [thingOf(pointer), numberOf(pointer)]));
      showNumbers();
    },
    /** All wires and units of a path at once. @param {readonly Pointer[]} pointers */
    path(pointers) {
      set("hovered", new Set(pointers.flatMap((pointer) => [thingOf(pointer), numberOf(pointer)])));
      showNumbers();
    },
    /** @param {Pointer | null} pointer */
    select(pointer) {
      set("selected", new Set(pointer === null ? [] : [thingOf(pointer)]));
      showNumbers();
    },
    /** @param {Step | null} step */
    show(step) {
      set("reads", new Set(step?.reads.flatMap((pointer) => [thingOf(pointer), numberOf(pointer)])));
      set("writes", new Set(step?.writes.map(thingOf)));
      set("active", step === null ? new Set() : activeOf(step));
      showNumbers();
    },
  };
}

/** @param {Step} step @returns {Set<Pointer>} the unit or units a step speaks of */
function activeOf({ layer, unit, writes }) {
  if (layer !== null && unit !== null) return new Set([`/layers/${layer}/z/${unit}`]);
  return new Set(writes.map(thingOf).filter((thing) => unitOf(thing) !== null || !wireOf(thing)));
}

/**
 * The wires into and out of a unit, as far as they are drawn.
 * @param {Sheet} sheet
 * @param {Pointer} thing
 * @returns {Pointer[]}
 */
function fanOf({ layout }, thing) {
  const unit = unitOf(thing);
  const input = /^\/x\/(\d+)$/.exec(thing);
  if (unit === null && input === null) return [];
  const column = unit === null ? 0 : unit.layer + 1;
  const row = unit === null ? Number(input?.[1]) : unit.row;
  const before = layout.columns[column - 1]?.count ?? 0;
  const after = layout.columns[column + 1]?.count ?? 0;
  return [
    ...Array.from({ length: before }, (_, sender) => `/layers/${column - 1}/w/${row}/${sender}`),
    ...Array.from({ length: after }, (_, receiver) => `/layers/${column}/w/${receiver}/${row}`),
  ];
}

/** @param {Tile} tile @param {Set<Pointer>[]} focus */
function pointAt(tile, focus) {
  for (const things of focus) {
    for (const thing of things) {
      const wire = wireOf(thing);
      if (wire?.layer === tile.layer) return tile.point(wire.row, wire.column);
      const unit = unitOf(thing);
      if (unit?.layer === tile.layer && things.size === 1) return tile.point(unit.row, null);
      if (unit?.layer === tile.layer - 1 && things.size === 1) return tile.point(null, unit.row);
    }
  }
  tile.point(null, null);
}
