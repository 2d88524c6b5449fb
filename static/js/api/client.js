/**
 * The server, as functions: each gives a promise, takes an AbortSignal, and throws ProblemError.
 *
 * @import { AskerOptions } from "./asking.js"
 * @import { Catalog, Granularity, Network, Pointer, Preset, PresetSummary, Trace, TraceRequest } from "../record/types.js"
 *
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
 * @property {{ units: number[], output: number, factors: { pointer: Pointer, value: number | null }[], product: number
 *   | null }[]} paths
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
 * @typedef {"numpy" | "pytorch" | "tensorflow" | "jax"} CodeLanguage
 *
 * @typedef {object} NetworkRequest body of POST /networks
 * @property {number[]} sizes
 * @property {string} activation
 * @property {string} output_activation
 * @property {string} [initializer]
 * @property {number} [seed]
 *
 * @typedef {{ code: string, text: import("../record/types.js").Text }} Remark
 * @typedef {object} NetworkImport answer of POST /networks/import
 * @property {string} format
 * @property {Network | null} network null if something is missing
 * @property {Partial<TraceRequest>} request what stands beside the network
 * @property {{ name: string, inputs: number | null, units: number | null, activation: string | null, slope?: number,
 *   has_weights: boolean }[]} found
 * @property {Remark[]} notes
 * @property {Remark[]} missing
 *
 * @typedef {object} Diagnosis answer of POST /diagnose: what a learner's number tells
 * @property {"right" | "right_but_rounded" | "follows" | "wrong"} verdict
 * @property {string} finding right, sign_of_zero, rounding, follows, convention, misconception or wrong
 * @property {{ name: string, title: import("../record/types.js").Text, description: import("../record/types.js").Text, pointer:
 *   import("../record/types.js").Pointer | null, conventions: Convention[] }[]} misconceptions those that give just this
 *   number; pointer: what is wrong first
 * @property {Convention[]} conventions those by which the number is right
 * @property {{ pointer: import("../record/types.js").Pointer } | null} first_wrong of the given numbers the first that is
 *   wrong
 *
 * @typedef {object} Convention
 * @property {string} name
 * @property {import("../record/types.js").Text} title
 *
 * @typedef {ReturnType<typeof createClient>} Client
 */
import { ProblemError, createAsker, problemOf } from "./asking.js";
import { createLabClient } from "./lab-client.js";

export { ProblemError, problemOf };

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
     * @param {TraceRequest} request
     * @param {Granularity | "none"} granularity
     * @param {AbortSignal} [signal]
     * @returns {Promise<Trace>}
     */
    trace: (request, granularity, signal) => ask("trace", { ...bodyOf(request), steps: granularity }, signal),
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
