/**
 * What is said of a table and of its examples: how it was read, which rows are left out, what is learnt.
 *
 * @import { Translate } from "../../../i18n/i18n.js"
 * @import { Note } from "./answer.js"
 * @import { OwnSettings } from "./request.js"
 */
import { h } from "../../../kit/dom.js";
import { columnsWith } from "./answer.js";

const SHOWN = 4;
const CLASSES_SHOWN = 8;

/** @param {readonly Note[]} notes @param {"en" | "zh"} language @param {Translate} t */
export function noteList(notes, language, t) {
  if (notes.length === 0) return [];
  const items = notes.map(({ code, text }) => h("li", { "data-note": code }, text[language]));
  const more = items.slice(SHOWN);
  return [
    h("ul", {}, items.slice(0, SHOWN)),
    ...(more.length > 0
      ? [h("details", {}, h("summary", {}, t("lab.own.notes.more", { count: more.length })), h("ul", {}, more))]
      : []),
  ];
}

/** Rows that are left out, and what was filled in. @param {OwnSettings} settings @param {Translate} t */
export function leftOutList({ examples }, t) {
  if (examples === null) return [];
  const { left_out: rows, left_out_count: count, filled } = examples;
  const list = rows
    .slice(0, SHOWN)
    .map(({ row, column, reason, cell }) =>
      h("li", {}, t(`lab.own.left-out.${reason}`, { row, column: column ?? "", text: cell })),
    );
  const more = count - list.length;
  if (more > 0) list.push(h("li", {}, t("lab.own.problems.more", { count: more })));
  return [
    ...filled.map(({ column, count: cells, value }) =>
      h(
        "p",
        {},
        t("lab.own.filled", {
          column,
          count: cells,
          value: typeof value === "number" ? Number(value.toPrecision(6)) : value,
        }),
      ),
    ),
    ...(count > 0 ? [h("p", {}, t("lab.own.left-out", { count })), h("ul", {}, list)] : []),
  ];
}

/**
 * What is learnt of what, in a sentence.
 * @param {OwnSettings} settings
 * @param {string} language
 * @param {Translate} t
 */
export function learntText({ table, choice, examples }, language, t) {
  const targets = columnsWith(table, choice, "target");
  if (targets.length === 0 || examples === null) return "";
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const inputs = examples.feature_names.length;
  if (examples.task === "regression") return t("lab.own.learnt.values", { inputs, targets: list.format(targets) });
  const { class_names: names, class_counts: counts } = examples;
  const named = names
    .slice(0, CLASSES_SHOWN)
    .map((name, place) => t("lab.own.class", { name, count: counts[place] ?? 0 }));
  return t("lab.own.learnt.classes", {
    inputs,
    target: targets[0] ?? "",
    count: names.length,
    classes: list.format(named) + (names.length > CLASSES_SHOWN ? " …" : ""),
  });
}
