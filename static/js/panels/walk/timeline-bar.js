/**
 * The bar at the bottom: transport, the walk as a track of coloured phases with a tick for each step, and the pace.
 *
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { PhaseSpan, Timeline } from "../../record/types.js"
 */
import { h, icon, svg } from "../../kit/dom.js";
import { sentence } from "./sentence.js";
import { GRANULARITIES } from "../../state/actions.js";
import { currentStep, titlesOf } from "../../state/selectors.js";
import { SPEEDS } from "../../state/walk.js";
import { chooser, iconButton, segmented, textButton } from "../../kit/widgets/controls.js";
import { trackScale } from "./track-scale.js";

/** Ticks closer than this, in pixels, would be a grey bar. */
const TICK_GAP = 5;
const TICKS_WIDE = 10_000;

/** @param {number} part 0 … 1 */
const percent = (part) => `${100 * part}%`;

/** @param {PhaseSpan} phase @param {{ start: number, end: number }} span */
function segment(phase, span) {
  const fill = h("span", { class: "segment-fill" });
  const element = h(
    "span",
    { class: "segment", "data-phase": phase.phase },
    h("span", { class: "segment-label", "data-i18n": `app.phase.${phase.phase}` }),
    h("span", { class: "segment-bar" }, fill),
  );
  element.style.left = percent(span.start);
  element.style.width = percent(span.end - span.start);
  return { phase, element, fill };
}

/**
 * One path for all ticks: a walk may have thousands.
 * @param {Timeline} timeline
 * @param {(time: number) => number} toPlace
 */
function ticks({ beats }, toPlace) {
  const marks = [0, ...beats.map((beat) => beat.end)].map((time) => `M${(TICKS_WIDE * toPlace(time)).toFixed(1)} 0v1`);
  return svg(
    "svg",
    { class: "ticks", viewBox: `0 0 ${TICKS_WIDE} 1`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { d: marks.join(""), "vector-effect": "non-scaling-stroke" }),
  );
}

/** @param {PanelContext} context */
function createTrack({ store, actions, t }) {
  const head = h("span", { class: "track-head" });
  const lane = h("div", { class: "track-lane" });
  const track = h(
    "div",
    { class: "track", role: "slider", tabindex: 0, "aria-valuemin": 0, "data-i18n-attr": "aria-label:app.track" },
    lane,
    head,
  );
  /** @type {ReturnType<typeof segment>[]} */
  let segments = [];
  let scale = trackScale([]);

  function fit() {
    const { timeline } = store.get();
    const width = lane.clientWidth;
    track.toggleAttribute("data-crowded", width / Math.max(1, timeline?.beats.length ?? 1) < TICK_GAP);
    for (const { element } of segments) {
      const label = element.firstElementChild;
      if (label !== null) label.toggleAttribute("data-cut", label.scrollWidth > label.clientWidth);
    }
  }

  function build() {
    const { timeline } = store.get();
    track.toggleAttribute("data-waiting", timeline === null);
    track.setAttribute("aria-disabled", String(timeline === null));
    // While an answer is on its way the old track stays, dimmed: it is most likely the new one too.
    if (timeline === null) return;
    scale = trackScale(timeline.phases);
    segments = timeline.phases.map((phase, index) => segment(phase, scale.spans[index] ?? { start: 0, end: 0 }));
    for (const { element } of segments) {
      const label = element.firstElementChild;
      if (label !== null) label.textContent = t(label.getAttribute("data-i18n") ?? "");
    }
    lane.replaceChildren(...segments.map(({ element }) => element), ticks(timeline, scale.toPlace));
    track.setAttribute("aria-valuemax", String(timeline.beats.length));
    fit();
    move();
  }

  function move() {
    const { timeline, time } = store.get();
    if (timeline === null) return;
    head.style.left = percent(scale.toPlace(time));
    for (const { phase, fill } of segments) {
      const part = Math.min(1, Math.max(0, (time - phase.start) / (phase.end - phase.start)));
      fill.style.transform = `scaleX(${part})`;
    }
  }

  function say() {
    const state = store.get();
    const step = currentStep(state);
    track.setAttribute("aria-valuenow", String(state.done));
    track.setAttribute(
      "aria-valuetext",
      state.trace && step ? sentence(step, state.trace, t, titlesOf(state)) : t("app.track.start"),
    );
  }

  /** @param {PointerEvent} event */
  function seekTo(event) {
    const { timeline } = store.get();
    const { left, width } = lane.getBoundingClientRect();
    if (timeline !== null) actions.seek(scale.toTime((event.clientX - left) / width));
  }

  /** Let go of near the end of a step, the head rests on it. */
  function settle() {
    const { timeline, time, done } = store.get();
    const beat = timeline?.beats[done];
    if (!beat || time <= beat.start) return;
    const part = (time - beat.start) / (beat.end - beat.start);
    if (part > 0.5) actions.goTo(done + 1);
    else actions.goTo(done);
  }

  track.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    track.setPointerCapture(event.pointerId);
    seekTo(event);
  });
  track.addEventListener("pointermove", (event) => track.hasPointerCapture(event.pointerId) && seekTo(event));
  track.addEventListener("pointerup", settle);
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowRight: () => actions.step(1),
    ArrowUp: () => actions.step(1),
    ArrowLeft: () => actions.step(-1),
    ArrowDown: () => actions.step(-1),
    PageDown: () => actions.phase(1),
    PageUp: () => actions.phase(-1),
    Home: () => actions.goTo(0),
    End: () => actions.goTo(Infinity),
  };
  track.addEventListener("keydown", (event) => {
    const act = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  new ResizeObserver(fit).observe(lane);
  store.watch((state) => state.timeline, build);
  store.watch((state) => state.time, move);
  store.watch(
    (state) => `${state.current} ${state.done} ${state.language} ${state.trace !== null}`,
    () => {
      say();
      fit();
    },
  );
  return track;
}

/** @param {PanelContext} context */
function createTransport({ store, actions, t }) {
  const play = h("button", { type: "button", class: "play", "data-action": "play", onclick: actions.toggle });
  const count = h("output", { class: "step-count", "aria-hidden": "true" });
  store.watch(
    (state) => `${state.playing} ${state.language}`,
    () => {
      const { playing } = store.get();
      play.replaceChildren(icon(playing ? "pause" : "play"));
      play.setAttribute("aria-label", t(playing ? "app.pause" : "app.play"));
      play.setAttribute("title", t(playing ? "app.pause" : "app.play"));
    },
  );
  store.watch(
    (state) => `${state.done} ${state.timeline?.beats.length ?? ""}`,
    () => {
      const { done, timeline } = store.get();
      count.textContent = timeline === null ? "·" : `${done} / ${timeline.beats.length}`;
    },
  );
  return h(
    "div",
    { class: "transport" },
    iconButton("first", "first", "app.first", () => actions.goTo(0)),
    iconButton("step-back", "step-back", "app.step-back", () => actions.step(-1)),
    play,
    iconButton("step", "step", "app.step", () => actions.step(1)),
    iconButton("last", "last", "app.last", () => actions.goTo(Infinity)),
    count,
  );
}

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountTimelineBar(root, context) {
  const { store, actions } = context;
  const granularity = segmented(
    "app.granularity",
    "data-granularity",
    GRANULARITIES.map((value) => ({ value, key: `app.granularity.${value}`, hint: `granularity.${value}` })),
    actions.setGranularity,
  );
  const speed = chooser(
    { class: "tool speed", "data-action": "speed", "data-i18n-attr": "aria-label:app.speed; title:app.speed" },
    (value) => actions.setSpeed(Number(value)),
  );
  speed.fill(
    SPEEDS.map((each) => ({ value: String(each), label: `${each}×` })),
    "1",
  );
  const projector = textButton("projector", "app.projector", actions.toggleProjector, {
    "aria-pressed": "false",
    "data-i18n-attr": "title:app.projector.hint",
  });
  root.append(
    createTransport(context),
    createTrack(context),
    h("div", { class: "pace" }, granularity.element, speed.element, projector),
  );
  store.watch((state) => state.granularity, granularity.show);
  store.watch(
    (state) => state.speed,
    (value) => {
      speed.element.value = String(value);
    },
  );
  store.watch(
    (state) => state.projector,
    (on) => projector.setAttribute("aria-pressed", String(on)),
  );
}
