/**
 * Time travel: a slider over the epochs. While a training goes on it follows; moved back, it stays there, the training
 * goes on all the same, and a button leads back to the newest.
 *
 * @import { LabContext } from "../context.js"
 * @import { PageState } from "../state/state.js"
 */
import { h } from "../../kit/dom.js";
import { epochFrom, lastEpochOf, newestOf, recordedOf, shownEpochOf, snapped } from "../state/selectors.js";

const FAR = 10;

/** @param {LabContext} context */
export function createEpochSlider({ store, actions, t }) {
  const range = h("input", {
    type: "range",
    class: "epoch-range",
    min: 0,
    step: 1,
    value: 0,
    "data-action": "epoch",
    "data-i18n-attr": "aria-label:lab.epoch.choose",
  });
  const trained = h("span", { class: "epoch-trained" });
  const number = h("output", { class: "epoch-number" });
  const inside = h("span", { class: "epoch-inside" });
  const live = h("button", {
    type: "button",
    class: "tool live-button",
    "data-action": "live",
    "data-i18n": "lab.live.back",
    hidden: true,
    onclick: () => actions.showEpoch(null),
  });

  range.addEventListener("input", () => actions.showEpoch(snapped(store.get(), Number(range.value))));
  // Let go of beyond what has been trained, it returns to where that ends.
  range.addEventListener("change", show);
  /** @type {Record<string, () => number | null>} */
  const keys = {
    ArrowRight: () => epochFrom(store.get(), 1),
    ArrowUp: () => epochFrom(store.get(), 1),
    ArrowLeft: () => epochFrom(store.get(), -1),
    ArrowDown: () => epochFrom(store.get(), -1),
    PageUp: () => epochFrom(store.get(), FAR),
    PageDown: () => epochFrom(store.get(), -FAR),
    Home: () => snapped(store.get(), 0),
    End: () => null,
  };
  range.addEventListener("keydown", (event) => {
    const to = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    actions.showEpoch(to());
  });

  function show() {
    const state = store.get();
    const last = lastEpochOf(state);
    const shown = shownEpochOf(state);
    range.max = String(last);
    range.value = String(shown);
    range.disabled = recordedOf(state).length < 2;
    range.setAttribute("aria-valuetext", t("lab.epoch.of", { epoch: shown, epochs: last }));
    trained.style.width = `${last === 0 ? 0 : (100 * newestOf(state)) / last}%`;
    live.hidden = state.epoch === null;
  }

  /** The number is of what the page shows, which may be a little behind what is wanted. */
  function tell() {
    const state = store.get();
    const epoch = state.moment?.epoch ?? null;
    number.textContent =
      epoch === null ? t("lab.epoch.unknown") : t("lab.epoch.of", { epoch, epochs: lastEpochOf(state) });
    number.classList.toggle("pending", epoch === null);
    if (epoch === null) number.removeAttribute("data-value");
    else number.setAttribute("data-value", String(epoch));
    inside.textContent = state.epoch === null ? standing(state) : "";
  }

  /** Where the training stands, beside its epoch. @param {PageState} state */
  function standing({ run }) {
    if (run?.state === "finished") return t("lab.epoch.finished");
    const progress = run?.progress ?? null;
    if (progress === null) return "";
    const { batch, batches, examples } = progress;
    return t(progress.updated ? "lab.epoch.batch" : "lab.epoch.examples", {
      batch: batch + 1,
      batches,
      examples: examples.length,
    });
  }

  store.watch(
    (state) => `${state.run?.id} ${state.run?.revision} ${state.epoch} ${state.request?.epochs} ${state.language}`,
    show,
  );
  store.watch((state) => state.moment, tell);
  store.watch(
    (state) => `${state.run?.state} ${state.run?.revision} ${state.epoch} ${state.request?.epochs} ${state.language}`,
    tell,
  );
  return h(
    "div",
    { class: "epoch-slider" },
    h("div", { class: "epoch-line" }, number, inside, live),
    h("div", { class: "epoch-track" }, trained, range),
  );
}
