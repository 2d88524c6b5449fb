/**
 * What the Lab asks of the server, beside the Explorer's questions: each gives a promise, takes an AbortSignal, and
 * throws ProblemError.
 *
 * @import { AskerOptions } from "./asking.js"
 * @import { Network, Schemas, TraceRequest } from "../record/types.js"
 * @import { OwnExamples, Table } from "../lab/recipe/own/answer.js"
 * @import { Epoch, Examples, Preview, Response as Regions, TrainingRequest, Until } from "../lab/types.js"
 *
 * @typedef {Omit<Schemas["RunSummary"], "request"> & { request: Partial<TrainingRequest> }} RunSummary
 * @typedef {TrainingRequest & { keep?: boolean }} KeptRequest
 * @typedef {Omit<Schemas["Run"], "network" | "request"> & { network: Network, request: KeptRequest }} RunDocument
 *
 * @typedef {ReturnType<typeof createLabClient>} LabClient
 */
import { createAsker } from "./asking.js";

/** @param {Record<string, string | number | boolean | null | undefined>} query */
function queryOf(query) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** @param {string} id */
const runPath = (id) => `runs/${encodeURIComponent(id)}`;

/** @param {AskerOptions} options */
export function createLabClient(options) {
  const { ask, streamed, send, file } = createAsker(options);
  return {
    /**
     * @param {TrainingRequest} request
     * @param {AbortSignal} [signal]
     * @returns {Promise<Preview>} all before the first step
     */
    preview: (request, signal) => ask("training/preview", request, signal),
    /**
     * The body of events (lab/event-stream.js reads it).
     * @param {TrainingRequest & { until?: Until, keep?: boolean }} request
     * @param {AbortSignal} signal
     */
    training: (request, signal) => streamed("training", request, signal),
    /**
     * @param {string} id
     * @param {{ until?: Until, epochs?: number, after?: number }} how epochs: a new total; after: the last one known
     *   here
     * @param {AbortSignal} signal
     */
    continueRun: (id, how, signal) => streamed(`${runPath(id)}/training`, how, signal),

    /** @param {AbortSignal} [signal] @returns {Promise<{ runs: RunSummary[] }>} */
    runs: (signal) => ask("runs", undefined, signal),
    /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<RunDocument>} */
    run: (id, signal) => ask(runPath(id), undefined, signal),
    /**
     * @param {string} id
     * @param {number | null} epoch one of its recorded epochs; null for the last
     * @param {AbortSignal} [signal]
     * @returns {Promise<Network>}
     */
    runNetwork: (id, epoch, signal) => ask(`${runPath(id)}/network${queryOf({ epoch })}`, undefined, signal),
    /**
     * θ at some of its recorded epochs, evenly chosen.
     * @param {string} id
     * @param {AbortSignal} [signal]
     * @returns {Promise<{ epochs: number[], thetas: number[][] }>}
     */
    runThetas: (id, signal) => ask(`${runPath(id)}/thetas`, undefined, signal),
    /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Examples>} */
    runExamples: (id, signal) => ask(`${runPath(id)}/examples`, undefined, signal),
    /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Schemas["Units"]>} */
    runUnits: (id, signal) => ask(`${runPath(id)}/units`, undefined, signal),
    /**
     * @param {string} id
     * @param {{ epoch: number, index: number, heldOut: boolean }} which
     * @param {AbortSignal} [signal]
     * @returns {Promise<TraceRequest>}
     */
    runExample: (id, { epoch, index, heldOut }, signal) =>
      ask(
        `${runPath(id)}/example${queryOf({ epoch, index, held_out: heldOut ? "true" : "false" })}`,
        undefined,
        signal,
      ),
    /** @param {string} id @param {AbortSignal} [signal] @returns {Promise<void>} */
    async deleteRun(id, signal) {
      await send(runPath(id), { method: "DELETE" }, signal);
    },

    /** @param {object} body @param {AbortSignal} [signal] @returns {Promise<Regions>} */
    regions: (body, signal) => ask("regions", body, signal),
    /**
     * @param {TraceRequest} request
     * @param {AbortSignal} [signal]
     * @returns {Promise<import("../record/types.js").Trace>} without steps
     */
    trace: (request, signal) => ask("trace", { ...request, steps: "none" }, signal),
    /** @param {object} body @param {AbortSignal} [signal] @returns {Promise<Schemas["Landscape"]>} */
    landscape: (body, signal) => ask("landscape", body, signal),
    /** @param {object} body @param {AbortSignal} [signal] @returns {Promise<Schemas["LoopOrMatrix"]>} */
    loopOrMatrix: (body, signal) => ask("loop-or-matrix", body, signal),
    /**
     * @param {string} name
     * @param {{ n?: number, noise?: number, seed?: number }} [parameters]
     * @param {AbortSignal} [signal]
     * @returns {Promise<Schemas["DatasetExamples"]>}
     */
    dataset: (name, parameters = {}, signal) =>
      ask(`datasets/${encodeURIComponent(name)}${queryOf(parameters)}`, undefined, signal),
    /**
     * @param {Uint8Array<ArrayBuffer>} bytes of a file
     * @param {URLSearchParams} query
     * @param {AbortSignal} [signal]
     * @returns {Promise<Table>} how it is read
     */
    table: (bytes, query, signal) => file(`tables?${query}`, bytes, signal),
    /**
     * @param {Uint8Array<ArrayBuffer>} bytes of a file
     * @param {URLSearchParams} query
     * @param {AbortSignal} [signal]
     * @returns {Promise<OwnExamples>}
     */
    tableExamples: (bytes, query, signal) => file(`tables/examples?${query}`, bytes, signal),
    /**
     * @param {string} id
     * @param {"curves" | "gradient-flow"} name of a figure
     * @param {Record<string, string | number | boolean | null>} query
     * @param {AbortSignal} [signal]
     * @returns {Promise<Schemas["PlotlyFigure"]>}
     */
    runFigure: (id, name, query, signal) => ask(`${runPath(id)}/figures/${name}${queryOf(query)}`, undefined, signal),
    /**
     * @param {string} name of a figure, such as "fit"
     * @param {object} body
     * @param {AbortSignal} [signal]
     * @returns {Promise<Schemas["PlotlyFigure"]>}
     */
    figure: (name, body, signal) => ask(`figures/${encodeURIComponent(name)}`, body, signal),
    /** @param {object} body @param {AbortSignal} [signal] @returns {Promise<{ language: string, code: string }>} */
    code: (body, signal) => ask("code/cost", body, signal),
  };
}
