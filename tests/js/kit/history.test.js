import assert from "node:assert/strict";
import { test } from "node:test";

import { DRAG_GAP, EMPTY, edited, redone, undone } from "../../../static/js/kit/undo.js";

/** Edits in order: what is there afterwards, what was edited, when. @param {[string, string | null, number][]} edits */
function after(edits) {
  let present = "start";
  /** @type {any} */
  let history = EMPTY;
  for (const [next, key, at] of edits) {
    history = edited(history, present, key, at);
    present = next;
  }
  return { history, present };
}

test("undo and redo walk the edits one by one", () => {
  let { history, present } = after([
    ["a", null, 0],
    ["b", null, 1],
  ]);
  /** @type {string[]} */
  const seen = [];
  for (let moved = undone(history, present); moved !== null; moved = undone(history, present)) {
    ({ history, present } = moved);
    seen.push(present);
  }
  assert.deepEqual(seen, ["a", "start"]);
  for (let moved = redone(history, present); moved !== null; moved = redone(history, present)) {
    ({ history, present } = moved);
    seen.push(present);
  }
  assert.deepEqual(seen, ["a", "start", "a", "b"]);
});

test("a drag is one edit", () => {
  const { history, present } = after([
    ["a", "/x/0", 0],
    ["b", "/x/0", 100],
    ["c", "/x/0", 100 + DRAG_GAP],
  ]);
  assert.equal(undone(history, present)?.present, "start");
});

test("a pause, or another number, ends a drag", () => {
  const paused = after([
    ["a", "/x/0", 0],
    ["b", "/x/0", DRAG_GAP + 1],
  ]);
  assert.equal(undone(paused.history, paused.present)?.present, "a");
  const other = after([
    ["a", "/x/0", 0],
    ["b", "/x/1", 1],
  ]);
  assert.equal(undone(other.history, other.present)?.present, "a");
});

test("edits without a key never run together", () => {
  const { history, present } = after([
    ["a", null, 0],
    ["b", null, 0],
  ]);
  assert.equal(undone(history, present)?.present, "a");
});

test("an edit after an undo forgets what could have been redone", () => {
  const { history, present } = after([["a", null, 0]]);
  const back = undone(history, present);
  assert.ok(back);
  const next = edited(back.history, back.present, null, 1);
  assert.equal(redone(next, "other"), null);
});

test("an undo ends a drag, so that going on dragging can be undone", () => {
  const { history, present } = after([["a", "/x/0", 0]]);
  const back = undone(history, present);
  assert.ok(back);
  const next = edited(back.history, back.present, "/x/0", 1);
  assert.equal(undone(next, "b")?.present, "start");
});

test("the oldest edits are forgotten, the newest stay", () => {
  const { history } = after(Array.from({ length: 300 }, (_, index) => [String(index), null, index]));
  assert.equal(history.past.length, 200);
  assert.equal(history.past.at(-1), "298");
});
