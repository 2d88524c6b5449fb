import assert from "node:assert/strict";
import { test } from "node:test";

import { upTo } from "../../static/js/state/taught.js";
import { isKnown } from "../../static/js/timeline/timeline.js";

const spans = /** @type {const} */ ([
  ["forward", 0, 2, 0, 3],
  ["loss", 3, 3, 3, 4],
  ["backward", 4, 6, 4, 7],
]);
const walk = /** @type {any} */ ({
  phases: spans.map(([phase, firstStep, lastStep, start, end]) => ({ phase, firstStep, lastStep, start, end })),
  beats: Array.from({ length: 7 }, (_, index) => ({ index, start: index, landing: index + 0.5, end: index + 1 })),
  duration: 7,
  writtenBy: new Map([["/layers/0/dl_dz/0", 5]]),
  trace: {},
});

test("a walk ends before what has not been taught, and its numbers stay unknown", () => {
  const taught = upTo(walk, ["forward", "loss"]);
  assert.deepEqual([taught.beats.length, taught.duration], [4, 4]);
  assert.deepEqual(
    taught.phases.map(({ phase }) => phase),
    ["forward", "loss"],
  );
  assert.equal(isKnown(taught, "/layers/0/dl_dz/0", taught.beats.length), false);
});

test("where all is shown nothing is made anew", () => {
  assert.equal(upTo(walk, null), walk);
  assert.equal(upTo(walk, ["forward", "loss", "backward", "gradient"]), walk);
  assert.equal(upTo(walk, []).beats.length, 0);
});
