import assert from "node:assert/strict";
import { test } from "node:test";

import { csvField, harmless } from "../../../static/js/kit/csv-cell.js";

const RUN = [
  "=1+1",
  "+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(A1)",
  "\tx",
  "\rx",
  "=",
  "-",
  '=HYPERLINK("http://x","y")',
  "=a\nb",
  "--1",
];
const KEPT = ["", "a", "a=b", "it's", "'", "'quoted'", "1", "-1", "-0.5e-3", "+7", "-.5", "−1", "10:30"];

test("what a spreadsheet would run is text", () => {
  for (const text of RUN) {
    assert.equal(harmless(text), `'${text}`);
    assert.doesNotMatch(csvField(text), /^"?[=+\-@\t\r]/);
  }
});

test("all other cells stay as they are, negative numbers too", () => {
  for (const text of KEPT) assert.equal(harmless(text), text);
  assert.equal(csvField(-1.5), "-1.5");
  assert.equal(csvField(-0), "-0");
  assert.equal(csvField(-1e-7), "-1e-7");
  assert.equal(csvField(null), "");
  assert.equal(csvField(undefined), "");
});
