/**
 * Learning by steps: learning rate, one update, ten, or on while the loss falls; beside them how the loss has fallen.
 *
 * @import { Pointer } from "../record/types.js"
 * @import { PanelContext } from "./panels.js"
 */
import { h, svg } from "../kit/dom.js";
import { significant } from "../kit/format.js";
import { canUpdate } from "../state/selectors.js";
import { numberField } from "../panels/number-edit.js";
import { lossesOf, pointsOf } from "../panels/values/loss-history.js";
import { textButton } from "../kit/widgets/controls.js";

const LINE = { wide: 96, high: 28, pad: 3 };

/** Milliseconds for which what changed most is pointed at. */
const FLASH = 2400;

/**
 * Points at one weight or bias on the stage, however often the stage is drawn anew.
 * @param {Pointer} pointer
 */
const flashRule = (pointer) =>
  `#stage [data-editable="${pointer}"] .box { animation: changed-most 0.6s ease-out 4 both; stroke: var(--lit); }`;

/** @param {PanelContext} context */
function createReadout({ store, t }) {
  const line = svg("polyline", {});
  const dot = svg("circle", { r: 3 });
  const chart = svg(
    "svg",
    { class: "learning-line", viewBox: `0 0 ${LINE.wide} ${LINE.high}`, "aria-hidden": "true" },
    line,
    dot,
  );
  const words = h("span", { class: "learning-words" });
  const status = h("p", { class: "learning", role: "status" }, chart, words);

  function draw() {
    const state = store.get();
    const values = lossesOf(state);
    const [first, last] = [values[0], values.at(-1)];
    // While the numbers of a new network are on their way the old line stays.
    if (state.trace === null && state.losses.length > 0) return;
    const isEmpty = state.losses.length === 0 || first === undefined || last === undefined;
    chart.classList.toggle("outdated", isEmpty);
    if (isEmpty) return words.replaceChildren();
    const points = pointsOf(values, LINE);
    line.setAttribute("points", points.map((point) => point.map((each) => each.toFixed(1)).join(",")).join(" "));
    const [x, y] = points.at(-1) ?? [0, 0];
    dot.setAttribute("cx", String(x));
    dot.setAttribute("cy", String(y));
    const { ended } = state.learning ?? {};
    words.replaceChildren(
      h("span", {}, t(ended ? `app.learning.${ended}` : "app.learning.count", { count: state.losses.length })),
      h("span", { class: "learning-fall" }, `${significant(first, 3)} → ${significant(last, 3)}`),
    );
  }

  store.watch((state) => state.losses, draw);
  store.watch((state) => state.trace, draw);
  store.watch((state) => state.learning?.ended, draw);
  store.watch((state) => state.language, draw);
  return status;
}

/** What the latest updates have changed most is pointed at on the stage, and named. @param {PanelContext} context */
function flashChanges({ store }) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.watch(
    (state) => (state.learning?.running ? null : (state.learning?.changed ?? null)),
    (changed) => {
      clearTimeout(timer);
      sheet.replaceSync(changed === null ? "" : flashRule(changed));
      if (changed !== null) timer = setTimeout(() => sheet.replaceSync(""), FLASH);
    },
  );
}

/** @param {HTMLElement} root @param {PanelContext} context @param {HTMLElement} network the button of its menu */
export function mountLearning(root, context, network) {
  const { store, actions, t } = context;
  const once = textButton("apply-update", "app.apply-update", () => actions.applyUpdate(), {
    class: "tool tool-strong",
    "data-i18n-attr": "title:app.apply-update.hint",
  });
  const ten = textButton("apply-ten", "app.apply-ten", () => actions.applyUpdate(10), {
    "data-i18n-attr": "title:app.apply-ten.hint",
  });
  const descend = textButton("descend", "app.descend", () =>
    store.get().learning?.running ? actions.stopLearning() : actions.applyUpdate(Infinity),
  );
  const rate = h(
    "label",
    { class: "tool tool-field", "data-i18n-attr": "title:app.learning-rate" },
    h("span", { "aria-hidden": "true", class: "symbol" }, "η"),
    numberField(context, "/learning_rate", { label: "app.learning-rate", onEmpty: actions.clearLearningRate }),
  );
  root.append(
    createReadout(context),
    h("div", { class: "tool-group tool-group-end" }, network, rate, once, ten, descend),
  );
  flashChanges(context);

  store.watch(
    (state) => `${canUpdate(state)} ${state.learning?.running ?? false}`,
    () => {
      const [can, running] = [canUpdate(store.get()), store.get().learning?.running ?? false];
      for (const button of [once, ten]) button.setAttribute("aria-disabled", String(!can || running));
      descend.setAttribute("aria-disabled", String(!can && !running));
    },
  );
  // Why not, where a signal of one's own is in the way; and the way to stop.
  store.watch(
    ({ request, learning, language }) => `${request?.signal === undefined} ${learning?.running ?? false} ${language}`,
    () => {
      const { request, learning } = store.get();
      /** @param {HTMLElement} button @param {string} hint */
      const explain = (button, hint) => {
        const key = request?.signal === undefined ? hint : "app.apply-update.signal";
        button.setAttribute("data-i18n-attr", `title:${key}`);
        button.title = t(key);
      };
      explain(once, "app.apply-update.hint");
      explain(ten, "app.apply-ten.hint");
      explain(descend, "app.descend.hint");
      const label = learning?.running ? "app.descend.stop" : "app.descend";
      descend.setAttribute("data-i18n", label);
      descend.textContent = t(label);
    },
  );
}
