/**
 * What is to be seen of a step besides the signals on their way: each operation has its act. An act is prepared when its
 * step begins, and then drawn from the frame alone.
 *
 * @import { Frame, Pointer, Pulse, Step, Timeline } from "../../../record/types.js"
 * @import { RowName } from "../../types.js"
 * @import { Sheet } from "../../sheet.js"
 * @import { Pen } from "../pen.js"
 * @import { Place, Token } from "../tokens.js"
 */
import { amplifiers } from "./amplifier.js";
import { changing } from "./change.js";
import { falling } from "./fall.js";
import { lenses } from "./lens.js";
import { meeting } from "./meeting.js";
import { slips } from "./slip.js";

/**
 * @typedef {object} Cue what an act is prepared from
 * @property {Sheet} sheet
 * @property {RowName} row
 * @property {Step} step
 * @property {Timeline} timeline
 * @property {number} size of moving numbers
 * @property {number} digits
 *
 * @typedef {object} Act
 * @property {(pen: Pen, frame: Frame, tokens: readonly Token[]) => void} draw
 * @property {ReadonlyMap<Pulse, Place>} [ends] where signals become part of it
 * @property {ReadonlyMap<Pulse, Place>} [starts] where signals come from, before their wire
 * @property {ReadonlyMap<Pointer, Place>} [results] from where each result goes to its place
 * @property {boolean} [ownSignals] whether it shows the signals itself
 * @property {boolean} [ownResults] and the results
 */

/** @type {Readonly<Record<string, (cue: Cue) => Act | null>>} */
const ACTS = Object.freeze({
  weighted_sum: slips,
  backward_sum: slips,
  input_gradient: slips,
  product: slips,
  accumulate: slips,
  loss: (cue) => (cue.step.phase === "update" ? falling(cue) : slips(cue)),
  activation: lenses,
  gain: lenses,
  amplify: (cue) => (cue.row === "reversed" ? amplifiers(cue) : slips(cue)),
  weight_gradient: meeting,
  weight_update: changing,
  bias_update: changing,
});

/** @type {Act} */
const NO_ACT = Object.freeze({ draw: () => {} });

/** @param {Cue} cue @returns {Act} */
export const actOf = (cue) => ACTS[cue.step.operation]?.(cue) ?? NO_ACT;
