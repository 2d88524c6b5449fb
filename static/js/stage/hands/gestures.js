/**
 * Hands on the stage: drag the ground to move it, pinch or turn the wheel to zoom, drag a number to change it, click to
 * select.
 *
 * @import { Transform } from "../motion/pulses-canvas.js"
 */
import { isGiven, thingOf } from "../../record/addresses.js";
import { createNumberDrag } from "./number-drag.js";
import { zoomed } from "../layout/viewport.js";

const STILL = 4;
const WHEEL = 0.0016;

/**
 * @typedef {object} Hands
 * @property {() => Transform} transform
 * @property {(transform: Transform) => void} move
 * @property {(pointer: string) => number | undefined} read
 * @property {(x: number, y: number, target: Element) => string | null} cellAt pointer of the weight under a tile's
 *   point
 * @property {{ select: (pointer: string | null) => void, hover: (pointer: string | null) => void, toggleExpanded:
 *   (layer: number) => void,
 *   setNumber: (pointer: string, value: number) => void }} actions
 */

/**
 * @param {SVGSVGElement} svg
 * @param {Hands} hands
 * @returns {() => void} takes the hands off again
 */
export function attachGestures(svg, hands) {
  const { actions } = hands;
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  const drag = createNumberDrag(hands);
  let moved = 0;
  const off = new AbortController();

  /** @param {PointerEvent | WheelEvent | MouseEvent} event */
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  /** @param {Event} event @param {string} selector */
  const near = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  /**
   * @template {keyof SVGElementEventMap} K
   * @param {K} name
   * @param {(event: SVGElementEventMap[K]) => void} handle
   * @param {AddEventListenerOptions} [options]
   */
  const on = (name, handle, options) => svg.addEventListener(name, handle, { ...options, signal: off.signal });

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    moved = 0;
    fingers.set(event.pointerId, at(event));
    const editable = near(event, "[data-editable]")?.getAttribute("data-editable");
    if (fingers.size === 1 && editable) drag.start(editable, event.clientY);
    else drag.stop();
  });

  on("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return hoverTile(event);
    const now = at(event);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    // A capture before the first movement would take the click from what it was meant for.
    if (moved > STILL && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    if (drag.isOn()) {
      fingers.set(event.pointerId, now);
      if (moved > STILL) drag.move(event.clientY, event.shiftKey);
      return;
    }
    if (moved > STILL) hands.move(dragged(hands.transform(), fingers, event.pointerId, now));
    fingers.set(event.pointerId, now);
  });

  // A finger that drags a number scrolls nothing. `touch-action` of a part of a drawing is not heeded everywhere.
  on("touchmove", (event) => drag.isOn() && event.cancelable && event.preventDefault(), { passive: false });

  /** @param {PointerEvent} event */
  const up = (event) => {
    fingers.delete(event.pointerId);
    drag.stop();
  };
  on("pointerup", up);
  on("pointercancel", up);

  on("click", (event) => {
    if (moved > STILL) return;
    const fold = near(event, "[data-expand]");
    if (fold) return actions.toggleExpanded(Number(fold.getAttribute("data-expand")));
    const number = near(event, "[data-pointer]")?.getAttribute("data-pointer");
    const thing = near(event, "[data-thing]")?.getAttribute("data-thing") ?? tileWeight(event);
    actions.select(thing ?? (number ? thingOf(number) : null));
  });
  on("dblclick", (event) => {
    const target = near(event, "[data-editable]");
    const pointer = target?.getAttribute("data-editable");
    if (target && pointer) askForEdit(target, pointer);
  });

  on("pointerover", (event) => {
    if (fingers.size > 0 || event.pointerType === "touch") return;
    const thing = near(event, "[data-thing]")?.getAttribute("data-thing");
    const number = near(event, "[data-pointer]")?.getAttribute("data-pointer");
    if (!near(event, "[data-tile]")) actions.hover(number && !isGiven(number) ? number : (thing ?? null));
  });
  on("pointerleave", () => {
    if (fingers.size === 0) actions.hover(null);
  });

  /** @param {MouseEvent} event */
  function tileWeight(event) {
    const tile = near(event, "[data-tile]");
    if (!tile) return null;
    const { scale, x, y } = hands.transform();
    const point = at(event);
    return hands.cellAt((point.x - x) / scale, (point.y - y) / scale, tile);
  }

  /** @param {PointerEvent} event */
  function hoverTile(event) {
    const weight = tileWeight(event);
    if (weight !== null) actions.hover(weight);
  }

  on(
    "wheel",
    (event) => {
      // Where the page scrolls, the wheel is the page's; Ctrl (and a pinch on a touch pad, which says it is Ctrl)
      // zooms.
      const scrolls = document.documentElement.scrollHeight > innerHeight + 1;
      if (scrolls && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      hands.move(zoomed(hands.transform(), Math.exp(-event.deltaY * (event.ctrlKey ? 6 : 1) * WHEEL), at(event)));
    },
    { passive: false },
  );
  return () => off.abort();
}

/**
 * One finger moves the drawing, two zoom it about their middle and move it.
 *
 * @param {Transform} transform
 * @param {Map<number, { x: number, y: number }>} fingers where they were
 * @param {number} id the finger that moved
 * @param {{ x: number, y: number }} now
 * @returns {Transform}
 */
function dragged(transform, fingers, id, now) {
  const before = fingers.get(id) ?? now;
  const other = [...fingers].find(([finger]) => finger !== id)?.[1];
  if (other === undefined)
    return { ...transform, x: transform.x + now.x - before.x, y: transform.y + now.y - before.y };
  const factor =
    Math.hypot(now.x - other.x, now.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  const shift = { x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 };
  const next = zoomed(transform, factor, { x: middle.x - shift.x, y: middle.y - shift.y });
  return { ...next, x: next.x + shift.x, y: next.y + shift.y };
}

/**
 * Ask the page for its number field at this place.
 *
 * @param {Element} target
 * @param {string} pointer
 */
export function askForEdit(target, pointer) {
  const anchor = (target.querySelector(".box, .body") ?? target).getBoundingClientRect();
  target.dispatchEvent(new CustomEvent("edit-number", { bubbles: true, detail: { pointer, anchor } }));
}
