/**
 * The canvas over the drawing: what travels, what is worked out, and results as they appear. Reads the frame; keeps
 * nothing but sprites.
 *
 * Many pulses at once are stamped without allocating anything per pulse and frame: ways lie in flat arrays, shapes are
 * stamped pictures.
 *
 * @import { Frame, Value } from "../../record/types.js"
 * @import { Act } from "./acts/acts.js"
 * @import { Pen } from "./pen.js"
 * @import { Ink, Kind } from "./sprites.js"
 * @import { Swarm } from "./swarm.js"
 * @import { Place, Token } from "./tokens.js"
 */
import { cubicInOut } from "../../timeline/easing.js";
import { createPixels, stampsOf } from "./pixels.js";
import { penOf } from "./pen.js";
import { createSprites } from "./sprites.js";
import { FIELDS, MOST_NUMBERS } from "./swarm.js";
import { drawTokens } from "./tokens-canvas.js";

/** @typedef {{ scale: number, x: number, y: number }} Transform */
/**
 * @typedef {{ x: number, y: number, text: string, kind: Kind, start: Place | null }} Arrival `start`: where it was worked
 *   out, if it is seen coming from there
 */

/** Pulses fade into the unit over the last share of their way. */
const SINKING = 0.88;
const BY_COUNT = [
  { most: MOST_NUMBERS, radius: 6 },
  { most: 150, radius: 5 },
  { most: 700, radius: 3.6 },
  { most: Infinity, radius: 2.4 },
];

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
   * @param {{ frame: Frame, swarm: Swarm, tokens: readonly Token[], act: Act | null, arrivals: readonly Arrival[],
   *   transform: Transform, ink: Ink, size: number, digits: number }} scene
   */
  function draw({ frame, swarm, tokens, act, arrivals, transform, ink, size, digits }) {
    if (!isEmpty) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      isEmpty = true;
    }
    if (swarm.count === 0 && arrivals.length === 0 && act === null) return;
    const scale = transform.scale * ratio;
    const key = `${scale} ${ink.forward} ${ink.card}`;
    if (key !== made) {
      sprites = createSprites(scale, ink);
      shapes.clear();
    }
    made = key;
    isEmpty = false;
    if (swarm.count > MOST_NUMBERS && frame.travel < 1) travel(swarm, cubicInOut(frame.travel), size, transform);
    context.setTransform(scale, 0, 0, scale, transform.x * ratio, transform.y * ratio);
    const pen = penOf(context, { sprites, ink, size, digits });
    act?.draw(pen, frame, tokens);
    drawTokens(pen, frame, tokens);
    arrive(pen, arrivals, frame);
  }

  /**
   * @param {Swarm} swarm
   * @param {number} t
   * @param {number} size
   * @param {Transform} transform
   */
  function travel(swarm, t, size, transform) {
    const sink = t > SINKING ? 1 - (t - SINKING) / (1 - SINKING) : 1;
    const view = { scale: transform.scale * ratio, left: transform.x * ratio, top: transform.y * ratio };
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

  return { resize, draw };
}

/**
 * The result goes from where it was worked out to where it will stand, or swells up there; once the number itself is
 * there, it fades.
 *
 * @param {Pen} pen
 * @param {readonly Arrival[]} arrivals
 * @param {Frame} frame
 */
function arrive(pen, arrivals, { arrival, settling, isStill, progress }) {
  if (arrival === 0 || progress === 0 || settling === 1) return;
  for (const { x, y, text, kind, start } of arrivals) {
    if (isStill && start !== null) continue;
    const from = start ?? { x, y };
    pen.stamp(text, kind, from.x + (x - from.x) * arrival, from.y + (y - from.y) * arrival, {
      size: pen.size,
      grow: start === null ? 0.55 + 0.45 * arrival : 1 - 0.1 * settling,
      alpha: Math.min(arrival * (start === null ? 1.4 : 4), 1 - settling),
    });
  }
}
