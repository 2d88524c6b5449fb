/**
 * What the network says to a picture: one bar per class, and the most likely one in words.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 * @import { Value } from "../../record/types.js"
 */
import { h } from "../../kit/dom.js";
import { UNKNOWN, significant } from "../../kit/format.js";

const PENDING = "·";

/** In percent with so many digits as say something: 97.2 %, 0.04 %. @param {number} share @param {number} digits */
export function percent(share, digits) {
  const value = 100 * share;
  return `${value >= 0.005 ? significant(value, Math.min(digits, 3)) : value > 0 ? "<0.01" : "0"} %`;
}

/** Place of the largest; -1 if there is none. @param {readonly Value[]} values */
export function largest(values) {
  let best = -1;
  for (const [at, value] of values.entries())
    if (value !== null && (best < 0 || value > (values[best] ?? -Infinity))) best = at;
  return best;
}

/** @param {Translate} t */
export function createOutputs(t) {
  const body = h("tbody");
  const caption = h("caption", { class: "visually-hidden" });
  const table = h("table", { class: "draw-outputs", "data-draw": "outputs" }, caption, body);
  const words = h("p", { class: "draw-words", role: "status", "data-draw": "words" });
  /** @type {{ name: string, row: HTMLElement, bar: HTMLElement, number: HTMLElement }[]} */
  let rows = [];

  /** @param {readonly string[]} names */
  function build(names) {
    rows = names.map((name) => {
      const bar = h("span", { class: "draw-bar" });
      const number = h("td", { class: "draw-share pending" }, PENDING);
      return {
        name,
        bar,
        number,
        row: h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "draw-track" }, bar), number),
      };
    });
    body.replaceChildren(...rows.map(({ row }) => row));
  }

  return {
    table,
    words,
    /**
     * @param {readonly string[]} names
     * @param {readonly Value[] | null} values the output; null while it is not known
     * @param {{ isShare: boolean, digits: number }} how isShare: outputs are probabilities that add up to 1
     */
    draw(names, values, { isShare, digits }) {
      if (names.join("\n") !== rows.map(({ name }) => name).join("\n")) build(names);
      caption.textContent = t(isShare ? "lab.draw.probabilities" : "lab.draw.outputs");
      const best = values === null ? -1 : largest(values);
      for (const [at, { row, bar, number }] of rows.entries()) {
        const value = values?.[at];
        const isKnown = value !== undefined;
        number.classList.toggle("pending", !isKnown);
        number.textContent = !isKnown
          ? PENDING
          : value === null
            ? UNKNOWN
            : isShare
              ? percent(value, digits)
              : significant(value, digits);
        if (isKnown) number.dataset.value = String(value);
        else delete number.dataset.value;
        bar.style.width = `${100 * Math.min(Math.max(value ?? 0, 0), 1)}%`;
        row.classList.toggle("best", at === best);
      }
      if (best < 0 || values === null) words.textContent = t("lab.draw.empty");
      else {
        const value = values[best] ?? 0;
        words.textContent = t(isShare ? "lab.draw.most-likely" : "lab.draw.largest", {
          name: names[best] ?? best,
          value: isShare ? percent(value, digits) : significant(value, digits),
        });
      }
    },
  };
}
