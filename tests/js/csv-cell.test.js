import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { asMeant, csvField, csvOf, harmless } from "../../static/js/lab/export/csv-cell.js";
import { readTable } from "../../static/js/lab/recipe/csv.js";

const papa = createRequire(import.meta.url)("../../static/vendor/papaparse/papaparse.min.js");

const RUN = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "=", "-", '=HYPERLINK("http://x","y")', "=a\nb", "--1"];
const KEPT = ["", "a", "a=b", "it's", "'", "'quoted'", "1", "-1", "-0.5e-3", "+7", "-.5", "−1", "10:30"];
const APOSTROPHES = ["'=1", "''=1", "'-x", "'@", "'\tx"];

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

test("what is read back is what was written, whatever it was", () => {
  for (const text of [...RUN, ...KEPT, ...APOSTROPHES]) assert.equal(asMeant(harmless(text)), text);
});

test("a file that is read by the own reader has the names and cells that were written into it", () => {
  const columns = ["=x1", "-", "@label"];
  const rows = [...RUN, ...APOSTROPHES].map((text, index) => [index, -index - 0.5, text]);
  const table = readTable(papa, csvOf({ columns, rows }), { delimiter: ",", hasHeader: true }, String);
  assert.deepEqual(table.columns, columns);
  assert.deepEqual(table.rows.map(({ cells }) => cells), rows.map((row) => row.map(String)));
});
