/**
 * What is said of the visitor's table before it is used: how it is read, what each column is, what is left out, how it is split.
 *
 * @import { LabContext } from "../context.js"
 * @import { OwnSettings, Verdict } from "./own-request.js"
 * @import { Kind, Role } from "./table.js"
 */
import { h, keepingFocus } from "../../dom.js";
import { translate } from "../../i18n/i18n.js";
import { chooser } from "../../panels/controls.js";
import { DELIMITERS } from "./csv.js";
import { dice, numberField, switchField } from "./fields.js";
import { classCounts, judged } from "./own-request.js";
import { previewTable, problemText } from "./own-table.js";
import { linear, whole } from "./scales.js";
import { columnsWith, guessedKind } from "./table.js";

const PROBLEMS_SHOWN = 5;
const CLASSES_SHOWN = 8;
const MOST_HELD_OUT = 0.9;
/** @type {readonly Kind[]} */
const KINDS = ["classification", "regression"];
const NAMES = Object.freeze({ ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" });

/**
 * @param {LabContext} context
 * @param {{ onRead: (change: { delimiter?: string, hasHeader?: boolean }) => void, onUse: (settings: OwnSettings) => void }} handlers
 */
export function createOwnForm(context, { onRead, onUse }) {
  const { store, t } = context;
  /** @type {OwnSettings | null} */
  let settings = null;
  /** @type {Verdict | null} */
  let verdict = null;

  /** @param {Partial<OwnSettings>} patch */
  function change(patch) {
    if (settings === null) return;
    settings = { ...settings, ...patch };
    refresh();
  }

  const delimiter = chooser({ "data-action": "delimiter", "data-i18n-attr": "aria-label:lab.own.delimiter" }, (value) => onRead({ delimiter: value }));
  const header = h("input", { type: "checkbox", "data-action": "header" });
  header.addEventListener("change", () => onRead({ hasHeader: header.checked }));
  const size = h("span", { class: "own-size" });
  const table = h("div", { class: "own-table-box" });
  const commas = h("p", { class: "recipe-hint", "data-i18n": "lab.own.decimal-comma" });
  const problems = h("div", { class: "own-problems", role: "status" });
  const kinds = KINDS.map((kind) => h("button", { type: "button", "data-kind": kind, "aria-pressed": "false", "data-i18n": `lab.own.kind.${kind}`, onclick: () => settings && change({ choice: { ...settings.choice, kind } }) }));
  const learnt = h("p", { class: "recipe-hint" });
  const limits = () => store.get().catalog?.limits ?? {};
  const share = numberField(context, {
    name: "own-held-out",
    label: "lab.recipe.held-out",
    pointers: [],
    read: () => settings?.share ?? 0,
    write: (value) => change({ share: value }),
    limits: () => [0, MOST_HELD_OUT],
    scale: linear(0, MOST_HELD_OUT, 0.05),
    hasSlider: true,
    isPercent: true,
  });
  const setSeed = (/** @type {number} */ seed) => change({ seed });
  const seed = numberField(context, {
    name: "own-seed",
    label: "lab.recipe.seed.split",
    pointers: [],
    read: () => settings?.seed ?? 0,
    write: setSeed,
    limits: () => [0, 2 ** 53 - 1],
    scale: whole(linear(0, 10_000, 1)),
    isWhole: true,
    beside: dice("own-seed", setSeed),
  });
  const standardise = switchField(context, { name: "own-standardise", label: "lab.recipe.standardise", pointers: [], read: () => settings?.standardise ?? true, write: (on) => change({ standardise: on }) });
  const reason = h("p", { class: "own-reason", role: "status" });
  const useButton = h("button", { type: "button", class: "tool tool-strong", "data-action": "use-own-data", "data-i18n": "lab.own.use" });
  useButton.addEventListener("click", () => settings && verdict?.reason === null && onUse(settings));

  const element = h(
    "div",
    { class: "own-form", hidden: true },
    h("div", { class: "recipe-line" }, size, delimiter.element, h("label", { class: "check" }, header, h("span", { "data-i18n": "lab.own.header" }))),
    table,
    commas,
    problems,
    h("div", { class: "recipe-line" }, h("span", { class: "recipe-label", "data-i18n": "lab.own.kind" }), h("div", { class: "segmented", role: "group", "data-i18n-attr": "aria-label:lab.own.kind" }, kinds)),
    learnt,
    h("div", { class: "own-split" }, share.element, seed.element),
    standardise.element,
    h("div", { class: "own-foot" }, reason, useButton),
  );

  /** @param {number} column @param {Role} role */
  function setRole(column, role) {
    if (settings === null) return;
    const roles = settings.choice.roles.map((each, index) => (index === column ? role : each));
    const targets = roles.flatMap((each, index) => (each === "target" ? [index] : []));
    const before = columnsWith(settings.choice, "target");
    const isSame = targets.length === before.length && targets.every((each, index) => each === before[index]);
    const kind = isSame ? settings.choice.kind : guessedKind(settings.table, targets);
    change({ choice: { roles, kind }, leavesOut: false });
  }

  /** A choice the visitor has to make in so many words. @param {"leavesOut" | "takesFewer"} name @param {string} text */
  function consent(name, text) {
    const box = h("input", { type: "checkbox", "data-keep": name, "data-action": name === "leavesOut" ? "leave-out" : "take-fewer", checked: settings?.[name] ?? false });
    box.addEventListener("change", () => change({ [name]: box.checked }));
    return h("label", { class: "check" }, box, h("span", {}, text));
  }

  /** @param {OwnSettings} shown @param {Verdict} found */
  function problemList({ table: { columns } }, { problems: all, wrongRows, isTooMany, most, rows }) {
    const list = all.slice(0, PROBLEMS_SHOWN).map((problem) => h("li", {}, problemText(problem, columns, t)));
    const more = all.length - list.length;
    return [
      all.length > 0 && h("ul", {}, list, more > 0 ? h("li", {}, t("lab.own.problems.more", { count: more })) : null),
      all.length > 0 && consent("leavesOut", t(wrongRows === 1 ? "lab.own.leave-out.one" : "lab.own.leave-out", { count: wrongRows })),
      isTooMany && consent("takesFewer", t("lab.own.take-fewer", { most, rows: rows.length })),
    ].filter((each) => each !== false);
  }

  /** @param {OwnSettings} shown @param {Verdict} found */
  function learntText(shown, { rows }) {
    const targets = columnsWith(shown.choice, "target").map((column) => shown.table.columns[column] ?? "");
    const inputs = columnsWith(shown.choice, "input").length;
    const list = new Intl.ListFormat(store.get().language, { type: "conjunction" });
    if (targets.length === 0) return "";
    if (shown.choice.kind === "regression") return t("lab.own.learnt.values", { inputs, targets: list.format(targets) });
    const classes = classCounts(shown, rows);
    const named = classes.slice(0, CLASSES_SHOWN).map(({ name, count }) => t("lab.own.class", { name, count }));
    return t("lab.own.learnt.classes", { inputs, target: targets[0] ?? "", count: classes.length, classes: list.format(named) + (classes.length > CLASSES_SHOWN ? " …" : "") });
  }

  const refresh = () => keepingFocus(element, write);

  function write() {
    element.hidden = settings === null;
    if (settings === null) return;
    const shown = settings;
    const found = judged(shown, limits());
    verdict = found;
    const scrolled = table.firstElementChild?.scrollLeft ?? 0;
    const { columns, rows, hasHeader } = shown.table;
    size.textContent = t("lab.own.size", { rows: rows.length, columns: columns.length });
    delimiter.fill(DELIMITERS.map((value) => ({ value, label: t(`lab.own.delimiter.${NAMES[value]}`) })), shown.table.delimiter);
    header.checked = hasHeader;
    table.replaceChildren(previewTable(shown, found, t, setRole));
    if (table.firstElementChild) table.firstElementChild.scrollLeft = scrolled;
    commas.hidden = shown.table.delimiter === "," || !rows.some(({ cells }) => cells.some((cell) => /^\s*[-+−]?\d+,\d+\s*$/.test(cell)));
    problems.replaceChildren(...problemList(shown, found));
    const isSingle = columnsWith(shown.choice, "target").length === 1;
    for (const button of kinds) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === shown.choice.kind));
      button.disabled = !isSingle && button.dataset.kind === "classification";
    }
    learnt.textContent = learntText(shown, found);
    for (const field of [share, seed, standardise]) field.refresh();
    reason.textContent = found.reason ? t(found.reason.key, found.reason.params) : t("lab.own.ready", { rows: found.rows.length });
    useButton.setAttribute("aria-disabled", String(found.reason !== null));
    translate(element, t);
  }

  return {
    element,
    refresh,
    settings: () => settings,
    /** @param {OwnSettings | null} next */
    show(next) {
      settings = next;
      refresh();
    },
  };
}
