import assert from "node:assert/strict";
import { test } from "node:test";

import { createAsking } from "../../../../static/js/lab/digit/asking.js";

/** Time by hand, and answers when one likes. */
function bench(every = 66) {
  let time = 0;
  const timers = [];
  const questions = [];
  const shown = [];
  const failed = [];
  const asking = createAsking({
    every,
    now: () => time,
    later: (call, wait) => timers.push({ at: time + wait, call }),
    ask: (wanted) => new Promise((resolve, reject) => questions.push({ wanted, time, resolve, reject })),
    show: (answer, wanted) => shown.push([wanted, answer]),
    fail: (error, wanted) => failed.push([wanted, error.message]),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    asking,
    questions,
    shown,
    failed,
    settle,
    async pass(milliseconds) {
      time += milliseconds;
      for (const timer of timers.splice(0)) (timer.at <= time ? timer.call : () => timers.push(timer))();
      await settle();
    },
    async answer(text) {
      questions.at(-1).resolve(text);
      await settle();
    },
  };
}

test("the first question goes out at once, and its answer is shown", async () => {
  const { asking, questions, shown, answer } = bench();
  asking.want("a");
  assert.equal(questions.length, 1);
  await answer("A");
  assert.deepEqual(shown, [["a", "A"]]);
});

test("while one is out the newest waits, and those in between are never asked", async () => {
  const { asking, questions, shown, answer, pass } = bench();
  asking.want("a");
  asking.want("b");
  asking.want("c");
  assert.deepEqual(
    questions.map(({ wanted }) => wanted),
    ["a"],
  );
  await answer("A");
  await pass(66);
  assert.deepEqual(
    questions.map(({ wanted }) => wanted),
    ["a", "c"],
  );
  await answer("C");
  assert.deepEqual(shown, [
    ["a", "A"],
    ["c", "C"],
  ]);
});

test("questions keep their distance however quick the answers are, and what changes during the wait counts", async () => {
  const { asking, questions, answer, pass } = bench(66);
  asking.want("a");
  await answer("A");
  asking.want("b");
  await pass(40);
  asking.want("c");
  assert.equal(questions.length, 1);
  await pass(30);
  assert.deepEqual(
    questions.map(({ wanted, time }) => [wanted, time]),
    [
      ["a", 0],
      ["c", 70],
    ],
  );
});

test("after a failure the next question is asked all the same", async () => {
  const { asking, questions, shown, failed, answer, pass, settle } = bench();
  asking.want("a");
  questions[0].reject(new Error("away"));
  await settle();
  assert.deepEqual(failed, [["a", "away"]]);
  asking.want("b");
  await pass(100);
  await answer("B");
  assert.deepEqual(shown, [["b", "B"]]);
});

test("an answer to what has been dropped is not shown, and a dropped question is not asked", async () => {
  const { asking, questions, shown, answer, pass } = bench();
  asking.want("a");
  asking.want("b");
  asking.drop();
  await answer("A");
  await pass(100);
  assert.deepEqual([shown, questions.length], [[], 1]);
  asking.want("c");
  await pass(100);
  await answer("C");
  assert.deepEqual(shown, [["c", "C"]]);
});

test("what is dropped before its turn is never asked", async () => {
  const { asking, questions, pass, answer } = bench();
  asking.want(1);
  await answer("one");
  asking.want(2);
  asking.drop();
  await pass(66);
  assert.deepEqual(
    questions.map(({ wanted }) => wanted),
    [1],
  );
  asking.want(3);
  assert.deepEqual(
    questions.map(({ wanted }) => wanted),
    [1, 3],
  );
});
