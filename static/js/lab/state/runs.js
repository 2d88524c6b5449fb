/**
 * Runs as the server keeps them, in the words of the page. Pure.
 *
 * @import { RunDocument } from "../../api/lab-client.js"
 * @import { Progress, Run, Verdict } from "../types.js"
 */
import { createHistory } from "./epochs.js";
import { recipeOf } from "./recipe.js";
import { newestOf } from "./selectors.js";

/** The state of a run as the page says it. @param {RunDocument} document @returns {Run["state"]} */
function stateOf({ state, ending }) {
  if (state === "stopped") return ending?.reason === "error" ? "failed" : "paused";
  // One that still runs is not told to us: it can be taken up once it has stopped.
  return state === "running" ? "paused" : state;
}

/**
 * Why it paused, if that was not what the visitor asked for.
 * @param {{ epoch: number, reason?: string, code?: string }} said
 * @returns {Run["ending"]}
 */
export function endingOf({ epoch, reason = "", code }) {
  const wasAsked = reason === "until" || reason === "client";
  return wasAsked ? null : { epoch, reason, ...(code !== undefined && { code }) };
}

/**
 * A run out of what the server keeps of it.
 * @param {RunDocument & { progress?: Progress | null, verdict?: Verdict | null }} document
 * @returns {Run}
 */
export function runOf(document) {
  const history = createHistory();
  const isRecorded = new Set(document.recorded_epochs);
  for (const record of document.records) history.add(record, isRecorded.has(record.epoch));
  const state = stateOf(document);
  const { ending } = document;
  return {
    id: document.id,
    request: recipeOf(document.request),
    network: document.network,
    state,
    history,
    revision: 0,
    progress: document.progress ?? null,
    verdict: document.verdict ?? null,
    ending: state === "finished" || ending === null ? null : endingOf(ending),
  };
}

/** A run as it stands once nobody trains it any more. @param {Run} run @returns {Run} */
export const letGo = (run) => (run.state === "running" ? { ...run, state: "paused" } : run);

/**
 * A run as it stands in a recipe of so many epochs: at its end once it has them all, to be gone on with while there are
 * more.
 *
 * @param {Run} run @param {number} epochs @returns {Run}
 */
export function heldTo(run, epochs) {
  const isThere = newestOf({ run }) >= epochs;
  if (run.state === "paused" && isThere) return { ...run, state: "finished", ending: null };
  if (run.state === "finished" && !isThere) return { ...run, state: "paused" };
  return run;
}

/**
 * A run once nobody trains it any more; its stream may have been closed just now.
 * @param {Pick<import("../../api/lab-client.js").LabClient, "run">} api
 * @param {string} id
 */
export async function stopped(api, id) {
  for (let tries = 0; ; tries += 1) {
    const document = await api.run(id);
    if (document.state !== "running" || tries === 20) return document;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
