/**
 * Terms arrive on a slip, line by line; a rule is drawn below them, and their result written under it.
 *
 * @import { Act, Cue } from "./acts.js"
 * @import { Slip } from "../slips.js"
 * @import { Pen } from "../pen.js"
 */
import { within } from "../../../timeline/easing.js";
import { workingsOf } from "../../../timeline/workings.js";
import { whereItAdds } from "../../../record/addresses.js";
import { colourOf } from "../sprites.js";
import { kindOf } from "../kinds.js";
import { faded, MATH } from "../pen.js";
import { areApart, slipOf } from "../slips.js";
import { tokenAt } from "../tokens.js";

/** From this share of its own time on, a signal is a number on the slip. */
export const WRITTEN = 0.94;

/** @param {Cue} cue @returns {Act | null} null where slips would lie on one another */
export function slips({ sheet, row, step, timeline, size, digits }) {
  const { layout } = sheet;
  const made = workingsOf(timeline, step).flatMap((working) => {
    const place = sheet.placeOf(row, whereItAdds(working.pointer)) ?? sheet.placeOf(row, working.pointer);
    return place === undefined ? [] : [{ working, slip: slipOf(working, place, { size, digits }, layout) }];
  });
  if (made.length === 0 || !areApart(made.map(({ slip }) => slip))) return null;
  const kind = kindOf(step);
  return {
    ends: new Map(made.flatMap(({ slip }) => [...slip.ends])),
    results: new Map(
      made.flatMap(({ working, slip }) =>
        slip.total === null ? [] : [[working.pointer, { x: slip.left + slip.width / 2, y: slip.total.y }]],
      ),
    ),
    draw(pen, frame, tokens) {
      const isResting = frame.progress === 0;
      if (isResting && step.operation !== "product") return;
      const isDone = frame.done > frame.current && step.operation !== "product";
      if (isDone || (frame.travel === 0 && !isResting)) return;
      const isShown = isResting || frame.isStill;
      const there = isShown ? 1 : within(frame.travel, 0.16, 0.34);
      const gone = frame.isStill || step.operation === "product" ? 0 : within(frame.arrival, 0, 0.8);
      const written = new Set(
        tokens.filter((token) => isShown || tokenAt(token, frame.travel).own >= WRITTEN).map(({ pulse }) => pulse),
      );
      const [rule, total] = isShown ? [1, 1] : [within(frame.adding, 0.1, 0.4), within(frame.adding, 0.35, 0.6)];
      for (const { working, slip } of made) {
        faded(pen, Math.min(there, 1 - gone), () => {
          drawSlip(
            pen,
            slip,
            { colour: colourOf(kind, pen.ink), rule, total: total * Number(gone === 0) },
            (pulse) => pulse === null || isShown || written.has(pulse),
          );
          if (working.kind === "pairs") drawHeads(pen, slip);
        });
      }
    },
  };
}

/**
 * @param {Pen} pen
 * @param {Slip} slip
 * @param {{ colour: string, rule: number, total: number }} look rule and total: how far they are there
 * @param {(pulse: import("../../../record/types.js").Pulse | null) => boolean} isWritten
 */
function drawSlip(pen, slip, { colour, rule, total }, isWritten) {
  const { context, size, em } = pen;
  pen.card(slip.left, slip.top, slip.width, slip.height, colour);
  for (const { text, x, y, pulse } of slip.numbers) {
    if (isWritten(pulse)) pen.write(text, x, y, { colour, align: "right" });
  }
  if (slip.rule === null || slip.total === null) return;
  context.fillStyle = colour;
  context.fillRect(slip.left + size * 0.4, slip.rule, (slip.width - size * 0.8) * rule, 1.5 * em);
  const { text, x, y } = slip.total;
  faded(pen, total, () => pen.write(text, x, y, { colour, weight: 750, align: "right" }));
}

/** Above outputs and targets, what they are. @param {Pen} pen @param {Slip} slip */
function drawHeads(pen, slip) {
  const { size, em, ink } = pen;
  const [first, second] = slip.numbers;
  const top = slip.top - size * 0.75;
  pen.card(slip.left + 4 * em, top - size * 0.6, slip.width - 8 * em, size * 1.2, ink.line);
  for (const [name, { x }] of /** @type {const} */ ([
    ["y", first],
    ["ŷ", second],
  ]))
    pen.write(name, x - size * 0.7, top, { colour: ink.soft, size: size * 1.05, font: MATH });
}
