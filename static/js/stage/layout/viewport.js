/**
 * Where the drawing lies on the screen: fit, zoom, pan, and following the active unit where not all fits.
 *
 * @import { Layout } from "../types.js"
 * @import { Transform } from "../motion/pulses-canvas.js"
 */
import { clamp, leastScale } from "./geometry.js";

const MOST_FIT = 1.35;
const LEAST_TALL = 0.62;
const SMALLEST = 0.08;
const LARGEST = 4;
/** Who asks to see all units of a wide layer wants to read them, and scrolls. */
const TALL_SCALE = 0.6;
/** How near to the edge (as a share of the width) the active unit may come before the drawing follows. */
const EDGE = 0.18;

/** @param {{ layout: Layout, width: number, height: number }} given @returns {Transform} */
export function fitted({ layout, width, height }) {
  const whole = Math.min(width / layout.width, height / layout.height, MOST_FIT);
  // Sideways one scrolls with a finger; up and down the page does, so that the height is to fit if it can.
  const least = Math.max(
    layout.metrics.least,
    Math.min(leastScale(width, layout.metrics), Math.max(height / layout.height, LEAST_TALL)),
  );
  const readable = layout.isTall ? Math.min(width / layout.width, TALL_SCALE) : 0;
  const scale = Math.max(whole, least, readable);
  return {
    scale,
    x: Math.max((width - layout.width * scale) / 2, 0),
    y: layout.isTall ? (height - layout.height * scale) / 2 : Math.max((height - layout.height * scale) / 2, 0),
  };
}

/**
 * Zoom about a point of the screen.
 * @param {Transform} transform
 * @param {number} factor
 * @param {{ x: number, y: number }} about
 * @returns {Transform}
 */
export function zoomed({ scale, x, y }, factor, about) {
  const next = clamp(scale * factor, SMALLEST, LARGEST);
  const ratio = next / scale;
  return { scale: next, x: about.x - (about.x - x) * ratio, y: about.y - (about.y - y) * ratio };
}

/**
 * Some of the drawing always stays in sight.
 *
 * @param {Transform} transform
 * @param {{ layout: Layout, width: number, height: number }} room
 * @returns {Transform}
 */
export function held({ scale, x, y }, { layout, width, height }) {
  const [keepX, keepY] = [Math.min(width, layout.width * scale) * 0.3, Math.min(height, layout.height * scale) * 0.3];
  return {
    scale,
    x: clamp(x, keepX - layout.width * scale, width - keepX),
    y: clamp(y, keepY - layout.height * scale, height - keepY),
  };
}

/**
 * Move only if the place is out of sight or close to the edge, and then bring it to the middle; never past the
 * drawing's ends.
 *
 * @param {Transform} transform
 * @param {{ x: number, y: number }} place in the drawing's units
 * @param {{ layout: Layout, width: number, height: number }} room
 * @returns {Transform}
 */
export function following(transform, place, { layout, width, height }) {
  const { scale } = transform;
  /** @param {number} offset @param {number} at @param {number} size @param {number} content */
  const along = (offset, at, size, content) => {
    if (content * scale <= size + 1) return offset;
    const seen = at * scale + offset;
    if (seen > size * EDGE && seen < size * (1 - EDGE)) return offset;
    return clamp(size / 2 - at * scale, size - content * scale, 0);
  };
  return {
    scale,
    x: along(transform.x, place.x, width, layout.width),
    y: along(transform.y, place.y, height, layout.height),
  };
}
