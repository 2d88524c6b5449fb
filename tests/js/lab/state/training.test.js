import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError } from "../../../../static/js/api/asking.js";
import { GONE, canGoOn } from "../../../../static/js/lab/state/selectors.js";
import { createTraining } from "../../../../static/js/lab/state/training.js";
import { away, createServer, record, request, settle } from "../../lab-server.mjs";

function setUp() {
  const server = createServer();
  /** @type {any} */
  let run = null;
  /** @type {unknown[]} */
  const problems = [];
  /** @type {boolean[]} */
  const opens = [];
  /** @type {number[]} */
  const waits = [];
  let time = 0;
  let writes = 0;
  const training = createTraining({
    api: server.api,
    read: () => run,
    write: (next) => {
      writes += 1;
      run = next;
    },
    onOpen: (isOpen) => opens.push(isOpen),
    onProblem: (error) => problems.push(error),
    frame: (callback) => setTimeout(callback, 0),
    sleep: async (milliseconds) => {
      waits.push(Math.round(milliseconds));
      time += milliseconds;
      await settle();
    },
    now: () => time,
  });
  const epochs = () => run.history.epochs.map((/** @type {any} */ each) => each.epoch);
  return {
    server,
    training,
    problems,
    opens,
    waits,
    epochs,
    run: () => run,
    writes: () => writes,
    counting: (/** @type {number} */ to) => Array.from({ length: to + 1 }, (_, epoch) => epoch),
  };
}

const bodies = (/** @type {any} */ { asked }) =>
  asked
    .filter((/** @type {any} */ { path }) => path !== "run run-1")
    .map((/** @type {any} */ { path, body }) => [path, body.until ?? null, body.after ?? null]);

test("a training is told to its end, with many events in one write", async () => {
  const { training, epochs, run, writes, opens, counting, server } = setUp();
  await training.go(request());
  assert.deepEqual([run().state, run().id, run().ending, run().progress], ["finished", "run-1", null, null]);
  assert.deepEqual(epochs(), counting(10));
  assert.deepEqual(opens, [true, false]);
  assert.ok(writes() < 8, String(writes()));
  assert.equal(server.asked[0]?.body.keep, true);
  assert.equal(server.asked[0]?.body.record_every, 1);
});

test("a step goes so far, and the next one goes on from there", async () => {
  const { training, server, epochs, run } = setUp();
  await training.go(request(), { until: { epochs: 2 } });
  assert.deepEqual([run().state, run().ending, epochs()], ["paused", null, [0, 1, 2]]);
  await training.go(request(), { until: { epochs: 1 } });
  assert.deepEqual(epochs(), [0, 1, 2, 3]);
  assert.deepEqual(bodies(server), [
    ["training", { epochs: 2 }, null],
    ["continue run-1", { epochs: 1 }, 2],
  ]);
});

test("at a pace the way is taken in pieces, none of which looks like a pause", async () => {
  const { training, epochs, run, waits, counting, server } = setUp();
  /** @type {Set<string>} */
  const states = new Set();
  const watch = setInterval(() => run() && states.add(run().state), 1);
  await training.go(request(), { pace: 24 });
  clearInterval(watch);
  assert.deepEqual(epochs(), counting(10));
  assert.deepEqual(new Set(waits), new Set([83]));
  assert.deepEqual(
    bodies(server).map(([, until]) => until),
    Array.from({ length: 5 }, () => ({ epochs: 2 })),
  );
  assert.ok(!states.has("paused"), [...states].join());
  assert.equal(run().state, "finished");
});

test("what the server did after a pause is caught up with, and told as recorded", async () => {
  const { training, server, epochs, run, counting } = setUp();
  server.stayOpen();
  const going = training.go({ ...request(), epochs: 4 });
  await settle();
  assert.equal(run().state, "running");
  server.workAhead("run-1", 7);
  await training.pause();
  await going;
  assert.deepEqual([run().state, run().ending], ["paused", null]);
  assert.deepEqual(epochs(), counting(7));
  assert.equal(run().history.recorded.length, 8);
  assert.deepEqual([run().history.recorded[4].theta, run().history.recorded[7].theta], [record(4).theta, null]);
});

test("a server that breaks off is waited for, and the run goes on where it stood", async () => {
  const { training, server, problems, waits, epochs, run, counting } = setUp();
  server.breakAt(4);
  await training.go(request());
  assert.equal(run().state, "finished");
  assert.deepEqual(epochs(), counting(10));
  assert.ok(problems[1] instanceof ProblemError && problems[1].offline);
  assert.equal(problems.at(-1), null);
  assert.deepEqual(waits, [500]);
  assert.deepEqual(bodies(server).at(-1), ["continue run-1", null, 4]);
});

test("the waiting grows while nobody answers, and can be cut short", async () => {
  const { training, server, waits, run } = setUp();
  server.failures.push(away(), away(), away());
  await training.go(request());
  assert.deepEqual(waits, [500, 1000, 2000]);
  assert.equal(run().state, "finished");
});

test("a single step is not asked for twice", async () => {
  const { training, server, problems, opens } = setUp();
  server.failures.push(away());
  await training.go(request(), { until: { batches: 1 } });
  assert.equal(server.asked.length, 1);
  assert.equal(problems.length, 1);
  assert.deepEqual(opens, [true, false]);
});

test("what the server refuses is said once and not tried again", async () => {
  const { training, server, problems } = setUp();
  server.failures.push(new ProblemError({ title: "Invalid", detail: "", status: 422 }));
  await training.go(request());
  assert.equal(server.asked.length, 1);
  assert.equal(/** @type {any} */ (problems[0]).title, "Invalid");
});

test("a run that the server no longer has cannot go on, and what is known of it stays", async () => {
  const { training, server, problems, run, epochs } = setUp();
  await training.go(request(), { until: { epochs: 2 } });
  server.failures.push(
    new ProblemError({ title: "No such run", detail: "", status: 404, kind: "/problems/run-not-found" }),
  );
  await training.go(request());
  assert.deepEqual([run().state, run().ending, epochs()], ["failed", { epoch: 2, reason: GONE }, [0, 1, 2]]);
  assert.equal(canGoOn(run()), false);
  assert.ok(problems.every((problem) => problem === null));
});

test("a run that another stream has not let go of yet is tried again without a word", async () => {
  const { training, server, problems, run } = setUp();
  await training.go(request(), { until: { epochs: 1 } });
  server.failures.push(
    new ProblemError({ title: "Running", detail: "", status: 409, kind: "/problems/run-is-running" }),
  );
  await training.go(request());
  assert.equal(run().state, "finished");
  assert.ok(problems.every((problem) => problem === null));
});

test("more epochs than before are asked for by name", async () => {
  const { training, server, epochs, run } = setUp();
  await training.go(request());
  await training.go({ ...request(), epochs: 12 });
  assert.equal(server.asked.at(-1)?.body.epochs, 12);
  assert.equal(run().request.epochs, 12);
  assert.equal(epochs().at(-1), 12);
});

test("a training let go of writes nothing any more", async () => {
  const { training, server, run, writes } = setUp();
  server.stayOpen();
  training.go(request());
  await settle();
  training.drop();
  const before = writes();
  await settle();
  assert.equal(writes(), before);
  assert.equal(training.isOpen(), false);
  assert.equal(run().state, "running");
  assert.equal(server.runs.get("run-1")?.state, "stopped");
});

test("what the server says went wrong stands with the run until it says so no longer", async () => {
  const { training, server, run } = setUp();
  const verdict = {
    code: "unscaled_data",
    since_epoch: 0,
    evidence: { largest_target: 4e5 },
    remedy: { standardise: { inputs: true, targets: true } },
    title: { en: "t", zh: "t" },
    detail: { en: "d", zh: "d" },
  };
  server.judge(verdict);
  await training.go(request(), { until: { epochs: 2 } });
  assert.deepEqual(run().verdict, verdict);
  server.judge(null);
  await training.go(request());
  assert.equal(run().verdict, null);
});
