/**
 * The first minute: what this is, one button that plays one learning step, and then three ways on. It stays until it is
 * closed.
 *
 * @import { PanelContext } from "./panels.js"
 * @import { Granularity } from "../record/types.js"
 */
import { h } from "../kit/dom.js";
import { significant } from "../kit/format.js";
import { mark, nameOf } from "../record/mark.js";
import { isLink } from "../kit/permalink/permalink.js";
import { isBoolean, recall, remember } from "../kit/preferences.js";

/** A whole learning step by layers then takes some forty seconds. */
const PACE = 1.5;

/** Where the page's own navigation leads. */
const coursePage = () => document.querySelector("[data-i18n='header.course']")?.getAttribute("href") ?? "course";

/** The weight that the first door lets be moved, and how far. */
const WEIGHT = "/layers/0/w/0/0";
const REACH = 4;

/** @typedef {"invites" | "plays" | "done" | "changes"} Stage */

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountWelcome(root, { store, actions, t }) {
  /** @type {Stage} */
  let stage = "invites";
  /** What the visitor had before the learning step was played. @type {{ granularity: Granularity, speed: number }} */
  let before = { granularity: "unit", speed: 1 };
  /** Whether the step is on its way; before that the end of what was there is no end of it. */
  let isRunning = false;
  const lead = h("p", { class: "welcome-lead" });
  const watch = h("button", {
    type: "button",
    class: "tool tool-strong tool-primary",
    "data-action": "watch",
    onclick: () => (stage === "plays" ? skip() : play()),
  });
  const close = h(
    "button",
    { type: "button", class: "welcome-close", "data-action": "close-welcome", onclick: end },
    "×",
  );
  const doors = h(
    "div",
    { class: "welcome-doors" },
    door("change", change),
    h("a", { class: "tool", "data-door": "course", href: coursePage() }),
    door("own", () => /** @type {HTMLElement | null} */ (document.querySelector("[data-action='network']"))?.click()),
  );
  const slider = h("input", {
    type: "range",
    step: 0.1,
    "data-action": "change-weight",
    oninput: () => actions.setNumber(WEIGHT, Number(slider.value)),
  });
  const output = h("output", {});
  const hand = h("label", { class: "welcome-hand" }, mark(WEIGHT), slider, output);
  const card = h(
    "section",
    { class: "panel welcome", "data-panel": "welcome", hidden: true },
    close,
    lead,
    hand,
    watch,
    doors,
  );
  root.prepend(card);

  /** @param {string} name @param {() => void} open */
  function door(name, open) {
    return h("button", { type: "button", class: "tool", "data-door": name, onclick: open });
  }

  function say() {
    const { trace } = store.get();
    const [was, is] = [trace?.loss.value, trace?.updated?.loss];
    const hasFallen = stage === "done" && typeof was === "number" && typeof is === "number" && is < was;
    lead.textContent = hasFallen
      ? t("welcome.done", { before: significant(was), after: significant(is) })
      : t(`welcome.${stage}`);
    watch.textContent = t(`welcome.watch.${stage}`);
    for (const each of doors.children) each.textContent = t(`welcome.door.${each.getAttribute("data-door")}`);
    doors.hidden = stage !== "done" && stage !== "changes";
    watch.classList.toggle("tool-primary", doors.hidden);
    hand.hidden = stage !== "changes";
    slider.setAttribute("aria-label", nameOf(t, WEIGHT));
    card.setAttribute("aria-label", t("welcome.label"));
    close.setAttribute("aria-label", t("welcome.close"));
  }

  /** @param {Stage} next */
  function become(next) {
    stage = next;
    say();
  }

  function play() {
    const { granularity, speed } = store.get();
    if (stage !== "plays") before = { granularity, speed };
    become("plays");
    actions.setGranularity("layer");
    const untilThere = store.watch(
      (state) => `${state.status} ${state.trace !== null && state.granularity}`,
      () => {
        const now = store.get();
        // Who has skipped it meanwhile, and comes to layers later, is not to be taken along.
        if (stage !== "plays") return queueMicrotask(() => untilThere());
        if (now.status !== "ready" || now.trace === null || now.granularity !== "layer") return;
        queueMicrotask(() => untilThere());
        actions.goTo(0);
        actions.setSpeed(PACE);
        isRunning = true;
        if (!now.playing) actions.toggle();
      },
    );
  }

  function skip() {
    actions.goTo(Infinity);
    finish();
  }

  /** As it was before, at the end of the step. */
  function finish() {
    if (stage !== "plays") return;
    isRunning = false;
    become("done");
    actions.setSpeed(before.speed);
    actions.setGranularity(before.granularity);
  }

  /** A weight to move, under the visitor's hand; at the end of the walk everything that follows from it is in sight. */
  function change() {
    const value = valueNow();
    slider.min = String(Math.floor(Math.min(-REACH, value - 1)));
    slider.max = String(Math.ceil(Math.max(REACH, value + 1)));
    become("changes");
    actions.select(WEIGHT);
    actions.goTo(Infinity);
    show();
    slider.focus({ preventScroll: true });
  }

  /** The weight as it is. */
  const valueNow = () => store.get().request?.network.layers[0]?.w[0]?.[0] ?? 0;

  function show() {
    const value = valueNow();
    if (slider.value !== String(value)) slider.value = String(value);
    output.textContent = significant(value);
  }

  function end() {
    card.hidden = true;
    remember("welcomed", true);
    if (stage === "plays") finish();
  }

  document.addEventListener("show-welcome", () => {
    become("invites");
    card.hidden = false;
    watch.focus();
  });
  store.watch((state) => state.language, say);
  store.watch((state) => state.request, show);
  store.watch(
    ({ done, timeline, playing }) =>
      isRunning && !playing && timeline !== null && timeline.beats.length > 0 && done === timeline.beats.length,
    (isOver) => {
      if (isOver) finish();
    },
  );
  card.hidden = recall("welcomed", false, isBoolean) || isLink(location.hash.slice(1));
  say();
}
