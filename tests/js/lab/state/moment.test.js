import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError } from "../../../../static/js/api/client.js";
import { createHistory } from "../../../../static/js/lab/state/epochs.js";
import { mapChoiceOf } from "../../../../static/js/lab/map/choice.js";
import { createMoments, resolutionFor, standOf, wantedOf } from "../../../../static/js/lab/state/moment.js";
import { createStore } from "../../../../static/js/kit/store.js";

const NETWORK = { layers: [{ w: [[1, 2]], b: [3], activation: "sigmoid" }] };
const EXAMPLES = {
  xs: [
    [0, 0],
    [1, 1],
  ],
  targets: [[0], [1]],
  test_xs: [[2, 2]],
  test_targets: [[1]],
  labels: [0, 1],
  test_labels: [1],
  feature_names: ["x1", "x2"],
  class_names: ["0", "1"],
  rows: [0, 1],
  test_rows: [2],
  shift: [0, 0],
  scale: [1, 1],
};
/** @param {number} epoch @param {number[] | null} [theta] */
const record = (epoch, theta = [epoch, epoch, epoch]) => /** @type {any} */ ({ epoch, theta, cost: 1, total_loss: 2 });
const preview = () => /** @type {any} */ ({ network: NETWORK, examples: EXAMPLES, record: record(0) });
/** @param {any[]} epochs @param {string} [state] */
function runWith(epochs, state = "running") {
  const history = createHistory();
  epochs.forEach((epoch) => history.add(epoch));
  return /** @type {any} */ ({
    id: "r",
    request: { loss: "squared_error" },
    network: NETWORK,
    state,
    history,
    revision: 0,
    progress: null,
    ending: null,
  });
}
/** @param {Record<string, unknown>} given */
const stateWith = (given) =>
  /** @type {any} */ ({
    request: { loss: "squared_error" },
    preview: null,
    run: null,
    examples: EXAMPLES,
    epoch: null,
    example: { heldOut: false, index: 0 },
    moment: null,
    problem: null,
    ...given,
  });
const CHOICE = { inputs: null, pinned: null, heldOut: true, discrete: false };

/** Lets everything that is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A clock that only moves when told. */
function handClock() {
  let now = 0;
  /** @type {{ at: number, run: () => void }[]} */
  let alarms = [];
  return {
    now: () => now,
    wait(/** @type {() => void} */ run, /** @type {number} */ milliseconds) {
      const alarm = { at: now + milliseconds, run };
      alarms.push(alarm);
      return alarm;
    },
    forget: (/** @type {any} */ alarm) => void (alarms = alarms.filter((each) => each !== alarm)),
    async pass(/** @type {number} */ milliseconds) {
      now += milliseconds;
      const due = alarms.filter(({ at }) => at <= now);
      alarms = alarms.filter(({ at }) => at > now);
      due.forEach(({ run }) => run());
      await settle();
    },
  };
}

/** A server whose answers come when told. */
function slowServer() {
  /** @type {{ name: string, body: any, resolve: (answer: any) => void, reject: (error: unknown) => void }[]} */
  const questions = [];
  /** @param {string} name */
  const ask = (name) => (/** @type {any} */ body, /** @type {AbortSignal} */ signal) =>
    new Promise((resolve, reject) => {
      questions.push({ name, body, resolve, reject });
      signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  const lab = {
    trace: ask("trace"),
    regions: ask("regions"),
    runNetwork: (/** @type {string} */ id, /** @type {number | null} */ epoch, /** @type {AbortSignal} */ signal) =>
      ask("network")({ id, epoch }, signal),
  };
  return {
    api: /** @type {any} */ ({ lab }),
    questions,
    async answerAll() {
      for (const { name, body, resolve } of questions.splice(0)) {
        resolve(
          name === "trace"
            ? { of: body.network, layers: [] }
            : name === "regions"
              ? { of: body.network, inputs: body.inputs, resolution: body.resolution }
              : NETWORK,
        );
      }
      await settle();
    },
  };
}

/** @param {Record<string, unknown>} given */
function labWith(given) {
  const store = createStore(stateWith(given));
  const [clock, server] = [handClock(), slowServer()];
  const moments = createMoments({ store, api: server.api, clock });
  return { store, clock, server, moments, epoch: () => store.get().moment?.epoch ?? null };
}

test("before the first step the preview is what is shown", () => {
  const shown = preview();
  assert.equal(standOf(stateWith({ preview: shown }))?.network, NETWORK);
  assert.equal(standOf(stateWith({})), null);
  assert.equal(standOf(stateWith({ preview: shown, run: runWith([]) }))?.record.epoch, 0);
});

test("the newest recorded epoch, or the one chosen, or where it stands inside an epoch", () => {
  const run = runWith([record(0), record(1), record(2, null)]);
  assert.equal(standOf(stateWith({ run }))?.record.epoch, 1);
  assert.equal(standOf(stateWith({ run, epoch: 0 }))?.record.epoch, 0);
  assert.deepEqual(standOf(stateWith({ run }))?.network?.layers[0], { w: [[1, 1]], b: [1], activation: "sigmoid" });
  const inside = { ...run, progress: { record: record(2, [7, 8, 9]) } };
  assert.deepEqual(standOf(stateWith({ run: inside }))?.network?.layers[0].w, [[7, 8]]);
  assert.equal(standOf(stateWith({ run: inside, epoch: 1 }))?.record.epoch, 1);
});

test("a run that has been opened has its networks on the server", () => {
  const run = runWith([record(0, null), record(5, null)], "finished");
  assert.deepEqual(standOf(stateWith({ run }))?.kept, { id: "r", epoch: null });
  assert.deepEqual(standOf(stateWith({ run, epoch: 5 }))?.kept, { id: "r", epoch: 5 });
});

test("a run that was opened and goes on is shown at a recorded epoch, whose network the server has", () => {
  const run = runWith([], "running");
  for (const each of [0, 1, 2]) run.history.add(record(each, null), each < 2);
  assert.deepEqual(
    [standOf(stateWith({ run }))?.record.epoch, standOf(stateWith({ run }))?.kept],
    [1, { id: "r", epoch: 1 }],
  );
  run.history.add(record(3));
  assert.deepEqual(standOf(stateWith({ run }))?.network?.layers[0], { w: [[3, 3]], b: [3], activation: "sigmoid" });
});

test("finer once it stands still after a training, and never more than an answer may hold", () => {
  const state = stateWith({ run: runWith([record(0), record(1)], "finished") });
  const coarse = wantedOf(state, CHOICE, null)?.resolution ?? 0;
  const fine = wantedOf(state, CHOICE, standOf(state))?.resolution ?? 0;
  assert.ok(fine > coarse);
  const untrained = stateWith({ preview: preview() });
  assert.equal(wantedOf(untrained, CHOICE, standOf(untrained))?.resolution, coarse);
  const wide = { layers: [1, 2].map(() => ({ w: [], b: Array(500).fill(0), activation: "relu" })) };
  const side = resolutionFor(wide, { numbers: 100_000, most: 80 });
  assert.ok(side >= 10 && side ** 2 * 1000 <= 200_000);
});

test("data of pictures ask for no plane; a choice of inputs counts only where there is one", () => {
  const wide = {
    ...EXAMPLES,
    xs: [
      [1, 2, 3],
      [3, 1, 2],
    ],
    test_xs: [],
    feature_names: ["a", "b", "c"],
  };
  assert.deepEqual(
    wantedOf(stateWith({ preview: preview(), examples: wide }), { ...CHOICE, inputs: [2, 0] }, null)?.inputs,
    [2, 0],
  );
  assert.deepEqual(wantedOf(stateWith({ preview: preview() }), { ...CHOICE, inputs: [1, 0] }, null)?.inputs, [0, 1]);
  const names = ["pixel_0_0", "pixel_0_1", "pixel_1_0", "pixel_1_1"];
  assert.deepEqual(
    wantedOf(stateWith({ preview: preview(), examples: { ...EXAMPLES, feature_names: names } }), CHOICE, null)?.inputs,
    [],
  );
});

test("a moment is shown when both of its parts are there, and both are of one network", async () => {
  const { store, server } = labWith({ preview: preview() });
  assert.deepEqual(server.questions.map(({ name }) => name).sort(), ["regions", "trace"]);
  const [first] = server.questions.splice(0, 1);
  first.resolve({ of: first.body.network, layers: [] });
  await settle();
  assert.equal(store.get().moment, null);
  await server.answerAll();
  const { moment } = store.get();
  assert.equal(/** @type {any} */ (moment.trace).of, moment.network);
  assert.equal(/** @type {any} */ (moment.response).of, moment.network);
});

test("while the server is slow, states are left out, and the newest comes in the end", async () => {
  const { store, server, clock, epoch } = labWith({ run: runWith([record(0)]) });
  for (let next = 1; next <= 40; next++) {
    const run = store.get().run;
    run.history.add(record(next));
    store.set({ run: { ...run, revision: next } });
  }
  assert.equal(server.questions.length, 2);
  await server.answerAll();
  assert.equal(epoch(), 0);
  await clock.pass(80);
  await server.answerAll();
  assert.equal(epoch(), 40);
});

test("while a training runs, no more than about twelve questions a second go out", async () => {
  const { store, server, clock } = labWith({ run: runWith([record(0)]) });
  let asked = 0;
  for (let next = 1; next <= 100; next++) {
    asked += server.questions.filter(({ name }) => name === "trace").length;
    await server.answerAll();
    const run = store.get().run;
    run.history.add(record(next));
    store.set({ run: { ...run, revision: next } });
    await clock.pass(10);
  }
  assert.ok(asked >= 10 && asked <= 13, `${asked} in a second`);
});

test("at rest it is asked for once more, finer, and the trace is kept", async () => {
  const { store, server, clock } = labWith({ run: runWith([record(0), record(1)], "finished") });
  await server.answerAll();
  const { moment } = store.get();
  await clock.pass(10);
  assert.equal(server.questions.length, 0);
  await clock.pass(200);
  assert.deepEqual(
    server.questions.map(({ name }) => name),
    ["regions"],
  );
  await server.answerAll();
  assert.equal(store.get().moment.trace, moment.trace);
  assert.ok(store.get().moment.response.resolution > moment.response.resolution);
  await clock.pass(1000);
  assert.equal(server.questions.length, 0);
});

test("another example needs only another trace, another plane only another response", async () => {
  const { store, server, clock } = labWith({ preview: preview() });
  await server.answerAll();
  await clock.pass(200);
  await server.answerAll();
  store.set({ example: { heldOut: true, index: 0 } });
  assert.deepEqual(
    server.questions.map(({ name, body }) => [name, body.x]),
    [["trace", [2, 2]]],
  );
  await server.answerAll();
  const wide = {
    ...EXAMPLES,
    xs: [
      [1, 2, 3],
      [3, 1, 2],
    ],
    test_xs: [],
    feature_names: ["a", "b", "c"],
  };
  store.set({ examples: wide, example: { heldOut: false, index: 0 } });
  await server.answerAll();
  await clock.pass(200);
  await server.answerAll();
  mapChoiceOf(store).set({ inputs: [2, 1] });
  assert.deepEqual(
    server.questions.map(({ name, body }) => [name, body.inputs]),
    [["regions", [2, 1]]],
  );
});

test("an answer to what has been edited since is never shown", async () => {
  const { store, server, epoch } = labWith({ preview: preview() });
  const late = server.questions.splice(0);
  store.set({ preview: null, moment: null });
  late.forEach(({ body, resolve }) => resolve({ of: body.network, layers: [] }));
  await settle();
  assert.equal(epoch(), null);
  store.set({ preview: { ...preview(), record: record(0, [9, 9, 9]) } });
  await server.answerAll();
  assert.equal(epoch(), 0);
});

test("a moment that an edit took off comes back when the same is wanted again", async () => {
  const { store, server, clock, epoch } = labWith({ preview: preview() });
  await server.answerAll();
  await clock.pass(200);
  await server.answerAll();
  store.set({ moment: null });
  await clock.pass(0);
  await server.answerAll();
  assert.equal(epoch(), 0);
});

test("the networks of an opened run are fetched, then shown", async () => {
  const { server, epoch } = labWith({ run: runWith([record(0, null), record(5, null)], "finished") });
  assert.deepEqual(
    server.questions.map(({ name, body }) => [name, body]),
    [["network", { id: "r", epoch: null }]],
  );
  await server.answerAll();
  await server.answerAll();
  assert.equal(epoch(), 5);
});

test("a server that is away is a problem until it answers; then it is none", async () => {
  const { store, server, clock, epoch } = labWith({ preview: preview() });
  server.questions
    .splice(0)
    .forEach(({ reject }) => reject(new ProblemError({ title: "away", detail: "away", offline: true })));
  await settle();
  assert.equal(store.get().problem?.title, "away");
  assert.equal(server.questions.length, 0);
  await clock.pass(499);
  assert.equal(server.questions.length, 0);
  await clock.pass(1);
  await server.answerAll();
  assert.equal(epoch(), 0);
  assert.equal(store.get().problem, null);
});

test("a problem of somebody else's stays", async () => {
  const { store, server } = labWith({
    preview: preview(),
    problem: { title: "theirs", detail: "", errors: [], offline: false },
  });
  await server.answerAll();
  assert.equal(store.get().problem?.title, "theirs");
});

test("what failed for one recipe does not hold back the next", async () => {
  const { store, server, epoch } = labWith({ preview: preview() });
  server.questions
    .splice(0)
    .forEach(({ reject }) => reject(new ProblemError({ title: "no", detail: "no", status: 422 })));
  await settle();
  store.set({ preview: preview(), moment: null });
  await server.answerAll();
  assert.equal(epoch(), 0);
});

test("once stopped, nothing is asked any more", async () => {
  const { store, server, moments } = labWith({ preview: preview() });
  moments.stop();
  await settle();
  server.questions.splice(0);
  store.set({ preview: preview() });
  await settle();
  assert.equal(server.questions.length, 0);
});
