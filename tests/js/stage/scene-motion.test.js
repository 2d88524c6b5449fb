import assert from "node:assert/strict";
import { test } from "node:test";

import { rowOf, routeOf } from "../../../static/js/stage/layout/routes.js";
import { placeIn, swarmOf } from "../../../static/js/stage/motion/swarm.js";
import { heightOf } from "../../../static/js/stage/layout/geometry.js";
import { layoutFor } from "../scene-fixtures.mjs";

const layout = layoutFor();
/** @type {any} */
const wire = { kind: "weight", layer: 1, row: 1, column: 0 };
/** A step of a phase as it usually is. @param {"forward" | "loss" | "backward" | "gradient" | "update"} phase */
const step = (phase) => ({ phase, operation: phase === "backward" ? "backward_sum" : "weighted_sum" });
const pulse = { wire, direction: "forward", from: 0, to: 1, carried: 2, delivered: 6 };

test("a weight's wire runs from the sender's right side to the receiver's left side, in either row", () => {
  for (const row of /** @type {const} */ (["forward", "reversed"])) {
    const route = routeOf(layout, row, wire);
    assert.deepEqual(
      [route?.x0, route?.y0, route?.x1, route?.y1],
      [layout.columns[1].right, heightOf(layout, row, 1, 0), layout.columns[2].left, heightOf(layout, row, 2, 1)],
    );
    assert.equal(route?.cross, layout.pairs[1].at.get("1/0"));
  }
});

test("in both, the way back runs in the reversed network and all else in the forward one", () => {
  assert.equal(rowOf("both", step("backward")), "reversed");
  assert.equal(rowOf("both", { phase: "gradient", operation: "input_gradient" }), "reversed");
  for (const phase of /** @type {const} */ (["forward", "loss", "gradient", "update"]))
    assert.equal(rowOf("both", step(phase)), "forward");
});

test("the reversed network alone shows no forward signals", () => {
  assert.equal(rowOf("reversed", step("forward")), null);
  for (const phase of /** @type {const} */ (["backward", "gradient"]))
    assert.equal(rowOf("reversed", step(phase)), "reversed");
  for (const phase of /** @type {const} */ (["forward", "backward", "update"]))
    assert.equal(rowOf("forward", step(phase)), "forward");
  assert.equal(swarmOf(layout, null, /** @type {any} */ ([pulse])).count, 0);
});

test("a pulse starts at one end and arrives at the other; backward it is the other way round", () => {
  const forward = swarmOf(layout, "forward", /** @type {any} */ ([pulse]));
  const backward = swarmOf(layout, "forward", /** @type {any} */ ([{ ...pulse, direction: "backward" }]));
  const near = (/** @type {number[]} */ p, /** @type {number[]} */ q) =>
    p.every((value, index) => Math.abs(value - q[index]) < 1e-3);
  assert.ok(near(placeIn(forward, 0, 0), placeIn(backward, 0, 1)));
  assert.ok(near(placeIn(forward, 0, 1), placeIn(backward, 0, 0)));
  assert.ok(placeIn(forward, 0, 1)[0] > placeIn(forward, 0, 0)[0]);
});

test("a pulse meets the weight where its number stands, from either side", () => {
  const { x0, x1, cross } = routeOf(layout, "forward", wire) ?? { x0: 0, x1: 0, cross: 0 };
  for (const direction of ["forward", "backward"]) {
    const swarm = swarmOf(layout, "forward", /** @type {any} */ ([{ ...pulse, direction }]));
    assert.ok(Math.abs(placeIn(swarm, 0, swarm.data[4])[0] - (x0 + (x1 - x0) * cross)) < 1e-3);
  }
});

test("a pulse that stands still never meets the weight", () => {
  const swarm = swarmOf(layout, "forward", /** @type {any} */ ([{ ...pulse, from: 0.5, to: 0.5 }]));
  assert.ok(swarm.data[4] > 1);
  assert.deepEqual(placeIn(swarm, 0, 0), placeIn(swarm, 0, 1));
});

test("pulses without a way in this row are left out, and the rest keep their order", () => {
  const bias = { ...pulse, wire: { kind: "bias", layer: 0, row: 0 } };
  const swarm = swarmOf(layout, "reversed", /** @type {any} */ ([bias, pulse]));
  assert.equal(swarm.count, 1);
  assert.equal(swarm.pulses[0], pulse);
});
