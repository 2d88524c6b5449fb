/**
 * What the canvas is drawn with: pills, text and boxes, in the sizes and colours of the moment. Keeps nothing but the
 * sprites it is given.
 *
 * @import { Ink, Kind, createSprites } from "./sprites.js"
 */
import { FONT } from "./sprites.js";

export const MATH = "KaTeX_Math, 'Latin Modern Math', Georgia, serif";

/**
 * @typedef {object} Pen
 * @property {CanvasRenderingContext2D} context in the units of the drawing
 * @property {Ink} ink
 * @property {number} size of the numbers
 * @property {number} em one sixteenth of it
 * @property {number} digits
 * @property {(text: string, kind: Kind, x: number, y: number, look?: { size?: number, grow?: number, alpha?: number })
 *   => void} stamp a pill around a middle
 * @property {(text: string, x: number, y: number, look: { colour: string, size?: number, weight?: number, align?:
 *   CanvasTextAlign, font?: string }) => void} write at a height's middle
 * @property {(left: number, top: number, width: number, height: number, colour: string) => void} card
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ sprites: ReturnType<typeof createSprites>, ink: Ink, size: number, digits: number }} given
 * @returns {Pen}
 */
export function penOf(context, { sprites, ink, size, digits }) {
  const em = size / 16;
  return {
    context,
    ink,
    size,
    em,
    digits,
    stamp(text, kind, x, y, { size: type = size * 0.9, grow = 1, alpha = 1 } = {}) {
      if (alpha <= 0) return;
      const { image, width, height } = sprites.pill(text, kind, type);
      const before = context.globalAlpha;
      context.globalAlpha = before * Math.min(1, alpha);
      context.drawImage(image, x - (width * grow) / 2, y - (height * grow) / 2, width * grow, height * grow);
      context.globalAlpha = before;
    },
    write(text, x, y, { colour, size: type = size * 0.94, weight = 600, align = "center", font = FONT }) {
      context.font = font === MATH ? `italic ${type}px ${font}` : `${weight} ${type}px ${font}`;
      context.textAlign = align;
      context.textBaseline = "middle";
      context.fillStyle = colour;
      context.fillText(text, x, y + type * 0.04);
    },
    card(left, top, width, height, colour) {
      context.beginPath();
      context.roundRect(left, top, width, height, Math.min(10 * em, height / 2));
      context.fillStyle = ink.card;
      context.fill();
      context.strokeStyle = colour;
      context.lineWidth = 1.8 * em;
      context.stroke();
    },
  };
}

/** Draw see-through. @param {Pen} pen @param {number} alpha @param {() => void} draw */
export function faded({ context }, alpha, draw) {
  if (alpha <= 0) return;
  const before = context.globalAlpha;
  context.globalAlpha = before * Math.min(1, alpha);
  draw();
  context.globalAlpha = before;
}

/**
 * Draw larger or smaller about a middle.
 * @param {Pen} pen
 * @param {{ x: number, y: number }} middle
 * @param {number} scale
 * @param {() => void} draw
 */
export function scaled({ context }, { x, y }, scale, draw) {
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.translate(-x, -y);
  draw();
  context.restore();
}
