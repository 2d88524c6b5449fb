/**
 * The visitor's table as it was read: what each column is and is used for, and its first rows.
 *
 * @import { Translate } from "../../../i18n/i18n.js"
 * @import { Column, Role } from "./answer.js"
 * @import { OwnSettings } from "./request.js"
 */
import { h } from "../../../kit/dom.js";
import { ROLES } from "./answer.js";

/** What cannot be an input cannot be chosen as one. @param {Column} column @param {Role} role */
const isOpen = ({ kind, codings }, role) =>
  role === "input" ? codings.length > 0 : role === "unused" || kind !== "empty";

/**
 * @param {OwnSettings} settings
 * @param {Translate} t
 * @param {{ onRole: (place: number, role: Role) => void, onCoding: (column: string, way: string) => void }} handlers
 */
export function previewTable({ table, choice }, t, { onRole, onCoding }) {
  /** @param {Column} column @param {number} place */
  const head = (column, place) => {
    const { name, kind, missing, codings } = column;
    const role = choice.roles[place] ?? "unused";
    const roles = h(
      "select",
      {
        class: "own-role",
        "data-keep": `role-${place}`,
        "data-column": place,
        "aria-label": t("lab.own.role-of", { column: name }),
      },
      ROLES.map((each) =>
        h("option", { value: each, disabled: each !== role && !isOpen(column, each) }, t(`lab.own.role.${each}`)),
      ),
    );
    roles.value = role;
    roles.addEventListener("change", () => onRole(place, /** @type {Role} */ (roles.value)));
    const said = [t(`lab.own.column.${kind}`), missing > 0 && t("lab.own.missing-count", { count: missing })]
      .filter(Boolean)
      .join(" · ");
    return h(
      "th",
      { scope: "col", "data-role": role },
      h("span", { class: "own-column", title: name }, name),
      h("span", { class: "own-kind", "data-kind": kind }, said),
      roles,
      role === "input" && codings.length > 1 ? codingOf(name, codings, place) : null,
    );
  };

  /** @param {string} name @param {string[]} codings @param {number} place */
  function codingOf(name, codings, place) {
    const select = h(
      "select",
      {
        class: "own-role",
        "data-keep": `coding-${place}`,
        "data-coding": place,
        "aria-label": t("lab.own.coding-of", { column: name }),
      },
      codings.map((way) => h("option", { value: way }, t(`lab.own.coding.${way}`))),
    );
    select.value = choice.codings[name] ?? codings[0] ?? "";
    select.addEventListener("change", () => onCoding(name, select.value));
    return select;
  }

  /** @param {{ row: number, cells: string[] }} each */
  const line = ({ row, cells }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, row),
      cells.map((cell, place) =>
        h("td", { "data-role": choice.roles[place] }, cell === "" ? h("em", {}, t("lab.own.empty")) : cell),
      ),
    );
  const isMore = table.rows > table.preview.length;
  return h(
    "div",
    { class: "own-scroll", tabindex: 0, role: "group", "aria-label": t("lab.own.table") },
    h(
      "table",
      { class: "own-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("lab.own.row")), table.columns.map(head))),
      h(
        "tbody",
        {},
        table.preview.map(line),
        isMore ? h("tr", { class: "own-gap" }, h("td", { colspan: table.columns.length + 1 }, "⋮")) : null,
      ),
    ),
  );
}
