/**
 * The end of a learning step: the loss goes from what it was to what it is now.
 *
 * @import { Act, Cue } from "./acts.js"
 */
import { cubicInOut, within } from "../../../timeline/easing.js";
import { workingsOf } from "../../../timeline/workings.js";
import { apart, significant } from "../../../kit/format.js";
import { textWidth } from "../../layout/metrics.js";
import { lossHeight } from "../../layout/routes.js";
import { signed } from "../slips.js";
import { between } from "./change.js";
import { faded, MATH } from "../pen.js";

/** @param {Cue} cue @returns {Act | null} */
export function falling({ sheet, row, step, timeline, size, digits }) {
  const [working] = workingsOf(timeline, step);
  const [before, total] = [working?.lines[0][0].value, working?.total];
  if (row !== "forward" || typeof before !== "number" || typeof total !== "number") return null;
  const { layout } = sheet;
  const [from, to] = [significant(before, digits), apart(before, total, digits)];
  const type = size * 1.45;
  const width = Math.max(textWidth(`${from} → ${to}`, type, true) + 3.4 * size, 11 * size);
  const height = 6.4 * size;
  const left = Math.min(layout.tail.loss - width / 2, layout.width - width - 4);
  // It covers the loss and, below it, the place of the new one.
  const top = lossHeight(layout, row) - 2.6 * size;
  const change = signed(working.lines[1][0].value ?? null, digits, "+");
  const most = Math.max(before, total, Number.MIN_VALUE);
  return {
    ownResults: true,
    draw(pen, frame) {
      if (frame.travel === 0 || frame.progress === 0) return;
      const share = frame.isStill ? 1 : frame.adding;
      const moved = cubicInOut(within(share, 0.25, 0.95));
      const there = frame.isStill ? 1 : within(share, 0, 0.14);
      const gone = frame.isStill ? 0 : within(frame.reading, 0.86, 1);
      const { ink, context, em } = pen;
      faded(pen, Math.min(there, 1 - gone), () => {
        pen.card(left, top, width, height, ink.plain);
        const middle = left + width / 2;
        const [line, end] = [top + 1.9 * size, left + width - 1.1 * size];
        const text = moved === 1 ? to : between(before, total, moved, to);
        pen.write("l", left + 1.1 * size, line, { colour: ink.soft, size: type, font: MATH, align: "left" });
        pen.write(text, end, line, { colour: ink.plain, size: type, weight: 750, align: "right" });
        const start = end - textWidth(to, type, true) - 0.3 * size;
        pen.write(`${from} →`, start, line, { colour: ink.soft, size: type, weight: 500, align: "right" });
        const [bar, long] = [top + 3.6 * size, width - 2.2 * size];
        for (const [value, colour] of /** @type {const} */ ([
          [before, ink.line],
          [before + (total - before) * moved, ink.plain],
        ])) {
          context.beginPath();
          context.roundRect(left + 1.1 * size, bar, Math.max(8 * em, (long * value) / most), 8 * em, 4 * em);
          context.fillStyle = colour;
          context.fill();
        }
        faded(pen, within(share, 0.6, 0.9), () => pen.write(change, middle, top + 5.25 * size, { colour: ink.soft }));
      });
    },
  };
}
