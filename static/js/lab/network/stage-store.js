/**
 * What the Lab tells the stage: the forward pass of the chosen example, all of it done. The backward pass is the
 * Explorer's matter, so its numbers are left out here.
 *
 * @import { Store } from "../../kit/store.js"
 * @import { Trace } from "../../record/types.js"
 * @import { StageFacts } from "../../stage/types.js"
 * @import { LabState } from "../types.js"
 */
import { createStore } from "../../kit/store.js";
import { timelineOf } from "../../timeline/timeline.js";

/** A trace's forward pass, with no steps at which its numbers would have to become known. @param {Trace} trace */
function forwardOf({ x, target, layers, loss }) {
  const forward = layers.map(({ activation, w, b, z, a }) => ({ activation, w, b, z, a }));
  return /** @type {Trace} */ (/** @type {unknown} */ ({ x, target, layers: forward, loss, steps: [] }));
}

/**
 * What is shown of a moment; without one, the last network with its computed numbers unknown.
 * @param {LabState["moment"]} moment
 * @returns {Partial<StageFacts>}
 */
export function stageFactsOf(moment) {
  if (moment === null) return { trace: null, timeline: null, status: "loading" };
  const trace = moment.trace && forwardOf(moment.trace);
  return { request: moment.request, trace, timeline: trace && timelineOf(trace), status: "ready" };
}

/** @param {Pick<LabState, "language" | "digits">} look @returns {Store<StageFacts>} */
export const createStageStore = ({ language, digits }) =>
  createStore(
    /** @type {StageFacts} */ ({
      request: null,
      trace: null,
      timeline: null,
      time: 0,
      done: 0,
      current: -1,
      status: "loading",
      selected: null,
      hovered: null,
      asked: [],
      expanded: [],
      digits,
      view: "forward",
      projector: false,
      language,
      catalog: null,
    }),
  );
