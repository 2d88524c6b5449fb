/** Small pictures drawn once and stamped many times: discs, arrow heads, and pills with a number in them. */

/**
 * @typedef {{ image: HTMLCanvasElement, width: number, height: number }} Sprite sizes in world units
 * @typedef {{ forward: string, backward: string, backwardTint: string, plain: string, soft: string, line: string, card:
 *   string, paper: string }} Ink
 * @typedef {"forward" | "backward" | "gradient" | "update" | "operator"} Kind what a number on its way is: it gives
 *   shape and colour
 */

import { textWidth } from "../layout/metrics.js";

export const FONT = "'Source Sans 3', system-ui, -apple-system, 'Segoe UI', sans-serif";
/** The colour of a number on its way. @param {Kind} kind @param {Ink} ink */
export const colourOf = (kind, ink) =>
  ({ forward: ink.forward, backward: ink.backward, gradient: ink.backward, update: ink.plain, operator: ink.plain })[
    kind
  ];

/** How far a pill reaches from its middle, but for the point of one that runs back. @param {string} text @param {number} size */
export const pillHalf = (text, size) => Math.max(textWidth(text, size, true) / 2 + size * 0.5, size * 0.82);

/** A step has at most some dozens of numbered pulses; more pills than this are of steps gone by. */
const MOST_PILLS = 600;

/**
 * @param {number} scale pixels of the screen per world unit
 * @param {Ink} ink
 */
export function createSprites(scale, ink) {
  /** @type {Map<string, Sprite>} */
  const pills = new Map();

  /**
   * @param {number} width
   * @param {number} height
   * @param {(context: CanvasRenderingContext2D) => void} draw origin in the middle
   */
  function sprite(width, height, draw) {
    const image = document.createElement("canvas");
    image.width = Math.max(1, Math.ceil(width * scale));
    image.height = Math.max(1, Math.ceil(height * scale));
    const context = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
    context.setTransform(scale, 0, 0, scale, image.width / 2, image.height / 2);
    draw(context);
    return { image, width: image.width / scale, height: image.height / scale };
  }

  /** A disc for what runs forward. @param {number} radius */
  const disc = (radius) =>
    sprite(radius * 2 + 2, radius * 2 + 2, (context) => {
      context.fillStyle = ink.forward;
      context.beginPath();
      context.arc(0, 0, radius, 0, 2 * Math.PI);
      context.fill();
    });

  /** An arrow head, pointing right before it is turned, for what runs back. @param {number} radius */
  const arrow = (radius) =>
    sprite(radius * 3, radius * 3, (context) => {
      context.fillStyle = ink.backward;
      context.beginPath();
      context.moveTo(radius * 1.3, 0);
      context.lineTo(-radius, -radius * 1.05);
      context.lineTo(-radius * 0.45, 0);
      context.lineTo(-radius, radius * 1.05);
      context.fill();
    });

  /**
   * A number on its way: round at both ends, but with a point at its head when it runs back.
   *
   * @param {string} text
   * @param {Kind} kind
   * @param {number} size of the type
   */
  function pill(text, kind, size) {
    const key = `${kind}${size} ${text}`;
    const found = pills.get(key);
    if (found !== undefined) return found;
    if (pills.size > MOST_PILLS) pills.clear();
    const half = pillHalf(text, size);
    const high = size * 0.82;
    const made = sprite(half * 2 + high * 1.6, high * 2 + 4, (context) => {
      context.beginPath();
      if (kind !== "backward") {
        context.roundRect(-half, -high, half * 2, high * 2, high);
      } else {
        context.moveTo(-half - high * 0.6, 0);
        context.lineTo(-half + high * 0.3, -high);
        context.lineTo(half - high * 0.2, -high);
        context.quadraticCurveTo(half + high * 0.3, -high, half + high * 0.3, -high * 0.5);
        context.lineTo(half + high * 0.3, high * 0.5);
        context.quadraticCurveTo(half + high * 0.3, high, half - high * 0.2, high);
        context.lineTo(-half + high * 0.3, high);
        context.closePath();
      }
      context.fillStyle = kind === "operator" ? ink.card : colourOf(kind, ink);
      context.fill();
      context.strokeStyle = kind === "operator" ? ink.plain : ink.card;
      context.lineWidth = 1.5;
      context.stroke();
      context.fillStyle = kind === "operator" ? ink.plain : ink.card;
      context.font = `600 ${size}px ${FONT}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(text, kind === "backward" ? -high * 0.08 : 0, size * 0.06);
    });
    pills.set(key, made);
    return made;
  }

  return { disc, arrow, pill };
}
