/**
 * The loss before each applied update and now: a small line with its numbers.
 *
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h, svg } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";

const WIDE = 300;
const HIGH = 64;
const PAD = 6;
const ROWS = 6;

/** Points of the line, the largest loss on top. @param {readonly number[]} losses */
export function pointsOf(losses) {
  const most = Math.max(...losses);
  const least = Math.min(...losses);
  const span = most - least || 1;
  const gap = (WIDE - 2 * PAD) / Math.max(1, losses.length - 1);
  return losses.map((loss, index) => [PAD + index * gap, PAD + ((most - loss) / span) * (HIGH - 2 * PAD)]);
}

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountLossHistory(root, { store, t }) {
  const title = h("h2", { class: "panel-title", "data-i18n": "app.losses" });
  const body = h("div", { class: "panel-body" });
  const section = h("section", { class: "panel", "data-panel": "losses" }, title, body);
  root.append(section);
  store.watch(
    (state) => `${state.losses.length} ${state.trace?.loss.value ?? ""} ${state.digits} ${state.language}`,
    () => {
      const { losses, trace, digits } = store.get();
      section.hidden = losses.length === 0;
      if (losses.length === 0) return body.replaceChildren();
      const now = trace?.loss.value;
      const values = [...losses.map(({ loss }) => loss), ...(typeof now === "number" ? [now] : [])];
      const points = pointsOf(values);
      const last = points.at(-1) ?? [0, 0];
      const first = values[0] ?? 0;
      const chart = svg(
        "svg",
        {
          viewBox: `0 0 ${WIDE} ${HIGH}`,
          class: "loss-line",
          role: "img",
          "aria-label": t("app.losses.label", {
            count: losses.length,
            from: significant(first, digits),
            to: significant(values.at(-1), digits),
          }),
        },
        svg("polyline", { points: points.map((point) => point.map((each) => each.toFixed(1)).join(",")).join(" ") }),
        svg("circle", { cx: last[0] ?? 0, cy: last[1] ?? 0, r: 3.5 }),
      );
      const recent = losses.slice(-ROWS);
      body.replaceChildren(
        chart,
        h(
          "dl",
          { class: "loss-rows" },
          recent.flatMap(({ step, loss }) => [
            h("dt", {}, t("app.losses.before", { update: step + 1 })),
            h("dd", {}, significant(loss, digits)),
          ]),
          h("dt", {}, t("app.losses.now")),
          h(
            "dd",
            { class: now === undefined || now === null ? "pending" : "loss-now" },
            typeof now === "number" ? significant(now, digits) : "·",
          ),
        ),
      );
    },
  );
}
