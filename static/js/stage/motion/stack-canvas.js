/**
 * Terms under one another that add up to their sum, drawn where the sum will stand. Pure but for the canvas it draws
 * on.
 *
 * @import { Ink } from "./sprites.js"
 * @import { Stack } from "./pulses-canvas.js"
 */
import { apart, significant } from "../../kit/format.js";
import { colourOf, FONT } from "./sprites.js";

/** More terms than this are told by the first ones and the last. */
const MOST_LINES = 5;
/** The share of the time in which terms appear; then the sum is left to be read. */
const APPEARING = 0.75;

/**
 * The lines of a stack: its terms, or the first ones and the last with dots between.
 *
 * @template T
 * @param {readonly T[]} terms
 * @returns {(T | null)[]} null for what is left out
 */
export function linesOf(terms) {
  return terms.length <= MOST_LINES ? [...terms] : [...terms.slice(0, MOST_LINES - 2), null, terms[terms.length - 1]];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stack} stack
 * @param {{ share: number, size: number, digits: number, ink: Ink }} moment share: 0 … 1, how far the adding has come
 */
export function drawStack(context, { x, y, terms, total, kind }, { share, size, digits, ink }) {
  const lines = linesOf(terms);
  const shown = Math.min(lines.length, Math.floor((share / APPEARING) * lines.length + 1));
  const isAdded = share >= APPEARING;
  const pitch = size * 1.2;
  const texts = lines.map((term, index) => (term === null ? "⋯" : signed(term, digits, index > 0)));
  const sum = kind === "update" ? apart(terms[0], total, digits) : significant(total, digits);
  const type = size * 0.94;
  context.font = `600 ${type}px ${FONT}`;
  const wide = Math.max(...[...texts, sum].map((text) => context.measureText(text).width)) + size * 1.1;
  const high = (lines.length + 1) * pitch + size * 0.7;
  const top = y - high / 2;
  const colour = colourOf(kind, ink);
  context.globalAlpha = 1;
  context.beginPath();
  context.roundRect(x - wide / 2, top, wide, high, size * 0.5);
  context.fillStyle = ink.card;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = colour;
  context.textAlign = "right";
  context.textBaseline = "middle";
  const right = x + wide / 2 - size * 0.5;
  for (let line = 0; line < shown; line++)
    context.fillText(texts[line], right, top + size * 0.35 + (line + 0.5) * pitch);
  if (!isAdded) return;
  const rule = top + size * 0.35 + lines.length * pitch;
  context.fillRect(x - wide / 2 + size * 0.4, rule, wide - size * 0.8, 1.5);
  context.font = `700 ${type}px ${FONT}`;
  context.fillText(sum, right, rule + 0.5 * pitch + 1);
}

/** @param {import("../../record/types.js").Value} value @param {number} digits @param {boolean} isAdded */
function signed(value, digits, isAdded) {
  const text = significant(value, digits);
  return isAdded && !text.startsWith("−") ? `+ ${text}` : text.replace("−", isAdded ? "− " : "−");
}
