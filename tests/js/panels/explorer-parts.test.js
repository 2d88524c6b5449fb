import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { pointsOf } from "../../../static/js/panels/values/loss-history.js";
import { wordsOf } from "../../../static/js/kit/widgets/notices.js";
import { curlOf, jsonOf, quoted, requestsOf } from "../../../static/js/panels/values/snippets.js";
import { trackScale } from "../../../static/js/panels/walk/track-scale.js";
import { fromFile } from "../../../static/js/state/file.js";
import { CATALOG, lecture } from "../explorer-fixtures.mjs";

const BASE = "http://127.0.0.1:8000/api/v1/";
const t = (/** @type {string} */ key, params = {}) =>
  key.startsWith("app.") ? `${key} ${JSON.stringify(params)}` : key;

test("the track gives a short phase room for its name, and back and forth is the same moment", () => {
  const phases = /** @type {any} */ ([
    { start: 0, end: 50 },
    { start: 50, end: 50.5 },
    { start: 50.5, end: 100 },
  ]);
  const { spans, toPlace, toTime } = trackScale(phases);
  assert.ok((spans[1]?.end ?? 0) - (spans[1]?.start ?? 0) > 0.06);
  assert.equal(spans.at(-1)?.end, 1);
  for (const time of [0, 10, 50, 50.25, 50.5, 99, 100]) assert.ok(Math.abs(toTime(toPlace(time)) - time) < 1e-9);
  assert.deepEqual([toTime(-1), toTime(2)], [0, 100]);
  assert.deepEqual(trackScale([]).spans, []);
  assert.deepEqual(
    [trackScale([]).toPlace(3), trackScale(/** @type {any} */ ([{ start: 0, end: 0 }])).toPlace(0)],
    [0, 0],
  );
});

test("a command for the shell carries the request unharmed", () => {
  const command = curlOf(lecture(), "unit", BASE);
  const script = `curl() { for word in "$@"; do printf '%s\\n' "$word"; done; }\n${command}`;
  const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trim().split("\n");
  assert.equal(words[1], `${BASE}trace`);
  assert.deepEqual(JSON.parse(words.at(-1) ?? ""), { ...lecture(), steps: "unit" });
  assert.equal(execFileSync("sh", ["-c", `printf %s ${quoted("it's $HOME")}`], { encoding: "utf8" }), "it's $HOME");
});

test("the request as JSON is the request, and Python can read it as it stands", () => {
  assert.deepEqual(JSON.parse(jsonOf(lecture(), "layer")), { ...lecture(), steps: "layer" });
  assert.ok(!/\b(true|false|null)\b/.test(jsonOf(lecture(), "layer")));
  assert.match(requestsOf(lecture(), "unit", BASE), /^import requests\n/);
});

test("a file with a trace request is read whole", () => {
  const { steps: _steps, ...request } = { ...lecture(), steps: "unit", freeze: ["b"], signal: [1, 0] };
  assert.deepEqual(fromFile(JSON.stringify({ ...request, steps: "unit" }), null, CATALOG), { request });
});

test("a network alone takes the input, target and loss of the page where they fit", () => {
  const { network } = lecture();
  const present = { ...lecture(), x: [7, 8] };
  assert.deepEqual(fromFile(JSON.stringify({ network }), present, CATALOG).request?.x, [7, 8]);
  assert.deepEqual(fromFile(JSON.stringify(network), { ...present, x: [1, 2, 3] }, CATALOG).request?.x, [0, 0]);
});

/** @type {[string, (request: any) => void, string, string | undefined][]} */
const TORN = [
  [
    "numbers that are none",
    (request) => {
      request.x[0] = "1";
    },
    "app.file.numbers",
    "/x",
  ],
  [
    "a target of the wrong length",
    (request) => {
      request.target = [1];
    },
    "app.file.length",
    "/target",
  ],
  [
    "shapes that do not chain",
    (request) => {
      request.network.layers[1].w[0] = [1];
    },
    "app.file.length",
    "/network/layers/1/w/0",
  ],
  [
    "an unknown activation",
    (request) => {
      request.network.layers[0].activation = "magic";
    },
    "app.file.activation",
    "/network/layers/0/activation",
  ],
  [
    "softmax in the middle",
    (request) => {
      request.network.layers[0].activation = "softmax";
    },
    "app.file.activation",
    "/network/layers/0/activation",
  ],
  [
    "a loss that does not fit",
    (request) => {
      request.loss = "magic";
    },
    "app.file.loss",
    undefined,
  ],
  [
    "no network",
    (request) => {
      delete request.network;
    },
    "app.file.network",
    undefined,
  ],
];
for (const [what, tear, key, at] of TORN) {
  test(`a file with ${what} says why it was not loaded`, () => {
    const request = structuredClone(lecture());
    tear(request);
    const { problem } = fromFile(JSON.stringify(request), null, CATALOG);
    assert.deepEqual([problem?.key, problem?.params?.at], [key, at]);
  });
}

test("a file that is no JSON says so", () => {
  for (const text of ["", "{", "hello"]) assert.equal(fromFile(text, null, CATALOG).problem?.key, "app.file.json");
  for (const text of ["null", "5", "[]"]) assert.equal(fromFile(text, null, CATALOG).problem?.key, "app.file.network");
});

test("notices are looked up, with what is in them; other text stays as it is", () => {
  assert.equal(wordsOf(JSON.stringify({ key: "app.a", params: { n: 1 } }), t), 'app.a {"n":1}');
  const inner = JSON.stringify({ key: "app.b" });
  assert.equal(wordsOf(JSON.stringify({ key: "app.a", params: { why: inner } }), t), 'app.a {"why":"app.b {}"}');
  for (const text of ["plain", "{broken", "null", "5", "<b>"]) assert.equal(wordsOf(text, t), text);
});

test("the line of losses runs from left to right, the largest on top", () => {
  const points = pointsOf([3, 1, 2]);
  assert.deepEqual(
    points.map(([x = 0]) => x),
    [...points.map(([x = 0]) => x)].sort((p, q) => p - q),
  );
  assert.ok((points[0]?.[1] ?? 0) < (points[2]?.[1] ?? 0));
  assert.ok((points[2]?.[1] ?? 0) < (points[1]?.[1] ?? 0));
  assert.ok(pointsOf([1]).flat().every(Number.isFinite));
});
