/**
 * The canvas over the drawing: what travels, and results as they appear. Reads the frame; keeps nothing but sprites.
 *
 * Nothing is allocated per pulse and frame: ways lie in flat arrays, shapes are stamped pictures.
 *
 * @import { Frame, Pulse, Value } from "../../record/types.js"
 * @import { Ink, Kind } from "./sprites.js"
 * @import { Swarm } from "./swarm.js"
 */
import { apart, significant } from "../../kit/format.js";
import { createPixels, stampsOf } from "./pixels.js";
import { createSprites } from "./sprites.js";
import { drawStack } from "./stack-canvas.js";
import { FIELDS, MOST_NUMBERS } from "./swarm.js";

/** @typedef {{ scale: number, x: number, y: number }} Transform */
/**
 * @typedef {{ x: number, y: number, value: Value, from?: Value, kind: Kind }} Arrival `from`: the number that it
 *   replaces
 */
/**
 * @typedef {{ x: number, y: number, terms: readonly Value[], total: Value, kind: Kind }} Stack terms that add up where
 *   their sum will stand
 */

/** Pulses shrink into the unit over the last share of their way. */
const SINKING = 0.88;
const BY_COUNT = [
  { most: MOST_NUMBERS, radius: 6 },
  { most: 150, radius: 5 },
  { most: 700, radius: 3.6 },
  { most: Infinity, radius: 2.4 },
];

/** How near to its weight, as a share of its way, a number shows what it is multiplied by. */
const CROSSING = 0.22;

const MOST_STAMPED = 700;
/** In pixels of the page. */
const SMALLEST = 1.4;

/** @param {HTMLCanvasElement} canvas */
export function createPulses(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let ratio = 1;
  let isEmpty = true;
  /** @type {ReturnType<typeof createSprites>} */
  let sprites;
  let made = "";
  /**
   * @type {Map<number, { disc: HTMLCanvasElement, arrow: HTMLCanvasElement, stamps: () => ReturnType<typeof stampsOf>
   *   }>}
   */
  const shapes = new Map();
  const drawPixels = createPixels(context);

  /** @param {number} width @param {number} height in CSS pixels */
  function resize(width, height) {
    ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    isEmpty = true;
  }

  /**
   * @param {{ frame: Frame, swarm: Swarm, arrivals: readonly Arrival[], stacks: readonly Stack[], transform: Transform,
   *   ink: Ink, size: number, digits: number }} scene
   */
  function draw({ frame, swarm, arrivals, stacks, transform, ink, size, digits }) {
    if (!isEmpty) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      isEmpty = true;
    }
    if (frame.progress === 0 || (swarm.count === 0 && arrivals.length === 0 && stacks.length === 0)) return;
    const scale = transform.scale * ratio;
    const key = `${scale} ${ink.forward} ${ink.card}`;
    if (key !== made) {
      sprites = createSprites(scale, ink);
      shapes.clear();
    }
    made = key;
    isEmpty = false;
    context.setTransform(scale, 0, 0, scale, transform.x * ratio, transform.y * ratio);
    if (swarm.count > 0 && frame.travel < 1) travel(swarm, frame.travel, size, digits, scale, transform);
    context.setTransform(scale, 0, 0, scale, transform.x * ratio, transform.y * ratio);
    if (frame.travel >= 1 && frame.adding < 1) {
      for (const stack of stacks) drawStack(context, stack, { share: frame.adding, size, digits, ink });
    }
    if (frame.arrival > 0 && frame.done <= frame.current) arrive(arrivals, frame, size, digits);
  }

  /**
   * @param {Swarm} swarm
   * @param {number} t
   * @param {number} size
   * @param {number} digits
   * @param {number} scale
   * @param {Transform} transform
   */
  function travel(swarm, t, size, digits, scale, transform) {
    const sink = t > SINKING ? 1 - (t - SINKING) / (1 - SINKING) : 1;
    if (swarm.count <= MOST_NUMBERS) return travelNumbers(swarm, t, sink, size, digits);
    const view = { scale, left: transform.x * ratio, top: transform.y * ratio };
    const { disc, arrow, stamps } = shapesFor(swarm.count, size, transform.scale);
    if (swarm.count > MOST_STAMPED) return drawPixels(swarm, t, view, stamps());
    context.globalAlpha = 0.35 + 0.65 * sink;
    stampEach(swarm, t, view, disc, arrow);
    context.globalAlpha = 1;
  }

  /**
   * The shapes for so many pulses, made when first needed.
   * @param {number} count
   * @param {number} size
   * @param {number} scale
   */
  function shapesFor(count, size, scale) {
    const step = BY_COUNT.findIndex(({ most }) => count <= most);
    const found = shapes.get(step);
    if (found !== undefined) return found;
    // On a drawing made small to fit, a pulse is still to be seen.
    const radius = Math.max((BY_COUNT[step].radius * size) / 16, SMALLEST / scale);
    const [disc, arrow] = [sprites.disc(radius).image, sprites.arrow(radius * 1.15).image];
    /** @type {ReturnType<typeof stampsOf> | null} */
    let pressed = null;
    const made = { disc, arrow, stamps: () => (pressed ??= stampsOf(disc, arrow)) };
    shapes.set(step, made);
    return made;
  }

  /**
   * @param {Swarm} swarm
   * @param {number} t
   * @param {{ scale: number, left: number, top: number }} view
   * @param {HTMLCanvasElement} disc
   * @param {HTMLCanvasElement} arrow
   */
  function stampEach({ data, backward, count }, t, { scale, left, top }, disc, arrow) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (let index = 0, at = 0; index < count; index++, at += FIELDS) {
      const x = (data[at] + data[at + 2] * t) * scale + left;
      const y = (data[at + 1] + data[at + 3] * t) * scale + top;
      if (backward[index] === 0) {
        context.drawImage(disc, x - disc.width / 2, y - disc.height / 2);
      } else {
        const [cos, sin] = [data[at + 5], data[at + 6]];
        context.setTransform(cos, sin, -sin, cos, x, y);
        context.drawImage(arrow, -arrow.width / 2, -arrow.height / 2);
        context.setTransform(1, 0, 0, 1, 0, 0);
      }
    }
  }

  /** @param {Swarm} swarm @param {number} t @param {number} sink @param {number} size @param {number} digits */
  function travelNumbers({ data, pulses, count }, t, sink, size, digits) {
    for (let index = 0, at = 0; index < count; index++, at += FIELDS) {
      const { carried, delivered, direction } = pulses[index];
      const sinceCrossing = t - data[at + 4];
      const value = sinceCrossing < 0 ? carried : delivered;
      if (carried !== delivered && Math.abs(sinceCrossing) < CROSSING) {
        operator(
          pulses[index],
          data[at] + data[at + 2] * data[at + 4],
          data[at + 1] + data[at + 3] * data[at + 4],
          size,
          digits,
          Math.abs(sinceCrossing),
        );
      }
      // A small leap where the number is multiplied draws the eye to the change.
      const leap = carried === delivered ? 0 : Math.max(0, 1 - Math.abs(sinceCrossing) / 0.09) * 0.22;
      const [x, y] = [data[at] + data[at + 2] * t, data[at + 1] + data[at + 3] * t];
      stamp(
        significant(value, digits),
        direction,
        x,
        y,
        size * 0.88,
        (0.45 + 0.55 * sink) * (1 + leap) * Math.min(1, 0.5 + t * 8),
        sink,
      );
    }
  }

  /**
   * What happens where a number meets its weight or its gain: ×(−2).
   * @param {Pulse} pulse
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {number} digits
   * @param {number} apart
   */
  function operator({ carried, delivered, factor }, x, y, size, digits, apart) {
    if (factor === undefined || typeof carried !== "number" || typeof delivered !== "number") return;
    const text = significant(factor, digits);
    stamp(
      `×${text.startsWith("−") ? `(${text})` : text}`,
      "operator",
      x,
      y - size * 1.7,
      size * 0.88,
      1,
      1 - (apart / CROSSING) ** 4,
    );
  }

  /**
   * @param {string} text
   * @param {Kind} kind
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {number} grow
   * @param {number} alpha
   */
  function stamp(text, kind, x, y, size, grow, alpha) {
    const { image, width, height } = sprites.pill(text, kind, size);
    context.globalAlpha = Math.max(0, Math.min(1, alpha));
    context.drawImage(image, x - (width * grow) / 2, y - (height * grow) / 2, width * grow, height * grow);
    context.globalAlpha = 1;
  }

  /**
   * The result swells up where it will stand.
   * @param {readonly Arrival[]} arrivals
   * @param {Frame} frame
   * @param {number} size
   * @param {number} digits
   */
  function arrive(arrivals, frame, size, digits) {
    for (const { x, y, value, from, kind } of arrivals) {
      stamp(
        from === undefined ? significant(value, digits) : apart(from, value, digits),
        kind,
        x,
        y,
        size,
        0.55 + 0.45 * frame.arrival,
        frame.arrival * 1.4,
      );
    }
  }

  return { resize, draw };
}
