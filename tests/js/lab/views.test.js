/** The views of the Lab: what of them can be held without a page. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError } from "../../../static/js/api/asking.js";
import { csvOf } from "../../../static/js/kit/csv-cell.js";
import { blobOf } from "../../../static/js/lab/views/charts/chart-files.js";
import { flowSentence } from "../../../static/js/lab/views/flow-words.js";
import { logRange, logSplits } from "../../../static/js/lab/views/charts/live-plot.js";
import { newestOnly, paced } from "../../../static/js/kit/turns.js";
import { inputPlane } from "../../../static/js/lab/views/planes/planes.js";
import { aligned, evenly, positive } from "../../../static/js/lab/views/charts/series.js";
import { symbolOf } from "../../../static/js/lab/views/surface/controls.js";
import { parameterCount, sizesOf } from "../../../static/js/record/request.js";
import {
  landscapeOf,
  landscapeRequest,
  pathOf,
  pointersOf,
  thetaOf,
} from "../../../static/js/lab/views/surface/request.js";

const epochs = (/** @type {number[]} */ ...costs) => costs.map((cost, epoch) => /** @type {any} */ ({ epoch, cost }));
const cost = (/** @type {{ cost: number }} */ record) => record.cost;

test("two runs of different length share one axis, with gaps where one of them is silent", () => {
  const twin = [
    { epoch: 1, cost: 7 },
    { epoch: 5, cost: 8 },
  ];
  const { x, own, twin: other } = aligned(epochs(3, 2, 1), /** @type {any} */ (twin), [cost]);
  assert.deepEqual(x, [0, 1, 2, 5]);
  assert.deepEqual(own, [[3, 2, 1, null]]);
  assert.deepEqual(other, [[null, 7, null, 8]]);
  assert.deepEqual(aligned([], [], [cost]), { x: [], own: [[]], twin: [[]] });
});

test("what a logarithmic axis has no place for is a gap", () => {
  assert.deepEqual(positive([1, 0, -1, null, 1e-300]), [1, null, null, null, 1e-300]);
});

test("an even choice keeps the first and the last", () => {
  const chosen = evenly(
    Array.from({ length: 1001 }, (_, index) => index),
    5,
  );
  assert.deepEqual(chosen, [0, 250, 500, 750, 1000]);
  assert.deepEqual(evenly([1, 2], 5), [1, 2]);
});

test("a paced act is done at once, then rarely, and the last call is never lost", () => {
  let [time, done] = [0, 0];
  /** @type {{ at: number, act: () => void }[]} */
  const timers = [];
  const act = paced(100, () => (done += 1), {
    now: () => time,
    later: (go, wait) => timers.push({ at: time + wait, act: go }),
  });
  act();
  assert.equal(done, 1);
  for (time = 1; time < 50; time += 1) act();
  assert.equal(done, 1);
  assert.equal(timers.length, 1);
  time = timers[0].at;
  assert.equal(time, 100);
  timers[0].act();
  assert.equal(done, 2);
});

test("of wishes that come while one is served only the newest is served", async () => {
  /** @type {number[]} */
  const served = [];
  /** @type {(() => void)[]} */
  const finish = [];
  const wish = newestOnly((/** @type {number} */ number) => {
    served.push(number);
    return new Promise((resolve) => finish.push(() => resolve(undefined)));
  });
  wish(1);
  wish(2);
  wish(3);
  assert.deepEqual(served, [1]);
  finish[0]();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(served, [1, 3]);
  finish[1]();
  await new Promise((resolve) => setImmediate(resolve));
  wish(4);
  assert.deepEqual(served, [1, 3, 4]);
});

test("CSV quotes what needs it, keeps every digit, and leaves gaps empty", () => {
  const text = csvOf({
    columns: ["epoch", 'a "b", c'],
    rows: [
      [0, 0.1 + 0.2],
      [1, null],
    ],
  });
  assert.equal(text, 'epoch,"a ""b"", c"\r\n0,0.30000000000000004\r\n1,\r\n');
});

test("data addresses are read without fetching them", async () => {
  assert.equal(await blobOf("data:image/svg+xml,%3Csvg%3E%CF%83%2C%3C%2Fsvg%3E").text(), "<svg>σ,</svg>");
  const png = blobOf("data:image/png;base64,iVBORw==");
  assert.equal(png.type, "image/png");
  assert.deepEqual([...new Uint8Array(await png.arrayBuffer())], [0x89, 0x50, 0x4e, 0x47]);
});

test("the sentence on gradients follows from the numbers", () => {
  const said = (/** @type {number[]} */ ...norms) =>
    flowSentence({ epoch: 3, gradient_norms: norms, gain_means: [0.25, 0.1, 0.5] });
  assert.equal(said(1e-6, 1e-3, 1)?.key, "lab.views.gradient-flow.vanished");
  assert.equal(said(0.1, 1)?.key, "lab.views.gradient-flow.weaker");
  assert.equal(said(0.1, 1)?.params?.["times"], "10");
  assert.equal(said(0.9, 1)?.key, "lab.views.gradient-flow.level");
  assert.equal(said(20, 1)?.key, "lab.views.gradient-flow.larger");
  assert.equal(said(20, 1)?.params?.["times"], "20");
  assert.equal(said(0, 1)?.key, "lab.views.gradient-flow.dead");
  assert.equal(said(1, 0)?.key, "lab.views.gradient-flow.zero");
  assert.equal(said(1)?.key, "lab.views.gradient-flow.one");
  assert.equal(said(1, 1, 1)?.params?.["gain"], "0.025", "the last layer's own gain is not on the way back from it");
});

test("ticks of a logarithmic axis are round, few, and within it", () => {
  assert.deepEqual(logSplits(0.09, 12, 8), [0.1, 0.2, 0.5, 1, 2, 5, 10]);
  assert.deepEqual(logSplits(0.09, 12, 5), [0.1, 0.3, 1, 3, 10]);
  assert.deepEqual(logSplits(0.09, 12, 3), [0.1, 1, 10]);
  for (const most of [2, 5, 9]) {
    const many = logSplits(1e-30, 1, most);
    assert.ok(many.length >= 2 && many.length <= most + 1);
    for (const tick of many) assert.equal(Math.log10(tick), Math.round(Math.log10(tick)));
  }
  const [low, high] = logRange(3, 3);
  assert.ok(low < 3 && high > 3, "a flat line lies in the middle");
  assert.deepEqual(logRange(null, null), [0.1, 1]);
});

/** @type {any} */
const NETWORK = {
  layers: [
    {
      w: [
        [1, 2],
        [3, 4],
      ],
      b: [5, 6],
      activation: "tanh",
    },
    { w: [[7, 8]], b: [9], activation: "sigmoid" },
  ],
};

test("θ and its addresses stand in the order of the server: w row by row, then b", () => {
  assert.deepEqual(thetaOf(NETWORK), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(parameterCount(sizesOf({ network: NETWORK })), 9);
  assert.deepEqual(pointersOf(NETWORK, 1), ["/layers/1/w/0/0", "/layers/1/w/0/1", "/layers/1/b/0"]);
  assert.equal(symbolOf("/layers/0/w/1/0"), "w⁽¹⁾₂₁");
  assert.equal(symbolOf("/layers/1/b/9"), "b⁽²⁾₁₀");
  assert.equal(symbolOf("/layers/0/w/0/15"), "w⁽¹⁾₁,₁₆");
});

test("a landscape asked for stays within the server's limits and says how many examples it is of", () => {
  const xs = Array.from({ length: 3000 }, (_, index) => [index, 1]);
  const examples = /** @type {any} */ ({ xs, targets: xs.map(() => [1]) });
  const thetas = Array.from({ length: 900 }, () => thetaOf(NETWORK));
  const choice = /** @type {any} */ ({
    kind: "path",
    pointers: ["/layers/0/w/0/0", "/layers/0/b/0"],
    seed: 0,
    resolution: 41,
  });
  const free = landscapeRequest({ network: NETWORK, examples, loss: "half_squared_error", thetas }, choice, {});
  assert.equal(free.examples, 3000);
  assert.equal(free.body.path?.length, 200);
  assert.equal(free.body.directions, "path");
  assert.ok(!("pointers" in free.body));
  const tight = landscapeRequest({ network: NETWORK, examples, loss: "half_squared_error", thetas }, choice, {
    surface_products: 10_000_000,
  });
  assert.ok(tight.examples < 3000);
  assert.ok((41 * 41 + 200) * tight.examples * 9 <= 10_000_000);
  const alone = landscapeRequest(
    { network: NETWORK, examples, loss: "half_squared_error", thetas: [] },
    { ...choice, kind: "pointers" },
    {},
  );
  assert.ok(!alone.hasPath && !("path" in alone.body) && !("directions" in alone.body));
  const random = landscapeRequest(
    { network: NETWORK, examples, loss: "half_squared_error", thetas },
    { ...choice, kind: "random", seed: 7 },
    {},
  );
  assert.deepEqual([random.body.directions, random.body.seed], ["random", 7]);
});

test("a landscape that would take the server too long is asked for again of fewer examples", async () => {
  const xs = Array.from({ length: 100 }, (_, index) => [index, 1]);
  const subject = /** @type {any} */ ({
    network: NETWORK,
    examples: { xs, targets: xs.map(() => [1]) },
    loss: "half_squared_error",
    thetas: [],
  });
  const choice = /** @type {any} */ ({ kind: "random", pointers: [], seed: 0, resolution: 21 });
  /** @type {number[]} */
  const asked = [];
  const server = (/** @type {number} */ most, kind = "/problems/limit-exceeded") => ({
    landscape: async (/** @type {any} */ body) => {
      asked.push(body.xs.length);
      if (body.xs.length > most) throw new ProblemError({ title: "", detail: "", status: 422, kind });
      return /** @type {any} */ ("the landscape");
    },
  });
  assert.deepEqual(await landscapeOf(server(30), subject, choice, {}), { examples: 25, landscape: "the landscape" });
  assert.deepEqual(asked.splice(0), [100, 50, 25]);
  await assert.rejects(landscapeOf(server(1), subject, choice, {}), ProblemError);
  assert.equal(asked.splice(0).at(-1), 2);
  await assert.rejects(landscapeOf(server(30, "/problems/invalid"), subject, choice, {}), ProblemError);
  assert.deepEqual(asked, [100], "what is wrong otherwise is not mended by fewer examples");
  const noPath = await landscapeOf(server(100), subject, { ...choice, kind: "path" }, {});
  assert.equal(noPath.landscape, null);
});

test("the path is the page's own where it has every θ, and the server's where a run was opened", () => {
  const [first, second] = [
    [1, 2],
    [3, 4],
  ];
  assert.deepEqual(pathOf(null), []);
  assert.deepEqual(pathOf(/** @type {any} */ ({ recorded: [{ theta: first }, { theta: second }] })), [first, second]);
  assert.equal(pathOf(/** @type {any} */ ({ recorded: [{ theta: null }, { theta: second }] })), null);
});

test("the plane of the inputs is the map's where there is one, else reaches around the data", () => {
  const examples = /** @type {any} */ ({
    xs: [
      [0, 0],
      [10, 2],
    ],
    test_xs: [[5, 4]],
  });
  assert.deepEqual(inputPlane(examples, null), { inputs: [0, 1], low: [-1, -0.4], high: [11, 4.4], isSeen: true });
  const map = /** @type {any} */ ({ inputs: [2, 0], x_values: [1, 2, 3], y_values: [4, 5] });
  const wide = /** @type {any} */ ({
    xs: [
      [0, 1, 2],
      [2, 3, 4],
    ],
    test_xs: [],
  });
  assert.deepEqual(inputPlane(wide, map), { inputs: [2, 0], low: [1, 4], high: [3, 5], held: [1, 2, 3], isSeen: true });
  const line = /** @type {any} */ ({ xs: [[0], [1]], test_xs: [] });
  assert.deepEqual(inputPlane(line, null).inputs, [0]);
  const point = /** @type {any} */ ({ xs: [[3]], test_xs: [] });
  assert.deepEqual(inputPlane(point, null), { inputs: [0], low: [2], high: [4], isSeen: true });
});
