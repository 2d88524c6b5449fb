/**
 * The visitor's own data: a file dropped anywhere or chosen, or text pasted. The server reads it; what it says of it is
 * shown, each guess can be changed, and nothing is used before the visitor says so.
 *
 * @import { LabContext } from "../../context.js"
 * @import { TrainingRequest } from "../../types.js"
 * @import { Text } from "../../../record/types.js"
 * @import { Reading } from "./answer.js"
 * @import { OwnSettings, Pool } from "./request.js"
 * @import { Say } from "../saying.js"
 *
 * @typedef {Partial<Pick<OwnSettings, "share" | "seed">>} SplitPatch
 * @typedef {object} OwnDialog
 * @property {() => void} open
 * @property {() => Pick<OwnSettings, "share" | "seed"> | null} settings of the data in use, if it is one's own
 * @property {() => string} fileName of the data in use
 * @property {(patch: SplitPatch) => void} split the data in use otherwise
 */
import { isPassing, ProblemError } from "../../../api/asking.js";
import { h, icon } from "../../../kit/dom.js";
import { translate } from "../../../i18n/i18n.js";
import { withOwnData } from "../data/choice.js";
import { choiceQuery, guessedChoice, lacks, readingQuery } from "./answer.js";
import { createOwnForm } from "./form.js";
import { judged, ownData, poolOf, splitAgain } from "./request.js";

const TYPING_MS = 300;
/** A longer text would make the field itself slow; it is read all the same. */
const LONGEST_SHOWN = 200_000;
/** So much of a file tells what it is. */
const BEGINNING = 64 * 1024;

/**
 * @param {HTMLElement} root where the dialog is put
 * @param {LabContext} context
 * @param {Say} say
 * @returns {OwnDialog}
 */
export function createOwnDialog(root, context, say) {
  const { store, actions, api, t } = context;
  /**
   * What the lists of a request came from: undo brings the lists back, and with them this.
   * @type {WeakMap<number[][], OwnSettings>}
   */
  const origins = new WeakMap();
  /** Lists that came otherwise, by the same. @type {WeakMap<number[][], Pool>} */
  const pools = new WeakMap();
  /** @typedef {{ name: string, bytes: Uint8Array<ArrayBuffer> }} Source */
  /** @type {Source} */
  let source = { name: "", bytes: new Uint8Array() };
  /** @type {Reading} */
  let reading = {};
  /** What is being asked; asking anew gives it up. */
  let asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** The bytes whose text stands in the field. */
  let shown = source.bytes;
  /**
   * @typedef {{ text: (language: "en" | "zh") => string, again: (() => void) | null }} Trouble what could not be done,
   *   and how to try again where that may help
   */
  /** @type {Trouble | null} */
  let trouble = null;

  const limits = () => store.get().catalog?.limits ?? {};
  const picker = h("input", {
    type: "file",
    class: "visually-hidden",
    tabindex: -1,
    accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain",
    "data-action": "own-file",
    "aria-hidden": "true",
  });
  const paste = h("textarea", {
    class: "own-text",
    rows: 5,
    spellcheck: "false",
    autocomplete: "off",
    "data-action": "own-text",
    "data-i18n-attr": "aria-label:lab.own.paste; placeholder:lab.own.example",
  });
  const said = h("p", { class: "recipe-error", role: "alert" });
  const again = h("button", {
    type: "button",
    class: "tool",
    "data-action": "read-again",
    "data-i18n": "lab.own.again",
    hidden: true,
    onclick: () => trouble?.again?.(),
  });
  const busy = h("p", { class: "own-busy", role: "status" });
  const form = createOwnForm(context, {
    onRead: (change) => void read(source, { ...reading, ...change }),
    onChoose: (settings) => void learn(settings),
    onUse: use,
  });
  const closing = h(
    "button",
    {
      type: "button",
      class: "tool tool-picture",
      "data-action": "close",
      "data-i18n-attr": "aria-label:lab.own.close",
      onclick: () => dialog.close(),
    },
    icon("close"),
  );
  const dialog = h(
    "dialog",
    { class: "dialog own-dialog", "aria-labelledby": "own-title" },
    h("div", { class: "dialog-head" }, h("h2", { id: "own-title", "data-i18n": "lab.own.title" }), closing),
    h(
      "div",
      { class: "own-source" },
      h("button", {
        type: "button",
        class: "tool",
        "data-action": "choose-file",
        "data-i18n": "lab.own.choose",
        onclick: () => picker.click(),
      }),
      picker,
      h("p", { class: "recipe-hint", "data-i18n": "lab.own.how" }),
    ),
    paste,
    h("div", { class: "own-trouble" }, said, again),
    busy,
    form.element,
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.append(dialog);

  /** @param {Trouble | null} next */
  function complain(next) {
    trouble = next;
    said.textContent = next ? next.text(store.get().language) : "";
    again.hidden = (next?.again ?? null) === null;
    if (next !== null) form.refresh();
  }

  /**
   * Asks the server; what was asked before is given up. Null where it failed, which is then said, or was given up
   * itself.
   *
   * @template T
   * @param {(signal: AbortSignal) => Promise<T>} ask
   * @param {(error: ProblemError) => boolean} [handles] whether the error is said elsewhere
   * @param {() => void} [retry]
   */
  async function asked(ask, handles = () => false, retry = () => {}) {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    busy.textContent = t("lab.own.reading");
    form.wait(true);
    complain(null);
    try {
      return await ask(signal);
    } catch (error) {
      if (signal.aborted) return null;
      const problem = error instanceof ProblemError ? error : null;
      if (problem === null) throw error;
      if (!handles(problem))
        complain({
          text: (language) => problem.text?.[language] ?? t(problem.detail),
          again: isPassing(problem) ? retry : null,
        });
      return null;
    } finally {
      if (!signal.aborted) {
        busy.textContent = "";
        form.wait(false);
      }
    }
  }

  /**
   * Has a file read. What stood there before stays if it cannot be.
   *
   * @param {Source} next
   * @param {Reading} how
   */
  async function read(next, how) {
    const table = await asked(
      (signal) => api.lab.table(next.bytes, readingQuery(how, store.get().language), signal),
      undefined,
      () => void read(next, how),
    );
    if (table === null) return;
    source = next;
    reading = how;
    showText(next, table.encoding);
    const before = form.settings();
    const isSameTable =
      before !== null &&
      before.table.columns.map(({ name }) => name).join("\n") === table.columns.map(({ name }) => name).join("\n");
    const {
      share = 0.2,
      seed = store.get().request?.seed ?? 0,
      standardise = true,
      takesFewer = false,
      byPart = true,
    } = before ?? {};
    const settings = {
      name: next.name,
      table,
      choice: isSameTable ? before.choice : guessedChoice(table),
      examples: null,
      refusal: null,
      takesFewer,
      byPart,
      share,
      seed,
      standardise,
    };
    form.show(settings);
    await learn(settings);
  }

  /** Asks for the examples of a choice. @param {OwnSettings} settings */
  async function learn(settings) {
    const { table, choice } = settings;
    if (lacks(table, choice) !== null) return;
    /** @type {Text | null} */
    let refusal = null;
    const refuses = (/** @type {ProblemError} */ { text }) => (refusal = text) !== null;
    const query = new URLSearchParams([...readingQuery(reading, store.get().language), ...choiceQuery(table, choice)]);
    const examples = await asked(
      (signal) => api.lab.tableExamples(source.bytes, query, signal),
      refuses,
      () => void learn(settings),
    );
    const now = form.settings();
    if (now !== null && now.choice === choice && now.table === table && (examples !== null || refusal !== null))
      form.show({ ...now, examples, refusal });
  }

  /**
   * The text of a file, where it is short enough to be worked on here.
   * @param {Source} next
   * @param {string} encoding
   */
  function showText({ name, bytes }, encoding) {
    if (name !== "" && shown !== bytes)
      paste.value = bytes.length > LONGEST_SHOWN ? "" : new TextDecoder(encoding).decode(bytes);
    shown = bytes;
  }

  /** @param {File} file */
  async function takeFile(file) {
    open();
    const { body_bytes: most = Infinity } = limits();
    const isLarge = file.size > most;
    const bytes = new Uint8Array(await (isLarge ? file.slice(0, BEGINNING) : file).arrayBuffer());
    if (!isLarge) return read({ name: file.name, bytes }, {});
    // What is no table is better called by its name than by its size.
    const isTable = await asked((signal) => api.lab.table(bytes, new URLSearchParams(), signal));
    if (isTable !== null)
      complain({ text: () => t("lab.own.large", { name: file.name, most: Math.floor(most / 2 ** 20) }), again: null });
  }

  /** @param {OwnSettings} settings @param {{ key: string | null, isQuiet?: boolean }} how */
  function apply(settings, { key, isQuiet = false }) {
    const { request, catalog } = store.get();
    const verdict = judged(settings, limits());
    if (request === null || catalog === null || !verdict.isReady) return;
    const data = ownData(settings, verdict.places);
    const { patch, notices } = withOwnData(request, data, catalog);
    origins.set(/** @type {number[][]} */ (data.xs), settings);
    const none = {
      dataset: undefined,
      test_xs: undefined,
      test_targets: undefined,
      feature_names: undefined,
      class_names: undefined,
      standardise: undefined,
    };
    actions.edit(
      /** @type {Partial<TrainingRequest>} */ ({
        ...none,
        ...data,
        ...(isQuiet && { standardise: request.standardise }),
        ...patch,
      }),
      { key },
    );
    if (!isQuiet)
      say(...(notices.length > 0 ? notices : [{ key: "lab.own.used", params: { rows: verdict.places.length } }]));
  }

  /** @param {OwnSettings} settings */
  function use(settings) {
    apply(settings, { key: null });
    dialog.close();
  }

  function open() {
    if (dialog.open) return;
    translate(dialog, t);
    form.refresh();
    dialog.showModal();
  }

  paste.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isEmpty = paste.value.trim() === "";
      const next = { name: isEmpty ? "" : source.name, bytes: new TextEncoder().encode(paste.value) };
      shown = next.bytes;
      if (!isEmpty) return void read(next, { ...reading, encoding: undefined });
      asking.abort();
      busy.textContent = "";
      form.wait(false);
      reading = {};
      source = next;
      complain(null);
      form.show(null);
    }, TYPING_MS);
  });
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    if (file) void takeFile(file);
    picker.value = "";
  });
  onDrop((file) => void takeFile(file));
  store.watch(
    (state) => state.language,
    () => {
      translate(dialog, t);
      complain(trouble);
      form.refresh();
    },
  );

  const settings = () => origins.get(store.get().request?.xs ?? []) ?? null;

  function pool() {
    const { request } = store.get();
    if (request?.xs === undefined) return null;
    const found = pools.get(request.xs) ?? poolOf(request);
    pools.set(request.xs, found);
    return found;
  }

  return {
    open,
    settings: () => settings() ?? pool(),
    fileName: () => settings()?.name ?? "",
    split(patch) {
      const before = settings();
      if (before) apply({ ...before, ...patch }, { key: "own-split", isQuiet: true });
      else {
        const lists = pool();
        if (lists === null) return;
        const next = { ...lists, ...patch };
        const again = splitAgain(next);
        pools.set(again.xs, next);
        actions.edit(/** @type {Partial<TrainingRequest>} */ (again), { key: "own-split" });
      }
    },
  };
}

/** A file dropped anywhere on the page. @param {(file: File) => void} take */
function onDrop(take) {
  const hasFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    mark(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false));
  addEventListener("drop", (event) => {
    mark(false);
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    take(file);
  });
}
