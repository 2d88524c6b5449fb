/**
 * The 8×8 picture as the network is given it, and the pad's twin for the keyboard: arrows move, space fills and empties
 * a cell, plus and minus make it darker and lighter.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 */
import { h } from "../../kit/dom.js";
import { FULL, SIDE } from "./picture.js";

const SHADE = 4;
const MOVES = Object.freeze({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] });

/** @param {{ t: Translate, onSet: (row: number, column: number, value: number) => void }} options */
export function createCells({ t, onSet }) {
  /** @type {number[]} */
  let picture = Array.from({ length: SIDE * SIDE }, () => 0);
  const cells = picture.map((_value, at) =>
    h("button", { type: "button", class: "draw-cell", role: "gridcell", tabindex: at === 0 ? 0 : -1 }),
  );
  const rows = Array.from({ length: SIDE }, (_row, row) =>
    h("div", { class: "draw-row", role: "row" }, cells.slice(row * SIDE, (row + 1) * SIDE)),
  );
  const grid = h(
    "div",
    { class: "draw-cells", role: "grid", "data-draw": "cells", "data-i18n-attr": "aria-label:lab.draw.cells" },
    rows,
  );

  /** @param {number} at @param {number} value */
  const set = (at, value) => onSet(Math.floor(at / SIDE), at % SIDE, Math.min(Math.max(value, 0), FULL));

  /** @param {number} at */
  const toggle = (at) => set(at, (picture[at] ?? 0) > FULL / 2 ? 0 : FULL);

  /** @param {number} at */
  function focus(at) {
    for (const [index, cell] of cells.entries()) cell.tabIndex = index === at ? 0 : -1;
    cells[at]?.focus();
  }

  grid.addEventListener("click", (event) => {
    const at = cells.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (at < 0) return;
    focus(at);
    toggle(at);
  });
  grid.addEventListener("keydown", (event) => {
    const at = cells.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = [Math.floor(at / SIDE), at % SIDE];
    const move = MOVES[/** @type {keyof typeof MOVES} */ (event.key)];
    const isInside = (/** @type {number} */ place) => place >= 0 && place < SIDE;
    if (move !== undefined) {
      const [down = 0, right = 0] = move;
      if (isInside(row + down) && isInside(column + right)) focus((row + down) * SIDE + column + right);
    } else if (event.key === "Home" || event.key === "End") focus(row * SIDE + (event.key === "Home" ? 0 : SIDE - 1));
    else if (event.key === "+" || event.key === "=") set(at, (picture[at] ?? 0) + SHADE);
    else if (event.key === "-") set(at, (picture[at] ?? 0) - SHADE);
    else if (event.key === " " || event.key === "Enter") {
      if (!event.repeat) toggle(at);
    } else return;
    // The page's own keys move through time.
    event.stopPropagation();
    event.preventDefault();
  });

  return {
    element: grid,
    /** @param {readonly number[]} next */
    draw(next) {
      picture = [...next];
      for (const [at, cell] of cells.entries()) {
        const value = picture[at] ?? 0;
        cell.style.setProperty("--ink-share", `${(100 * value) / FULL}%`);
        cell.dataset.value = String(value);
        cell.setAttribute(
          "aria-label",
          t("lab.draw.cell", { row: Math.floor(at / SIDE) + 1, column: (at % SIDE) + 1, value }),
        );
      }
    },
  };
}
