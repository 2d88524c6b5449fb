/**
 * The Lab's state at the start, and what of it concerns the page alone.
 *
 * @import { RunSummary } from "../../api/lab-client.js"
 * @import { LabState, Setup, TrainingRequest } from "../types.js"
 *
 * @typedef {object} OwnState
 * @property {readonly RunSummary[]} runs those the server keeps, as last heard
 * @property {TrainingRequest | null} twinRequest what is trained alongside, as the twin
 * @property {number | null} pace epochs a second while playing; null as fast as the server can
 * @property {boolean} training whether a stream is open, or on its way
 * @property {boolean} busy whether a run is being fetched
 * @property {boolean} shortcuts single-key shortcuts
 * @property {string[]} notices
 *
 * @typedef {LabState & OwnState} PageState
 */

/**
 * @param {{ setups: readonly Setup[], digits: number, pace: number | null, shortcuts: boolean, language: "en" | "zh",
 *   theme: LabState["theme"] }} given
 * @returns {PageState}
 */
export function initialState(given) {
  return {
    catalog: null,
    setup: null,
    request: null,
    preview: null,
    examples: null,
    run: null,
    twin: null,
    epoch: null,
    moment: null,
    example: { heldOut: false, index: 0 },
    view: "curves",
    status: "loading",
    problem: null,
    hovered: null,
    canUndo: false,
    canRedo: false,
    runs: [],
    twinRequest: null,
    training: false,
    busy: false,
    notices: [],
    ...given,
  };
}
