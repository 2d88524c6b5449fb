/**
 * The visitor's own data: a file dropped anywhere or chosen, or text pasted; what was read is shown, what is to be learnt is
 * said, and nothing is used before it is all right or said to be left out.
 *
 * @import { LabContext } from "../context.js"
 * @import { TrainingRequest } from "../types.js"
 * @import { Papa } from "./csv.js"
 * @import { OwnSettings, Pool } from "./own-request.js"
 * @import { Say } from "./saying.js"
 *
 * @typedef {Partial<Pick<OwnSettings, "share" | "seed">>} SplitPatch
 * @typedef {object} OwnDialog
 * @property {() => void} open
 * @property {() => Pick<OwnSettings, "share" | "seed"> | null} settings of the data in use, if it is one's own
 * @property {() => string} fileName of the data in use
 * @property {(patch: SplitPatch) => void} split the data in use otherwise
 */
import { h, icon } from "../../dom.js";
import { translate } from "../../i18n/i18n.js";
import { loadPapa, readTable } from "./csv.js";
import { withOwnData } from "./data-choice.js";
import { decoded } from "./own-file.js";
import { createOwnForm } from "./own-form.js";
import { judged, ownData, poolOf, splitAgain } from "./own-request.js";
import { guessedChoice } from "./table.js";

const TYPING_MS = 200;
/** A longer text would make the field itself slow; it is read all the same. */
const LONGEST_SHOWN = 200_000;

/**
 * @param {HTMLElement} root where the dialog is put
 * @param {LabContext} context
 * @param {Say} say
 * @returns {OwnDialog}
 */
export function createOwnDialog(root, context, say) {
  const { store, actions, t } = context;
  /** What the lists of a request came from: undo brings the lists back, and with them this. @type {WeakMap<number[][], OwnSettings>} */
  const origins = new WeakMap();
  /** Lists that came otherwise, by the same. @type {WeakMap<number[][], Pool>} */
  const pools = new WeakMap();
  let source = { name: "", text: "" };
  /** @type {{ delimiter?: string, hasHeader?: boolean }} */
  let reading = {};
  /** @type {Papa | null} */
  let papa = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const limits = () => store.get().catalog?.limits ?? {};
  const picker = h("input", { type: "file", class: "visually-hidden", tabindex: -1, accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain", "data-action": "own-file", "aria-hidden": "true" });
  const paste = h("textarea", { class: "own-text", rows: 5, spellcheck: "false", autocomplete: "off", "data-action": "own-text", "data-i18n-attr": "aria-label:lab.own.paste; placeholder:lab.own.example" });
  const said = h("p", { class: "recipe-error", role: "alert" });
  const form = createOwnForm(context, { onRead: reread, onUse: use });
  const closing = h("button", { type: "button", class: "tool tool-picture", "data-action": "close", "data-i18n-attr": "aria-label:lab.own.close", onclick: () => dialog.close() }, icon("close"));
  const dialog = h(
    "dialog",
    { class: "dialog own-dialog", "aria-labelledby": "own-title" },
    h("div", { class: "dialog-head" }, h("h2", { id: "own-title", "data-i18n": "lab.own.title" }), closing),
    h("div", { class: "own-source" }, h("button", { type: "button", class: "tool", "data-action": "choose-file", "data-i18n": "lab.own.choose", onclick: () => picker.click() }), picker, h("p", { class: "recipe-hint", "data-i18n": "lab.own.how" })),
    paste,
    said,
    form.element,
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.append(dialog);

  /** The text as a table, with what was said of its reading. @param {Partial<typeof reading>} [change] */
  function reread(change = {}) {
    reading = { ...reading, ...change };
    if (papa === null) return;
    if (source.text.trim() === "") return form.show(null);
    const table = readTable(papa, source.text, reading, (column) => t("lab.own.unnamed", { column }));
    const before = form.settings();
    const isSameTable = before !== null && before.table.columns.join("\n") === table.columns.join("\n");
    const { share = 0.2, seed = store.get().request?.seed ?? 0, standardise = true, takesFewer = false } = before ?? {};
    form.show({ name: source.name, table, choice: isSameTable ? before.choice : guessedChoice(table), leavesOut: false, takesFewer, share, seed, standardise });
  }

  /** @param {{ name: string, text: string }} next */
  async function take(next) {
    source = next;
    said.textContent = "";
    try {
      papa ??= await loadPapa();
    } catch {
      said.textContent = t("app.problem.offline");
      return;
    }
    if (source === next) reread();
  }

  /** @param {File} file */
  async function takeFile(file) {
    open();
    const { body_bytes: most = Infinity } = limits();
    if (file.size > most) {
      said.textContent = t("lab.own.large", { name: file.name, most: Math.floor(most / 2 ** 20) });
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = decoded(bytes, store.get().language);
    if (text.includes("\0")) {
      said.textContent = t("lab.own.no-text", { name: file.name });
      return;
    }
    paste.value = text.length > LONGEST_SHOWN ? "" : text;
    reading = {};
    form.show(null);
    await take({ name: file.name, text });
  }

  /** @param {OwnSettings} settings @param {{ key: string | null, isQuiet?: boolean }} how */
  function apply(settings, { key, isQuiet = false }) {
    const { request, catalog } = store.get();
    const verdict = judged(settings, limits());
    if (request === null || catalog === null || verdict.reason !== null) return;
    const data = ownData(settings, verdict.rows);
    const { patch, notices } = withOwnData(request, data, catalog);
    origins.set(/** @type {number[][]} */ (data.xs), settings);
    const none = { dataset: undefined, test_xs: undefined, test_targets: undefined, feature_names: undefined, class_names: undefined, standardise: undefined };
    actions.edit(/** @type {Partial<TrainingRequest>} */ ({ ...none, ...data, ...(isQuiet && { standardise: request.standardise }), ...patch }), { key });
    if (!isQuiet) say(...(notices.length > 0 ? notices : [{ key: "lab.own.used", params: { rows: verdict.rows.length } }]));
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
    timer = setTimeout(() => void take({ name: paste.value.trim() === "" ? "" : source.name, text: paste.value }), TYPING_MS);
  });
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    if (file) void takeFile(file);
    picker.value = "";
  });
  onDrop((file) => void takeFile(file));
  store.watch((state) => state.language, () => {
    translate(dialog, t);
    form.refresh();
  });

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
