/**
 * How many examples are trained on and how many are held out, as a bar with the shares of the classes, and in words.
 *
 * @import { LabContext } from "../../context.js"
 * @import { Field } from "../fields.js"
 */
import { h } from "../../../kit/dom.js";

const COLOURS = 10;

/** @param {readonly number[] | null} labels @param {number} count @param {number} classes @returns {number[]} */
function countsOf(labels, count, classes) {
  if (labels === null) return [count];
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** @param {LabContext} context @returns {Field} */
export function splitPicture({ store, t }) {
  const bar = h("div", { class: "recipe-split", role: "img" });
  const train = h("span", { "data-count": "train" });
  const heldOut = h("span", { "data-count": "held-out" });
  const element = h("div", { class: "recipe-split-box" }, bar, h("p", { class: "recipe-split-words" }, train, heldOut));

  /** @param {HTMLElement} place @param {string} key @param {number | null} count */
  const say = (place, key, count) => {
    place.textContent = count === null ? "·" : t(key, { count });
    place.classList.toggle("pending", count === null);
    if (count === null) delete place.dataset.value;
    else place.dataset.value = String(count);
  };

  /** @param {string} name @param {number} total @param {readonly number[]} counts */
  const part = (name, total, counts) => {
    const pieces = counts.map((count, label) => {
      const side = counts.length === 2 && (label === 0 ? "low" : "high");
      const piece = h("span", {
        class: "recipe-split-class",
        ...(counts.length > 2 && { "data-class": label % COLOURS }),
        ...(side && { "data-side": side }),
      });
      piece.style.flexGrow = String(count);
      return piece;
    });
    const box = h("span", { class: "recipe-split-part", "data-part": name }, pieces);
    box.style.flexGrow = String(total);
    return box;
  };

  return {
    element,
    refresh() {
      const { examples } = store.get();
      const {
        xs = null,
        test_xs: tests = null,
        labels = null,
        test_labels: testLabels = null,
        class_names: classes = [],
      } = examples ?? {};
      say(train, "lab.recipe.count.train", xs?.length ?? null);
      say(heldOut, "lab.recipe.count.held-out", tests?.length ?? null);
      bar.hidden = xs === null;
      if (xs === null || tests === null) return;
      bar.setAttribute("aria-label", `${train.textContent}, ${heldOut.textContent}`);
      bar.replaceChildren(
        part("train", xs.length, countsOf(labels, xs.length, classes.length)),
        ...(tests.length > 0
          ? [part("held-out", tests.length, countsOf(testLabels, tests.length, classes.length))]
          : []),
      );
    },
  };
}
