/**
 * Every number of the trace in tables, a fold for each layer, following the step.
 *
 * @import { AppState, Pointer } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h } from "../../kit/dom.js";
import { readsWholeLayer } from "../../record/functions.js";
import { mark } from "../../record/mark.js";
import { createBoard, structureOf, watchAll } from "../numbers.js";
import { markOf } from "../../record/pointers.js";
import { createSection } from "../section.js";

const UNIT_COLUMNS = ["b", "z", "a", "gain", "dl_da", "dl_dz", "dl_db"];

/** A heading without indices. @param {Pointer} pointer */
function columnMark(pointer) {
  const { before, letter, after } = markOf(pointer);
  return h("span", { class: "mark" }, before, letter, after);
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountValues(root, context) {
  const { store, t } = context;
  /** @type {Map<string, { board: ReturnType<typeof createBoard>, fold: HTMLDetailsElement, draw: () => void }>} */
  const folds = new Map();
  /** @type {Set<HTMLTableRowElement>} */
  const active = new Set();
  /** Which folds are open stays as it was when the structure changes. @type {Set<string>} */
  const opened = new Set(["ends"]);
  /**
   * Boards watch the store for good, so each fold keeps its own.
   * @type {Map<string, ReturnType<typeof createBoard>>}
   */
  const boards = new Map();

  /** @param {string} caption @param {HTMLElement[]} head @param {HTMLTableRowElement[]} rows */
  const table = (caption, head, rows) =>
    h(
      "div",
      { class: "scroll-box", tabindex: 0, role: "group", "aria-label": caption },
      h("table", { class: "numbers-table" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)),
    );

  /** @param {ReturnType<typeof createBoard>} board @param {Pointer} pointer */
  const cell = (board, pointer) => board.show(h("td", { class: "number" }), pointer);

  /**
   * @param {string} key
   * @param {string} title
   * @param {(board: ReturnType<typeof createBoard>) => HTMLElement} content
   */
  const foldOf = (key, title, content) => {
    const board = boards.get(key) ?? createBoard(store);
    boards.set(key, board);
    board.clear();
    const body = h("div", {});
    const fold = h(
      "details",
      { class: "values-fold", "data-fold": key },
      h("summary", {}, h("h3", { class: "sub-title" }, title)),
      body,
    );
    const draw = () => {
      board.clear();
      body.replaceChildren(...(fold.open ? [content(board)] : []));
      lightActive(store.get());
    };
    fold.open = opened.has(key);
    fold.addEventListener("toggle", () => {
      if (fold.open) opened.add(key);
      else opened.delete(key);
      if (fold.open !== body.hasChildNodes()) draw();
    });
    folds.set(key, { board, fold, draw });
    return fold;
  };

  /** @param {AppState} state */
  const ends =
    ({ request }) =>
    (/** @type {ReturnType<typeof createBoard>} */ board) => {
      if (request === null) return h("div", {});
      const head = [
        h("th", { scope: "col" }, t("panel.published.number")),
        h("th", { scope: "col" }, t("panel.values.value")),
        h("th", { scope: "col" }, "∂l/∂x"),
      ];
      const inputs = request.x.map((_, index) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, mark(`/x/${index}`)),
          cell(board, `/x/${index}`),
          cell(board, `/dl_dx/${index}`),
        ),
      );
      const single = ["/loss/value", ...(request.learning_rate === undefined ? [] : ["/updated/loss"])];
      const others = [
        ...request.target.map((_, index) => `/target/${index}`),
        ...(request.signal ?? []).map((_, index) => `/signal/${index}`),
        ...single,
      ];
      const rest = others.map((pointer) =>
        h("tr", {}, h("th", { scope: "row" }, mark(pointer)), cell(board, pointer), h("td", {})),
      );
      return table(t("panel.values.ends"), head, [...inputs, ...rest]);
    };

  /** @param {AppState} state @param {number} layer */
  const units =
    ({ request, catalog }, layer) =>
    (/** @type {ReturnType<typeof createBoard>} */ board) => {
      const own = request?.network.layers[layer];
      const isCoupled = own !== undefined && readsWholeLayer(catalog, own.activation);
      const names = UNIT_COLUMNS.filter((name) => name !== "gain" || !isCoupled);
      const head = [
        h("th", { scope: "col" }, t("panel.values.unit")),
        ...names.map((name) => h("th", { scope: "col" }, columnMark(`/layers/${layer}/${name}/0`))),
      ];
      const rows = (own?.b ?? []).map((_, unit) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, unit + 1),
          ...names.map((name) => cell(board, `/layers/${layer}/${name}/${unit}`)),
        ),
      );
      return table(t("panel.values.layer", { layer: layer + 1 }), head, rows);
    };

  /** @param {string} prefix @param {number} rows @param {number} columns */
  const matrix = (prefix, rows, columns) => (/** @type {ReturnType<typeof createBoard>} */ board) => {
    const head = [
      h("th", { scope: "col" }, t("panel.values.unit")),
      ...Array.from({ length: columns }, (_, column) => h("th", { scope: "col" }, column + 1)),
    ];
    const lines = Array.from({ length: rows }, (_, row) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, row + 1),
        ...Array.from({ length: columns }, (__, column) => cell(board, `${prefix}/${row}/${column}`)),
      ),
    );
    return table(prefix, head, lines);
  };

  /** The rows that the current step touches. @param {AppState} state */
  const lightActive = ({ trace, current }) => {
    const step = trace?.steps[current];
    for (const row of active) row.classList.remove("active");
    active.clear();
    for (const pointer of step?.writes ?? []) {
      for (const { board } of folds.values()) {
        for (const element of board.at(pointer)) {
          const row = element.closest("tr");
          if (row) active.add(row);
        }
      }
    }
    for (const row of active) row.classList.add("active");
  };

  /** The fold in which the current step writes. @param {AppState} state */
  const activeFold = ({ trace, current }) => {
    const [, kind, ...rest] = trace?.steps[current]?.writes[0]?.split("/") ?? [];
    if (kind === "layers") return ["dl_dw", "jacobian"].includes(rest[1] ?? "") ? `${rest[0]}/${rest[1]}` : rest[0];
    if (kind === "updated" && rest[0] === "layers") return `${rest[1]}/new_${rest[2]}`;
    return "ends";
  };

  const showActive = () => {
    const found = folds.get(activeFold(store.get()) ?? "ends");
    if (!found) return;
    found.fold.open = true;
    if (!found.fold.querySelector("table")) found.draw();
    lightActive(store.get());
    (found.fold.querySelector("tr.active") ?? found.fold).scrollIntoView({ block: "nearest" });
  };

  /** @param {number} layer */
  const newBiases = (layer) =>
    foldOf(`${layer}/new_b`, t("panel.values.new_b", { layer: layer + 1 }), (board) => {
      const own = store.get().request?.network.layers[layer];
      const rows = (own?.b ?? []).map((_, unit) =>
        h("tr", {}, h("th", { scope: "row" }, unit + 1), cell(board, `/updated/layers/${layer}/b/${unit}`)),
      );
      return table(
        t("panel.values.new_b", { layer: layer + 1 }),
        [
          h("th", { scope: "col" }, t("panel.values.unit")),
          h("th", { scope: "col" }, columnMark(`/updated/layers/${layer}/b/0`)),
        ],
        rows,
      );
    });

  const section = createSection(context, {
    name: "values",
    open: false,
    dependsOn: [structureOf],
    clear() {
      for (const { board } of folds.values()) board.clear();
      folds.clear();
    },
    render(body, state) {
      const { request } = state;
      if (request === null) return body.replaceChildren();
      const button = h("button", { type: "button", class: "quiet-button" }, t("panel.values.show_active"));
      button.addEventListener("click", showActive);
      const layers = request.network.layers.flatMap((layer, index) => {
        const number = index + 1;
        const [rows, columns] = [layer.b.length, layer.w[0]?.length ?? 0];
        /** @param {string} name @param {string} prefix @param {number} width */
        const matrixFold = (name, prefix, width) =>
          foldOf(
            `${index}/${name}`,
            t(`panel.values.${name}`, { layer: number, rows, columns: width }),
            matrix(prefix, rows, width),
          );
        return [
          foldOf(String(index), t("panel.values.layer", { layer: number }), units(state, index)),
          matrixFold("w", `/layers/${index}/w`, columns),
          ...(readsWholeLayer(state.catalog, layer.activation)
            ? [matrixFold("jacobian", `/layers/${index}/jacobian`, rows)]
            : []),
          matrixFold("dl_dw", `/layers/${index}/dl_dw`, columns),
          ...(request.learning_rate === undefined
            ? []
            : [matrixFold("new_w", `/updated/layers/${index}/w`, columns), newBiases(index)]),
        ];
      });
      body.replaceChildren(
        h("div", { class: "panel-tools" }, button),
        foldOf("ends", t("panel.values.ends"), ends(state)),
        ...layers,
      );
      for (const { draw } of folds.values()) draw();
    },
  });

  root.append(section);
  watchAll(store, [(state) => state.trace, (state) => state.current], lightActive);
}
