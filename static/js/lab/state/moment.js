/**
 * Keeps the moment shown up to date: the trace of the chosen example and every unit's response, both of one state of
 * one network. A moment replaces the last one as a whole, so numbers of two epochs never stand side by side.
 *
 * One question at a time, each for the newest that is wanted when it goes out: while a training runs faster than the
 * server answers, states are left out, and the last one always comes.
 *
 * @import { Store } from "../../kit/store.js"
 * @import { Client } from "../../api/client.js"
 * @import { MapChoice } from "../map/choice.js"
 * @import { Epoch, LabState, Moment, Response } from "../types.js"
 * @import { Network, Trace, TraceRequest } from "../../record/types.js"
 */
import { BACKOFF, isPassing, problemFrom } from "../../api/asking.js";
import { epochAt, networkWith } from "./epochs.js";
import { mapChoiceOf } from "../map/choice.js";
import { exampleOf, kindOf, planeOf, tellingInputs } from "../map/plane.js";

/** Milliseconds from one question to the next while a training runs: about 12 a second. */
const PACE = 80;
/** How long a state must stand still before it is asked for once more, finer. */
const STILL = 160;
/**
 * Grid points times units that one answer may have: what can be painted without being felt, and what can be waited for.
 * A network that has learnt nothing bends little: the fine one is not asked for before there is a training.
 */
const COARSE = { numbers: 16_000, most: 40 };
const FINE = { numbers: 100_000, most: 80 };
const LEAST = 12;
/** One input needs no plane: a line of so many points. */
const LINE = 160;

/**
 * @typedef {{ now: () => number, wait: (run: () => void, milliseconds: number) => unknown, forget: (handle: any) =>
 *   void }} Clock
 */
/** @type {Clock} */
const browserClock = {
  now: () => performance.now(),
  wait: (run, milliseconds) => setTimeout(run, milliseconds),
  forget: (handle) => clearTimeout(handle),
};

/**
 * @typedef {object} Stand one state of a network: its numbers at hand, or known to the server
 * @property {Epoch} record
 * @property {Network | null} network null: to be asked for
 * @property {{ id: string, epoch: number | null } | null} kept where the server has it
 *
 * @typedef {object} Wanted
 * @property {Stand} stand
 * @property {number[]} x
 * @property {number[]} target
 * @property {string} loss
 * @property {number[]} inputs [] if no response is wanted
 * @property {number} resolution
 * @property {object} lineage what it must still belong to when the answer comes
 */

/**
 * Values of each input, so that the answer stays within what its use allows.
 * @param {Network} network
 * @param {{ numbers: number, most: number }} room
 */
export function resolutionFor(network, { numbers, most }) {
  const units = network.layers.reduce((sum, { b }) => sum + b.length, 0);
  return Math.max(LEAST, Math.min(most, Math.floor(Math.sqrt(numbers / units))));
}

/** Networks made from θ, so that one record is one network. @type {WeakMap<Epoch, Network>} */
const made = new WeakMap();

/** @param {Epoch} record @param {Network} form @returns {Network} */
function networkOf(record, form) {
  let network = made.get(record);
  if (network === undefined) made.set(record, (network = networkWith(form, record.theta ?? [])));
  return network;
}

/**
 * The state that is to be shown.
 *
 * @param {Pick<LabState, "run" | "preview" | "epoch">} state
 * @returns {Stand | null}
 */
export function standOf({ run, preview, epoch }) {
  if (run === null) return preview && { record: preview.record, network: preview.network, kept: null };
  const { history, progress } = run;
  if (epoch === null && progress?.record.theta)
    return { record: progress.record, network: networkOf(progress.record, run.network), kept: null };
  const record = epochAt(history.epochs, epoch ?? Infinity);
  if (record === null) return preview && { record: preview.record, network: preview.network, kept: null };
  if (record.theta) return { record, network: networkOf(record, run.network), kept: null };
  // The newest epoch may not be a recorded one, and of a run that was opened the server has the networks.
  const recorded = epochAt(history.recorded, epoch ?? Infinity);
  if (recorded === null)
    return { record, network: null, kept: { id: run.id, epoch: epoch === null ? null : record.epoch } };
  if (recorded.theta) return { record: recorded, network: networkOf(recorded, run.network), kept: null };
  return { record: recorded, network: null, kept: { id: run.id, epoch: recorded.epoch } };
}

/**
 * What to ask for next; null while nothing is known.
 *
 * @param {LabState} state
 * @param {MapChoice} choice
 * @param {Stand | null} shown the state on the page
 * @returns {Wanted | null}
 */
export function wantedOf(state, choice, shown) {
  const { examples, run, preview, request } = state;
  const stand = standOf(state);
  const loss = run?.request.loss ?? request?.loss;
  if (stand === null || examples === null || loss === undefined) return null;
  const { x, target } = exampleOf(examples, state.example);
  const kind = kindOf(examples);
  const inputs = kind === "picture" ? [] : (fitting(choice.inputs, x.length) ?? tellingInputs(examples));
  const form = run?.network ?? preview?.network ?? stand.network;
  const isStill = run !== null && shown?.record === stand.record && !(run.state === "running" && state.epoch === null);
  const resolution =
    kind === "curve"
      ? LINE
      : form === null || form === undefined
        ? LEAST
        : resolutionFor(form, isStill ? FINE : COARSE);
  return { stand, x, target, loss, inputs, resolution, lineage: run ?? preview ?? stand };
}

/** A choice of two inputs, if this data has them. @param {number[] | null} inputs @param {number} count */
const fitting = (inputs, count) =>
  inputs !== null && count > 2 && inputs.length === 2 && inputs.every((input) => input < count) ? inputs : null;

/** @param {Wanted | null} one @param {Wanted | null} other */
const sameTrace = (one, other) =>
  one?.stand.record === other?.stand.record && one?.x === other?.x && one?.loss === other?.loss;

/** @param {Wanted | null} one @param {Wanted | null} other */
const sameResponse = (one, other) =>
  one?.stand.record === other?.stand.record &&
  String(one?.inputs) === String(other?.inputs) &&
  one?.resolution === other?.resolution;

/**
 * @param {{ store: Store<any>, api: Pick<Client, "lab">, clock?: Clock }} options
 * @returns {{ stop: () => void }}
 */
export function createMoments({ store, api, clock = browserClock }) {
  const choice = mapChoiceOf(store);
  /** @type {{ wanted: Wanted, moment: Moment } | null} */
  let shown = null;
  /** @type {{ wanted: Wanted, abort: AbortController } | null} */
  let asking = null;
  /** @type {unknown} */
  let timer = null;
  let asked = -Infinity;
  let tries = 0;
  /** @type {object | null} the training for which the last question failed */
  let failed = null;
  /** @type {LabState["problem"]} */
  let complaint = null;

  /** @returns {LabState} */
  const state = () => store.get();

  /** What is on the page, unless an edit has taken it off. */
  const standing = () => (state().moment === null ? null : shown);

  /**
   * Whether the answer to a question is still of use: the training and the data are the same.
   * @param {Wanted} wanted
   */
  const isStillOf = ({ lineage }) => {
    const now = state().run ?? state().preview;
    return now !== null && (now === lineage || ("id" in now && "id" in lineage && now.id === lineage.id));
  };

  function look() {
    if (asking !== null) {
      if (!isStillOf(asking.wanted)) asking.abort.abort();
      else return;
    }
    const before = standing();
    const wanted = wantedOf(state(), choice.get(), before?.wanted.stand ?? null);
    if (wanted === null) return wake(null, 0);
    if (
      before !== null &&
      isStillOf(before.wanted) &&
      sameTrace(before.wanted, wanted) &&
      sameResponse(before.wanted, wanted)
    )
      return wake(null, 0);
    if (failed !== null && failed !== wanted.lineage) tries = 0;
    const isFiner =
      before !== null &&
      before.wanted.stand.record === wanted.stand.record &&
      wanted.resolution > before.wanted.resolution &&
      sameTrace(before.wanted, wanted);
    const pause =
      tries > 0
        ? 1000 * (BACKOFF[Math.min(tries, BACKOFF.length) - 1] ?? 0)
        : isFiner
          ? STILL
          : state().run?.state === "running"
            ? PACE
            : 0;
    const rest = asked + pause - clock.now();
    if (rest > 0) return wake(look, rest);
    wake(null, 0);
    ask(wanted);
  }

  /** One alarm at a time. @param {(() => void) | null} run @param {number} milliseconds */
  function wake(run, milliseconds) {
    if (timer !== null) clock.forget(timer);
    timer = run === null ? null : clock.wait(() => ((timer = null), run()), milliseconds);
  }

  /** @param {Wanted} wanted */
  async function ask(wanted) {
    const mine = { wanted, abort: new AbortController() };
    asking = mine;
    asked = clock.now();
    try {
      const moment = await answerTo(wanted, mine.abort.signal);
      if (asking === mine && isStillOf(wanted)) show(wanted, moment);
    } catch (error) {
      if (asking === mine && !mine.abort.signal.aborted) complain(error, wanted);
    }
    if (asking !== mine) return;
    asking = null;
    look();
  }

  /** @param {Wanted} wanted @param {AbortSignal} signal @returns {Promise<Moment>} */
  async function answerTo(wanted, signal) {
    const { stand, x, target, loss, inputs, resolution } = wanted;
    const before = standing();
    const same = before?.wanted.stand.record === stand.record ? before : null;
    const network =
      stand.network ??
      same?.moment.network ??
      (await api.lab.runNetwork(stand.kept?.id ?? "", stand.kept?.epoch ?? null, signal));
    const { examples } = state();
    /** @type {TraceRequest} */
    const request = { network, x, target, loss };
    const hasTrace = same !== null && sameTrace(same.wanted, wanted);
    const hasResponse = same !== null && sameResponse(same.wanted, wanted);
    const plane = inputs.length === 0 || examples === null ? null : planeOf(examples, inputs);
    /** @type {[Promise<Trace | null> | Trace | null, Promise<Response | null> | Response | null]} */
    const parts = [
      hasTrace ? same.moment.trace : api.lab.trace(request, signal),
      hasResponse ? same.moment.response : plane && api.lab.regions({ network, ...plane, resolution }, signal),
    ];
    const [trace, response] = await Promise.all(parts);
    return {
      epoch: stand.record.epoch,
      record: stand.record,
      network,
      trace,
      request: hasTrace ? same.moment.request : request,
      response,
    };
  }

  /** @param {Wanted} wanted @param {Moment} moment */
  function show(wanted, moment) {
    tries = 0;
    failed = null;
    shown = { wanted, moment };
    const isOurs = complaint !== null && state().problem === complaint;
    complaint = null;
    store.set({ moment, ...(isOurs && { problem: null }) });
  }

  /** @param {unknown} error @param {Wanted} wanted */
  function complain(error, wanted) {
    failed = wanted.lineage;
    complaint = problemFrom(error);
    // What can never be answered is not asked again and again, but after the longest pause.
    tries = isPassing(error) ? tries + 1 : BACKOFF.length;
    store.set({ problem: complaint });
  }

  const unwatch = [store.watch((/** @type {LabState} */ now) => now, look), choice.watch((now) => now.inputs, look)];
  return {
    stop() {
      for (const each of unwatch) each();
      asking?.abort.abort();
      asking = null;
      wake(null, 0);
    },
  };
}
