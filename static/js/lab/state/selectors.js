/**
 * What follows from the Lab's state, in one place for all who ask.
 *
 * @import { Run, TrainingRequest } from "../types.js"
 * @import { PageState } from "./state.js"
 */
import { epochAt } from "./epochs.js";

/** Epochs of the run with a network to be seen. @param {Pick<PageState, "run">} state */
export const recordedOf = ({ run }) => run?.history.recorded ?? [];

/** The last epoch told of. @param {Pick<PageState, "run">} state */
export const newestOf = ({ run }) => run?.history.epochs.at(-1)?.epoch ?? 0;

/** The end of the epoch slider. @param {Pick<PageState, "run" | "request">} state */
export const lastEpochOf = ({ run, request }) => Math.max(request?.epochs ?? 0, newestOf({ run }));

/** The epoch to be shown. @param {Pick<PageState, "run" | "epoch">} state */
export const shownEpochOf = ({ run, epoch }) => epoch ?? newestOf({ run });

/**
 * The recorded epoch so many places on or back from the one shown; null is the newest.
 *
 * @param {Pick<PageState, "run" | "epoch">} state @param {number} by @returns {number | null}
 */
export function epochFrom({ run, epoch }, by) {
  const recorded = recordedOf({ run });
  const here = epochAt(recorded, epoch ?? Infinity);
  const at = here === null ? -1 : recorded.indexOf(here);
  const next = recorded[Math.max(0, at + by)];
  return next === undefined || next === recorded.at(-1) ? null : next.epoch;
}

/**
 * The recorded epoch nearest before one; null for the newest.
 * @param {Pick<PageState, "run">} state
 * @param {number} epoch
 */
export function snapped({ run }, epoch) {
  const recorded = recordedOf({ run });
  const found = epochAt(recorded, epoch) ?? recorded[0];
  return found === undefined || found === recorded.at(-1) ? null : found.epoch;
}

/**
 * What the twin is trained on and how, or was; null if there is none.
 *
 * @param {Pick<PageState, "twin" | "twinRequest">} state
 */
export const twinRecipeOf = ({ twin, twinRequest }) => twinRequest ?? twin?.request ?? null;

/** How a run has ended that the server no longer has: what the page knows of it stays. */
export const GONE = "gone";

/** Whether a run can be gone on with. @param {Run | null} run */
export const canGoOn = (run) =>
  run === null || (["paused", "failed", "finished"].includes(run.state) && run.ending?.reason !== GONE);

/** @param {TrainingRequest | null} request @param {Run | null} run */
const whileStepsAreLeft = (request, run) => (canGoOn(run) && run?.state !== "finished" ? request : null);

/**
 * The recipes of the two runs, each as long as it has a step left: nothing stands in its way, and its end is not
 * reached.
 *
 * @param {Pick<PageState, "run" | "request" | "twin" | "twinRequest">} state
 */
export const leftToTrain = ({ run, request, twin, twinRequest }) => ({
  main: whileStepsAreLeft(request, run),
  twin: whileStepsAreLeft(twinRequest, twin),
});

/** Whether there is a step to be taken. @param {Pick<PageState, "run" | "request" | "twin" | "twinRequest">} state */
export function canStep(state) {
  const { main, twin } = leftToTrain(state);
  return main !== null || twin !== null;
}
