/**
 * What a pointer speaks of: a wire, a unit, an input, a target, the loss. Pure.
 *
 * @import { Pointer } from "./types.js"
 */

const OF_WEIGHT = /^(?:\/updated)?\/layers\/(\d+)\/(?:w|dl_dw)\/(\d+)\/(\d+)$/;
const OF_BIAS = /^(?:\/updated)?\/layers\/(\d+)\/(?:b|dl_db)\/(\d+)$/;
const OF_UNIT = /^\/layers\/(\d+)\/(?:z|a|gain|dl_da|dl_dz)\/(\d+)$/;
const OF_JACOBIAN = /^\/layers\/(\d+)\/jacobian\/(\d+)\/\d+$/;
const OF_INPUT = /^\/(?:x|dl_dx)\/(\d+)$/;

/**
 * The address under which the thing on the stage is known: a weight by /layers/l/w/r/c, a bias by /layers/l/b/r, a unit
 * by /layers/l/z/r, an input by /x/i, the loss by /loss/value, a target by /target/k, an injected signal by /signal/k.
 *
 * @param {Pointer} pointer
 * @returns {Pointer}
 */
export function thingOf(pointer) {
  let found = OF_WEIGHT.exec(pointer);
  if (found) return `/layers/${found[1]}/w/${found[2]}/${found[3]}`;
  found = OF_BIAS.exec(pointer);
  if (found) return `/layers/${found[1]}/b/${found[2]}`;
  found = OF_UNIT.exec(pointer) ?? OF_JACOBIAN.exec(pointer);
  if (found) return `/layers/${found[1]}/z/${found[2]}`;
  found = OF_INPUT.exec(pointer);
  if (found) return `/x/${found[1]}`;
  return pointer === "/updated/loss" ? "/loss/value" : pointer;
}

/**
 * @param {Pointer} thing
 * @returns {{ layer: number, row: number, column: number } | null} the wire of a weight's address
 */
export function wireOf(thing) {
  const found = OF_WEIGHT.exec(thing);
  return found && { layer: Number(found[1]), row: Number(found[2]), column: Number(found[3]) };
}

/** @param {Pointer} thing @returns {{ layer: number, row: number } | null} the unit of a unit's address */
export function unitOf(thing) {
  const found = OF_UNIT.exec(thing);
  return found && { layer: Number(found[1]), row: Number(found[2]) };
}

/** Numbers that are given, and so can be changed where they stand. @param {Pointer} pointer */
export const isGiven = (pointer) => /^\/(?:x|target|signal)\/|^\/layers\/\d+\/[wb]\//.test(pointer);

/** The key under which a number itself is lit, beside that of the thing it belongs to. @param {Pointer} pointer */
export const numberOf = (pointer) => `#${pointer}`;

/**
 * The name of the place where the terms of a number meet, if that is not where the number itself stands.
 * @param {Pointer} pointer
 */
export const whereItAdds = (pointer) => `${pointer}#sum`;

const OF_NEW = /^\/updated(\/layers\/\d+\/[wb]\/.+)$/;

/**
 * The number that the update replaces by this one; null for a number that replaces none. The two are to be told apart,
 * however small the step.
 *
 * @param {Pointer} pointer
 * @returns {Pointer | null}
 */
export const replacedBy = (pointer) =>
  pointer === "/updated/loss" ? "/loss/value" : (OF_NEW.exec(pointer)?.[1] ?? null);
