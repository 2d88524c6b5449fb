/**
 * The kind of what a step moves: it gives shape and colour.
 *
 * @import { Step } from "../../record/types.js"
 * @import { Kind } from "./sprites.js"
 */

/** @type {Readonly<Record<Step["phase"], Kind>>} */
const KINDS = Object.freeze({
  forward: "forward",
  loss: "forward",
  backward: "backward",
  gradient: "gradient",
  update: "update",
});

/** A gain is a constant of the unit, not a signal. @param {Pick<Step, "phase" | "operation">} step @returns {Kind} */
export const kindOf = ({ phase, operation }) => (operation === "gain" ? "operator" : KINDS[phase]);
