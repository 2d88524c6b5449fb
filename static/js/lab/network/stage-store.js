/**
 * The Lab's moment in the words of the stage, which knows the Explorer's state only.
 *
 * The forward pass of the chosen example is done and all of its numbers are there; the backward pass is the Explorer's
 * matter, so its numbers stay unknown here.
 *
 * @import { Store } from "../../kit/store.js"
 * @import { AppState, Network, Timeline, Trace, TraceRequest } from "../../record/types.js"
 * @import { LabState } from "../types.js"
 */
import { initialState } from "../../state/initial.js";
import { createStore } from "../../kit/store.js";

/** @type {Map<string, Map<string, number>>} */
const unknowns = new Map();

/**
 * All numbers of the backward pass, as those of a step that is never done.
 * @param {Network} network
 * @param {number} inputs
 */
function backwardOf({ layers }, inputs) {
  const key = [inputs, ...layers.map(({ b }) => b.length)].join();
  let found = unknowns.get(key);
  if (found === undefined) {
    found = new Map();
    for (let input = 0; input < inputs; input++) found.set(`/dl_dx/${input}`, 0);
    layers.forEach(({ w }, layer) => {
      w.forEach((row, unit) => {
        for (const name of ["dl_da", "dl_dz", "dl_db", "gain"]) found?.set(`/layers/${layer}/${name}/${unit}`, 0);
        row.forEach((_, column) => found?.set(`/layers/${layer}/dl_dw/${unit}/${column}`, 0));
      });
    });
    // The last few shapes only: an hour of trying out sizes is not to be remembered.
    if (unknowns.size > 8) unknowns.clear();
    unknowns.set(key, found);
  }
  return found;
}

/** @param {Trace} trace @param {TraceRequest} request @returns {Timeline} */
export const restingTimeline = (trace, request) => ({
  trace,
  beats: [],
  phases: [],
  duration: 0,
  writtenBy: backwardOf(request.network, request.x.length),
});

/** @param {Pick<LabState, "language" | "theme" | "digits">} look @returns {Store<AppState>} */
export function createStageStore({ language, theme, digits }) {
  /** @type {AppState} */
  const state = { ...initialState({ language, theme }), view: "forward", digits, shortcuts: false };
  return createStore(state);
}

/**
 * What the stage shows of a moment; without one, the last network with its computed numbers unknown.
 * @param {LabState["moment"]} moment
 * @returns {Partial<AppState>}
 */
export function stageFactsOf(moment) {
  if (moment === null) return { trace: null, timeline: null, status: "loading" };
  const { trace, request } = moment;
  // A trace without steps has none at which a number would become known; `done` 0 leaves the backward pass unknown.
  return { request, trace, timeline: trace && restingTimeline(trace, request), done: 0, current: -1, status: "ready" };
}
