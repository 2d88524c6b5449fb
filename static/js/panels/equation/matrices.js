/**
 * The step's layer as vectors and matrices with their numbers, what the step reads and writes lit.
 *
 * @import { AppState, Step } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { Block } from "./matrix-forms.js"
 */
import { h } from "../../kit/dom.js";
import { elided } from "./elided.js";
import { matrixForms } from "./matrix-forms.js";
import { createBoard, structureOf, watchAll } from "../numbers.js";
import { markOf, placeOf } from "../../record/pointers.js";
import { createSection } from "../section.js";

const ROWS = 5;
const COLUMNS = 4;

/** The symbol of a whole vector or matrix. @param {Block} block */
function symbolOf({ prefix, turned }) {
  const { before, letter, above, after } = markOf(`${prefix}/0`);
  const isMatrix = letter.startsWith("w");
  return h(
    "span",
    { class: "mark block-name" },
    before.replace(/∂a.*\//, "∂a/"),
    h("b", {}, isMatrix ? letter.replace("w", "W") : letter),
    above && h("sup", {}, above),
    after,
    turned && h("sup", {}, "⊤"),
  );
}

/** The row and column that must be seen. @param {Step} step @param {Block} block */
function activeIn(step, block) {
  for (const pointer of [...step.writes, ...step.reads]) {
    if (!pointer.startsWith(`${block.prefix}/`)) continue;
    const indices = placeOf(pointer)?.indices ?? [];
    return { row: indices[0] ?? null, column: block.columns ? (indices[1] ?? null) : null };
  }
  return { row: step.unit, column: null };
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountMatrices(root, context) {
  const { store, t } = context;
  const board = createBoard(store);
  /** @type {HTMLElement[]} */
  let cells = [];

  /** @param {Block} block @param {Step} step */
  const blockOf = (block, step) => {
    const { prefix, turned = false } = block;
    const active = activeIn(step, block);
    const rows = elided(block.rows, active.row, turned ? COLUMNS : ROWS);
    const columns = block.columns ? elided(block.columns, active.column, turned ? ROWS : COLUMNS) : [-1];
    const [down, along] = turned ? [columns, rows] : [rows, columns];
    const body = down.map((outer) => {
      const line = along.map((inner) => {
        if (outer === null || inner === null)
          return h("span", { class: "cell gap" }, outer === null ? (inner === null ? "⋱" : "⋮") : "…");
        const [row, column] = turned ? [inner, outer] : [outer, inner];
        const cell = board.show(
          h("span", { class: "cell" }),
          column < 0 ? `${prefix}/${row}` : `${prefix}/${row}/${column}`,
        );
        cells.push(cell);
        return cell;
      });
      return h("span", { class: "matrix-row" }, ...line);
    });
    const size = block.columns ? `${block.rows} × ${block.columns}` : `${block.rows}`;
    return h("span", { class: "block", title: size }, symbolOf(block), h("span", { class: "matrix" }, ...body));
  };

  /** Cells that the step reads or writes. @param {Step | undefined} step */
  const lightActive = (step) => {
    const reads = new Set(step?.reads);
    const writes = new Set(step?.writes);
    for (const cell of cells) {
      cell.classList.toggle("read", reads.has(cell.dataset.pointer ?? ""));
      cell.classList.toggle("written", writes.has(cell.dataset.pointer ?? ""));
    }
  };

  /** @type {Step | undefined} */
  let last;
  /** The step, kept while a new trace is on its way, so that the panel does not jump. @param {AppState} state */
  const stepOf = ({ trace, current }) => {
    if (trace !== null) last = trace.steps[Math.max(current, 0)];
    return last;
  };
  /**
   * What decides on the blocks shown: the same for all units of a layer, unless the layer is wide.
   * @param {AppState} state
   */
  const shape = (state) => {
    const step = stepOf(state);
    if (step === undefined || state.request === null) return "";
    const forms = matrixForms(step, state.request);
    const blocks = forms.flat().filter((part) => typeof part !== "string");
    const wide = blocks.some(({ rows, columns }) => rows > COLUMNS || columns > COLUMNS);
    return JSON.stringify([blocks, wide ? [step.writes[0], step.reads[0]] : []]);
  };

  root.append(
    createSection(context, {
      name: "matrices",
      fold: true,
      open: false,
      dependsOn: [shape, structureOf],
      clear() {
        board.clear();
        cells = [];
      },
      render(body, state) {
        const step = stepOf(state);
        if (step === undefined || state.request === null) {
          body.replaceChildren(h("p", { class: "panel-note" }, t("panel.waiting")));
          return;
        }
        const forms = matrixForms(step, state.request);
        body.replaceChildren(
          ...forms.map((form) =>
            h(
              "div",
              { class: "matrix-form", tabindex: 0, role: "group", "aria-label": t("panel.matrices.title") },
              ...form.map((part) =>
                typeof part === "string" ? h("span", { class: "operator" }, part) : blockOf(part, step),
              ),
            ),
          ),
          h("p", { class: "panel-note" }, t(`panel.matrices.${step.layer === null ? "loss" : step.phase}`)),
        );
        lightActive(step);
      },
    }),
  );
  watchAll(store, [stepOf], (state) => lightActive(stepOf(state)));
}
