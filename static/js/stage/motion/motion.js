/**
 * What moves: joins the frame to the canvas. Works out a step's ways once, then only draws.
 *
 * @import { Frame, Step, View } from "../../record/types.js"
 * @import { Arrival, Stack, Transform } from "./pulses-canvas.js"
 * @import { Ink, Kind } from "./sprites.js"
 * @import { RowName } from "../types.js"
 * @import { Sheet } from "../sheet.js"
 */
import { significant } from "../../kit/format.js";
import { whereItAdds } from "../../record/addresses.js";
import { createPulses } from "./pulses-canvas.js";
import { rowOf } from "../layout/routes.js";
import { s } from "../draw/svg.js";
import { addsUp, sumsOf } from "../../timeline/sums.js";
import { FIELDS, MOST_NUMBERS, NO_SWARM, placeIn, swarmOf } from "./swarm.js";

/** More sums than this at once would cover the drawing; their results appear without them. */
const MOST_SUMS = 4;

/** @typedef {{ frame: Frame, sheet: Sheet, transform: Transform, size: number, digits: number, view: View }} Moment */

/** @type {Readonly<Record<string, Kind>>} */
const KINDS = Object.freeze({
  forward: "forward",
  loss: "forward",
  backward: "backward",
  gradient: "gradient",
  update: "update",
});

/**
 * @param {HTMLElement} root whose custom properties give the colours
 * @param {HTMLCanvasElement} canvas
 */
export function createMotion(root, canvas) {
  const pulses = createPulses(canvas);
  let ink = inkOf(root);
  let swarm = NO_SWARM;
  /** @type {readonly Arrival[]} */
  let arrivals = [];
  /** @type {readonly Stack[]} */
  let stacks = [];
  /** @type {{ step: Step | null, sheet: Sheet | null, moving: boolean }} */
  let prepared = { step: null, sheet: null, moving: false };
  /** @type {Moment | null} */
  let last = null;

  /** @param {Moment} moment */
  function prepare({ frame, sheet, view }) {
    const moving = frame.pulses.length > 0;
    if (prepared.step === frame.step && prepared.sheet === sheet && prepared.moving === moving) return;
    prepared = { step: frame.step, sheet, moving };
    const row = frame.step === null ? null : rowOf(view, frame.step);
    swarm = swarmOf(sheet.layout, row, frame.pulses);
    const { step } = frame;
    stacks = step === null || row === null ? [] : stacksOf(sheet, row, step);
    if (step === null || row === null || step.writes.length > MOST_NUMBERS) arrivals = [];
    else {
      arrivals = step.writes.flatMap((pointer, index) => {
        const place = sheet.placeOf(row, pointer);
        if (place === undefined) return [];
        const from = step.phase === "update" ? sheet.read(pointer.replace("/updated", "")) : undefined;
        return [{ ...place, value: step.value[index], from, kind: KINDS[step.phase] }];
      });
    }
  }

  return {
    resize: pulses.resize,
    /** @param {Moment} moment */
    draw(moment) {
      last = moment;
      if (moment.frame.progress > 0) prepare(moment);
      pulses.draw({ ...moment, swarm, arrivals, stacks, ink });
    },
    clear() {
      if (last !== null)
        pulses.draw({ ...last, frame: { ...last.frame, progress: 0 }, swarm: NO_SWARM, arrivals: [], stacks: [], ink });
      last = null;
    },
    colours: () => ({
      positive: token(root, "--positive"),
      negative: token(root, "--negative"),
      card: token(root, "--card"),
    }),
    paper: () => token(root, "--paper"),
    /** @param {() => void} onChange */
    onTheme(onChange) {
      const watcher = new MutationObserver(() => {
        ink = inkOf(root);
        onChange();
      });
      watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
      return () => watcher.disconnect();
    },
    /** The pulses of the moment as shapes, for a picture to take away. @returns {SVGElement[]} */
    shapes() {
      if (last === null || last.frame.progress === 0 || last.frame.travel >= 1) return [];
      const { frame, size, digits } = last;
      return swarm.pulses.flatMap((pulse, index) => {
        const [x, y] = placeIn(swarm, index, frame.travel);
        const passed = frame.travel >= swarm.data[index * FIELDS + 4];
        const text = swarm.count > MOST_NUMBERS ? null : significant(passed ? pulse.delivered : pulse.carried, digits);
        return shapesOf(x, y, pulse.direction, text, size, ink);
      });
    },
  };
}

/** @param {Sheet} sheet @param {RowName} row @param {Step} step @returns {Stack[]} */
function stacksOf(sheet, row, step) {
  const { timeline } = sheet.facts();
  if (timeline === null || !addsUp(step) || step.writes.length > MOST_SUMS) return [];
  return sumsOf(timeline, step).flatMap(({ pointer, terms, total }) => {
    const place = sheet.placeOf(row, whereItAdds(pointer)) ?? sheet.placeOf(row, pointer);
    return place === undefined ? [] : [{ ...place, terms, total, kind: KINDS[step.phase] }];
  });
}

/** @param {HTMLElement} root @param {string} name */
const token = (root, name) => getComputedStyle(root).getPropertyValue(name).trim();

/** @param {HTMLElement} root */
function inkOf(root) {
  return {
    forward: token(root, "--forward-text"),
    backward: token(root, "--backward-text"),
    plain: token(root, "--ink"),
    card: token(root, "--card"),
  };
}

/**
 * A pulse as shapes.
 *
 * @param {number} x
 * @param {number} y
 * @param {"forward" | "backward"} direction
 * @param {string | null} text
 * @param {number} size
 * @param {Ink} ink
 * @returns {SVGElement[]}
 */
function shapesOf(x, y, direction, text, size, ink) {
  const fill = ink[direction];
  if (text === null) return [s("circle", { cx: x, cy: y, r: 3, fill })];
  const half = text.length * size * 0.27 + size * 0.5;
  const rounding = direction === "forward" ? size * 0.75 : 3;
  const type = {
    "font-size": size * 0.88,
    "font-weight": 600,
    "font-family": "'Source Sans 3', system-ui, sans-serif",
  };
  return [
    s("rect", {
      x: x - half,
      y: y - size * 0.75,
      width: half * 2,
      height: size * 1.5,
      rx: rounding,
      fill,
      stroke: ink.card,
    }),
    s("text", { x, y, dy: "0.35em", "text-anchor": "middle", fill: ink.card, ...type }, text),
  ];
}
