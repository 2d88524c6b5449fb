/**
 * The data sets as small pictures to click, drawn from their examples, and one's own beside them.
 *
 * @import { LabContext } from "../../context.js"
 * @import { DatasetEntry } from "../../types.js"
 * @import { DatasetAnswer } from "./picture.js"
 * @import { Field } from "../fields.js"
 */
import { h, svg } from "../../../kit/dom.js";
import { drawPicture } from "./picture.js";

const SIDE = 44;
/** Enough points to see the shape; always the same ones. */
const SHOWN = Object.freeze({ n: 150, seed: 1 });

/** A table, for one's own. */
const tableIcon = () =>
  svg(
    "svg",
    { viewBox: "0 0 44 44", class: "recipe-own-icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: "M8.5 11.5h27v21h-27zM8.5 18.5h27M8.5 25.5h27M17.5 11.5v21M26.5 11.5v21" }),
  );

/** @param {LabContext} context @param {(name: string) => void} choose @param {() => void} openOwn @returns {Field} */
export function createGallery({ store, api, t }, choose, openOwn) {
  const element = h("div", {
    class: "recipe-gallery",
    role: "group",
    "data-i18n-attr": "aria-label:lab.recipe.datasets",
  });
  const ownButton = h(
    "button",
    {
      type: "button",
      class: "recipe-tile",
      "data-action": "own-data",
      "aria-pressed": "false",
      "data-i18n-attr": "aria-label:lab.recipe.own.open; title:lab.recipe.own.open",
      onclick: openOwn,
    },
    tableIcon(),
  );
  /** @type {Map<string, { button: HTMLButtonElement, canvas: HTMLCanvasElement }>} */
  const tiles = new Map();
  /** @type {Map<string, DatasetAnswer>} */
  const answers = new Map();

  const paint = (/** @type {string} */ name) => {
    const answer = answers.get(name);
    const tile = tiles.get(name);
    if (answer && tile) drawPicture(tile.canvas, answer, SIDE);
  };

  /** One after the other: the page has more urgent questions. @param {readonly DatasetEntry[]} entries */
  async function load(entries) {
    for (const { name, parameters } of entries) {
      try {
        answers.set(name, await api.lab.dataset(name, "n" in parameters ? SHOWN : {}));
        paint(name);
      } catch {
        tiles.get(name)?.button.classList.add("recipe-tile-plain");
      }
    }
  }

  /** @param {readonly DatasetEntry[]} entries */
  function build(entries) {
    for (const { name } of entries) {
      const canvas = h("canvas", { class: "recipe-picture", "aria-hidden": "true" });
      const button = h(
        "button",
        {
          type: "button",
          class: "recipe-tile",
          "data-dataset": name,
          "aria-pressed": "false",
          onclick: () => choose(name),
        },
        canvas,
        h("span", { class: "recipe-tile-name" }),
      );
      tiles.set(name, { button, canvas });
    }
    element.replaceChildren(...[...tiles.values()].map(({ button }) => button), ownButton);
    // Real sets last: the digits are many numbers.
    void load([...entries].sort((a, b) => Number("n" in b.parameters) - Number("n" in a.parameters)));
  }

  const repaint = () => [...tiles.keys()].forEach(paint);
  document.addEventListener("themechange", repaint);
  store.watch((state) => state.theme, repaint);

  return {
    element,
    refresh() {
      const { catalog, request, language } = store.get();
      if (catalog === null) return;
      if (tiles.size === 0) build(catalog.datasets);
      for (const { name, title } of catalog.datasets) {
        const tile = tiles.get(name);
        if (tile === undefined) continue;
        const { button } = tile;
        button.setAttribute("aria-pressed", String(request?.dataset?.name === name));
        button.setAttribute("aria-label", title[language]);
        button.title = title[language];
        const label = button.querySelector(".recipe-tile-name");
        if (label) label.textContent = title[language];
      }
      ownButton.setAttribute("aria-pressed", String(request?.xs !== undefined));
      ownButton.setAttribute("aria-label", t("lab.recipe.own.open"));
    },
  };
}
