/**
 * Links as both pages wrote them before they had one grammar, and as people typed them: each opens what it opened then.
 * Recorded with the code of that time; new links are added, none is ever taken out. The one difference: the Lab names a
 * part that has no value, as the Explorer always has.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { isLink } from "../../../static/js/kit/permalink/permalink.js";
import { readLink } from "../../../static/js/lab/state/permalink.js";
import { placeOf, read, requestOf, save } from "../../../static/js/state/links/permalink.js";
import { state } from "../explorer-fixtures.mjs";

const { catalog, explorer, lab } = JSON.parse(readFileSync(new URL("../fixtures/links.json", import.meta.url), "utf8"));
/** @param {unknown} value */
const plain = (value) => JSON.parse(JSON.stringify(value));

for (const { from, link, ...expected } of explorer) {
  test(`the Explorer opens ${from}: ${link.slice(0, 60)}`, async () => {
    assert.equal(isLink(link), expected.isLink);
    const found = await read(link);
    assert.deepEqual(plain(found.linked), expected.linked);
    assert.deepEqual([found.dropped, found.clamped], [[...new Set(expected.dropped)], expected.clamped]);
    assert.equal(found.version, expected.version);
    if (!found.version) return;
    assert.deepEqual(plain(requestOf(found.linked, catalog)), expected.opens);
    assert.deepEqual(placeOf(found.linked), expected.place);
  });
}

for (const { from, link, ...expected } of lab) {
  test(`the Lab opens ${from}: ${link.slice(0, 60)}`, async () => {
    const found = plain(await readLink(link, catalog));
    for (const name of ["version", "run", "twin", "setup"]) assert.equal(found[name] ?? null, expected[name], name);
    assert.deepEqual(found.look, expected.look);
    assert.deepEqual(plain({ request: found.request, twinRequest: found.twinRequest }), expected.recipe);
    assert.deepEqual(found.dropped.sort(), expected.dropped);
  });
}

test("what an older link opens is written anew in the one grammar, and opens the same", async () => {
  for (const { link, version } of explorer.filter((/** @type {any} */ { opens }) => opens?.request)) {
    assert.ok(version);
    const before = requestOf((await read(link)).linked, catalog);
    const again = await save(state({ request: before.request, selected: null }));
    assert.match(again, /^v=1&/);
    assert.deepEqual(requestOf((await read(again)).linked, catalog), { request: before.request, dropped: [] });
  }
});
