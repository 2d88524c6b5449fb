/**
 * What moves: joins the frame to the canvas. Works out a step's ways and its act once, then only draws.
 *
 * @import { Frame, Step, View } from "../../record/types.js"
 * @import { Act } from "./acts/acts.js"
 * @import { Arrival, Transform } from "./pulses-canvas.js"
 * @import { Ink } from "./sprites.js"
 * @import { Place, Token } from "./tokens.js"
 * @import { RowName } from "../types.js"
 * @import { Sheet } from "../sheet.js"
 */
import { apart, significant } from "../../kit/format.js";
import { colourToken } from "../../kit/colour-token.js";
import { replacedBy } from "../../record/addresses.js";
import { pulsesOf } from "../../timeline/pulses.js";
import { actOf } from "./acts/acts.js";
import { createPulses } from "./pulses-canvas.js";
import { kindOf } from "./kinds.js";
import { rowOf } from "../layout/routes.js";
import { s } from "../draw/svg.js";
import { MOST_NUMBERS, NO_SWARM, placeIn, swarmOf } from "./swarm.js";
import { tokenAt, tokensOf } from "./tokens.js";

/** @typedef {{ frame: Frame, sheet: Sheet, transform: Transform, size: number, digits: number, view: View }} Moment */
/**
 * @typedef {object} Scene all of a step that does not change from frame to frame
 * @property {Act | null} act
 * @property {readonly Token[]} tokens
 * @property {readonly Arrival[]} arrivals
 * @property {ReturnType<typeof swarmOf>} swarm
 */

/** @type {Scene} */
const NOTHING = Object.freeze({ act: null, tokens: [], arrivals: [], swarm: NO_SWARM });

/** @param {HTMLCanvasElement} canvas */
export function createMotion(canvas) {
  const pulses = createPulses(canvas);
  let ink = inkOf();
  let scene = NOTHING;
  /** @type {{ step: Step | null, sheet: Sheet | null, size: number, digits: number }} */
  let prepared = { step: null, sheet: null, size: 0, digits: 0 };
  /** @type {Moment | null} */
  let last = null;

  /** @param {Moment} moment */
  function prepare({ frame: { step }, sheet, view, size, digits }) {
    if (prepared.step === step && prepared.sheet === sheet && prepared.size === size && prepared.digits === digits)
      return;
    prepared = { step, sheet, size, digits };
    const row = step === null ? null : rowOf(view, step);
    scene = step === null || row === null ? NOTHING : sceneOf(sheet, row, step, size, digits);
  }

  return {
    resize: pulses.resize,
    /** @param {Moment} moment */
    draw(moment) {
      last = moment;
      prepare(moment);
      pulses.draw({ ...moment, ...scene, ink });
    },
    clear() {
      if (last !== null) pulses.draw({ ...last, ...NOTHING, ink });
      last = null;
    },
    colours: () => ({
      positive: colourToken("--positive"),
      negative: colourToken("--negative"),
      card: colourToken("--card"),
    }),
    paper: () => colourToken("--paper"),
    /** @param {() => void} onChange */
    onTheme(onChange) {
      const watcher = new MutationObserver(() => {
        ink = inkOf();
        onChange();
      });
      watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
      return () => watcher.disconnect();
    },
    /** The pulses of the moment as shapes, for a picture to take away. @returns {SVGElement[]} */
    shapes() {
      if (last === null || last.frame.progress === 0 || last.frame.travel >= 1) return [];
      const { frame, size, digits } = last;
      const { swarm, tokens } = scene;
      if (swarm.count > MOST_NUMBERS)
        return swarm.pulses.flatMap(({ direction }, index) =>
          shapesOf(...placeIn(swarm, index, frame.travel), direction, null, size, ink),
        );
      return tokens.flatMap((token) => {
        const { x, y, hasPassed } = tokenAt(token, frame.travel);
        const { carried, delivered, direction } = token.pulse;
        return shapesOf(x, y, direction, significant(hasPassed ? delivered : carried, digits), size, ink);
      });
    },
  };
}

/**
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {Step} step
 * @param {number} size
 * @param {number} digits
 * @returns {Scene}
 */
function sceneOf(sheet, row, step, size, digits) {
  const { timeline } = sheet.facts();
  const pulses = timeline === null ? [] : pulsesOf(timeline, step);
  const isCrowd = pulses.length > MOST_NUMBERS || step.writes.length > MOST_NUMBERS;
  if (timeline === null || isCrowd) return { ...NOTHING, swarm: swarmOf(sheet.layout, row, pulses) };
  const act = actOf({ sheet, row, step, timeline, size, digits });
  return {
    act,
    swarm: NO_SWARM,
    tokens: act.ownSignals ? [] : tokensOf(sheet.layout, row, pulses, act.ends, act.starts),
    arrivals: act.ownResults ? [] : arrivalsOf(sheet, row, step, act.results ?? new Map(), digits),
  };
}

/**
 * @param {Sheet} sheet
 * @param {RowName} row
 * @param {Step} step
 * @param {ReadonlyMap<string, Place>} starts
 * @param {number} digits
 * @returns {Arrival[]}
 */
function arrivalsOf(sheet, row, step, starts, digits) {
  return step.writes.flatMap((pointer, index) => {
    const place = sheet.placeOf(row, pointer);
    if (place === undefined) return [];
    const value = step.value[index];
    const replaced = replacedBy(pointer);
    const text = replaced === null ? significant(value, digits) : apart(sheet.read(replaced), value, digits);
    const kind = kindOf(step);
    return [{ ...place, text: kind === "operator" ? `×${text}` : text, kind, start: starts.get(pointer) ?? null }];
  });
}

function inkOf() {
  return {
    forward: colourToken("--forward-text"),
    backward: colourToken("--backward-text"),
    backwardTint: colourToken("--backward-tint"),
    plain: colourToken("--ink"),
    soft: colourToken("--soft"),
    line: colourToken("--line"),
    card: colourToken("--card"),
    paper: colourToken("--paper"),
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
