import assert from "node:assert/strict";
import { test } from "node:test";

import { createLabActions } from "../../../../static/js/lab/state/actions.js";
import { epochFrom, snapped } from "../../../../static/js/lab/state/selectors.js";
import { initialState } from "../../../../static/js/lab/state/state.js";
import { createStore } from "../../../../static/js/kit/store.js";
import { away, createServer, request, settle } from "../../lab-server.mjs";

const title = { en: "a", zh: "b" };
const SETUPS = [
  { name: "plain", title, description: title, request: request() },
  {
    name: "twins",
    title,
    description: title,
    request: request(),
    twin: { output_activation: "tanh" },
    view: /** @type {const} */ ("gradient-flow"),
  },
];

async function open(setup = "plain") {
  const server = createServer();
  const store = createStore(
    initialState({ setups: SETUPS, digits: 3, pace: null, shortcuts: true, language: "en", theme: "auto" }),
  );
  let time = 0;
  const actions = createLabActions({
    store,
    api: server.api,
    setups: SETUPS,
    frame: (callback) => setTimeout(callback, 0),
    useLanguage: async () => {},
    useTheme: () => {},
    now: () => time,
  });
  actions.loadSetup(setup);
  await settle();
  return {
    server,
    store,
    actions,
    get: store.get,
    pass: (/** @type {number} */ milliseconds) => (time += milliseconds),
  };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 280));
const last = (/** @type {any} */ run) => run?.history.epochs.at(-1)?.epoch ?? null;

test("a setup is shown before its first step", async () => {
  const { get } = await open();
  assert.deepEqual([get().setup, get().status, get().run, get().preview?.record.epoch], ["plain", "ready", null, 0]);
  assert.equal(get().examples, get().preview?.examples);
});

test("an edit makes a new request, lets go of the run, and asks once for several in a row", async () => {
  const { get, actions, server, store } = await open();
  actions.stepEpoch();
  await settle();
  assert.equal(last(get().run), 1);
  store.set({ moment: /** @type {any} */ ({}) });
  for (const seed of [1, 2, 3]) actions.edit({ seed }, { key: "seed" });
  assert.deepEqual(
    [get().run, get().moment, get().preview, get().status, get().setup],
    [null, null, null, "loading", null],
  );
  await later();
  assert.deepEqual(
    server.asked.filter(({ path }) => path === "preview").map(({ body }) => body.seed),
    [0, 3],
  );
  assert.equal(get().status, "ready");
});

test("undo takes a drag back as a whole and brings the run back; redo goes the other way", async () => {
  const { get, actions, pass } = await open();
  actions.stepEpoch();
  await settle();
  const id = get().run?.id;
  for (const seed of [1, 2, 3]) actions.edit({ seed }, { key: "seed" });
  assert.deepEqual([get().canUndo, get().canRedo], [true, false]);
  await actions.undo();
  assert.deepEqual([get().request?.seed, get().run?.id, last(get().run), get().setup], [0, id, 1, "plain"]);
  await actions.redo();
  assert.deepEqual([get().request?.seed, get().run], [3, null]);
  pass(10_000);
  actions.edit({ seed: 4 }, { key: "seed" });
  await actions.undo();
  assert.equal(get().request?.seed, 3);
});

test("an edit that changes nothing is none", async () => {
  const { get, actions } = await open();
  const before = get().request;
  actions.edit({ seed: 0 });
  assert.equal(get().request, before);
  assert.equal(get().canUndo, false);
});

test("more epochs keep the run; fewer than it has begin anew", async () => {
  const { get, actions } = await open();
  await actions.play();
  await settle();
  assert.deepEqual([get().run?.state, last(get().run)], ["finished", 10]);
  actions.edit({ epochs: 15 });
  assert.deepEqual([get().run?.state, last(get().run)], ["paused", 10]);
  await actions.play();
  await settle();
  assert.deepEqual([get().run?.state, last(get().run)], ["finished", 15]);
  actions.edit({ epochs: 3 });
  assert.equal(get().run, null);
});

test("play at the end trains as many epochs again", async () => {
  const { get, actions } = await open();
  await actions.play();
  await settle();
  await actions.play();
  await settle();
  assert.deepEqual([get().request?.epochs, last(get().run), get().run?.state], [20, 20, "finished"]);
});

test("play waits for the preview of an edit just made", async () => {
  const { get, actions, server } = await open();
  actions.edit({ seed: 5 }, { key: "seed" });
  actions.play();
  await later();
  await settle();
  assert.equal(get().run?.request.seed, 5);
  assert.deepEqual(
    server.asked.map(({ path }) => path),
    ["preview", "preview", "training"],
  );
});

test("a server that is away is said, and asked again at a press", async () => {
  const server = createServer();
  server.failures.push(away());
  const store = createStore(
    initialState({ setups: SETUPS, digits: 3, pace: null, shortcuts: true, language: "en", theme: "auto" }),
  );
  const actions = createLabActions({
    store,
    api: server.api,
    setups: SETUPS,
    frame: (callback) => setTimeout(callback, 0),
    useLanguage: async () => {},
    useTheme: () => {},
  });
  actions.loadSetup("plain");
  await settle();
  assert.deepEqual([store.get().status, store.get().problem?.offline], ["error", true]);
  actions.retry();
  await settle();
  assert.deepEqual([store.get().status, store.get().problem], ["ready", null]);
});

test("restart goes back to before the first step without asking anew; the run stays on the server", async () => {
  const { get, actions, server } = await open();
  actions.stepEpoch();
  await settle();
  actions.restart();
  assert.deepEqual([get().run, get().epoch, get().status], [null, null, "ready"]);
  assert.equal(server.runs.size, 1);
  assert.equal(server.asked.filter(({ path }) => path === "preview").length, 1);
});

test("a step asked for while one is being taken follows it, unless the training was left or paused", async () => {
  const { get, actions, server } = await open();
  actions.stepEpoch();
  actions.stepEpoch();
  await settle();
  assert.equal(last(get().run), 2);
  actions.stepEpoch();
  actions.stepEpoch();
  actions.restart();
  await settle();
  assert.equal(get().run, null);
  actions.stepEpoch();
  await settle();
  actions.stepEpoch();
  actions.stepEpoch();
  await actions.pause();
  await settle();
  assert.equal(get().training, false);
  assert.equal(server.asked.filter(({ path }) => path === `continue ${get().run?.id}`).length, 1);
});

test("at its end a run has no further step, and the moment looked at stays", async () => {
  const { get, actions, server } = await open();
  await actions.play();
  await settle();
  assert.equal(get().run?.state, "finished");
  actions.showEpoch(3);
  actions.stepEpoch();
  await settle();
  assert.deepEqual([get().epoch, server.asked.filter(({ path }) => path.startsWith("continue")).length], [3, 0]);
});

test("twins are trained side by side, paused together, and begun anew together", async () => {
  const { get, actions, server } = await open("twins");
  assert.equal(get().view, "gradient-flow");
  actions.stepEpoch();
  await settle();
  assert.deepEqual([last(get().run), last(get().twin)], [1, 1]);
  assert.deepEqual(
    [...server.runs.values()].map((each) => each.request.output_activation),
    ["sigmoid", "tanh"],
  );
  actions.restart();
  assert.deepEqual([get().run, get().twin], [null, null]);
  assert.notEqual(get().twinRequest, null);
});

test("a run that diverged has no further step, but its twin goes on", async () => {
  const { get, actions, server, store } = await open("twins");
  actions.stepEpoch();
  await settle();
  const run = get().run;
  assert(run);
  const diverged = { ...run, state: /** @type {const} */ ("diverged") };
  store.set({ run: diverged, epoch: 0 });
  actions.play();
  await settle();
  assert.deepEqual([get().run, last(get().twin), get().twin?.state], [diverged, 10, "finished"]);
  actions.showEpoch(0);
  actions.play();
  await settle();
  assert.equal(get().epoch, 0);
  assert.equal(server.asked.filter(({ path }) => path.startsWith("continue")).length, 1);
});

test("more epochs are the twin's too, and what it has been trained already stays", async () => {
  const { get, actions } = await open("twins");
  actions.edit({ epochs: 4 });
  actions.play();
  await settle();
  assert.deepEqual([last(get().run), last(get().twin)], [4, 4]);
  actions.play();
  await settle();
  assert.deepEqual([last(get().run), last(get().twin), get().twin?.state], [8, 8, "finished"]);
  actions.edit({ epochs: 2 });
  assert.deepEqual(
    [get().run, last(get().twin), get().twinRequest?.epochs, get().twin?.state],
    [null, 8, 8, "finished"],
  );
});

test("an edit during the training begins anew, and the twin is gone on with", async () => {
  const { get, actions, server } = await open("twins");
  server.stayOpen();
  actions.play();
  await settle();
  const twin = get().twin?.id;
  assert.equal(get().twin?.state, "running");
  actions.edit({ seed: 4 });
  await settle();
  assert.deepEqual([get().run, get().twin?.id, get().twin?.state, get().training], [null, twin, "paused", false]);
  actions.play();
  for (let tries = 0; tries < 20 && get().twin?.state !== "running"; tries += 1) await settle();
  assert.deepEqual([get().run?.state, get().twin?.id, get().twin?.state], ["running", twin, "running"]);
  await actions.pause();
});

test("undo leaves a run at its end that has more epochs than were wanted before; redo lets it go on", async () => {
  const { get, actions } = await open();
  await actions.play();
  await settle();
  actions.edit({ epochs: 30 });
  await actions.playTo(5);
  await settle();
  assert.deepEqual([last(get().run), get().run?.state], [15, "paused"]);
  await actions.undo();
  assert.deepEqual([last(get().run), get().run?.state, get().request?.epochs], [15, "finished", 10]);
  await actions.redo();
  assert.deepEqual([last(get().run), get().run?.state, get().request?.epochs], [15, "paused", 30]);
});

test("undo and redo do not leave the twin of another recipe behind", async () => {
  const { get, actions } = await open("twins");
  actions.loadSetup("plain");
  await settle();
  await actions.undo();
  await settle();
  actions.stepEpoch();
  await settle();
  assert.equal(last(get().twin), 1);
  await actions.redo();
  await settle();
  assert.deepEqual([get().twinRequest, get().twin], [null, null]);
});

test("the run held as twin stays while the next one is set and trained", async () => {
  const { get, actions } = await open();
  actions.stepEpoch();
  await settle();
  const first = get().run?.id;
  actions.holdAsTwin();
  assert.deepEqual([get().run, get().twin?.id, get().twinRequest], [null, first, null]);
  actions.edit({ seed: 8 });
  await settle();
  actions.stepEpoch();
  await settle();
  assert.equal(get().twin?.id, first);
  assert.notEqual(get().run?.id, first);
  await actions.layOver(null);
  assert.equal(get().twin, null);
});

test("a run is opened as the server has it, at the moment asked for", async () => {
  const { get, actions } = await open();
  await actions.play();
  await settle();
  const id = get().run?.id ?? "";
  actions.edit({ seed: 9 });
  assert.equal(await actions.openRun(id, { epoch: 4, example: { heldOut: true, index: 0 } }), true);
  assert.deepEqual(
    [get().run?.id, get().epoch, get().example, get().request?.seed, get().run?.state],
    [id, 4, { heldOut: true, index: 0 }, 0, "finished"],
  );
  assert.equal("keep" in (get().request ?? {}), false);
  assert.equal(await actions.openRun("nowhere"), false);
  assert.equal(get().run?.id, id);
  assert.equal(get().notices.length, 1);
});

test("an example that is not there becomes the first one", async () => {
  const { get, actions } = await open();
  actions.chooseExample({ heldOut: true, index: 0 });
  assert.deepEqual(get().example, { heldOut: true, index: 0 });
  actions.chooseExample({ heldOut: true, index: 1 });
  assert.deepEqual(get().example, { heldOut: false, index: 0 });
});

test("time travel moves from one recorded epoch to the next, and its last stop follows the newest", async () => {
  const { get, actions } = await open();
  await actions.play();
  await settle();
  assert.equal(epochFrom(get(), -1), 9);
  assert.equal(epochFrom({ ...get(), run: null }, -1), null);
  assert.equal(epochFrom({ ...get(), epoch: 9 }, 1), null);
  assert.equal(epochFrom({ ...get(), epoch: 2 }, -10), 0);
  assert.deepEqual([snapped(get(), 3.7), snapped(get(), 99), snapped(get(), 0)], [3, null, 0]);
  assert.equal(snapped({ run: null }, 3), null);
});

test("runs are listed and forgotten", async () => {
  const { get, actions } = await open();
  actions.stepEpoch();
  await settle();
  await actions.refreshRuns();
  assert.deepEqual(
    get().runs.map(({ id }) => id),
    ["run-1"],
  );
  await actions.forgetRun("run-1");
  assert.deepEqual(get().runs, []);
});
