/**
 * The server, as functions: each gives a promise, takes an AbortSignal, and throws ProblemError.
 *
 * @import { Catalog, Granularity, Network, Pointer, Preset, PresetSummary, Trace, TraceRequest } from "../types.js"
 *
 * @typedef {{ pointer: string, detail: string }} InputError
 * @typedef {{ title: string, detail: string, errors?: InputError[], status?: number, offline?: boolean, kind?: string }} Problem
 * @typedef {object} Derivative answer of POST /derivative: the loss as a function of one number, and its slope
 * @property {Pointer} pointer
 * @property {Pointer} gradient_pointer
 * @property {number} value
 * @property {number | null} analytic
 * @property {number | null} numeric
 * @property {number | null} relative_error
 * @property {boolean} kink
 * @property {number | null} loss
 * @property {{ values: number[], losses: (number | null)[] }} curve
 * @property {{ h: number, numeric: number | null, relative_error: number | null, secant: (number | null)[] }[]} errors
 *
 * @typedef {object} PathsAnswer answer of POST /paths
 * @property {Pointer} pointer
 * @property {number | null} count null where JSON could not hold it exactly
 * @property {string} count_text
 * @property {boolean} listed
 * @property {number} limit
 * @property {{ units: number[], output: number, factors: { pointer: Pointer, value: number | null }[], product: number | null }[]} paths
 * @property {number | null} sum
 * @property {number | null} analytic
 *
 * @typedef {object} CodeMark
 * @property {number} first_line
 * @property {number} last_line
 * @property {string} phase
 * @property {string} operation
 * @property {number | null} layer
 * @property {Pointer[]} writes
 * @typedef {{ language: string, code: string, marks: CodeMark[] }} CodeAnswer
 *
 * @typedef {object} NetworkRequest body of POST /networks
 * @property {number[]} sizes
 * @property {string} activation
 * @property {string} output_activation
 * @property {string} [initializer]
 * @property {number} [seed]
 *
 * @typedef {ReturnType<typeof createClient>} Client
 */

/** What the server, or the lack of one, said in place of an answer; `title` and `detail` may be keys of the catalogue of texts. */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor({ title, detail, errors = [], status = 0, offline = false, kind = "" }) {
    super(`${title}: ${detail}`);
    this.name = "ProblemError";
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.status = status;
    this.offline = offline;
    this.kind = kind;
  }
}

/** Answers of what stands between us and a server that is away or restarting. */
const AWAY = [502, 503, 504];

/** @param {unknown} body @returns {body is { title: string, detail: string, type?: string, errors?: InputError[] }} */
const isProblem = (body) => typeof body === "object" && body !== null && "title" in body && "detail" in body;

/** @param {Response} response */
async function problemOf(response) {
  const body = await response.json().catch(() => null);
  if (isProblem(body)) return new ProblemError({ ...body, status: response.status, kind: body.type ?? "", offline: AWAY.includes(response.status) });
  return new ProblemError({
    title: AWAY.includes(response.status) ? "app.problem.offline" : "app.problem.unexpected",
    detail: AWAY.includes(response.status) ? "app.problem.offline-detail" : `HTTP ${response.status}`,
    status: response.status,
    offline: AWAY.includes(response.status),
  });
}

/**
 * A request as the server takes it: an injected signal is no gradient to descend, so it is sent without a learning rate.
 *
 * @param {TraceRequest} request
 * @returns {TraceRequest}
 */
export function bodyOf(request) {
  if (request.signal === undefined) return request;
  const { learning_rate: _rate, freeze: _freeze, ...body } = request;
  return body;
}

/**
 * @param {{ base: string | URL, fetch?: typeof globalThis.fetch }} options base: where /api/v1/ is, with a slash at its end
 */
export function createClient({ base, fetch = (...given) => globalThis.fetch(...given) }) {
  /**
   * @param {string} path
   * @param {unknown} [body] with one it is a POST
   * @param {AbortSignal} [signal]
   */
  async function ask(path, body, signal) {
    const init = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    let response;
    try {
      response = await fetch(new URL(path, base), { ...init, ...(signal && { signal }) });
      if (response.ok) return await response.json();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ProblemError({ title: "app.problem.offline", detail: "app.problem.offline-detail", offline: true });
    }
    throw await problemOf(response);
  }

  return {
    /** @param {AbortSignal} [signal] @returns {Promise<Catalog>} */
    catalog: (signal) => ask("catalog", undefined, signal),
    /** @param {AbortSignal} [signal] @returns {Promise<PresetSummary[]>} */
    presets: (signal) => ask("presets", undefined, signal),
    /** @param {string} name @param {AbortSignal} [signal] @returns {Promise<Preset>} */
    preset: (name, signal) => ask(`presets/${encodeURIComponent(name)}`, undefined, signal),
    /** @param {NetworkRequest} body @param {AbortSignal} [signal] @returns {Promise<Network>} */
    network: (body, signal) => ask("networks", body, signal),
    /** @param {TraceRequest} request @param {Granularity | "none"} granularity @param {AbortSignal} [signal] @returns {Promise<Trace>} */
    trace: (request, granularity, signal) => ask("trace", { ...bodyOf(request), steps: granularity }, signal),
    /** @param {TraceRequest} request @param {AbortSignal} [signal] */
    gradientCheck: (request, signal) => ask("gradient-check", bodyOf(request), signal),
    /** @param {TraceRequest} request @param {Pointer} pointer @param {AbortSignal} [signal] @returns {Promise<Derivative>} */
    derivative: (request, pointer, signal) => ask("derivative", { request: bodyOf(request), pointer }, signal),
    /** @param {TraceRequest} request @param {Pointer} pointer @param {AbortSignal} [signal] @returns {Promise<PathsAnswer>} */
    paths: (request, pointer, signal) => ask("paths", { request: bodyOf(request), pointer }, signal),
    /** @param {TraceRequest} request @param {"numpy" | "pytorch"} language @param {AbortSignal} [signal] @returns {Promise<CodeAnswer>} */
    code: (request, language, signal) => ask("code", { request: bodyOf(request), language }, signal),
  };
}
