/**
 * The list of lessons: how far this visitor has come, to be taken along or erased.
 */
import { mountNotation } from "../course/notation-switch.js";
import { eraseProgress, progress } from "../course/progress.js";
import { h } from "../kit/dom.js";
import { place, speak } from "../shell/page.js";
import { download } from "../kit/download.js";

const { t } = await speak();

function show() {
  const done = progress();
  let scenes = 0;
  let over = 0;
  for (const card of document.querySelectorAll(".lesson-card")) {
    const mark = card.querySelector(".progress");
    if (!(card instanceof HTMLElement) || !(mark instanceof HTMLElement)) continue;
    const names = (mark.dataset.scenes ?? "").split(" ").filter(Boolean);
    const count = names.filter((name) => done[card.dataset.lesson ?? ""]?.includes(name)).length;
    scenes += names.length;
    over += count;
    mark.textContent =
      count === 0
        ? ""
        : count === names.length
          ? t("course.done")
          : t("course.progress", { done: count, count: names.length });
    card.toggleAttribute("data-done", count === names.length);
  }
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

mountNotation(place("main"));
show();
