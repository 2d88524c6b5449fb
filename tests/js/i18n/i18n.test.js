import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { LANGUAGES, translator } from "../../../static/js/i18n/i18n.js";

/** @param {string} language */
const read = (language) =>
  JSON.parse(readFileSync(new URL(`../../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));

test("a gap is filled", () => {
  const t = translator({ greeting: "{name} sends {count}" });
  assert.equal(t("greeting", { name: "x₁", count: 2 }), "x₁ sends 2");
});

test("a gap without a value stays visible", () => {
  assert.equal(translator({ a: "{b}" })("a"), "{b}");
});

test("a parameter may be a text itself", () => {
  const t = translator({ outer: "from {who}", who: "unit {unit}" });
  assert.equal(t("outer", { who: { key: "who", params: { unit: 3 } } }), "from unit 3");
});

test("a value is put in as it is, even if it looks like a gap or a pattern", () => {
  const t = translator({ a: "[{b}]", c: "wrong" });
  assert.equal(t("a", { b: "{c} $& $1" }), "[{c} $& $1]");
});

test("a key that is not there stands for itself", () => {
  assert.equal(translator({})("no.such.key"), "no.such.key");
  assert.equal(translator({})("constructor"), "constructor");
});

test("all languages have the same keys with the same gaps, and no empty text", () => {
  const [first, ...others] = LANGUAGES.map(read);
  /** @param {string} text */
  const gaps = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const other of others) {
    assert.deepEqual(Object.keys(other).sort(), Object.keys(first).sort());
    for (const key of Object.keys(first)) {
      assert.deepEqual(gaps(other[key]), gaps(first[key]), key);
      assert.ok(first[key].trim() && other[key].trim(), key);
    }
  }
});
