import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError } from "../../../static/js/api/client.js";
import { explorerLink, fullLink } from "../../../static/js/lab/explorer-link.js";
import { labLink, originOf, relation, titleOf, unitsOf } from "../../../static/js/state/origin.js";
import { placeOf, read, requestOf } from "../../../static/js/state/links/permalink.js";
import { CATALOG, lecture } from "../explorer-fixtures.mjs";

const PLACE = { run: "run-1_A", epoch: 40, example: 16, heldOut: true };
const fragment = (/** @type {string} */ link) => link.slice(link.indexOf("#") + 1);

test("the short way to the Explorer names run, epoch and example, and the Explorer reads them", async () => {
  const link = explorerLink("run-1_A", 40, { heldOut: true, index: 16 });
  assert.ok(link.startsWith("./#"), "relative, for a page behind a prefix");
  assert.deepEqual(placeOf((await read(fragment(link))).linked), PLACE);
  assert.deepEqual(placeOf((await read(fragment(explorerLink("a", 0, { heldOut: false, index: 0 })))).linked), {
    run: "a",
    epoch: 0,
    example: 0,
    heldOut: false,
  });
});

test("the long way carries every number, so that it outlives the run", async () => {
  const { linked, dropped } = await read(
    fragment(await fullLink(lecture(), { place: PLACE, digits: 4, language: "zh" })),
  );
  assert.deepEqual(dropped, []);
  assert.deepEqual(requestOf(linked, CATALOG).request, lecture());
  assert.deepEqual([placeOf(linked), linked.digits, linked.lang], [PLACE, 4, "zh"]);
});

test("before there is a run the link has numbers only", async () => {
  const { linked } = await read(fragment(await fullLink(lecture(), { place: null, digits: 3, language: "en" })));
  assert.equal(placeOf(linked), null);
});

test("the way back leads to the same place in the Lab", () => {
  assert.equal(labLink(PLACE), "./lab#run=run-1_A&epoch=40&example=16&held_out=1");
  assert.equal(labLink({ run: "a", epoch: 0, example: null, heldOut: false }), "./lab#run=a&epoch=0");
});

const runUnits = async () => ({ standardised: { inputs: true, targets: false }, target_shift: [0], target_scale: [1] });
const runs = async () => ({ runs: [{ id: "run-1_A", request: { dataset: { name: "iris" } } }] });

test("the server says what stood at the place, and of which data", async () => {
  const asked = [];
  const { origin, missing } = await originOf(
    { runs, runExample: async (...given) => (asked.push(given), lecture()), runUnits },
    PLACE,
  );
  assert.deepEqual(asked, [["run-1_A", { epoch: 40, index: 16, heldOut: true }]]);
  assert.equal(missing, false);
  assert.deepEqual(origin, { place: PLACE, request: lecture(), units: await runUnits(), dataset: "iris" });
});

test("a run that is no longer kept is missing, a server that is away is not the run's fault", async () => {
  const none = await originOf({ runs: async () => ({ runs: [] }), runExample: () => assert.fail(), runUnits }, PLACE);
  assert.equal(none.missing, true);
  const away = await originOf(
    {
      runs: () => Promise.reject(new ProblemError({ title: "away", detail: "", offline: true })),
      runExample: () => assert.fail(),
      runUnits,
    },
    PLACE,
  );
  assert.equal(away.missing, false);
  assert.equal(away.origin.request, null);
});

test("an epoch that is only just being written is asked for once more", async () => {
  let tries = 0;
  const runExample = async () => {
    tries += 1;
    if (tries === 1) throw new ProblemError({ title: "not yet", detail: "", status: 422 });
    return lecture();
  };
  assert.deepEqual((await originOf({ runs, runExample, runUnits }, PLACE)).origin.request, lecture());
  assert.equal(tries, 2);
});

test("what is on the page is compared with what stood there, number by number", () => {
  const origin = { place: PLACE, request: lecture(), dataset: "iris" };
  const other = lecture();
  assert.equal(relation(origin, lecture()), "example");
  assert.equal(relation(origin, { ...lecture(), x: [9, 9] }), "network");
  assert.equal(relation(origin, { ...lecture(), target: [9, 9] }), "network");
  other.network.layers[1].w[0][0] += 1e-12;
  assert.equal(relation(origin, other), "other");
  assert.equal(relation({ ...origin, request: null }, lecture()), "unknown");
  assert.equal(relation({ ...origin, place: { ...PLACE, example: null } }, lecture()), "network");
});

test("data sets have their title from the catalogue; one's own data have none", () => {
  const catalog = { ...CATALOG, datasets: [{ name: "iris", title: { en: "Iris", zh: "鸢尾花" } }] };
  assert.deepEqual(titleOf(catalog, "iris"), { en: "Iris", zh: "鸢尾花" });
  assert.equal(titleOf(catalog, null), null);
  assert.equal(titleOf(null, "iris"), null);
});

test("in which units the network counts is a word for which the page has a sentence", () => {
  const origin = (/** @type {boolean} */ inputs, /** @type {boolean} */ targets) =>
    unitsOf(/** @type {any} */ ({ units: { standardised: { inputs, targets } } }));
  assert.deepEqual(
    [origin(true, true), origin(true, false), origin(false, true), origin(false, false)],
    ["both", "inputs", "targets", null],
  );
  assert.equal(unitsOf(/** @type {any} */ ({ units: null })), null);
});
