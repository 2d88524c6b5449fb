import assert from "node:assert/strict";
import { test } from "node:test";

import { routeOf, rowOf } from "../../../static/js/stage/layout/routes.js";
import { pulsesOf } from "../../../static/js/timeline/pulses.js";
import { timelineOf } from "../../../static/js/timeline/timeline.js";
import { layoutFor, traceNamed } from "../scene-fixtures.mjs";

const SIZES = { "lecture-unit": [2, 2, 2, 2], "lecture-term": [2, 2, 2, 2], "four-six-three-layer": [4, 6, 3] };

for (const [name, sizes] of Object.entries(SIZES)) {
  test(`in ${name} every pulse has a way within the drawing, from one place to another`, () => {
    const trace = traceNamed(/** @type {keyof typeof SIZES} */ (name));
    const timeline = timelineOf(trace);
    const layout = layoutFor({ sizes });
    const kinds = new Set();
    for (const step of trace.steps) {
      const row = rowOf("both", step.phase);
      for (const { wire } of pulsesOf(timeline, step)) {
        kinds.add(wire.kind);
        const route = routeOf(layout, row, wire);
        // In the reversed network there is neither bias nor target, so nothing runs there.
        if (route === null) {
          assert.ok(row === "reversed" && ["bias", "target"].includes(wire.kind), wire.kind);
          continue;
        }
        const { x0, y0, x1, y1, cross } = route;
        for (const number of [x0, y0, x1, y1]) assert.ok(Number.isFinite(number), `${wire.kind} ${number}`);
        assert.ok(x0 !== x1 || y0 !== y1, wire.kind);
        assert.ok(cross > 0 && cross < 1);
        assert.ok(Math.min(x0, x1) >= 0 && Math.max(x0, x1) <= layout.width);
      }
    }
    assert.deepEqual([...kinds].sort(), ["bias", "inside", "output", "target", "weight"]);
  });
}

test("a signal of one's own enters where the loss would send its own back", () => {
  const layout = layoutFor({});
  const entry = routeOf(layout, "reversed", { kind: "signal", layer: 2, row: 0 });
  const own = routeOf(layout, "reversed", { kind: "output", layer: 2, row: 0 });
  assert.ok(entry !== null && own !== null);
  assert.deepEqual([entry.x0, entry.y0], [own.x0, own.y0]);
  assert.ok(entry.x1 > entry.x0);
});

test("numbers that float64 cannot hold run over the wires as unknown ones", () => {
  const trace = traceNamed("lecture-unit");
  const lost = (/** @type {unknown[]} */ values) => values.map(() => null);
  const bare = {
    ...trace,
    layers: trace.layers.map((/** @type {any} */ { z, a, dl_da, dl_dz, dl_db, ...given }) => ({
      ...given,
      z: lost(z),
      a: lost(a),
      dl_da: lost(dl_da),
      dl_dz: lost(dl_dz),
      dl_db: lost(dl_db),
    })),
    target: lost(trace.target),
  };
  const seen = new Set();
  for (const step of trace.steps.filter((/** @type {any} */ each) => each.layer !== 0 && each.phase !== "update")) {
    const fresh = { ...step };
    for (const { carried, delivered, wire } of pulsesOf(timelineOf(bare), fresh)) {
      if (wire.kind === "bias" && step.operation === "weighted_sum") continue;
      if (wire.layer === 0) continue;
      seen.add(wire.kind);
      assert.equal(carried, null, `${step.operation} ${wire.kind}`);
      assert.equal(delivered, null, `${step.operation} ${wire.kind}`);
    }
  }
  assert.ok(seen.size >= 3);
});

test("a product that names no weight of the network runs nowhere", () => {
  const trace = traceNamed("lecture-term");
  const product = trace.steps.find((/** @type {any} */ step) => step.operation === "product");
  assert.deepEqual(pulsesOf(timelineOf(trace), { ...product, reads: ["/x/0"] }), []);
  const [alone] = pulsesOf(timelineOf(trace), { ...product, reads: ["/layers/0/w/0/0"] });
  assert.deepEqual([alone?.carried, alone?.delivered], [null, null]);
});

test("a signal that is sent in runs as the loss's own derivative does", () => {
  const trace = traceNamed("lecture-unit");
  const own = trace.steps.find((/** @type {any} */ step) => step.operation === "loss_gradient");
  const sent = pulsesOf(timelineOf(trace), { ...own, operation: "inject" });
  assert.deepEqual(sent, pulsesOf(timelineOf(trace), { ...own }));
});
