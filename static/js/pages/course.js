/**
 * The list of lessons: how far this visitor has come, to be taken along or erased.
 */
import { mountNotation } from "../course/notation-switch.js";
import { eraseProgress, progress } from "../course/progress.js";
import { searchCards } from "../kit/widgets/card-search.js";
import { h } from "../kit/dom.js";
import { place, speak } from "../shell/page.js";
import { download } from "../kit/download.js";

const { t } = await speak();

function show() {
  const done = progress();
  /** @param {HTMLElement} card @param {string} scene */
  const isOver = (card, scene) => done[card.dataset.lesson ?? ""]?.includes(scene) ?? false;
  /** @type {{ card: HTMLElement, scene: string | undefined } | null} */
  let next = null;
  let scenes = 0;
  let over = 0;
  for (const card of document.querySelectorAll(".lesson-card")) {
    const mark = card.querySelector(".progress");
    if (!(card instanceof HTMLElement) || !(mark instanceof HTMLElement)) continue;
    const names = (mark.dataset.scenes ?? "").split(" ").filter(Boolean);
    const count = names.filter((name) => isOver(card, name)).length;
    scenes += names.length;
    over += count;
    const isDone = count === names.length;
    mark.textContent =
      count === 0 ? "" : isDone ? t("course.done") : t("course.progress", { done: count, count: names.length });
    const go = card.querySelector(".card-go");
    const { start, goOn, again } = go instanceof HTMLElement ? go.dataset : {};
    if (go !== null) go.textContent = (count === 0 ? start : isDone ? again : goOn) ?? "";
    if (next === null && !isDone)
      next = { card, scene: count === 0 ? undefined : names.find((name) => !isOver(card, name)) };
    card.toggleAttribute("data-done", count === names.length);
  }
  pointTo(over === 0 ? null : next);
  const line = place("progress");
  line.hidden = over === 0;
  line.replaceChildren(
    h("span", {}, t("course.progress.all", { done: over, count: scenes })),
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "data-action": "export",
        click: () =>
          download(
            new Blob([JSON.stringify(progress(), null, 2)], { type: "application/json" }),
            "backpropscope-progress.json",
          ),
      },
      t("course.progress.export"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "data-action": "erase",
        click: () => {
          eraseProgress();
          show();
        },
      },
      t("course.progress.erase"),
    ),
  );
}

const goOn = /** @type {HTMLAnchorElement} */ (place("go-on"));
const start = { text: goOn.textContent, address: goOn.href };

/**
 * The one button on the page leads to where this visitor has come to.
 * @param {{ card: HTMLElement, scene: string | undefined } | null} next the first lesson not done; null: the first of all
 */
function pointTo(next) {
  const link = next?.card.querySelector("a");
  if (!link || next === null) {
    goOn.textContent = start.text;
    goOn.href = start.address;
    return;
  }
  const number = next.card.querySelector(".card-number")?.textContent ?? "";
  const title = (next.card.querySelector(".card-title")?.textContent ?? "").replace(number, "").trim();
  goOn.textContent = t("course.go-on.lesson", { number, title });
  goOn.href = next.scene === undefined ? link.href : `${link.href}#scene-${next.scene}`;
}

mountNotation(place("main"));
searchCards(/** @type {HTMLInputElement} */ (place("search")), place("main"), place("found"));
show();
