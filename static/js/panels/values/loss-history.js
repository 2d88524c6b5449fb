/**
 * The loss before each applied update and now: a small line with its numbers, and what the latest updates have changed
 * most.
 *
 * @import { AppState } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h, svg } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { nameOf } from "../../record/mark.js";
import { createSection } from "../section.js";

const LINE = { wide: 300, high: 64, pad: 6 };
const ROWS = 8;

/** The losses so far, the present one last. @param {Pick<AppState, "losses" | "trace">} state @returns {number[]} */
export function lossesOf({ losses, trace }) {
  const now = trace?.loss.value;
  return [...losses.map(({ loss }) => loss), ...(typeof now === "number" ? [now] : [])];
}

/** Points of the line, the largest loss on top. @param {readonly number[]} losses @param {typeof LINE} [box] */
export function pointsOf(losses, { wide, high, pad } = LINE) {
  const most = Math.max(...losses);
  const span = most - Math.min(...losses) || 1;
  const gap = (wide - 2 * pad) / Math.max(1, losses.length - 1);
  return losses.map((loss, index) => [pad + index * gap, pad + ((most - loss) / span) * (high - 2 * pad)]);
}

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountLossHistory(root, context) {
  const { t } = context;

  /** @param {AppState} state */
  function chartOf(state) {
    const values = lossesOf(state);
    const points = pointsOf(values);
    const [x = 0, y = 0] = points.at(-1) ?? [];
    return svg(
      "svg",
      {
        viewBox: `0 0 ${LINE.wide} ${LINE.high}`,
        class: "loss-line",
        role: "img",
        "aria-label": t("app.losses.label", {
          count: state.losses.length,
          from: significant(values[0] ?? 0, state.digits),
          to: significant(values.at(-1), state.digits),
        }),
      },
      svg("polyline", { points: points.map((point) => point.map((each) => each.toFixed(1)).join(",")).join(" ") }),
      svg("circle", { cx: x, cy: y, r: 3.5 }),
    );
  }

  /** @param {AppState} state */
  function rowsOf({ losses, trace, digits }) {
    const now = trace?.loss.value;
    return h(
      "dl",
      { class: "loss-rows" },
      losses
        .slice(-ROWS)
        .flatMap(({ step, loss }) => [
          h("dt", {}, t("app.losses.before", { update: step + 1 })),
          h("dd", {}, significant(loss, digits)),
        ]),
      h("dt", {}, t("app.losses.now")),
      h(
        "dd",
        { class: typeof now === "number" ? "loss-now" : "pending" },
        typeof now === "number" ? significant(now, digits) : "·",
      ),
    );
  }

  root.append(
    createSection(context, {
      name: "losses",
      dependsOn: [
        (state) => state.losses,
        (state) => state.trace?.loss.value,
        (state) => state.digits,
        (state) => state.learning?.changed,
      ],
      render(body, state) {
        if (state.losses.length === 0)
          return body.replaceChildren(h("p", { class: "panel-note" }, t("panel.losses.none")));
        const { changed, count } = state.learning ?? {};
        const most = changed
          ? h("p", { class: "panel-note" }, t("panel.losses.changed", { name: nameOf(t, changed), count: count ?? 0 }))
          : "";
        body.replaceChildren(chartOf(state), most, rowsOf(state));
      },
    }),
  );
}
