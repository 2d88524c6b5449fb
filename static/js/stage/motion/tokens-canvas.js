/**
 * Signals with their numbers: each leaves its unit, is multiplied where it meets its weight, and becomes part of what is
 * worked out, or sinks into its unit.
 *
 * @import { Frame } from "../../record/types.js"
 * @import { Pen } from "./pen.js"
 * @import { Token } from "./tokens.js"
 */
import { within } from "../../timeline/easing.js";
import { significant } from "../../kit/format.js";
import { WRITTEN } from "./acts/slip.js";
import { tokenAt } from "./tokens.js";

/** From this share of its own time on, a signal sinks into the unit. */
const SINKING = 0.88;
/** So long a weight says what it does, once its signal has gone on. */
const SAID = 0.5;

/** @param {Pen} pen @param {Frame} frame @param {readonly Token[]} tokens */
export function drawTokens(pen, { travel, isStill, progress }, tokens) {
  if (progress === 0 || travel === 0) return;
  const moments = tokens.map((token) => ({ token, ...tokenAt(token, travel) }));
  if (!isStill && travel < 1) {
    for (const { token, x, y, own, hasPassed, gate } of moments) {
      if (own === 0) continue;
      const { carried, delivered, direction } = token.pulse;
      const gone = token.lands ? within(own, WRITTEN, 1) : within(own, SINKING, 1);
      pen.stamp(significant(hasPassed ? delivered : carried, pen.digits), direction, x, y, {
        alpha: Math.min(within(own, 0, 0.07), 1 - gone),
        grow: (0.7 + 0.3 * within(own, 0, 0.1)) * (1 - 0.22 * gate) * (token.lands ? 1 : 1 - 0.4 * gone),
      });
    }
  }
  for (const { token, own, gate } of moments) {
    if (token.gate === null || token.pulse.factor === undefined) continue;
    const after = 1 - within(own, SAID, SAID + 0.2);
    const alpha = isStill ? 1 : Math.max(gate, own > 0.3 ? after : 0);
    pen.stamp(timesText(token.pulse.factor, pen.digits), "operator", token.gate.x, token.gate.y, {
      alpha,
      grow: 1 + 0.12 * gate,
    });
  }
}

/** ×(−2). @param {import("../../record/types.js").Value} factor @param {number} digits */
export function timesText(factor, digits) {
  const text = significant(factor, digits);
  return `×${text.startsWith("−") ? `(${text})` : text}`;
}
