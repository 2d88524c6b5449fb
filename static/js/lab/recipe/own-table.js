/**
 * The visitor's table as it was read: what each column is, its first rows and those with a problem, wrong cells marked.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 * @import { CellProblem, Role } from "./table.js"
 * @import { OwnSettings, Verdict } from "./own-request.js"
 */
import { h } from "../../dom.js";

const FIRST = 5;
const MOST_WRONG = 12;
/** @type {readonly Role[]} */
const ROLES = ["input", "target", "unused"];

/** @param {CellProblem} problem @param {readonly string[]} columns @param {Translate} t */
export function problemText({ row, column, kind, text, expected }, columns, t) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return t(`lab.own.problem.${kind}`, { row, column: column === null ? "" : (columns[column] ?? ""), text: shown, expected: expected ?? "" });
}

/**
 * @param {OwnSettings} settings
 * @param {Verdict} verdict
 * @param {Translate} t
 * @param {(column: number, role: Role) => void} setRole
 */
export function previewTable({ table, choice }, { problems }, t, setRole) {
  const { columns, rows } = table;
  /** @type {Map<number, CellProblem[]>} */
  const byRow = new Map();
  for (const problem of problems) byRow.set(problem.row, [...(byRow.get(problem.row) ?? []), problem]);
  const first = rows.slice(0, FIRST);
  const wrong = rows.slice(FIRST).filter(({ number }) => byRow.has(number)).slice(0, MOST_WRONG);

  const heads = columns.map((name, column) => {
    const select = h("select", { class: "own-role", "data-keep": `role-${column}`, "data-column": column, "aria-label": t("lab.own.role-of", { column: name }) }, ROLES.map((role) => h("option", { value: role }, t(`lab.own.role.${role}`))));
    select.value = choice.roles[column] ?? "unused";
    select.addEventListener("change", () => setRole(column, /** @type {Role} */ (select.value)));
    return h("th", { scope: "col", "data-role": choice.roles[column] ?? "unused" }, h("span", { class: "own-column", title: name }, name), select);
  });

  /** @param {{ number: number, cells: string[] }} row */
  const line = ({ number, cells }) => {
    const found = byRow.get(number) ?? [];
    const whole = found.find(({ column }) => column === null);
    return h(
      "tr",
      whole ? { class: "own-wrong-row", title: problemText(whole, columns, t) } : {},
      h("th", { scope: "row" }, number),
      columns.map((_, column) => {
        const problem = found.find((each) => each.column === column);
        const attributes = problem ? { class: "own-wrong", title: problemText(problem, columns, t), "data-role": choice.roles[column] } : { "data-role": choice.roles[column] };
        return h("td", attributes, problem?.kind === "empty" ? h("em", {}, t("lab.own.empty")) : (cells[column] ?? ""), problem && h("span", { class: "visually-hidden" }, ` (${t("lab.own.wrong-cell")})`));
      }),
    );
  };
  const gap = () => h("tr", { class: "own-gap" }, h("td", { colspan: columns.length + 1 }, "⋮"));
  const after = wrong.length > 0 ? [gap(), ...wrong.map(line)] : [];
  const isMore = rows.length > first.length + wrong.length;
  return h(
    "div",
    { class: "own-scroll", tabindex: 0, role: "group", "aria-label": t("lab.own.table") },
    h("table", { class: "own-table" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("lab.own.row")), heads)), h("tbody", {}, first.map(line), after, isMore ? gap() : null)),
  );
}
