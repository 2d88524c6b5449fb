import assert from "node:assert/strict";
import { test } from "node:test";

import { ProblemError, bodyOf, createClient } from "../../static/js/api/client.js";
import { lecture } from "./explorer-fixtures.mjs";

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
  assert.deepEqual(asked.map(({ url }) => url), [`${BASE}presets/a%2Fb`, `${BASE}trace`]);
  assert.equal(JSON.parse(asked[1]?.init.body).steps, "term");
  assert.equal(asked[1]?.init.method, "POST");
});

test("a problem of the server is told with its pointers", async () => {
  const errors = [{ pointer: "/x", detail: "Expected a length of 2." }];
  const { api } = client(json({ type: "/problems/invalid-input", title: "Invalid", detail: "No.", errors }, 422));
  await assert.rejects(api.trace(lecture(), "unit"), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual([error.title, error.status, error.offline, error.errors], ["Invalid", 422, false, errors]);
    return true;
  });
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
  await assert.rejects(api.presets(), (error) => error instanceof ProblemError && error.status === 500 && !error.offline);
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
