/**
 * What is said of the visitor's table before it is used: how it was read, what each column is, what is left out, how it
 * is split.
 *
 * @import { LabContext } from "../../context.js"
 * @import { OwnSettings, Verdict } from "./request.js"
 * @import { Choice, Reading } from "./answer.js"
 */
import { h, keepingFocus } from "../../../kit/dom.js";
import { translate } from "../../../i18n/i18n.js";
import { chooser } from "../../../kit/widgets/controls.js";
import { dice, numberField, switchField } from "../fields.js";
import { KINDS, columnsWith, withRole } from "./answer.js";
import { createOwnReading } from "./reading.js";
import { judged } from "./request.js";
import { leftOutList, learntText, noteList } from "./remarks.js";
import { previewTable } from "./table.js";
import { linear, whole } from "../scales.js";

const MOST_HELD_OUT = 0.9;

/**
 * @param {LabContext} context
 * @param {{ onRead: (change: Reading) => void, onChoose: (settings: OwnSettings) => void, onUse: (settings:
 *   OwnSettings) => void }} handlers
 */
export function createOwnForm(context, { onRead, onChoose, onUse }) {
  const { store, t } = context;
  /** @type {OwnSettings | null} */
  let settings = null;
  /** @type {Verdict | null} */
  let verdict = null;
  /** Whether the server is being asked: what stands here may be of the file before. */
  let waits = false;

  /** @param {Partial<OwnSettings>} patch */
  function change(patch) {
    if (settings === null) return;
    settings = { ...settings, ...patch };
    refresh();
  }

  /** Another choice: its examples are asked for. @param {Partial<Choice>} patch */
  function choose(patch) {
    if (settings === null) return;
    change({ choice: { ...settings.choice, ...patch }, examples: null, refusal: null });
    onChoose(settings);
  }

  const isByPart = () => settings?.byPart === true && (settings.examples?.parts ?? null) !== null;
  const limits = () => store.get().catalog?.limits ?? {};
  const reading = createOwnReading(context, onRead);
  const table = h("div", { class: "own-table-box" });
  const notes = h("div", { class: "own-notes" });
  const leftOut = h("div", { class: "own-problems", role: "status" });
  const missing = chooser({ "data-action": "missing", "data-i18n-attr": "aria-label:lab.own.missing" }, (value) =>
    choose({ missing: value === "mean" ? "mean" : "drop" }),
  );
  const missingLine = h(
    "label",
    { class: "own-guess" },
    h("span", { "data-i18n": "lab.own.missing" }),
    missing.element,
  );
  const kinds = KINDS.map((kind) =>
    h("button", {
      type: "button",
      "data-kind": kind,
      "aria-pressed": "false",
      "data-i18n": `lab.own.kind.${kind}`,
      onclick: () => choose({ kind }),
    }),
  );
  const learnt = h("p", { class: "recipe-hint" });
  const fewer = h("div");
  const byPart = h("input", { type: "checkbox", "data-action": "by-part" });
  byPart.addEventListener("change", () => change({ byPart: byPart.checked }));
  const byPartWords = h("span");
  const byPartLine = h("label", { class: "check" }, byPart, byPartWords);
  const share = numberField(context, {
    name: "own-held-out",
    label: "lab.recipe.held-out",
    pointers: [],
    read: () => (isByPart() ? null : (settings?.share ?? 0)),
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
    read: () => (isByPart() ? null : (settings?.seed ?? 0)),
    write: setSeed,
    limits: () => [0, 2 ** 53 - 1],
    scale: whole(linear(0, 10_000, 1)),
    isWhole: true,
    beside: dice("own-seed", setSeed),
  });
  const standardise = switchField(context, {
    name: "own-standardise",
    label: "lab.recipe.standardise",
    pointers: [],
    read: () => settings?.standardise ?? true,
    write: (on) => change({ standardise: on }),
  });
  const reason = h("p", { class: "own-reason", role: "status" });
  const useButton = h("button", {
    type: "button",
    class: "tool tool-strong",
    "data-action": "use-own-data",
    "data-i18n": "lab.own.use",
  });
  useButton.addEventListener("click", () => settings && verdict?.isReady && !waits && onUse(settings));

  const element = h(
    "div",
    { class: "own-form", hidden: true },
    reading.element,
    notes,
    table,
    h(
      "div",
      { class: "recipe-line" },
      h("span", { class: "recipe-label", "data-i18n": "lab.own.kind" }),
      h("div", { class: "segmented", role: "group", "data-i18n-attr": "aria-label:lab.own.kind" }, kinds),
      missingLine,
    ),
    learnt,
    leftOut,
    fewer,
    byPartLine,
    h("div", { class: "own-split" }, share.element, seed.element),
    standardise.element,
    h("div", { class: "own-foot" }, reason, useButton),
  );

  /** A choice the visitor has to make in so many words. @param {OwnSettings} shown @param {Verdict} found */
  function fewerBox({ takesFewer, examples }, { isTooMany, most }) {
    if (!isTooMany) return [];
    const box = h("input", {
      type: "checkbox",
      "data-keep": "takesFewer",
      "data-action": "take-fewer",
      checked: takesFewer,
    });
    box.addEventListener("change", () => change({ takesFewer: box.checked }));
    return [
      h(
        "label",
        { class: "check" },
        box,
        h("span", {}, t("lab.own.take-fewer", { most, rows: examples?.xs.length ?? 0 })),
      ),
    ];
  }

  const refresh = () => keepingFocus(element, write);

  function write() {
    element.hidden = settings === null;
    if (settings === null) return;
    const shown = settings;
    const found = judged(shown, limits());
    verdict = found;
    const { language } = store.get();
    const { examples, choice } = shown;
    const scrolled = table.firstElementChild?.scrollLeft ?? 0;
    reading.show(shown.table);
    table.replaceChildren(
      previewTable(shown, t, {
        onRole: (place, role) => choose(withRole(choice, place, role)),
        onCoding: (column, way) => choose({ codings: { ...choice.codings, [column]: way } }),
      }),
    );
    if (table.firstElementChild) table.firstElementChild.scrollLeft = scrolled;
    notes.replaceChildren(...noteList(shown.table.notes, language, t));
    leftOut.replaceChildren(...leftOutList(shown, t));
    missingLine.hidden = !shown.table.columns.some((column) => column.missing > 0);
    missing.fill(
      [
        { value: "drop", label: t("lab.own.missing.drop") },
        { value: "mean", label: t("lab.own.missing.mean") },
      ],
      choice.missing,
    );
    const kind = choice.kind ?? examples?.task ?? shown.table.guess.task;
    const isSingle = columnsWith(shown.table, choice, "target").length === 1;
    for (const button of kinds) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
      button.disabled = !isSingle && button.dataset.kind === "classification";
    }
    learnt.textContent = learntText(shown, language, t);
    fewer.replaceChildren(...fewerBox(shown, found));
    byPartLine.hidden = (examples?.parts ?? null) === null;
    byPart.checked = shown.byPart;
    byPartWords.textContent = t("lab.own.by-part", { column: shown.table.guess.part ?? "" });
    for (const field of [share, seed, standardise]) field.refresh();
    reason.textContent =
      shown.refusal !== null && found.reason === null
        ? shown.refusal[language]
        : found.reason
          ? t(found.reason.key, found.reason.params)
          : t("lab.own.ready", { rows: found.places.length });
    useButton.setAttribute("aria-disabled", String(!found.isReady || waits));
    translate(element, t);
  }

  return {
    element,
    refresh,
    settings: () => settings,
    /** @param {boolean} on */
    wait(on) {
      waits = on;
      if (settings !== null && verdict !== null)
        useButton.setAttribute("aria-disabled", String(!verdict.isReady || waits));
    },
    /** @param {OwnSettings | null} next */
    show(next) {
      settings = next;
      refresh();
    },
  };
}
