import assert from "node:assert/strict";
import { test } from "node:test";

import { isLink } from "../../../static/js/kit/permalink/permalink.js";
import { overlaid, placeOf, read, requestOf, save } from "../../../static/js/state/links/permalink.js";
import { CATALOG, lecture, state } from "../explorer-fixtures.mjs";

const ROOMY = { ...CATALOG, limits: { layers: 64, units: 1024, parameters: 100_000 } };

test("a link brings back the whole state, number by number", async () => {
  const request = {
    ...lecture(),
    x: [0.1 + 0.2, -0],
    target: [5e-324, -1.7976931348623157e308],
    freeze: ["b"],
    signal: [1 / 3, -2],
  };
  const fragment = await save(
    state({
      request,
      view: "reversed",
      granularity: "term",
      done: 31,
      digits: 5,
      language: "zh",
      hide: ["toolbar", "panels"],
    }),
  );
  const { linked, dropped, clamped, version } = await read(fragment);
  assert.ok(version);
  assert.deepEqual([dropped, clamped], [[], []]);
  const found = requestOf(linked, CATALOG);
  assert.deepEqual(found, { request, dropped: [] });
  assert.ok(Object.is(found.request?.x[1], -0));
  assert.deepEqual(
    [linked.view, linked.steps, linked.at, linked.digits, linked.lang, linked.hide, linked.select],
    ["reversed", "term", 31, 5, "zh", ["toolbar", "panels"], "/layers/0/w/0/1"],
  );
});

test("a preset that was not edited makes a short link", async () => {
  const fragment = await save(state({ preset: "lecture-1-1", selected: null }));
  assert.equal(fragment, "v=1&preset=lecture-1-1&view=both&steps=unit&at=7&digits=3&lang=en");
  const { linked } = await read(fragment);
  assert.deepEqual(requestOf(linked, CATALOG), { request: null, dropped: [] });
});

test("a large network is packed, and comes back exactly", async () => {
  const layer = (/** @type {number} */ rows, /** @type {number} */ columns) => ({
    w: Array.from({ length: rows }, (_r, row) =>
      Array.from({ length: columns }, (_c, column) => Math.sin(row * columns + column)),
    ),
    b: Array.from({ length: rows }, (_, row) => row / 7),
    activation: "tanh",
  });
  const request = {
    ...lecture(),
    network: { layers: [layer(40, 50), layer(10, 40)] },
    x: Array(50).fill(0.5),
    target: Array(10).fill(0),
  };
  const fragment = await save(state({ request }));
  assert.match(fragment, /&theta=~[\w-]+&/);
  const { linked } = await read(fragment);
  assert.deepEqual(requestOf(linked, ROOMY).request, request);
});

test("what cannot be used is named and the rest is kept", async () => {
  const { linked, dropped } = await read(
    "v=1&view=sideways&steps=layer&nonsense=1&at=x&lang=fr&=&hide=everything&alone&sizes=2-x",
  );
  assert.deepEqual(dropped, ["view", "nonsense", "at", "lang", "", "hide", "alone", "sizes"]);
  assert.deepEqual(linked, { steps: "layer" });
});

test("names from Object's prototype are no fields", async () => {
  const { linked, dropped } = await read("v=1&__proto__=1&constructor=2&toString=3");
  assert.deepEqual(dropped, ["__proto__", "constructor", "toString"]);
  assert.deepEqual(Object.keys(linked), []);
});

test("what is out of range is held to it and named", async () => {
  const { linked, clamped } = await read("v=1&digits=99&at=-3");
  assert.deepEqual([linked.digits, linked.at, clamped], [6, 0, ["digits", "at"]]);
});

test("a long wrong name is said in short", async () => {
  assert.deepEqual(
    (await read(`v=1&${"x".repeat(500)}=1`)).dropped.map((name) => [...name].length),
    [25],
  );
});

test("a network that does not learn has a link without a rate", async () => {
  const { learning_rate: _rate, ...still } = lecture();
  const fragment = await save(state({ request: still }));
  assert.doesNotMatch(fragment, /rate=/);
  assert.deepEqual(requestOf((await read(fragment)).linked, CATALOG).request, still);
});

test("a version that is not known is said to be so", async () => {
  assert.equal((await read("v=2&view=both")).version, false);
  assert.ok(isLink("v=1&view=both") && isLink("v=2") && !isLink("main") && !isLink("") && !isLink("v=1x"));
});

test("broken escapes and broken packing are dropped", async () => {
  const { dropped } = await read("v=1&preset=%E0%A4%A&theta=~!!!&x=~AAAA");
  assert.deepEqual(dropped, ["preset", "theta", "x"]);
});

test("little that unpacks to a lot is refused", async () => {
  const stream = new Blob([new Uint8Array(20_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bomb = Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url");
  assert.ok(bomb.length < 60_000);
  assert.deepEqual((await read(`v=1&theta=~${bomb}`)).dropped, ["theta"]);
});

for (const [why, link] of [
  ["its numbers do not fit its sizes", "v=1&sizes=2-1&act=sigmoid&theta=1,2"],
  ["it is larger than allowed", "v=1&sizes=2-9&act=sigmoid&theta=1"],
  ["its activation is unknown", "v=1&sizes=1-1&act=magic&theta=1,0"],
  ["softmax stands in the middle", "v=1&sizes=1-1-1&act=softmax,sigmoid&theta=1,0,1,0"],
  ["a part is missing", "v=1&sizes=1-1&theta=1,0"],
]) {
  test(`a network is dropped as a whole if ${why}`, async () => {
    const { linked } = await read(link ?? "");
    assert.deepEqual(requestOf(linked, CATALOG), { request: null, dropped: ["network"] });
  });
}

test("an input, target or loss that does not fit is replaced and named", async () => {
  const { linked } = await read(
    "v=1&sizes=2-1&act=softmax&theta=1,2,0&x=1&target=1,2&loss=binary_cross_entropy&signal=1,2,3",
  );
  const { request, dropped } = requestOf(linked, CATALOG);
  assert.deepEqual(dropped, ["loss", "x", "target", "signal"]);
  assert.deepEqual(
    [request?.x, request?.target, request?.loss, request?.signal],
    [[0, 0], [0], "half_squared_error", undefined],
  );
});

test("the moment of a training goes along with the network it made, and comes back", async () => {
  const run = { run: "3f-2A_9", epoch: 40, example: 17, heldOut: true };
  const { linked, dropped } = await read(await save(state({ request: lecture(), run })));
  assert.deepEqual(dropped, []);
  assert.deepEqual(placeOf(linked), run);
  assert.deepEqual(requestOf(linked, CATALOG).request, lecture());
  const drawn = { run: "a", epoch: 0, example: null, heldOut: false };
  assert.deepEqual(placeOf((await read(await save(state({ request: lecture(), run: drawn })))).linked), drawn);
});

test("a preset is not said to come from a training", async () => {
  const fragment = await save(
    state({ preset: "lecture-1-1", run: { run: "a", epoch: 1, example: 0, heldOut: false } }),
  );
  assert.doesNotMatch(fragment, /run|epoch|example/);
  assert.equal(placeOf({}), null);
});

test("a short link from the Lab needs no network; a run's id is checked", async () => {
  const { linked, dropped } = await read("v=1&run=abc&epoch=3&example=5&held_out=1");
  assert.deepEqual([placeOf(linked), dropped], [{ run: "abc", epoch: 3, example: 5, heldOut: true }, []]);
  assert.deepEqual(requestOf(linked, CATALOG), { request: null, dropped: [] });
  assert.deepEqual((await read("v=1&run=%2e%2e%2fcatalog&held_out=yes")).dropped, ["run", "held_out"]);
});

test("an input of one's own replaces that of the run's example if it fits", () => {
  const request = lecture();
  assert.deepEqual(overlaid(request, { x: [5, 6], rate: 0.25 }), {
    request: { ...request, x: [5, 6], learning_rate: 0.25 },
    dropped: [],
  });
  assert.deepEqual(overlaid(request, { x: [1, 2, 3] }), { request, dropped: ["x"] });
});
