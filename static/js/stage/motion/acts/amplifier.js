/**
 * ∂l/∂a goes through the amplifier and leaves it as ∂l/∂z: times the gain, which is a constant since the forward pass.
 *
 * @import { Act, Cue } from "./acts.js"
 * @import { Pen } from "../pen.js"
 */
import { cubicOut, within } from "../../../timeline/easing.js";
import { pulsesOf } from "../../../timeline/pulses.js";
import { significant } from "../../../kit/format.js";
import { heightOf } from "../../layout/geometry.js";
import { faded, scaled } from "../pen.js";
import { pillHalf } from "../sprites.js";
import { tokenAt, tokenOf } from "../tokens.js";

/** While it multiplies, an amplifier is larger than at rest; lengths in sixteenths of the type. */
const SWELL = Object.freeze({ tip: 8, base: 24, height: 1.3 });

/** @param {Cue} cue @returns {Act | null} null for softmax, which has no gain of its own */
export function amplifiers({ sheet, row, step, timeline, size, digits }) {
  const { layout, em } = sheet;
  const { metrics } = layout;
  const made = pulsesOf(timeline, step).flatMap((pulse, index) => {
    const { layer, row: unit } = pulse.wire;
    if (pulse.factor === undefined) return [];
    const column = layout.columns[layer + 1];
    const y = heightOf(layout, row, layer + 1, unit);
    const tip = column.left + metrics.bubbleWidth;
    const half = metrics.unitHeight / 2 + (metrics.form === "table" ? 2 : 6) * em;
    const [point, base] = [tip - SWELL.tip * em, column.right + SWELL.base * em];
    const gate = { x: base - (base - point) * 0.36, y };
    const start = { x: base + pillHalf(significant(pulse.carried, digits), size * 0.9) + 10 * em, y };
    const end = { x: column.left + metrics.bubbleWidth / 2, y };
    const token = tokenOf(pulse, { way: [start], gate, rest: [end] });
    return [{ pointer: step.writes[index], token, tip: point, base, y, half: half * SWELL.height, start, gate, end }];
  });
  if (made.length === 0) return null;
  const caption = sheet.t("stage.constant");
  return {
    ownSignals: true,
    results: new Map(made.map(({ pointer, end }) => [pointer, end])),
    draw(pen, frame) {
      if (frame.travel === 0 || frame.progress === 0 || frame.done > frame.current) return;
      const there = frame.isStill ? 1 : cubicOut(within(frame.travel, 0, 0.12)) * (1 - frame.arrival);
      for (const { token, gate, start, end, ...triangle } of made) {
        const { carried, delivered, factor } = token.pulse;
        faded(pen, there, () => drawTriangle(pen, triangle));
        const { x, y, hasPassed, own, gate: inGate } = tokenAt(token, frame.travel);
        if (frame.isStill) {
          pen.stamp(significant(carried, digits), "backward", start.x, start.y);
          pen.stamp(significant(delivered, digits), "backward", end.x, end.y);
        } else if (frame.arrival === 0)
          pen.stamp(significant(hasPassed ? delivered : carried, digits), "backward", x, y, {
            // Inside, only the gain is to be read.
            alpha: Math.min(within(own, 0, 0.08), within(Math.abs(x - gate.x), 30 * em, 56 * em)),
            grow: 1 - 0.55 * inGate,
          });
        faded(pen, there, () =>
          scaled(pen, gate, 1 + 0.14 * inGate, () =>
            pen.write(`×${significant(factor, digits)}`, gate.x, gate.y, {
              colour: pen.ink.plain,
              size: size * 1.12,
              weight: 750,
            }),
          ),
        );
        faded(pen, there * (frame.isStill ? 1 : within(frame.travel, 0.04, 0.12)), () =>
          drawCaption(pen, caption, triangle),
        );
      }
    },
  };
}

/** @param {Pen} pen @param {{ tip: number, base: number, y: number, half: number }} triangle */
function drawTriangle({ context, ink, em }, { tip, base, y, half }) {
  context.beginPath();
  context.moveTo(tip, y);
  context.lineTo(base, y - half);
  context.lineTo(base, y + half);
  context.closePath();
  context.fillStyle = ink.backwardTint;
  context.fill();
  context.strokeStyle = ink.backward;
  context.lineWidth = 3 * em;
  context.lineJoin = "round";
  context.stroke();
}

/** @param {Pen} pen @param {string} text @param {{ base: number, y: number, half: number }} triangle */
function drawCaption(pen, text, { base, y, half }) {
  const { context, ink, size, em } = pen;
  const look = { colour: ink.soft, size: size * 0.86, align: /** @type {const} */ ("right") };
  const [right, height] = [base - 30 * em, y + half - 2 * em];
  context.lineWidth = 5 * em;
  context.lineJoin = "round";
  context.strokeStyle = ink.paper;
  pen.write(text, right, height, look);
  context.strokeText(text, right, height + look.size * 0.04);
  pen.write(text, right, height, look);
}
