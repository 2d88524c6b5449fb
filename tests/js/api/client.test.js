import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError, bodyOf, createClient } from "../../../static/js/api/client.js";
import { lecture } from "../explorer-fixtures.mjs";
import { readFileSync } from "node:fs";
import { toldProblem } from "../../../static/js/api/asking.js";
import { translator } from "../../../static/js/i18n/i18n.js";

const read = (/** @type {string} */ language) =>
  JSON.parse(readFileSync(new URL(`../../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));

const BASE = "http://host.test/prefix/api/v1/";

/** A client whose server gives these answers in turn, and what it was asked. @param {...(Response | Error)} answers */
function client(...answers) {
  /** @type {{ url: string, init: any }[]} */
  const asked = [];
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    asked.push({ url: String(url), init });
    const answer = answers.shift();
    if (answer instanceof Error || answer === undefined) throw answer ?? new Error("nobody there");
    return answer;
  };
  return { asked, api: createClient({ base: BASE, fetch: /** @type {any} */ (fetch) }) };
}

const json = (/** @type {unknown} */ body, status = 200) => new Response(JSON.stringify(body), { status });

test("requests stay below the prefix the page is served at", async () => {
  const { api, asked } = client(json({ name: "a/b" }), json({}));
  await api.preset("a/b");
  await api.trace(lecture(), "term");
  assert.deepEqual(
    asked.map(({ url }) => url),
    [`${BASE}presets/a%2Fb`, `${BASE}trace`],
  );
  assert.equal(JSON.parse(asked[1]?.init.body).steps, "term");
  assert.equal(asked[1]?.init.method, "POST");
});

test("a problem of the server is told with its pointers", async () => {
  const errors = [
    { pointer: "/x", code: "wrong_length", detail: "Expected a length of 2.", params: { expected: 2, came: 3 } },
  ];
  const { api } = client(
    json({ type: "/problems/validation", title: "Invalid", detail: "Expected a length of 2.", errors }, 422),
  );
  await assert.rejects(api.trace(lecture(), "unit"), (error) => {
    assert.ok(error instanceof ProblemError);
    const [english, chinese] = ["en", "zh"].map((language) => translator(read(language)));
    assert.deepEqual(
      [english(error.title), error.status, error.offline, error.errors.length],
      ["Invalid", 422, false, 1],
    );
    assert.deepEqual(
      error.errors.map((each) => [each.pointer, english(each.detail)]),
      [["/x", "Expected a length of 2."]],
    );
    assert.deepEqual(
      [error.title, error.detail, error.errors[0].detail].map((said) => chinese(said)),
      ["请求内容不符合要求", "应有 2 个值，实际是 3 个。", "应有 2 个值，实际是 3 个。"],
    );
    return true;
  });
});

test("a limit is told by its name in the reader's language, and a kind of error that this page does not know as it came", () => {
  const [english, chinese] = ["en", "zh"].map((language) => translator(read(language)));
  const detail = "The limit samples is 10; this batch has 20 examples.";
  const limit = toldProblem({
    type: "/problems/limit-exceeded",
    title: "Over",
    detail,
    errors: [{ pointer: "/xs", code: "limit_exceeded", detail, params: { limit: "samples", value: 10 } }],
  });
  assert.equal(english(limit.detail), detail);
  assert.equal(chinese(limit.detail), "超出了服务器的限额：样本数最多为 10。");
  const unknown = toldProblem({
    type: "/problems/of-tomorrow",
    title: "New",
    detail: "Said.",
    errors: [
      { pointer: "", code: "new_code", detail: "Said." },
      { pointer: "", code: "new_code", detail: "Said too." },
    ],
  });
  assert.deepEqual(
    [unknown.title, unknown.detail, ...unknown.errors.map((each) => each.detail)].map((said) => chinese(said)),
    ["New", "Said.", "Said.", "Said too."],
  );
  const table = toldProblem({
    type: "/problems/not-a-table",
    title: "This is not a table",
    detail: "Empty.",
    text: { en: "Empty.", zh: "空文件。" },
    errors: [{ pointer: "", code: "empty", detail: "Empty." }],
  });
  assert.deepEqual(
    [english(table.detail), chinese(table.detail), chinese(table.errors[0].detail)],
    ["Empty.", "空文件。", "空文件。"],
  );
  const busy = toldProblem({
    type: "/problems/too-busy",
    title: "Too much work at once",
    detail: "As many are running.",
  });
  assert.equal(chinese(busy.title), "同时进行的计算过多");
  assert.match(chinese(busy.detail), /Retry-After|重试/);
});

test("no answer, and a proxy that says there is none, count as a server that is away", async () => {
  for (const answer of [new TypeError("Failed to fetch"), new Response("<h1>Bad Gateway</h1>", { status: 502 })]) {
    const { api } = client(answer);
    await assert.rejects(api.catalog(), (error) => error instanceof ProblemError && error.offline);
  }
});

test("an answer that breaks off counts as a server that is away", async () => {
  const { api } = client(new Response('{"layers": [', { status: 200 }));
  await assert.rejects(api.trace(lecture(), "unit"), (error) => error instanceof ProblemError && error.offline);
});

test("a failure that is no problem document still says its status", async () => {
  const { api } = client(new Response("oops", { status: 500 }));
  await assert.rejects(
    api.presets(),
    (error) => error instanceof ProblemError && error.status === 500 && !error.offline,
  );
});

test("a request that was called off is no problem", async () => {
  const stop = new AbortController();
  stop.abort();
  const { api } = client(new DOMException("Aborted", "AbortError"));
  await assert.rejects(api.catalog(stop.signal), (error) => !(error instanceof ProblemError));
});

test("an own signal is sent without a learning rate", () => {
  const own = { ...lecture(), freeze: /** @type {("w" | "b")[]} */ (["b"]), signal: [1, 0] };
  assert.deepEqual(Object.keys(bodyOf(own)), ["network", "x", "target", "loss", "signal"]);
  assert.equal(own.learning_rate, 0.5);
  const plain = lecture();
  assert.equal(bodyOf(plain), plain);
});
