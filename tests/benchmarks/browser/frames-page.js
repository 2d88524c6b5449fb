/**
 * Runs the stage through the first sum of a layer (`?most`: the step with the most pulses) and measures its frames; see
 * frames.py.
 */
import { createStage } from "/static/js/stage/stage.js";
import { initialState } from "/static/js/state/initial.js";
import { createStore } from "/static/js/kit/store.js";
import { frameAt } from "/static/js/timeline/frame.js";
import { pulsesOf } from "/static/js/timeline/pulses.js";
import { timelineOf } from "/static/js/timeline/timeline.js";

const FRAMES = 240;
const { request, trace } = await (await fetch("/example.json")).json();
const timeline = timelineOf(trace);
const sizes = [trace.x, ...trace.layers.map(({ b }) => b)];
const store = createStore({
  ...initialState({ language: "en", theme: "light" }),
  request,
  trace,
  timeline,
  status: "ready",
  view: "forward",
  playing: true,
  expanded: location.search === "?expand" ? sizes.map((_, index) => index) : [],
});
const nothing = () => {};
const actions = { select: nothing, hover: nothing, toggleExpanded: nothing, setNumber: nothing };
const before = performance.now();
createStage(document.getElementById("stage"), { store, actions, t: (key) => key });
await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const build = performance.now() - before;

const busier = (best, step) => (pulsesOf(timeline, step).length > pulsesOf(timeline, best).length ? step : best);
const most = location.search === "?most" ? trace.steps.reduce(busier) : trace.steps[0];
const { start, end } = timeline.beats[most.index];
const channel = new MessageChannel();
const gaps = [];
const scripts = [];
const mains = [];
let last = null;
let frame = 0;
channel.port1.onmessage = ({ data }) => mains.push(performance.now() - data);

/** The task after a frame's painting begins when the main thread is free again. @param {number} now */
function tick(now) {
  if (last !== null) gaps.push(now - last);
  last = now;
  const began = performance.now();
  const time = start + (end - start) * (0.02 + 0.56 * ((frame % 90) / 90));
  const { done, current } = frameAt(timeline, time);
  store.set({ time, done, current });
  scripts.push(performance.now() - began);
  channel.port2.postMessage(began);
  frame += 1;
  if (frame < FRAMES) requestAnimationFrame(tick);
  else setTimeout(report, 50);
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((p, q) => p - q)[Math.floor((values.length - 1) * share)];
/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function report() {
  const warm = 10;
  window.measured = {
    pulses: pulsesOf(timeline, most).length,
    build,
    fps: 1000 / mean(gaps.slice(warm)),
    median: quantile(gaps.slice(warm), 0.5),
    p95: quantile(gaps.slice(warm), 0.95),
    script: mean(scripts.slice(warm)),
    main: mean(mains.slice(warm)),
  };
}

requestAnimationFrame(tick);
