import assert from "node:assert/strict";
import { test } from "node:test";

import { sameKnowledge, sameMoment } from "../../../static/js/state/moment.js";
import { timeAfter, timelineOf } from "../../../static/js/timeline/timeline.js";
import { walkOf } from "../explorer-fixtures.mjs";

const PHASES = ["forward", "forward", "forward", "forward", "backward", "backward"];
const fine = timelineOf(/** @type {any} */ (walkOf(PHASES)));
/** Two numbers to a step. */
const coarse = timelineOf(
  /** @type {any} */ (
    walkOf(["forward", "forward", "backward"], (index) => [`/layers/0/z/${2 * index}`, `/layers/0/z/${2 * index + 1}`])
  ),
);

test("a coarser walk stands where no more is known than before", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((done) => sameKnowledge(fine, done, coarse)),
    [0, 1, 1, 1, 2],
  );
});

test("unless that would leave the phase", () => {
  assert.equal(sameKnowledge(fine, 5, coarse), 3, "half of the backward layer is known: the phase is backward");
});

test("a finer walk stands where just the same is known", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((done) => sameKnowledge(coarse, done, fine)),
    [0, 2, 4, 6],
  );
});

test("the end stays the end", () => {
  assert.equal(sameKnowledge(fine, 6, coarse), 3);
});

test("products that exist among the finest steps only are passed over", () => {
  const terms = timelineOf(
    /** @type {any} */ (
      walkOf(["forward", "forward", "forward", "forward"], (index) =>
        index % 2 === 0 ? [`/terms/${index}`] : [`/layers/0/z/${(index - 1) / 2}`],
      )
    ),
  );
  const units = timelineOf(/** @type {any} */ (walkOf(["forward", "forward"])));
  assert.equal(sameKnowledge(units, 1, terms), 2);
  assert.equal(sameKnowledge(terms, 3, units), 1);
});

test("an edit that leaves the walk's shape leaves the very moment", () => {
  const again = timelineOf(/** @type {any} */ (walkOf(PHASES)));
  assert.equal(sameMoment(fine, 1.234, again), 1.234);
  assert.equal(sameMoment(null, 5, again), 0);
});

test("an edit that changes the walk's shape keeps the number of steps done, up to the end", () => {
  assert.equal(sameMoment(fine, timeAfter(fine, 2), coarse), timeAfter(coarse, 2));
  assert.equal(sameMoment(fine, timeAfter(fine, 6), coarse), coarse.duration);
});

test("a phase that the new walk has not leaves what is known", () => {
  const learning = timelineOf(/** @type {any} */ (walkOf(["forward", "forward", "update"])));
  const still = timelineOf(/** @type {any} */ (walkOf(["forward", "forward", "backward"])));
  assert.equal(sameKnowledge(learning, 2, still), 2);
  assert.equal(
    sameKnowledge(timelineOf(/** @type {any} */ (walkOf(["forward", "forward", "update", "update"]))), 3, still),
    3,
  );
});
