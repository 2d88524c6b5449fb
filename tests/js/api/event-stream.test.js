import assert from "node:assert/strict";
import { test } from "node:test";

import { createParser, eventsOf } from "../../../static/js/api/event-stream.js";

const TEXT =
  ': a comment\nevent: started\nid: 1\ndata: {"a": 1}\n\nevent:epoch\r\ndata: 梯度 ∂L/∂w\r\n\r\nevent: none\n\ndata: one\rdata:  two\rdata\r\rx: y\n\nevent: cut off\ndata: lost';
const EVENTS = [
  { type: "started", data: '{"a": 1}' },
  { type: "epoch", data: "梯度 ∂L/∂w" },
  { type: "message", data: "one\n two\n" },
];

test("events are the same wherever the stream was cut", () => {
  for (let size = 1; size <= TEXT.length; size += 1) {
    const parser = createParser();
    const got = [];
    for (let at = 0; at < TEXT.length; at += size) got.push(...parser.feed(TEXT.slice(at, at + size)));
    assert.deepEqual(got, EVENTS, `in pieces of ${size}`);
  }
});

test("a character cut in two bytes arrives whole", async () => {
  for (const size of [1, 2, 3, 7, 1000]) {
    const bytes = new TextEncoder().encode(TEXT);
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const got = [];
    for await (const batch of eventsOf(body)) got.push(...batch);
    assert.deepEqual(got, EVENTS);
  }
});

test("leaving the loop cancels the body, so that the server stops working", async () => {
  let cancelled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: x\n\n")),
    cancel() {
      cancelled = true;
    },
  });
  for await (const batch of eventsOf(body)) {
    assert.deepEqual(batch, [{ type: "message", data: "x" }]);
    break;
  }
  assert.ok(cancelled);
});

test("a body that fails says why", async () => {
  const body = new ReadableStream({ start: (controller) => controller.error(new TypeError("network error")) });
  await assert.rejects(eventsOf(body).next(), /network error/);
});
