/**
 * Which example is looked at: its numbers, the way to any other, and the way into the Explorer with it.
 *
 * @import { LabContext } from "../context.js"
 * @import { Value } from "../../record/types.js"
 */
import { h, icon } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { mountExplorerLink } from "../explorer-link.js";
import { exampleOf, spoken } from "./plane.js";
import { inOwnUnits, ownTarget } from "../units.js";

/** More inputs than this are not listed one by one. */
const MOST_LISTED = 6;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountExamplePicker(root, context) {
  const { store, actions, t } = context;
  const title = h("h3", { class: "example-title" });
  const parts = [false, true].map((heldOut) =>
    h("button", {
      type: "button",
      "data-action": heldOut ? "example-held-out" : "example-trained",
      onclick: () => actions.chooseExample({ heldOut, index: 0 }),
    }),
  );
  const group = h("div", { class: "segmented", role: "group" }, parts);
  const back = h(
    "button",
    { type: "button", class: "tool tool-icon", "data-action": "example-previous", onclick: () => step(-1) },
    icon("more"),
  );
  const next = h(
    "button",
    { type: "button", class: "tool tool-icon", "data-action": "example-next", onclick: () => step(1) },
    icon("more"),
  );
  const field = h("input", {
    type: "number",
    class: "example-number",
    min: 1,
    step: 1,
    inputmode: "numeric",
    "data-action": "example-number",
    onchange: typed,
  });
  const count = h("span", { class: "example-count" });
  const numbers = h("dl", { class: "example-numbers" });
  const ways = h("div", { class: "example-ways" });
  root.append(
    h("div", { class: "example-head" }, title, group),
    h("div", { class: "example-steps" }, back, field, count, next),
    numbers,
    ways,
  );
  mountExplorerLink(ways, context);

  const current = () => {
    const { examples, example } = store.get();
    return examples && exampleOf(examples, example);
  };

  /** Round and round. @param {number} by */
  function step(by) {
    const now = current();
    if (now) actions.chooseExample({ heldOut: now.heldOut, index: (now.index + by + now.count) % now.count });
  }

  function typed() {
    const now = current();
    const wanted = Math.round(Number(field.value));
    if (now && Number.isFinite(wanted))
      actions.chooseExample({ heldOut: now.heldOut, index: Math.min(Math.max(wanted, 1), now.count) - 1 });
    render();
  }

  /** @param {string} name @param {Value | undefined} value @param {string} [kind] */
  function number(name, value, kind = "") {
    const isKnown = typeof value === "number";
    return h(
      "div",
      { class: kind || null },
      h("dt", {}, name),
      h(
        "dd",
        { class: isKnown ? null : "pending", "data-value": isKnown ? value : null },
        isKnown ? significant(value, store.get().digits) : "·",
      ),
    );
  }

  function render() {
    const { examples, moment, language } = store.get();
    const now = current();
    title.textContent = t("lab.example.title");
    parts[0].textContent = t("lab.example.trained");
    parts[1].textContent = t("lab.example.held-out");
    group.setAttribute("aria-label", t("lab.example.part"));
    for (const [button, key] of /** @type {const} */ ([
      [back, "lab.example.previous"],
      [next, "lab.example.next"],
    ])) {
      button.setAttribute("aria-label", t(key));
      button.title = t(key);
    }
    field.setAttribute("aria-label", t("lab.example.number"));
    if (examples === null || !now) return numbers.replaceChildren();
    group.hidden = examples.test_xs.length === 0;
    parts.forEach((button, index) => button.setAttribute("aria-pressed", String(now.heldOut === (index === 1))));
    field.max = String(now.count);
    if (document.activeElement !== field) field.value = String(now.index + 1);
    count.textContent = t("lab.example.of", { count: now.count });
    // While another example's trace is on its way, the numbers on the page are not this one's.
    const trace = moment?.trace && moment.request.x === now.x ? moment.trace : null;
    const y = trace?.layers.at(-1)?.a ?? null;
    const names = examples.class_names;
    const given = exampleOf(inOwnUnits(examples), now);
    const isListed = now.x.length <= MOST_LISTED;
    numbers.lang = language === "zh" ? "zh-CN" : "en";
    numbers.replaceChildren(
      ...(isListed ? given.x.map((value, index) => number(spoken(examples.feature_names[index]), value)) : []),
      now.label === null
        ? number("ŷ", given.target[0], "apart")
        : word(t("lab.example.class"), names[now.label] ?? "", "apart"),
      ...(now.target.length === 1 ? [number("y", ownTarget(examples, 0, y?.[0]), "forward-value")] : []),
      ...(now.label !== null && now.target.length > 1 ? [choiceOf(y, names)] : []),
      number(
        t(examples.standardised_targets ? "lab.example.loss.standardised" : "lab.example.loss"),
        trace?.loss.value,
        "backward-value",
      ),
    );
  }

  /** What the outputs choose, and how surely. @param {Value[] | null} y @param {readonly string[]} names */
  function choiceOf(y, names) {
    if (y === null) return number(t("lab.example.chosen"), undefined, "forward-value");
    const best = y.reduce(
      (/** @type {number} */ found, value, index) => ((value ?? -1) > (y[found] ?? -1) ? index : found),
      0,
    );
    const value = y[best] ?? null;
    return h(
      "div",
      { class: "forward-value" },
      h("dt", {}, t("lab.example.chosen")),
      h("dd", { "data-value": value }, `${names[best] ?? best + 1} · ${significant(value, store.get().digits)}`),
    );
  }

  /** @param {string} name @param {string} text @param {string} kind */
  const word = (name, text, kind) => h("div", { class: kind }, h("dt", {}, name), h("dd", {}, text));

  for (const select of /** @type {((state: any) => unknown)[]} */ ([
    (s) => s.examples,
    (s) => s.example,
    (s) => s.moment,
    (s) => s.language,
    (s) => s.digits,
  ]))
    store.watch(select, render);
}
