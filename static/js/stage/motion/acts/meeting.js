/**
 * The input's value and ∂l/∂z meet on their wire, at its weight, and leave their product there.
 *
 * @import { Act, Cue } from "./acts.js"
 * @import { Place } from "../tokens.js"
 */
import { cubicInOut, within } from "../../../timeline/easing.js";
import { workingsOf } from "../../../timeline/workings.js";
import { significant } from "../../../kit/format.js";
import { thingOf } from "../../../record/addresses.js";
import { pillHalf } from "../sprites.js";

/** Between the two, for the sign of multiplication; in sixteenths of the type. */
const GAP = 9;

/** @param {Cue} cue @returns {Act | null} */
export function meeting({ sheet, row, step, timeline, size, digits }) {
  const em = size / 16;
  const made = workingsOf(timeline, step).flatMap(({ pointer, lines, total }) => {
    const place = sheet.placeOf(row, thingOf(pointer));
    const [[input], [slope]] = lines;
    if (place === undefined || input.pulse === null || slope.pulse === null) return [];
    const { layer, row: unit } = slope.pulse.wire;
    const texts = [input, slope].map(({ value }) => significant(value, digits));
    const [left, right] = texts.map((text) => pillHalf(text, size * 0.9));
    return [
      {
        pointer,
        place,
        texts,
        product: significant(total, digits),
        pulses: [input.pulse, slope.pulse],
        ends: [
          { x: place.x - left - GAP * em, y: place.y },
          { x: place.x + right + (GAP + 7) * em, y: place.y },
        ],
        twin: row === "forward" ? sheet.placeOf("reversed", `/layers/${layer}/dl_dz/${unit}`) : undefined,
      },
    ];
  });
  if (made.length === 0) return null;
  return {
    ends: new Map(made.flatMap(({ pulses, ends }) => pulses.map((pulse, index) => [pulse, ends[index]]))),
    starts: new Map(
      made.flatMap(({ pulses, twin }) => (twin === undefined ? [] : [/** @type {const} */ ([pulses[1], twin])])),
    ),
    results: new Map(made.map(({ pointer, place }) => [pointer, place])),
    draw(pen, frame) {
      if (frame.travel < 1 || frame.done > frame.current || frame.progress === 0) return;
      const { adding } = frame.isStill ? { adding: 0.4 } : frame;
      const together = cubicInOut(within(adding, 0.42, 0.75));
      const product = within(adding, 0.6, 0.85);
      for (const { place, texts, ends, product: text } of made) {
        const toward = (/** @type {Place} */ end) => end.x + (place.x - end.x) * together;
        const alpha = 1 - within(together, 0.5, 1);
        pen.stamp(texts[0], "forward", toward(ends[0]), place.y, { alpha, grow: 1 - 0.3 * together });
        pen.stamp(texts[1], "backward", toward(ends[1]), place.y, { alpha, grow: 1 - 0.3 * together });
        pen.stamp("×", "operator", place.x, place.y, {
          alpha: Math.min(within(adding, 0, 0.15), 1 - product),
          size: size * 0.8,
        });
        if (frame.isStill) pen.stamp(text, "gradient", place.x, place.y + size * 1.7);
        else if (frame.arrival === 0)
          pen.stamp(text, "gradient", place.x, place.y, { alpha: product, grow: 0.8 + 0.3 * Math.sin(product * 2.2) });
      }
    },
  };
}
