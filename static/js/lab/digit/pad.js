/**
 * The drawing pad: a pen, a finger or a mouse makes strokes; the canvas shows the marks that the caller keeps.
 *
 * @import { Mark, Point } from "./strokes.js"
 */
import { h } from "../../kit/dom.js";
import { ERASER_RADIUS, PAD, PEN_RADIUS, linesOf } from "./strokes.js";

/**
 * @param {object} options
 * @param {() => "pen" | "eraser"} options.tool
 * @param {(points: readonly Point[], tool: "pen" | "eraser") => void} options.onStroke while it is drawn: all its
 *   points so far
 * @param {() => void} options.onEnd
 */
export function createPad({ tool, onStroke, onEnd }) {
  const canvas = h("canvas", {
    class: "draw-pad",
    role: "img",
    "data-draw": "pad",
    "data-i18n-attr": "aria-label:lab.draw.pad",
  });
  /** @type {{ id: number, tool: "pen" | "eraser", points: Point[] } | null} */
  let stroke = null;
  /** Where the eraser is, to be shown. @type {Point | null} */
  let at = null;

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    return [((clientX - box.left) / box.width) * PAD, ((clientY - box.top) / box.height) * PAD];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (stroke !== null || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = { id: event.pointerId, tool: tool(), points: [pointOf(event)] };
    at = pointOf(event);
    onStroke(stroke.points, stroke.tool);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (stroke?.id !== event.pointerId) return;
    // The events that the browser has merged into one are the curve; without them a quick line has corners.
    const events = event.getCoalescedEvents?.() ?? [];
    stroke.points.push(...(events.length > 0 ? events : [event]).map(pointOf));
    at = pointOf(event);
    onStroke(stroke.points, stroke.tool);
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    canvas.addEventListener(name, (event) => {
      if (stroke?.id !== event.pointerId) return;
      stroke = null;
      at = null;
      onEnd();
    });
  }

  return {
    element: canvas,
    /** @param {readonly Mark[]} marks */
    draw(marks) {
      const size = Math.round(PAD * Math.min(devicePixelRatio || 1, 3));
      if (canvas.width !== size) [canvas.width, canvas.height] = [size, size];
      const pen = canvas.getContext("2d");
      if (pen === null) return;
      pen.setTransform(size / PAD, 0, 0, size / PAD, 0, 0);
      pen.clearRect(0, 0, PAD, PAD);
      pen.strokeStyle = pen.fillStyle = getComputedStyle(canvas).color;
      pen.lineWidth = 2 * PEN_RADIUS;
      pen.lineCap = pen.lineJoin = "round";
      for (const line of linesOf(marks)) {
        pen.beginPath();
        for (const [index, [x, y]] of line.entries()) pen[index === 0 ? "moveTo" : "lineTo"](x, y);
        // A line of one point would leave nothing.
        if (line.length === 1 && line[0]) pen.lineTo(line[0][0] + 0.01, line[0][1]);
        pen.stroke();
      }
      if (at === null || tool() !== "eraser") return;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.arc(at[0], at[1], ERASER_RADIUS, 0, 2 * Math.PI);
      pen.stroke();
    },
  };
}
