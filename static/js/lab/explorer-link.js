/**
 * The ways between the Lab and the Explorer: an example with the network of one moment goes there, and the place it
 * came from goes along, so that the Explorer knows the way back. All addresses are relative, for a page behind any
 * prefix.
 *
 * @import { TraceRequest } from "../record/types.js"
 * @import { RunPlace } from "../state/links/permalink.js"
 * @import { ExampleChoice } from "./types.js"
 * @import { LabContext } from "./context.js"
 */
import { h } from "../kit/dom.js";
import { VERSIONED, entriesOf, fragmentOf } from "../kit/permalink/permalink.js";
import { RUN_FIELDS, save } from "../state/links/permalink.js";
import { epochAt } from "./state/epochs.js";

const EXPLORER = "./";

/**
 * The Explorer on an example of a run that the server keeps.
 *
 * @param {string} run its id @param {number} epoch a recorded one @param {ExampleChoice} example
 */
export const explorerLink = (run, epoch, { heldOut, index }) =>
  `${EXPLORER}#${fragmentOf([VERSIONED, ...entriesOf(RUN_FIELDS, { run, epoch, example: index, heldOut })])}`;

/**
 * The Explorer on a request with all its numbers in the link: it needs no run, and outlives it.
 *
 * @param {TraceRequest} request
 * @param {{ place: RunPlace | null, digits: number, language: "en" | "zh" }} about
 */
export async function fullLink(request, { place, digits, language }) {
  const fragment = await save({
    preset: null,
    request,
    view: "both",
    granularity: "unit",
    done: 0,
    selected: null,
    digits,
    language,
    hide: [],
    run: place,
  });
  return `${EXPLORER}#${fragment}`;
}

/**
 * @typedef {{ request: TraceRequest, epoch: number, example: ExampleChoice | null }} Opened example: null for an input
 *   that is none of the data
 */

/**
 * A link that leads into the Explorer with what there is at the moment of the click.
 *
 * @param {LabContext} context
 * @param {{ action: string, key: string, found: () => Opened | null }} what found: null while there is nothing to open
 */
export function createExplorerLink({ store, t }, { action, key, found }) {
  const link = h("a", { class: "tool", "data-action": action, "data-i18n": key, href: EXPLORER }, t(key));

  /** @param {Opened} opened @returns {RunPlace | null} */
  function placeOf({ epoch, example }) {
    const { run } = store.get();
    return run && { run: run.id, epoch, example: example?.index ?? null, heldOut: example?.heldOut ?? false };
  }

  /** For a new tab, where no code can run first: the short way, if the server keeps the network of this epoch. */
  function prepare() {
    const { run } = store.get();
    const opened = found();
    const isKept = run && opened && epochAt(run.history.recorded, opened.epoch)?.epoch === opened.epoch;
    link.href = isKept && opened.example ? explorerLink(run.id, opened.epoch, opened.example) : EXPLORER;
    if (opened === null) link.setAttribute("aria-disabled", "true");
    else link.removeAttribute("aria-disabled");
  }

  link.addEventListener("click", async (/** @type {MouseEvent} */ event) => {
    const opened = found();
    const isElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (opened !== null && isElsewhere) return;
    event.preventDefault();
    if (opened === null) return;
    const { digits, language } = store.get();
    location.assign(await fullLink(opened.request, { place: placeOf(opened), digits, language }));
  });
  store.watch(
    (state) => state.language,
    () => {
      link.textContent = t(key);
    },
  );
  prepare();
  return { element: link, prepare };
}

/**
 * "Open in the Explorer", for the example chosen at the moment shown.
 * @param {HTMLElement} root
 * @param {LabContext} context
 */
export function mountExplorerLink(root, context) {
  const { store } = context;
  const link = createExplorerLink(context, {
    action: "open-in-explorer",
    key: "lab.explorer.open",
    found() {
      const { moment, example } = store.get();
      return moment && { request: moment.request, epoch: moment.epoch, example };
    },
  });
  store.watch((state) => state.moment, link.prepare);
  root.append(link.element);
}
