/**
 * What the way to the gradient costs, and what two other ways would have cost.
 *
 * @import { AppState, Trace } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h } from "../../kit/dom.js";
import { spentAfter } from "./counting.js";
import { PENDING } from "../numbers.js";
import { createSection } from "../section.js";

/** What is spent in this walk, and what two other ways would have spent. */
const SPENT = /** @type {const} */ (["forward", "backward", "products", "gradient"]);
const ROWS = /** @type {const} */ ([...SPENT, "naive_recursion", "finite_differences"]);

/** The share of a bar on a scale of powers of ten. @param {number} count @param {number} most */
const share = (count, most) => (count <= 0 || most <= 1 ? 0 : (Math.log10(count) + 0.3) / (Math.log10(most) + 0.3));

/** @type {WeakMap<Trace, ReturnType<typeof spentAfter>>} */
const spentIn = new WeakMap();

/** @param {Trace} trace */
function spent(trace) {
  const known = spentIn.get(trace) ?? spentAfter(trace);
  spentIn.set(trace, known);
  return known;
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountCounts(root, context) {
  const { store, t } = context;
  /** @type {{ name: typeof ROWS[number], bar: HTMLElement, fill: HTMLElement, soFar: HTMLElement }[]} */
  let rows = [];

  /** @param {AppState} state */
  const follow = ({ trace, done, language }) => {
    if (trace === null) return;
    const sums = spent(trace);
    for (const { name, fill, soFar } of rows) {
      const spentBy = SPENT.find((each) => each === name);
      const count = spentBy ? (sums[spentBy][done] ?? 0) : 0;
      fill.style.width = `${100 * share(count, trace.counts[name])}%`;
      const total = trace.counts[name].toLocaleString(language);
      soFar.textContent =
        count > 0 && count < trace.counts[name]
          ? t("panel.counts.so_far", { done: count.toLocaleString(language), total })
          : total;
    }
  };

  const section = createSection(context, {
    name: "counts",
    fold: true,
    open: false,
    dependsOn: [(state) => state.trace?.counts],
    clear: () => (rows = []),
    render(body, state) {
      const counts = state.trace?.counts;
      const most = counts ? Math.max(...ROWS.map((name) => counts[name])) : 1;
      rows = ROWS.map((name) => {
        const fill = h("span", { class: "bar-fill" });
        const bar = h("span", { class: "bar", "data-count": name, "aria-hidden": "true" }, fill);
        const count = counts?.[name];
        if (count !== undefined) bar.style.width = `${100 * share(count, most)}%`;
        const attributes = {
          class: count === undefined ? "count pending" : "count",
          "data-pointer": `/counts/${name}`,
          "data-value": count,
        };
        return { name, bar, fill, soFar: h("span", attributes, PENDING) };
      });
      body.replaceChildren(
        h(
          "dl",
          { class: "counts" },
          ...rows.map(({ name, bar, soFar }) =>
            h("div", {}, h("dt", {}, t(`panel.counts.${name}`)), h("dd", {}, soFar), bar),
          ),
        ),
        h("p", { class: "panel-note" }, t("panel.counts.note")),
      );
      follow(state);
    },
  });
  root.append(section);
  store.watch(
    (state) => state.done,
    (_, state) => follow(state),
  );
}
