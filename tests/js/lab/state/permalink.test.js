import assert from "node:assert/strict";
import { test } from "node:test";

import { SETUPS } from "../../../../static/js/lab/setups.js";
import { readLink, saveRecipe } from "../../../../static/js/lab/state/permalink.js";
import { same, withFields, withSlopeInUse } from "../../../../static/js/lab/state/recipe.js";

/** @param {...string} names */
const list = (...names) => names.map((name) => ({ name }));
const catalog = /** @type {any} */ ({
  activations: list("linear", "sigmoid", "tanh", "relu", "softmax"),
  losses: list("half_squared_error", "binary_cross_entropy", "cross_entropy"),
  initializers: list("xavier_uniform", "he_uniform", "standard_normal"),
  optimizers: list("gradient_descent", "momentum", "adam"),
  schedules: list("constant", "step", "cosine"),
  reductions: list("mean", "sum"),
  datasets: list("xor", "circles", "moons", "spirals", "blobs", "sine", "plane", "iris", "digits"),
});
const nowhere = { epoch: null, example: { heldOut: false, index: 0 }, view: null };

/** @param {string} fragment */
const read = (fragment) => readLink(fragment, catalog);

for (const { name, request, twin } of SETUPS) {
  test(`${name}: the link gives the same recipe, and its twin's`, async () => {
    const twinRequest = twin ? withFields(request, twin) : null;
    const found = await read(await saveRecipe(request, twinRequest, nowhere));
    assert.deepEqual(found.dropped, []);
    assert.ok(same(found.request, request), JSON.stringify(found.request));
    assert.ok(same(found.twinRequest, twinRequest), JSON.stringify(found.twinRequest));
  });
}

test("a slope is kept in the link, and left out once no activation has one", async () => {
  const request = {
    ...SETUPS[0].request,
    network: undefined,
    sizes: [2, 3, 1],
    activation: "relu",
    output_activation: "sigmoid",
    slope: 0.2,
  };
  assert.equal((await read(await saveRecipe(request, null, nowhere))).request?.slope, 0.2);
  const activations = /** @type {any} */ ([
    { name: "relu", parameters: {} },
    { name: "leaky_relu", parameters: { slope: 0.01 } },
  ]);
  assert.equal(withSlopeInUse(request, activations).slope, undefined);
  assert.equal(withSlopeInUse({ ...request, activation: "leaky_relu" }, activations).slope, 0.2);
});

test("a short recipe can be read by people", async () => {
  const link = await saveRecipe(
    {
      sizes: [2, 3, 1],
      activation: "tanh",
      output_activation: "sigmoid",
      initializer: "he_uniform",
      dataset: { name: "xor", n: 20 },
      loss: "binary_cross_entropy",
      optimizer: { name: "momentum", learning_rate: 0.5, momentum: 0.9 },
      batch_size: null,
      epochs: 9,
      seed: 1,
    },
    null,
    { epoch: 4, example: { heldOut: true, index: 7 }, view: "surface" },
  );
  assert.equal(
    link,
    "v=1&data=xor&n=20&sizes=2-3-1&hidden=tanh&output=sigmoid&init=he_uniform&loss=binary_cross_entropy&opt=momentum&rate=0.5&batch=all&epochs=9&seed=1&opt.momentum=0.9&epoch=4&example=7&held_out=1&view=surface",
  );
});

test("own data goes along, compressed once it is long", async () => {
  const xs = Array.from({ length: 300 }, (_, index) => [index / 7, -1 - index]);
  const request = {
    sizes: [2, 1],
    activation: "tanh",
    output_activation: "linear",
    initializer: "xavier_uniform",
    xs,
    targets: xs.map(([x]) => [Number(x)]),
    feature_names: ["größe", "a&b"],
    standardise: true,
    loss: "half_squared_error",
    optimizer: { name: "adam", learning_rate: 0.1 },
    batch_size: null,
    epochs: 5,
    seed: 0,
  };
  const link = await saveRecipe(request, null, nowhere);
  assert.ok(link.length < 5000, String(link.length));
  assert.ok(same((await read(link)).request, request));
});

test("what a link need not say has a sensible value", async () => {
  const { request, dropped } = await read("v=1&data=circles&sizes=2-3-1&loss=binary_cross_entropy");
  assert.deepEqual(dropped, []);
  assert.deepEqual(
    [request?.activation, request?.optimizer.name, request?.epochs, request?.batch_size],
    ["tanh", "gradient_descent", 100, null],
  );
});

const WRONG = {
  "data=nowhere": "data",
  "hidden=__proto__": "hidden",
  "rate=fast": "rate",
  "epochs=-3": "epochs",
  "epochs=1e99": "epochs",
  "sizes=2-x-1": "sizes",
  "opt.Beta=1": "opt.Beta",
  "own={%22xs%22:[[1,%22a%22]]}": "own",
  "own={%22xs%22:[[1,2]],%22targets%22:[[1]],%22test_xs%22:[1]}": "own",
  "own=~AAAA": "own",
  "network=[1]": "network",
  "seed=%E0%A4%A": "seed",
  "constructor=1": "constructor",
};
for (const [part, name] of Object.entries(WRONG)) {
  test(`${part}: is named, and the rest is used`, async () => {
    const good = "v=1&data=circles&sizes=2-3-1&loss=binary_cross_entropy&epochs=7";
    const rest = good
      .split("&")
      .filter((each) => !each.startsWith(`${name}=`))
      .join("&");
    const { request, dropped } = await read(`${rest}&${part}`);
    assert.deepEqual(dropped, [name]);
    if (!["data", "sizes"].includes(name)) assert.deepEqual(request?.sizes, [2, 3, 1]);
    else assert.equal(request, null);
  });
}

test("a long wrong name is said in short", async () => {
  const { dropped } = await read(`v=1&${"x".repeat(500)}=1`);
  assert.deepEqual(
    dropped.map((name) => name.length),
    [25],
  );
});

test("a twin may have other numbers; a rate need not be said", async () => {
  const numbers = { layers: [{ w: [[1, 2]], b: [0], activation: "sigmoid" }] };
  const link = `v=1&data=iris&standardise=0&sizes=2-3-1&loss=binary_cross_entropy&opt=adam&twin.network=${encodeURIComponent(JSON.stringify(numbers.layers))}`;
  const { request, twinRequest, dropped } = await read(link);
  assert.deepEqual(dropped, []);
  assert.deepEqual([request?.dataset?.standardise, request?.optimizer], [false, { name: "adam", learning_rate: 0.1 }]);
  assert.deepEqual([twinRequest?.network, twinRequest?.sizes], [numbers, undefined]);
  assert.match(await saveRecipe(/** @type {any} */ (request), null, nowhere), /&standardise=0&/);
});

test("where to look is read beside what to train", async () => {
  const good = await read("run=abc&epoch=12&example=3&held_out=1&view=draw");
  assert.deepEqual(good.look, { epoch: 12, example: { heldOut: true, index: 3 }, view: "draw" });
  assert.deepEqual([good.run, good.request, good.dropped], ["abc", null, []]);
  const bad = await read("epoch=-1&example=x&held_out=2&view=nothing");
  assert.deepEqual(bad.look, { epoch: null, example: { heldOut: false, index: 0 }, view: null });
  assert.deepEqual(bad.dropped.sort(), ["epoch", "example", "held_out", "view"]);
});

test("a place on the page is no link, and a link with nothing usable is one", async () => {
  assert.equal((await read("main")).isLink, false);
  assert.deepEqual([(await read("run=../../x")).isLink, (await read("run=../../x")).dropped], [true, ["run"]]);
});

test("what a step follows is in the link where it is not the mean", async () => {
  const request = (await read("v=1&data=circles&sizes=2-3-1&loss=binary_cross_entropy&reduction=sum")).request;
  assert.equal(request?.reduction, "sum");
  assert.match(await saveRecipe(/** @type {any} */ (request), null, nowhere), /&reduction=sum&/);
  assert.deepEqual((await read("v=1&data=circles&sizes=2-3-1&reduction=median")).dropped, ["reduction"]);
});

test("what is standardised is in the link, targets too, and older links still say inputs alone", async () => {
  const base = "v=1&data=sine&sizes=1-3-1";
  const { request } = await read(`${base}&standardise=0&standardise_targets=1`);
  assert.deepEqual(request?.dataset?.standardise, { inputs: false, targets: true });
  assert.match(await saveRecipe(/** @type {any} */ (request), null, nowhere), /&standardise=0&standardise_targets=1&/);
  assert.equal((await read(`${base}&standardise=1`)).request?.dataset?.standardise, true);
  const own = {
    ...request,
    dataset: undefined,
    xs: [[1]],
    targets: [[2]],
    standardise: { inputs: true, targets: true },
  };
  assert.deepEqual(
    (await read(await saveRecipe(/** @type {any} */ (own), null, nowhere))).request?.standardise,
    own.standardise,
  );
  assert.deepEqual(
    (await read(`v=1&sizes=1-1&own=${encodeURIComponent('{"xs":[[1]],"targets":[[1]],"standardise":{"all":true}}')}`))
      .dropped,
    ["own"],
  );
});
