/**
 * A parameter slides to its new value: what is added to it stands below, and the number runs until all of it is added.
 *
 * @import { Act, Cue } from "./acts.js"
 */
import { cubicInOut, within } from "../../../timeline/easing.js";
import { workingsOf } from "../../../timeline/workings.js";
import { apart, significant } from "../../../kit/format.js";
import { textWidth } from "../../layout/metrics.js";
import { signed } from "../slips.js";
import { areApart } from "../slips.js";
import { faded } from "../pen.js";

/** @param {Cue} cue @returns {Act | null} */
export function changing({ sheet, row, step, timeline, size, digits }) {
  const type = size * 0.94;
  const made = workingsOf(timeline, step).flatMap(({ pointer, lines, total }) => {
    const before = lines[0][0].value;
    const place = sheet.placeOf(row, pointer.replace(/^\/updated/, ""));
    const after = sheet.placeOf(row, pointer);
    if (place === undefined || after === undefined || typeof before !== "number" || typeof total !== "number")
      return [];
    const [from, to] = [significant(before, digits), apart(before, total, digits)];
    const change = signed(lines[1][0].value ?? null, digits, "+");
    const width = textWidth(`${from} → ${to}`, type, true) + 1.2 * size;
    const height = 2.75 * size;
    const [x, y] = [(place.x + after.x) / 2, place.y];
    return [{ before, total, from, to, change, x, y, left: x - width / 2, top: y - height / 2, width, height }];
  });
  if (made.length === 0 || !areApart(/** @type {any} */ (made))) return null;
  return {
    ownResults: true,
    draw(pen, frame) {
      if (frame.travel === 0 || frame.progress === 0) return;
      const share = frame.isStill ? 1 : frame.adding;
      const there = frame.isStill ? 1 : within(share, 0, 0.12);
      const moved = cubicInOut(within(share, 0.3, 0.9));
      const { ink } = pen;
      for (const { before, total, from, to, change, x, y, left, top, width, height } of made) {
        faded(pen, Math.min(there, 1 - frame.settling), () => {
          pen.card(left, top, width, height, ink.plain);
          const text = moved === 1 ? to : between(before, total, moved, to);
          const inside = left + 0.6 * size;
          pen.write(`${from} → `, inside, y - 0.6 * size, { colour: ink.soft, align: "left" });
          pen.write(text, left + width - 0.6 * size, y - 0.6 * size, {
            colour: ink.plain,
            weight: 750,
            align: "right",
          });
          faded(pen, within(share, 0.1, 0.25), () =>
            pen.write(change, x, y + 0.65 * size, { colour: ink.soft, size: size * 0.88 }),
          );
        });
      }
    },
  };
}

/**
 * A number on its way from one value to another, with the decimals of where it goes.
 * @param {number} before
 * @param {number} after
 * @param {number} share
 * @param {string} to the text of `after`
 */
export function between(before, after, share, to) {
  const decimals = /×/.test(to) ? null : (to.split(".")[1]?.length ?? 0);
  const value = before + (after - before) * share;
  if (decimals === null) return significant(value, 3);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? Math.abs(value).toFixed(decimals) : text.replace("-", "−");
}
