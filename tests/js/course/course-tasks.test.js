/** When a task is done, on which network a wrong rule is shown, and what follows from the Explorer's state. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { MORE_INPUTS, shownOn } from "../../../static/js/bugs/networks.js";
import { DONE_ON_STAGE, mayTouch, satisfies } from "../../../static/js/course/tasks.js";
import { mountAnnouncer } from "../../../static/js/panels/walk/announcer.js";
import { canUpdate, currentStep, structureOf, titleOf, titlesOf } from "../../../static/js/state/selectors.js";
import { createStore } from "../../../static/js/kit/store.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { traceNamed } from "../scene-fixtures.mjs";

const trace = traceNamed("lecture-unit");
const lecture = () => ({
  network: {
    layers: [
      { w: [[1]], b: [0], activation: "sigmoid" },
      { w: [[1]], b: [0], activation: "sigmoid" },
    ],
  },
  x: [1],
  target: [0],
  loss: "half_squared_error",
});

test("a rule is shown on the lecture's network, with the activations and the loss that the page names", () => {
  const soft = shownOn(lecture(), { activations: "tanh softmax", loss: "cross_entropy" });
  assert.deepEqual(
    [soft.network.layers.map((layer) => layer.activation), soft.loss],
    [["tanh", "softmax"], "cross_entropy"],
  );
  assert.deepEqual(soft.network.layers[0].w, [[1]]);
  assert.deepEqual(shownOn(lecture(), {}), lecture());
  assert.equal(MORE_INPUTS.length, 2);
});

test("a number satisfies a task on one side of its bound only", () => {
  assert.deepEqual(
    [1, 2, 3].map((value) => satisfies(value, { relation: ">", value: 2 })),
    [false, false, true],
  );
  assert.deepEqual(
    [1, 2, 3].map((value) => satisfies(value, { relation: "<", value: 2 })),
    [true, false, false],
  );
  assert.deepEqual([satisfies(null, { relation: ">", value: 2 }), satisfies(3, { relation: ">" })], [false, false]);
});

test("reaching, pointing and walking are seen on the stage", () => {
  const { reach, point, walk } = DONE_ON_STAGE;
  const value = trace.layers[0].z[0];
  assert.equal(reach({ trace }, { pointer: "/layers/0/z/0", relation: ">", value: value - 1 }), true);
  assert.equal(reach({ trace }, { pointer: "/layers/0/z/0", relation: ">", value: value + 1 }), false);
  assert.equal(reach({ trace: null }, { pointer: "/layers/0/z/0", relation: ">", value: 0 }), false);
  assert.deepEqual(
    [
      point({ selected: "/x/0" }, { accept: ["/x/0"] }),
      point({ selected: "/x/0" }, {}),
      point({ selected: null }, { accept: ["/x/0"] }),
    ],
    [true, false, false],
  );
  const timeline = timelineOf(trace);
  const [first] = trace.steps[0].writes;
  assert.deepEqual(
    [
      walk({ timeline, done: 0 }, { pointer: first }),
      walk({ timeline, done: 1 }, { pointer: first }),
      walk({ timeline: null, done: 1 }, { pointer: first }),
    ],
    [false, true, false],
  );
});

test("a scene lets the numbers it names be changed, and those inside them", () => {
  assert.deepEqual(
    [mayTouch(["/x"], "/x/0"), mayTouch(["/x/0"], "/x/0"), mayTouch(["/x/0"], "/x/01"), mayTouch(undefined, "/x/0")],
    [true, true, false, false],
  );
});

test("the current step is the trace's, or there is none", () => {
  assert.equal(currentStep({ trace, current: 2 }), trace.steps[2]);
  assert.deepEqual([currentStep({ trace, current: -1 }), currentStep({ trace: null, current: 0 })], [null, null]);
});

test("a structure changes with sizes, activations and the loss, and with no number", () => {
  const request = lecture();
  const before = structureOf({ request });
  request.network.layers[0].w[0][0] = 7;
  assert.equal(structureOf({ request }), before);
  request.loss = "huber";
  assert.notEqual(structureOf({ request }), before);
  assert.equal(structureOf({ request: null }), "");
});

test("functions and presets are called by their titles", () => {
  const entry = (name) => ({ name, title: { en: name.toUpperCase(), zh: `〈${name}〉` } });
  const catalog = { activations: [entry("tanh")], losses: [entry("huber")] };
  assert.deepEqual(titlesOf({ catalog, language: "en" }), { tanh: "TANH", huber: "HUBER" });
  assert.deepEqual(titlesOf({ catalog: null, language: "en" }), {});
  assert.equal(titleOf({ presets: [entry("xor")], preset: "xor", language: "zh" }, "own"), "〈xor〉");
  assert.equal(titleOf({ presets: [], preset: "xor", language: "zh" }, "own"), "own");
});

test("there is an update only where the gradients are those of a loss", () => {
  const request = lecture();
  assert.equal(canUpdate({ trace, request }), true);
  assert.equal(canUpdate({ trace: { ...trace, loss: { value: null } }, request }), false);
  assert.equal(
    canUpdate({ trace, request: { ...request, signal: [1] } }),
    false,
    "a signal of one's own brings back no gradient",
  );
  assert.deepEqual([canUpdate({ trace: null, request }), canUpdate({ trace, request: null })], [false, false]);
});

test("each step is said once the walk rests, and not while it runs faster than a voice", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const root = { textContent: "" };
  const store = createStore({ trace, done: 0, language: "en", playing: false, speed: 1, catalog: null });
  const t = (key) => key;
  mountAnnouncer(root, { store, t });
  store.set({ done: 1 });
  mock.timers.tick(100);
  assert.equal(root.textContent, "");
  mock.timers.tick(100);
  const said = root.textContent;
  assert.notEqual(said, "");
  store.set({ done: 2, playing: true, speed: 4 });
  mock.timers.tick(200);
  assert.equal(root.textContent, said);
  store.set({ done: 0, playing: false });
  mock.timers.tick(200);
  assert.equal(root.textContent, "");
  mock.timers.reset();
});
