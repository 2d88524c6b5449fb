/**
 * How anything is asked of the server, and what is thrown in place of an answer.
 *
 * @import { Said } from "../i18n/i18n.js"
 *
 * @typedef {{ pointer: string, detail: Said }} InputError
 * @typedef {{ title: Said, detail: Said, errors?: InputError[], status?: number, offline?: boolean, kind?: string,
 *   text?: { en: string, zh: string } | null }} Problem
 * @typedef {{ base: string | URL, fetch?: typeof globalThis.fetch }} AskerOptions base: where /api/v1/ is, with a slash
 *   at its end
 */

/**
 * What the server, or the lack of one, said in place of an answer; `title` and `detail` may be keys of the catalogue of
 * texts.
 */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor({ title, detail, errors = [], status = 0, offline = false, kind = "", text = null }) {
    super([title, detail].map((said) => (typeof said === "object" ? (said.english ?? said.key) : said)).join(": "));
    this.name = "ProblemError";
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.status = status;
    this.offline = offline;
    this.kind = kind;
    this.text = text;
  }
}

/**
 * Whatever was thrown, as the page's state keeps it.
 *
 * @param {unknown} error
 * @returns {{ title: Said, detail: Said, errors: InputError[], offline: boolean }}
 */
export function problemFrom(error) {
  if (error instanceof ProblemError) {
    const { title, detail, errors, offline } = error;
    return { title, detail, errors, offline };
  }
  return { title: "app.problem.unexpected", detail: String(error), errors: [], offline: false };
}

/** A server that is too busy, or hiccups, may answer the next time. */
const WORTH_ANOTHER_TRY = [408, 429, 500];

/** Seconds before the next try when the server is away or busy; the last one again and again. */
export const BACKOFF = Object.freeze([0.5, 1, 2, 4, 8]);

/** Whether the same request may be answered later. @param {unknown} error */
export const isPassing = (error) =>
  error instanceof ProblemError && (error.offline || WORTH_ANOTHER_TRY.includes(error.status));

/** Answers of what stands between us and a server that is away or restarting. */
const AWAY = [502, 503, 504];

/**
 * A part of the page that is fetched when it is first needed.
 *
 * @template T
 * @param {() => Promise<T>} load
 * @param {(notice: { key: string }) => void} notify
 * @returns {Promise<T | null>} null if it cannot be had, which is then said; the next try asks again
 */
export const fetched = (load, notify) =>
  load().catch(() => {
    notify({ key: "app.late.failed" });
    return null;
  });

/** What is thrown when nobody answers. */
export const away = () =>
  new ProblemError({ title: "app.problem.offline", detail: "app.problem.offline-detail", offline: true });

/**
 * @typedef {{ pointer: string, code?: string, detail: string, params?: Record<string, string | number> }} SentError
 * @typedef {{ title: string, detail: string, type?: string, errors?: SentError[], text?: { en: string, zh: string } }}
 *   SentProblem text: the detail in both languages, where the server has it
 */

/** @param {unknown} body @returns {body is SentProblem} */
const isProblem = (body) => typeof body === "object" && body !== null && "title" in body && "detail" in body;

/**
 * What is wrong at one place, to be told in the reader's language by its code.
 * @param {SentError} sent
 * @returns {InputError}
 */
function errorOf({ pointer, code = "", detail, params = {} }) {
  const { limit, ...others } = params;
  const named = limit === undefined ? others : { limit: { key: `limit.${limit}`, english: String(limit) }, ...others };
  const key = `error.code.${code}${Object.keys(params).length > 0 ? ".told" : ""}`;
  return { pointer, detail: { key, params: named, english: detail } };
}

/** A problem as it was sent, to be told in the reader's language by its type. @param {SentProblem} sent */
export function toldProblem({ title, detail, type = "", errors = [], text }) {
  const key = `problem.${type.slice(type.lastIndexOf("/") + 1)}`;
  const told = errors.map(errorOf);
  const [only, another] = told;
  const whole = { key: `${key}.detail`, english: detail };
  // One error is the problem; its own sentence says more than what the kind of problem is.
  const said =
    only && another === undefined && typeof only.detail === "object" ? { ...only.detail, english: detail } : whole;
  const inBoth = text === undefined ? said : { key, english: text.en, chinese: text.zh };
  return {
    title: { key, english: title },
    detail: inBoth,
    errors: text === undefined ? told : told.map(({ pointer }) => ({ pointer, detail: inBoth })),
  };
}

/** @param {Response} response */
export async function problemOf(response) {
  const body = await response.json().catch(() => null);
  if (isProblem(body))
    return new ProblemError({
      ...toldProblem(body),
      text: body.text ?? null,
      status: response.status,
      kind: body.type ?? "",
      offline: AWAY.includes(response.status),
    });
  return new ProblemError({
    title: AWAY.includes(response.status) ? "app.problem.offline" : "app.problem.unexpected",
    detail: AWAY.includes(response.status) ? "app.problem.offline-detail" : `HTTP ${response.status}`,
    status: response.status,
    offline: AWAY.includes(response.status),
  });
}

/** The ways to ask: an answer, a stream of one, or just that it was taken. @param {AskerOptions} options */
export function createAsker({ base, fetch = (...given) => globalThis.fetch(...given) }) {
  /** @param {string} path @param {RequestInit} init @param {AbortSignal} [signal] */
  async function send(path, init, signal) {
    let response;
    try {
      response = await fetch(new URL(path, base), { ...init, ...(signal && { signal }) });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw away();
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  /** @param {unknown} [body] with one it is a POST @returns {RequestInit} */
  const initOf = (body) =>
    body === undefined
      ? {}
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };

  return {
    send,
    /** @param {string} path @param {unknown} [body] @param {AbortSignal} [signal] @returns {Promise<any>} */
    async ask(path, body, signal) {
      const response = await send(path, initOf(body), signal);
      try {
        return await response.json();
      } catch (error) {
        if (signal?.aborted) throw error;
        throw away();
      }
    },
    /**
     * A file, as it is.
     * @param {string} path
     * @param {Uint8Array<ArrayBuffer>} bytes
     * @param {AbortSignal} [signal]
     * @returns {Promise<any>}
     */
    async file(path, bytes, signal) {
      const response = await send(
        path,
        { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: bytes },
        signal,
      );
      return response.json();
    },
    /**
     * @param {string} path
     * @param {unknown} body
     * @param {AbortSignal} signal
     * @returns {Promise<ReadableStream<Uint8Array>>}
     */
    async streamed(path, body, signal) {
      const { body: stream } = await send(path, initOf(body), signal);
      if (stream === null) throw away();
      return stream;
    },
  };
}
