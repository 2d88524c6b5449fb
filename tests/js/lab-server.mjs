/**
 * A server for the Lab's own tests: it "trains" by counting epochs, keeps its runs, and can be made to fail.
 *
 * @import { Epoch, TrainingRequest } from "../../static/js/lab/types.js"
 */
import { ProblemError } from "../../static/js/api/asking.js";
import { recorded } from "./recorded.mjs";

const preview = recorded("preview");
export const { network, examples } = preview;

/** @returns {TrainingRequest} */
export const request = () => ({
  sizes: [2, 1],
  activation: "tanh",
  output_activation: "sigmoid",
  dataset: { name: "xor", test_fraction: 0.3 },
  loss: "binary_cross_entropy",
  optimizer: { name: "adam", learning_rate: 0.1 },
  batch_size: null,
  epochs: 10,
  seed: 0,
});

/** @param {number} epoch @returns {Epoch} */
export const record = (epoch) => ({
  ...preview.record,
  epoch,
  total_loss: 2 / (epoch + 1),
  cost: 1 / (epoch + 1),
  test_total_loss: null,
  test_cost: null,
  test_accuracy: 1,
  train_accuracy: 1,
  gradient_norms: [1],
  gain_means: [1],
  theta: [epoch, 0, 0],
});

export const away = () => new ProblemError({ title: "app.problem.offline", detail: "", offline: true });

export function createServer() {
  /** @type {Map<string, { request: any, epochs: number, state: string, ending: any }>} */
  const runs = new Map();
  /** @type {{ path: string, body: any }[]} */
  const asked = [];
  /** Answers to be thrown in place of the next ones. @type {unknown[]} */
  const failures = [];
  /** What the server says went wrong, after the last record. @type {any} */
  let verdict = null;
  /** After so many epochs the stream breaks off. @type {number | null} */
  let breaksAt = null;
  /** Whether a stream without an end stays open until it is left. */
  let isEndless = false;

  /** @param {string} path @param {any} [body] */
  function note(path, body) {
    asked.push({ path, body });
    if (failures.length > 0) throw failures.shift();
  }

  /** @param {string} id */
  function kept(id) {
    const run = runs.get(id);
    if (run === undefined)
      throw new ProblemError({ title: "No such run", detail: "", status: 404, kind: "/problems/run-not-found" });
    return run;
  }

  /**
   * @param {string} id
   * @param {any} body
   * @param {AbortSignal} signal
   * @param {number} first the epoch of the first record
   */
  function stream(id, body, signal, first) {
    const run = kept(id);
    const encoder = new TextEncoder();
    const said = (/** @type {string} */ type, /** @type {unknown} */ data) =>
      encoder.encode(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    run.state = "running";
    const last = Math.min(run.request.epochs, run.epochs + (body.until?.epochs ?? Infinity));
    return new ReadableStream({
      start(controller) {
        signal.addEventListener("abort", () => {
          run.state = "stopped";
          run.ending = { epoch: run.epochs, reason: "client", detail: "", kept: true };
          try {
            controller.error(new DOMException("aborted", "AbortError"));
          } catch {
            // It had ended already.
          }
        });
        controller.enqueue(said("started", { run: id, network, epochs: run.request.epochs }));
        for (let epoch = first; epoch <= last; epoch += 1) {
          if (breaksAt !== null && epoch > breaksAt) {
            run.state = "stopped";
            breaksAt = null;
            // Not at once: what has been said before is read first.
            setTimeout(() => controller.error(new TypeError("network error")), 2);
            return undefined;
          }
          run.epochs = epoch;
          controller.enqueue(said("epoch", record(epoch)));
        }
        if (isEndless) return undefined;
        const isDone = run.epochs === run.request.epochs;
        run.state = isDone ? "finished" : "stopped";
        if (verdict !== null) controller.enqueue(said("verdict", { verdict }));
        run.ending = { epoch: run.epochs, kept: true, verdict, ...(!isDone && { reason: "until", detail: "" }) };
        controller.enqueue(said(isDone ? "finished" : "stopped", run.ending));
        return controller.close();
      },
    });
  }

  const api = {
    async preview(/** @type {any} */ body, /** @type {AbortSignal} */ signal) {
      note("preview", body);
      signal?.throwIfAborted();
      return { network, examples, record: record(0) };
    },
    async training(/** @type {any} */ body, /** @type {AbortSignal} */ signal) {
      note("training", body);
      const id = `run-${runs.size + 1}`;
      const { until, ...kept } = body;
      runs.set(id, { request: kept, epochs: 0, state: "running", ending: null });
      return stream(id, { until }, signal, 0);
    },
    async continueRun(/** @type {string} */ id, /** @type {any} */ body, /** @type {AbortSignal} */ signal) {
      note(`continue ${id}`, body);
      const run = kept(id);
      if (body.epochs) run.request = { ...run.request, epochs: body.epochs };
      return stream(id, body, signal, body.after + 1);
    },
    async run(/** @type {string} */ id) {
      note(`run ${id}`);
      const run = kept(id);
      const epochs = Array.from({ length: run.epochs + 1 }, (_, epoch) => epoch);
      return {
        id,
        state: run.state,
        request: run.request,
        network,
        ending: run.ending,
        records: epochs.map((epoch) => ({ ...record(epoch), theta: null })),
        recorded_epochs: epochs,
        last_epoch: run.epochs,
        started_at: 0,
      };
    },
    async runExamples(/** @type {string} */ id) {
      kept(id);
      return examples;
    },
    async runs() {
      note("runs");
      return {
        runs: [...runs].map(([id, { request, state, epochs }]) => ({
          id,
          state,
          request,
          started_at: 0,
          ended_at: null,
          last_epoch: epochs,
        })),
      };
    },
    async deleteRun(/** @type {string} */ id) {
      note(`delete ${id}`);
      runs.delete(id);
    },
  };
  return {
    api: /** @type {any} */ (api),
    asked,
    runs,
    failures,
    /** @param {any} said null: nothing went wrong */
    judge(said) {
      verdict = said;
    },
    /** @param {number} epoch */
    breakAt(epoch) {
      breaksAt = epoch;
    },
    stayOpen() {
      isEndless = true;
    },
    /** What the run did that nobody was told of. @param {string} id @param {number} epochs */
    workAhead(id, epochs) {
      kept(id).epochs = epochs;
    },
  };
}

/** Let everything that is due happen. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
