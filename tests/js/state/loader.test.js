import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { ProblemError } from "../../../static/js/api/client.js";
import { createLoader } from "../../../static/js/state/loader.js";
import { withNumber } from "../../../static/js/record/request.js";
import { createStore } from "../../../static/js/kit/store.js";
import { lecture, state, walkOf } from "../explorer-fixtures.mjs";

/** A loader whose server answers when told to. */
function setUp() {
  /**
   * @type {{ x: number, granularity: string, aborted: () => boolean, answer: () => Promise<void>, fail: (error: Error)
   *   => Promise<void> }[]}
   */
  const asked = [];
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const trace = (/** @type {any} */ request, /** @type {string} */ granularity, /** @type {AbortSignal} */ signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("Aborted", "AbortError")));
      const answered = { ...walkOf(["forward", "backward"]), x: request.x };
      asked.push({
        x: request.x[0],
        granularity,
        aborted: () => signal.aborted,
        answer: async () => (resolve(answered), settle()),
        fail: async (error) => (reject(error), settle()),
      });
    });
  const store = createStore(/** @type {any} */ (state({ request: null, status: "loading" })));
  const tooMany = mock.fn(() => false);
  const loader = createLoader({ store, api: /** @type {any} */ ({ trace }), onTooManySteps: tooMany });
  const set = (/** @type {number} */ x, drag = false) =>
    loader.want({ request: withNumber(lecture(), "/x/0", x) }, { drag });
  return { asked, store, loader, set, tooMany };
}

test("until the answer is there the new request is shown without computed numbers", async () => {
  const { asked, store, set } = setUp();
  set(5);
  assert.deepEqual([store.get().request.x[0], store.get().trace, store.get().status], [5, null, "loading"]);
  await asked[0]?.answer();
  assert.deepEqual([store.get().trace.x[0], store.get().status], [5, "ready"]);
});

test("a slower answer never overwrites a newer one", async () => {
  const { asked, store, set } = setUp();
  set(5);
  set(6);
  assert.ok(asked[0]?.aborted());
  await asked[1]?.answer();
  await asked[0]?.answer();
  assert.equal(store.get().trace.x[0], 6);
});

test("during a drag request and trace change together, and only the newest edit is asked for next", async () => {
  const { asked, store, set } = setUp();
  set(5);
  await asked[0]?.answer();
  set(6, true);
  set(7, true);
  set(8, true);
  assert.deepEqual([store.get().request.x[0], store.get().trace.x[0]], [5, 5], "the last true pair stays");
  await asked[1]?.answer();
  assert.deepEqual([store.get().request.x[0], store.get().trace.x[0]], [6, 6]);
  assert.deepEqual(
    asked.map(({ x }) => x),
    [5, 6, 8],
  );
  await asked[2]?.answer();
  assert.deepEqual([store.get().request.x[0], store.get().trace.x[0]], [8, 8]);
});

test("a slow answer during a drag brings the unknowns back", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, store, set } = setUp();
  set(5);
  await asked[0]?.answer();
  set(6, true);
  mock.timers.tick(100);
  assert.deepEqual([store.get().request.x[0], store.get().trace, store.get().status], [6, null, "loading"]);
  mock.timers.reset();
});

test("while the server is away it is asked again and again, and nothing typed is lost", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, store, set } = setUp();
  set(5);
  const away = () => new ProblemError({ title: "away", detail: "", offline: true });
  await asked[0]?.fail(away());
  assert.deepEqual([store.get().status, store.get().problem.offline, store.get().request.x[0]], ["error", true, 5]);
  mock.timers.tick(500);
  await asked[1]?.fail(away());
  mock.timers.tick(999);
  assert.equal(asked.length, 2, "the second pause is longer than the first");
  mock.timers.tick(1);
  await asked[2]?.answer();
  assert.deepEqual([store.get().status, store.get().problem], ["ready", null]);
  mock.timers.reset();
});

test("a request that the server refuses is not sent again by itself", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, store, set, loader } = setUp();
  set(5);
  await asked[0]?.fail(new ProblemError({ title: "Invalid", detail: "No.", status: 422 }));
  mock.timers.tick(60_000);
  assert.deepEqual([asked.length, store.get().problem.title], [1, "Invalid"]);
  assert.equal(await loader.settled(), false);
  loader.retry();
  assert.equal(asked.length, 2);
  mock.timers.reset();
});

test("too many steps are for the caller to make fewer", async () => {
  const { asked, set, tooMany } = setUp();
  set(5);
  await asked[0]?.fail(
    new ProblemError({ title: "Limit", detail: "", status: 422, errors: [{ pointer: "/steps", detail: "" }] }),
  );
  assert.equal(tooMany.mock.callCount(), 1);
});

test("who waits for the page to settle hears of it with the newest answer", async () => {
  const { asked, set, loader } = setUp();
  set(5);
  const settled = loader.settled();
  set(6);
  await asked[1]?.answer();
  assert.equal(await settled, true);
});
