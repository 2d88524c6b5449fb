import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { traceNamed } from "../scene-fixtures.mjs";

/** @param {string} language */
const textsIn = (language) =>
  JSON.parse(readFileSync(new URL(`../../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));

test("for every operation both languages say what is happening while it runs", () => {
  const operations = new Set([
    "inject",
    "loss_after",
    ...["lecture-unit", "lecture-term", "four-six-three-layer"].flatMap((name) =>
      traceNamed(name).steps.map((/** @type {any} */ step) => step.operation),
    ),
  ]);
  assert.ok(operations.size >= 16);
  for (const language of ["en", "zh"]) {
    const texts = textsIn(language);
    for (const operation of operations) assert.ok(texts[`panel.now.${operation}`], `${language} ${operation}`);
  }
});
