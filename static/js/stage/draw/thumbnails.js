/**
 * The units' pictures, painted on a canvas over the drawing: they change many times a second while a network is
 * trained, and elements of the drawing would have to be laid out anew each time.
 *
 * @import { Transform } from "../motion/pulses-canvas.js"
 * @import { Sheet } from "../sheet.js"
 *
 * @typedef {(context: CanvasRenderingContext2D, unit: { layer: number, unit: number, side: number, scale: number }) =>
 *   void} PaintThumbnail
 *   paint into the square (0, 0) – (side, side); `scale` device pixels to one of its lengths
 */
import { s } from "./svg.js";

const ROUNDING = 7;
/** Pixels to a length in a picture to take away. */
const EXPORTED = 3;

/** @param {PaintThumbnail} paint */
export function createThumbnails(paint) {
  const canvas = document.createElement("canvas");
  canvas.className = "thumbnails";
  canvas.setAttribute("aria-hidden", "true");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let ratio = 1;

  return {
    element: canvas,
    /** @param {number} width @param {number} height in CSS pixels */
    resize(width, height) {
      ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    },
    /** @param {Sheet} sheet @param {Transform} transform */
    draw(sheet, transform) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      const scale = transform.scale * ratio;
      for (const { layer, unit, x, y, side } of sheet.thumbnails) {
        context.save();
        context.setTransform(
          scale,
          0,
          0,
          scale,
          (x * transform.scale + transform.x) * ratio,
          (y * transform.scale + transform.y) * ratio,
        );
        clip(context, side);
        paint(context, { layer, unit, side, scale });
        context.restore();
      }
    },
    clear: () => context.clearRect(0, 0, canvas.width, canvas.height),
    /** The same as elements, for a file. @param {Sheet} sheet @returns {SVGElement[]} */
    shapes: (sheet) =>
      sheet.thumbnails.map(({ layer, unit, x, y, side }) => {
        const copy = document.createElement("canvas");
        copy.width = copy.height = side * EXPORTED;
        const own = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
        own.scale(EXPORTED, EXPORTED);
        clip(own, side);
        paint(own, { layer, unit, side, scale: EXPORTED });
        return s("image", { x, y, width: side, height: side, href: copy.toDataURL() });
      }),
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} side */
function clip(context, side) {
  context.beginPath();
  context.roundRect(0, 0, side, side, ROUNDING);
  context.clip();
}
