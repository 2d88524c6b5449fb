/**
 * Five small pointers for a first visit. Nothing is covered or locked: the page can be used beneath them.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../dom.js";
import { isLink } from "../state/permalink.js";
import { isBoolean, recall, remember } from "../state/preferences.js";

const GAP = 12;
const STOPS = Object.freeze([
  { at: "[data-action='play']", key: "tour.play" },
  { at: "#stage", key: "tour.edit" },
  { at: ".toolbar .segmented", key: "tour.views" },
  { at: "#panels", key: "tour.panels" },
  { at: "[data-action='presets']", key: "tour.presets" },
]);

/** @param {HTMLElement} card @param {DOMRect} target */
function placeAt(card, target) {
  const { offsetWidth: wide, offsetHeight: high } = card;
  const middle = target.left + target.width / 2 - wide / 2;
  const isBig = target.height > innerHeight / 2;
  const below = target.bottom + GAP;
  const y = isBig ? target.top + GAP : below + high < innerHeight ? below : target.top - high - GAP;
  const x = isBig && target.left > innerWidth / 2 ? target.left - wide - GAP : middle;
  card.style.left = `${Math.max(GAP, Math.min(x, innerWidth - wide - GAP))}px`;
  card.style.top = `${Math.max(GAP, Math.min(y, innerHeight - high - GAP))}px`;
}

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountTour(root, { store, t }) {
  let stop = -1;
  const words = h("p", { id: "tour-words" });
  const count = h("span", { class: "tour-count" });
  const skip = h("button", { type: "button", class: "tool", "data-action": "tour-skip", onclick: end });
  const next = h("button", { type: "button", class: "tool tool-strong", "data-action": "tour-next", onclick: () => show(stop + 1) });
  const card = h("div", { class: "tour", role: "dialog", "aria-labelledby": "tour-words", hidden: true }, words, h("div", { class: "menu-line" }, count, skip, next));
  root.append(card);

  function end() {
    document.querySelector("[data-toured]")?.removeAttribute("data-toured");
    card.hidden = true;
    stop = -1;
    remember("toured", true);
  }

  /** @param {number} index */
  function show(index) {
    const here = STOPS[index];
    document.querySelector("[data-toured]")?.removeAttribute("data-toured");
    if (here === undefined) return end();
    stop = index;
    const target = document.querySelector(here.at);
    const isLast = index === STOPS.length - 1;
    words.textContent = t(here.key);
    count.textContent = `${index + 1} / ${STOPS.length}`;
    skip.textContent = t("tour.skip");
    skip.hidden = isLast;
    next.textContent = t(isLast ? "tour.done" : "tour.next");
    card.hidden = false;
    if (target === null) return;
    target.setAttribute("data-toured", "");
    target.scrollIntoView({ block: "nearest" });
    placeAt(card, target.getBoundingClientRect());
  }

  card.addEventListener("keydown", (event) => event.key === "Escape" && end());
  document.addEventListener("show-tour", () => {
    show(0);
    next.focus();
  });
  addEventListener("resize", () => stop >= 0 && show(stop));
  store.watch((state) => state.language, () => stop >= 0 && show(stop));
  if (recall("toured", false, isBoolean) || isLink(location.hash.slice(1))) return;
  const untilReady = store.watch((state) => state.status, (status) => {
    if (status !== "ready") return;
    queueMicrotask(() => untilReady());
    if (stop < 0 && card.hidden) show(0);
  });
}
