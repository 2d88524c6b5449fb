/**
 * Every path from a weight or bias to the loss, with the product of what stands along it; their sum is the derivative.
 *
 * @import { AppState, Pointer, Value } from "../../record/types.js"
 * @import { PathsAnswer } from "../../api/client.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { Asked } from "../answers.js"
 * @import { Board } from "../numbers.js"
 */
import { h } from "../../kit/dom.js";
import { significant, subscript } from "../../kit/format.js";
import { createAnswers } from "../answers.js";
import { mark } from "../../record/mark.js";
import { PENDING, createBoard, watchAll } from "../numbers.js";
import { placeOf } from "../../record/pointers.js";
import { gradientOf } from "./subjects.js";
import { fact } from "../../timeline/fact.js";

const LINES_SHOWN = 24;

/** Relative: the sum and the backward pass add the same products in another order. */
const TOLERANCE = 1e-9;

/** @typedef {PathsAnswer["paths"][number] & { output?: number }} Path */

/**
 * Whether two numbers are the same but for rounding.
 *
 * @param {Value} a
 * @param {Value} b
 */
export const nearly = (a, b) =>
  a !== null && b !== null && Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b), 1e-300);

/**
 * @param {PanelContext} context
 * @returns {{ element: HTMLElement, about: (pointer: Pointer | null) => void }}
 */
export function createPaths({ store, api, t }) {
  const board = createBoard(store);
  const title = h("summary", {}, h("h3", { class: "sub-title" }));
  const content = h("div", { class: "paths" });
  const details = h("details", { class: "sub-panel", "data-part": "paths" }, title, content);
  /** @type {Pointer | null} */
  let pointer = null;
  /** @type {Asked<PathsAnswer> | null} */
  let asked = null;
  let showsAll = false;
  /** @type {{ element: HTMLElement, pointers: Pointer[], text: (digits: number) => string, pending?: string }[]} */
  let products = [];

  /** Numbers that follow from several: known once all of them are. @param {AppState} state */
  const follow = (state) => {
    for (const { element, pointers, text, pending = PENDING } of products) {
      const waits = pointers.some((each) => fact(state, each) === undefined);
      element.textContent = waits ? pending : text(state.digits);
      element.classList.toggle("pending", waits);
    }
  };

  /** @param {Path} path */
  const stations = ({ units, output }) => {
    const place = pointer === null ? null : placeOf(pointer);
    const first = place?.name === "w" ? startOf(place.layer ?? 0, place.indices[1] ?? 0) : t("panel.paths.bias");
    const last = subscript((output ?? units.at(-1) ?? 0) + 1);
    return [first, ...units.map((unit) => t("panel.paths.unit", { unit: unit + 1 })), `y${last}`].join(" → ");
  };
  /** @param {number} layer @param {number} column */
  const startOf = (layer, column) =>
    layer === 0 ? `x${subscript(column + 1)}` : t("panel.paths.unit", { unit: column + 1 });

  /** @param {Path} path */
  const lineOf = (path) => {
    const factors = path.factors.flatMap((factor, index) => [
      index > 0 && h("span", { class: "times" }, "·"),
      board.show(h("span", { class: "factor" }), factor.pointer),
    ]);
    const product = h("span", { class: "product" });
    const pointers = path.factors.map((factor) => factor.pointer);
    products.push({ element: product, pointers, text: (digits) => significant(path.product, digits) });
    const line = h(
      "li",
      { class: "path" },
      h("span", { class: "stations" }, stations(path)),
      h("span", { class: "factors" }, ...factors, h("span", { class: "times" }, "="), product),
    );
    // A path has no single pointer that could stand in the store: the stage listens for this event instead.
    /** @param {Pointer[] | null} detail */
    const tell = (detail) => line.dispatchEvent(new CustomEvent("hover-path", { bubbles: true, detail }));
    line.addEventListener("pointerenter", () => tell(pointers));
    line.addEventListener("pointerleave", () => tell(null));
    return line;
  };

  /** @param {PathsAnswer} answer */
  const sumOf = ({ sum, analytic, paths }) => {
    const gradient = gradientOf(pointer ?? "");
    const agrees = nearly(sum, analytic);
    const along = [...new Set(paths.flatMap(({ factors }) => factors.map((factor) => factor.pointer)))];
    const total = h("span", { class: "product" });
    const check = h("span", { class: agrees ? "agrees" : "differs" });
    products.push({ element: total, pointers: along, text: (digits) => significant(sum, digits) });
    products.push({ element: check, pointers: [...along, gradient], text: () => (agrees ? "✓" : "✗"), pending: "" });
    return h(
      "p",
      { class: "path-sum" },
      t("panel.paths.sum", { count: paths.length }),
      " ",
      total,
      h("span", { class: "times" }, "="),
      mark(gradient),
      h("span", { class: "times" }, "="),
      board.show(h("span", { class: "product" }), gradient),
      check,
    );
  };

  const draw = () => {
    details.hidden = pointer === null;
    const heading = title.querySelector("h3");
    if (heading) heading.textContent = t("panel.paths.title");
    board.clear();
    products = [];
    if (!details.open || pointer === null || asked === null) return content.replaceChildren();
    if (asked.state === "waiting") return content.replaceChildren(h("p", { class: "panel-note" }, t("panel.waiting")));
    if (asked.state === "failed")
      return content.replaceChildren(h("p", { class: "panel-note" }, t("panel.failed", { detail: asked.detail })));
    const answer = /** @type {PathsAnswer & { count_text?: string }} */ (asked.answer);
    const count = answer.count?.toLocaleString(store.get().language) ?? answer.count_text ?? "";
    if (!answer.listed)
      return content.replaceChildren(
        h("p", { class: "panel-note" }, t("panel.paths.too_many", { count, limit: answer.limit })),
      );
    const shown = showsAll ? answer.paths : answer.paths.slice(0, LINES_SHOWN);
    const more = h("button", { type: "button", class: "quiet-button" }, t("panel.paths.show_all", { count }));
    more.addEventListener("click", () => {
      showsAll = true;
      draw();
    });
    content.replaceChildren(
      h("ul", { class: "path-list" }, ...shown.map(lineOf)),
      ...(shown.length < answer.paths.length ? [more] : []),
      sumOf(answer),
      h("p", { class: "panel-note" }, t(answer.paths.length === 1 ? "panel.paths.note_one" : "panel.paths.note")),
    );
    follow(store.get());
  };

  const answers = createAnswers(store, api.paths, (next) => {
    asked = next;
    draw();
  });
  const ask = () => answers.about(details.open ? pointer : null);
  details.addEventListener("toggle", () => {
    ask();
    draw();
  });
  watchAll(store, [(state) => state.done, (state) => state.digits, (state) => state.trace], follow);

  return {
    element: details,
    about(next) {
      if (next !== pointer) showsAll = false;
      pointer = next;
      ask();
      draw();
    },
  };
}
