/**
 * The server, as functions: each gives a promise, takes an AbortSignal, and throws ProblemError.
 *
 * @import { AskerOptions } from "./asking.js"
 * @import { Catalog, Granularity, Network, Pointer, Preset, PresetSummary } from "../record/types.js"
 * @import { Schemas, Trace, TraceRequest } from "../record/types.js"
 *
 * @typedef {Schemas["DerivativeView"]} Derivative the loss as a function of one number, and its slope
 * @typedef {Schemas["PathsToLoss"]} PathsAnswer
 * @typedef {Schemas["Mark"]} CodeMark
 * @typedef {Schemas["ProgramText"]} CodeAnswer
 * @typedef {CodeAnswer["language"]} CodeLanguage
 * @typedef {Schemas["NetworkRequest"]} NetworkRequest
 * @typedef {Schemas["Remark"]} Remark
 * @typedef {Omit<Schemas["NetworkImport"], "network" | "request"> & { network: Network | null, request:
 *   Partial<TraceRequest> }} NetworkImport request: what stands beside the network
 * @typedef {Schemas["Diagnosis"]} Diagnosis what a learner's number tells
 * @typedef {Schemas["ConventionEntry"]} Convention
 *
 * @typedef {ReturnType<typeof createClient>} Client
 */
import { ProblemError, createAsker, problemOf } from "./asking.js";
import { createLabClient } from "./lab-client.js";

export { ProblemError, problemOf };

/** What each step of a trace is asked to say of itself. */
const DETAILS = ["parts", "words", "products", "sources"];

/**
 * A request as the server takes it: an injected signal is no gradient to descend, so it is sent without a learning
 * rate.
 *
 * @param {TraceRequest} request
 * @returns {TraceRequest}
 */
export function bodyOf(request) {
  if (request.signal === undefined) return request;
  const { learning_rate: _rate, momentum: _momentum, previous_change: _change, freeze: _freeze, ...body } = request;
  return body;
}

/** @param {AskerOptions} options */
export function createClient(options) {
  const { ask } = createAsker(options);
  return {
    lab: createLabClient(options),
    /** @param {AbortSignal} [signal] @returns {Promise<Catalog>} */
    catalog: (signal) => ask("catalog", undefined, signal),
    /**
     * The parts without which no network can be drawn and changed.
     * @param {AbortSignal} [signal]
     * @returns {Promise<Catalog>}
     */
    functions: (signal) => ask("catalog?fields=activations,losses,initializers,limits", undefined, signal),
    /** @param {AbortSignal} [signal] @returns {Promise<PresetSummary[]>} */
    presets: (signal) => ask("presets", undefined, signal),
    /** @param {string} name @param {AbortSignal} [signal] @returns {Promise<Preset>} */
    preset: (name, signal) => ask(`presets/${encodeURIComponent(name)}`, undefined, signal),
    /** @param {NetworkRequest} body @param {AbortSignal} [signal] @returns {Promise<Network>} */
    network: (body, signal) => ask("networks", body, signal),
    /**
     * @param {unknown} document a file as it is, or with answers to what it leaves open
     * @param {AbortSignal} [signal]
     * @returns {Promise<NetworkImport>}
     */
    importNetwork: (document, signal) => ask("networks/import", document, signal),
    /**
     * @param {"explorer" | "lab"} page
     * @param {string} fragment
     * @returns {Promise<Schemas["ShortLink"]>}
     */
    keepLink: (page, fragment) => ask("links", { page, fragment }),
    /** @param {string} id @returns {Promise<Schemas["KeptLink"]>} */
    link: (id) => ask(`links/${encodeURIComponent(id)}`),
    /**
     * @param {TraceRequest} request
     * @param {Granularity | "none"} granularity
     * @param {AbortSignal} [signal]
     * @returns {Promise<Trace>}
     */
    trace: (request, granularity, signal) =>
      ask(
        "trace",
        { ...bodyOf(request), steps: granularity, ...(granularity !== "none" && { details: DETAILS }) },
        signal,
      ),
    /** @param {TraceRequest} request @param {AbortSignal} [signal] */
    gradientCheck: (request, signal) => ask("gradient-check", bodyOf(request), signal),
    /**
     * @param {TraceRequest} request
     * @param {Pointer} pointer
     * @param {AbortSignal} [signal]
     * @returns {Promise<Derivative>}
     */
    derivative: (request, pointer, signal) => ask("derivative", { request: bodyOf(request), pointer }, signal),
    /**
     * @param {TraceRequest} request
     * @param {Pointer} pointer
     * @param {AbortSignal} [signal]
     * @returns {Promise<PathsAnswer>}
     */
    paths: (request, pointer, signal) => ask("paths", { request: bodyOf(request), pointer }, signal),
    /** @param {string} name @param {AbortSignal} [signal] @returns {Promise<import("../course/types.js").Lesson>} */
    lesson: (name, signal) => ask(`lessons/${encodeURIComponent(name)}`, undefined, signal),
    /**
     * @param {string} rule
     * @param {object} body
     * @param {AbortSignal} [signal]
     * @returns {Promise<{ right: number[], wrong: number[] }>}
     */
    ruleTraining: (rule, body, signal) => ask(`rules/${encodeURIComponent(rule)}/training`, body, signal),
    /**
     * @param {number} level
     * @param {number} seed
     * @param {AbortSignal} [signal]
     * @returns {Promise<import("../course/types.js").Exercise>}
     */
    practice: (level, seed, signal) => ask(`practice?level=${level}&seed=${seed}`, undefined, signal),
    /**
     * @param {{ request: TraceRequest, pointer: Pointer, answer: number, digits: number, given?: Record<Pointer,
     *   number>, conventions?: string[] }} body
     * @param {AbortSignal} [signal]
     * @returns {Promise<Diagnosis>}
     */
    diagnose: (body, signal) => ask("diagnose", body, signal),
    /**
     * @param {TraceRequest} request
     * @param {CodeLanguage} language
     * @param {AbortSignal} [signal]
     * @returns {Promise<CodeAnswer>}
     */
    code: (request, language, signal) => ask("code", { request: bodyOf(request), language }, signal),
  };
}
