/**
 * What the preset's source printed, beside ours.
 *
 * @import { Value } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 */
import { h } from "../../kit/dom.js";
import { UNKNOWN } from "../../kit/format.js";
import { mark } from "../../record/mark.js";
import { createBoard } from "../numbers.js";
import { createSection } from "../section.js";

/** With as many decimal places as were printed. @param {Value} value @param {number} places */
const printed = (value, places) => (value === null ? UNKNOWN : value.toFixed(places).replace("-", "−"));

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountPublished(root, context) {
  const { store, t } = context;
  const board = createBoard(store);
  root.append(
    createSection(context, {
      name: "published",
      fold: true,
      visible: ({ published }) => published.length > 0,
      dependsOn: [(state) => state.published],
      clear: board.clear,
      render(body, { published, language }) {
        const head = ["number", "published", "ours", "agrees"].map((name) =>
          h("th", { scope: "col" }, t(`panel.published.${name}`)),
        );
        const rows = published.flatMap((each) => {
          const row = h(
            "tr",
            {},
            h("th", { scope: "row" }, mark(each.pointer)),
            h("td", { class: "number" }, printed(each.value, each.digits)),
            board.show(h("td", { class: "number" }), each.pointer, (value) => printed(value, each.digits)),
            h(
              "td",
              { class: each.agrees ? "agrees" : "differs" },
              t(each.agrees ? "panel.published.yes" : "panel.published.no"),
            ),
          );
          const remark = each.remark?.[language];
          return remark ? [row, h("tr", { class: "remark" }, h("td", { colspan: 4 }, remark))] : [row];
        });
        const table = h(
          "table",
          { class: "numbers-table" },
          h("thead", {}, h("tr", {}, ...head)),
          h("tbody", {}, ...rows),
        );
        body.replaceChildren(
          h(
            "div",
            { class: "scroll-box", tabindex: 0, role: "group", "aria-label": t("panel.published.title") },
            table,
          ),
        );
      },
    }),
  );
}
