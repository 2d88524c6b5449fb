/**
 * The stage: watches the store and shows the network at its moment.
 *
 * Three speeds: the drawing is built when shape, view or room change; its numbers are set when a step is done; per
 * frame only the canvas is touched.
 *
 * @import { Phase, Pointer, Step, Value, View } from "../record/types.js"
 * @import { Store } from "../kit/store.js"
 * @import { Sheet } from "./sheet.js"
 * @import { Tile } from "./draw/tiles.js"
 * @import { Facts, Layout, StageFacts, Translate } from "./types.js"
 */
import { significant } from "../kit/format.js";
import { fact } from "../timeline/fact.js";
import { frameAt } from "../timeline/frame.js";
import { thingOf, wireOf } from "../record/addresses.js";
import { drawNetwork } from "./draw/drawing.js";
import { layoutFitting } from "./layout/forms.js";
import { FEWEST_SLOTS, layoutOf } from "./layout/geometry.js";
import { attachGestures } from "./hands/gestures.js";
import { attachKeyboard } from "./hands/keyboard.js";
import { createChapter } from "./motion/chapter.js";
import { createLights } from "./motion/lights.js";
import { textWidth, thumbnailMetricsOf } from "./layout/metrics.js";
import { createMotion } from "./motion/motion.js";
import { createSheet } from "./sheet.js";
import { s, short } from "./draw/svg.js";
import { createThumbnails } from "./draw/thumbnails.js";
import { createTip } from "./hands/tip.js";
import { fitted, following, held, zoomed } from "./layout/viewport.js";

/**
 * @typedef {object} StageOptions
 * @property {Pick<Store<StageFacts>, "get" | "watch">} store a page's own state will do, if it has these facts
 * @property {import("./hands/gestures.js").Hands["actions"]} actions
 * @property {Translate} t in the language of the moment
 * @property {boolean | (() => boolean)} [reducedMotion]
 * @property {import("./draw/thumbnails.js").PaintThumbnail} [thumbnail] with it the forward network shows a picture in each
 *   unit
 */

const EDGE = 8;

/**
 * On paper the whole drawing is seen, as wide as the page, whatever part of it the window shows.
 *
 * @param {SVGSVGElement} svg
 * @param {() => void} back called when the drawing is the window's again
 */
function followPaper(svg, back) {
  addEventListener("beforeprint", () => {
    const { x, y, width, height } = svg.getBBox();
    const size = [width + 2 * EDGE, height + 2 * EDGE];
    svg.setAttribute("viewBox", [x - EDGE, y - EDGE, ...size].map(short).join(" "));
    svg.style.aspectRatio = size.join("/");
  });
  addEventListener("afterprint", () => {
    svg.removeAttribute("viewBox");
    svg.style.aspectRatio = "";
    back();
  });
}

/**
 * @param {HTMLElement} root
 * @param {StageOptions} options
 */
export function createStage(root, { store, actions, t, reducedMotion = false, thumbnail }) {
  const svg = s("svg", { class: "drawing", role: "application", focusable: "false" });
  const canvas = document.createElement("canvas");
  canvas.className = "pulses";
  canvas.setAttribute("aria-hidden", "true");
  const thumbnails = thumbnail ? createThumbnails(thumbnail) : null;
  const tip = createTip();
  const chapter = createChapter(t);
  root.classList.add("stage");
  root.append(svg, ...(thumbnails ? [thumbnails.element] : []), canvas, tip.element, chapter.element);

  const hasMotion = () => !(typeof reducedMotion === "function" ? reducedMotion() : reducedMotion);
  const motion = createMotion(canvas);
  let transform = { scale: 1, x: 0, y: 0 };
  let isFree = false;
  let room = { width: 0, height: 0 };
  let key = "";
  /** @type {number | null} */
  let winner = null;
  /** @type {StageFacts | null} */
  let before = null;
  /** @type {Facts | null} */
  let facts = null;
  /** @type {{ sheet: Sheet, tiles: Tile[], lights: ReturnType<typeof createLights>, element: SVGGElement } | null} */
  let scene = null;

  // Pictures in the units lie over the drawing and would not grow with it.
  if (thumbnails === null) followPaper(svg, measure);
  const keyboard = attachKeyboard(svg, actions, () => scene?.sheet ?? null);
  const letGo = attachGestures(svg, {
    actions,
    transform: () => transform,
    move(next) {
      isFree = true;
      place(held(next, { layout: layout(), ...room }));
    },
    read: (pointer) => (facts === null ? undefined : (fact(facts, pointer) ?? undefined)),
    cellAt(x, y, target) {
      const tile = scene?.tiles.find(({ element }) => element === target);
      const cell = tile?.cellAt(x, y) ?? null;
      return tile === undefined || cell === null ? null : `/layers/${tile.layer}/w/${cell.row}/${cell.column}`;
    },
  });

  /** @returns {Layout} */
  function layout() {
    if (scene === null) throw new Error("the stage is still empty");
    return scene.sheet.layout;
  }

  /** @param {typeof transform} next */
  function place(next) {
    transform = next;
    scene?.element.setAttribute(
      "transform",
      `translate(${short(next.x)} ${short(next.y)}) scale(${Math.round(next.scale * 1e4) / 1e4})`,
    );
    drawThumbnails();
    drawMotion(store.get());
  }

  function drawThumbnails() {
    if (scene !== null) thumbnails?.draw(scene.sheet, transform);
  }

  function fit() {
    isFree = false;
    if (scene !== null) place(fitted({ layout: layout(), ...room }));
  }

  /** @param {number} factor */
  function zoom(factor) {
    isFree = true;
    if (scene !== null)
      place(held(zoomed(transform, factor, { x: room.width / 2, y: room.height / 2 }), { layout: layout(), ...room }));
  }

  /** @param {StageFacts} state */
  function build(state) {
    if (state.request === null || room.width === 0) return;
    const { request } = state;
    const { view, expanded, projector, digits } = state;
    const sizes = sizesOf(request);
    const widths = (/** @type {number} */ size) => chipWidths(state, size, thumbnails !== null);
    const metrics = thumbnails && thumbnailMetricsOf({ digits, sizes, ...room });
    const made = metrics
      ? layoutOf({ sizes, view, expanded, ...room, metrics, chipWidths: widths(metrics.size) })
      : layoutFitting({
          ...{ sizes, view, home: homeNow(state), expanded, ...room, projector, digits, chipWidths: widths },
          winner,
        });
    const sheet = createSheet({ layout: made, t, facts: () => /** @type {Facts} */ (facts) });
    const { element, tiles } = drawNetwork(sheet, motion.colours);
    scene = { sheet, tiles, lights: createLights(sheet, tiles), element };
    svg.replaceChildren(element);
    svg.setAttribute("aria-label", t("stage.label"));
    keyboard.prepare();
    sheet.refreshAll();
    if (isFree) place(held(transform, { layout: made, ...room }));
    else fit();
  }

  /** @param {StageFacts} state */
  const shapeKey = (state) =>
    `${keyOf(state, room, thumbnails !== null, scene?.sheet.layout.view ?? null)} ${thumbnails ? null : winner}`;

  /** @param {StageFacts} state */
  function drawMotion(state) {
    if (scene === null || state.timeline === null) return motion.clear();
    const frame = frameAt(state.timeline, state.time, { motion: hasMotion() });
    chapter.show(frame);
    motion.draw({
      frame,
      sheet: scene.sheet,
      transform,
      size: movingSize(scene.sheet.layout),
      digits: state.digits,
      view: scene.sheet.layout.view,
    });
  }

  /** @param {StageFacts} state */
  function update(state) {
    const old = before;
    before = state;
    if (state.request === null) return describe(state);
    facts = { ...state, request: state.request };
    // While an answer is on its way, the old one says which output wins.
    if (state.trace !== null) winner = winnerOf(state.trace.layers[state.trace.layers.length - 1].a);
    const isNew = shapeKey(state) !== key;
    if (isNew) {
      build(state);
      key = shapeKey(state);
    } else if (old?.request !== state.request || old?.trace !== state.trace || old?.timeline !== state.timeline)
      scene?.sheet.refreshAll();
    else if (old.done !== state.done) scene?.sheet.refresh(written(state, old.done));
    if (!isNew && old !== null && old.asked !== state.asked) scene?.sheet.refresh([...old.asked, ...state.asked]);
    const step = state.trace?.steps[state.current] ?? null;
    if (isNew || old?.current !== state.current || old?.trace !== state.trace) {
      scene?.lights.show(step);
      follow(step);
    }
    if (isNew || old?.hovered !== state.hovered) {
      scene?.lights.hover(state.hovered);
      tip.show(scene?.sheet ?? null, state.hovered, transform);
    }
    if (isNew || old?.selected !== state.selected) scene?.lights.select(state.selected);
    describe(state);
    drawMotion(state);
  }

  /** What is painted over the drawing, as shapes. */
  const loose = () => [...(scene !== null && thumbnails ? thumbnails.shapes(scene.sheet) : []), ...motion.shapes()];

  /** Keep the step in sight where not all fits. @param {Step | null} step */
  function follow(step) {
    const pointer = step?.writes[0];
    if (scene === null || pointer === undefined) return;
    const { sheet } = scene;
    const at = sheet.placeOf("reversed", pointer) ?? sheet.placeOf("forward", pointer);
    if (at === undefined) return;
    const next = following(transform, at, { layout: sheet.layout, ...room });
    if (next.x !== transform.x || next.y !== transform.y) place(next);
  }

  /** @param {StageFacts} state */
  function describe(state) {
    const step = state.trace?.steps[state.current];
    root.dataset.step = String(state.trace === null ? 0 : state.done);
    root.dataset.steps = String(state.trace?.steps.length ?? 0);
    root.dataset.phase = phaseOf(state);
    root.dataset.state = state.status;
    root.dataset.focus = String(
      [...(step?.reads ?? []), ...(step?.writes ?? [])].some((pointer) => wireOf(thingOf(pointer)) !== null),
    );
    root.dataset.signal = state.request?.signal === undefined ? "loss" : "own";
  }

  /** Follow the stage's size; not on paper, where the drawing made for the window is shown as a whole. */
  function measure() {
    const { clientWidth: width, clientHeight: height } = root;
    if (svg.hasAttribute("viewBox") || (width === room.width && height === room.height)) return;
    room = { width, height };
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    motion.resize(width, height);
    thumbnails?.resize(width, height);
    update(store.get());
  }

  const sizes = new ResizeObserver(measure);
  sizes.observe(root);
  const stopTheme = motion.onTheme(() => {
    scene?.sheet.refreshAll();
    drawThumbnails();
    drawMotion(store.get());
  });
  /** The Inspector's list of paths says which one is pointed at. @param {Event} event */
  const lightPath = (event) => scene?.lights.path(/** @type {CustomEvent<Pointer[] | null>} */ (event).detail ?? []);
  document.addEventListener("hover-path", lightPath);
  const stopWatching = store.watch((state) => state, update);

  return {
    element: root,
    fit,
    zoom,
    /** Paint the units' pictures again: what they show has changed. */
    drawThumbnails,
    /** The drawing as it stands, as a file of its own. @returns {Promise<string>} */
    async exportSVG() {
      const { pictureOf } = await import("./export.js");
      return pictureOf({ svg, layout: layout(), pulses: loose(), title: t("stage.label") });
    },
    /** @param {number} [scale] pixels per unit of the drawing @returns {Promise<Blob>} */
    async exportPNG(scale = 2) {
      const { pictureOf, toPNG } = await import("./export.js");
      return toPNG(
        await pictureOf({ svg, layout: layout(), pulses: loose(), title: t("stage.label") }),
        layout(),
        scale,
        motion.paper(),
      );
    },
    destroy() {
      stopWatching();
      document.removeEventListener("hover-path", lightPath);
      stopTheme();
      sizes.disconnect();
      letGo();
      keyboard.detach();
      root.replaceChildren();
    },
  };
}

/** Moving numbers are set a little smaller than those at rest; not on a projector. @param {Layout} layout */
const movingSize = ({ metrics }) => (metrics.isLarge ? metrics.size / 0.88 : metrics.size);

/**
 * The largest output, where there are so many that some may be left out.
 * @param {readonly Value[]} outputs
 */
function winnerOf(outputs) {
  if (outputs.length <= FEWEST_SLOTS) return null;
  const sizes = outputs.map((output) => output ?? -Infinity);
  return sizes.indexOf(Math.max(...sizes));
}

/** Where only one row has room, the one in which most of the phase is to be seen. @param {StageFacts} state */
const homeNow = (state) => (phaseOf(state) === "backward" ? "reversed" : "forward");

/** @param {StageFacts} state @returns {Phase} of the step shown, or that with which all begins */
const phaseOf = ({ trace, current }) => trace?.steps[current]?.phase ?? trace?.steps[0]?.phase ?? "forward";

/** @param {NonNullable<StageFacts["request"]>} request @returns {number[]} units per layer, the inputs first */
const sizesOf = ({ x, network }) => [x.length, ...network.layers.map(({ b }) => b.length)];

/**
 * In steps, so that dragging a number does not move everything; and where numbers change by themselves, always the
 * widest.
 *
 * @param {StageFacts} state @param {number} size @param {boolean} isFixed
 * @returns {number[]}
 */
function chipWidths({ request, digits }, size, isFixed) {
  const em = size / 16;
  if (isFixed) return (request?.network.layers ?? []).map(() => 60 * em);
  return (request?.network.layers ?? []).map(({ w }) => {
    if (w.length * w[0].length > 400) return 0;
    const widest = Math.max(...w.flat().map((weight) => textWidth(significant(weight, digits), size * 0.9)));
    return Math.min(Math.max(Math.ceil((widest / em + 14) / 12) * 12, 36), 96) * em;
  });
}

/**
 * All on which the drawing's build depends; while it is the same, only numbers and lights change.
 * @param {StageFacts} state
 * @param {{ width: number, height: number }} room
 * @param {boolean} isFixed
 * @param {View | null} shown
 */
function keyOf(state, { width, height }, isFixed, shown) {
  const { request } = state;
  if (request === null) return "";
  const activations = [
    state.catalog !== null,
    ...request.network.layers.map(({ activation, slope }) => `${activation} ${slope}`),
  ];
  const own = request.signal !== undefined;
  const { view, digits, language, projector, expanded } = state;
  // Where both rows do not fit, the one of the phase stands for them.
  const row = shown === view ? view : homeNow(state);
  return JSON.stringify([
    width,
    height,
    sizesOf(request),
    activations,
    own,
    view,
    row,
    digits,
    language,
    projector,
    expanded,
    chipWidths(state, 16, isFixed),
  ]);
}

/** The numbers that steps between two moments write. @param {StageFacts} state @param {number} before */
function written({ trace, done }, before) {
  const [from, to] = [Math.min(done, before), Math.max(done, before)];
  return (trace?.steps.slice(from, to) ?? []).flatMap(({ writes }) => writes);
}
