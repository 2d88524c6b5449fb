/**
 * The networks that are ready to be looked at: the gallery's cards, fetched when they are first wanted.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { fetched } from "../api/asking.js";
import { searchCards } from "../kit/widgets/card-search.js";
import { h, icon } from "../kit/dom.js";
import { titleOf } from "../state/selectors.js";
import { createPopover } from "../kit/widgets/popover.js";

/** The groups of cards as the gallery's page has them. @param {string} language */
async function cardsOf(language) {
  const answer = await fetch(`gallery?lang=${language}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const networks = page.getElementById("networks");
  if (!answer.ok || networks === null) throw new Error("the gallery has no cards");
  return [...networks.children].map((group) => document.adoptNode(group));
}

/** @param {HTMLElement} root @param {PanelContext} context */
export function mountPresetsMenu(root, { store, actions, t }) {
  const title = h("span", { class: "preset-title" });
  const search = h("input", {
    type: "search",
    class: "card-search",
    "data-i18n-attr": "aria-label:cards.search; placeholder:cards.search",
  });
  const found = h("p", { class: "cards-found", role: "status" });
  const list = h("div", { class: "preset-groups" });
  const popover = createPopover({
    button: { "data-action": "presets", class: "tool preset-button" },
    label: [title, icon("more")],
    panel: { class: "popover presets-menu", role: "dialog", "data-i18n-attr": "aria-label:app.presets" },
    onOpen: fill,
  });
  popover.panel.append(search, found, list);
  searchCards(search, list, found);
  let shown = "";

  async function fill() {
    const { language } = store.get();
    if (shown === language) return mark();
    found.textContent = t("cards.waiting");
    const groups = await fetched(() => cardsOf(language), actions.notify);
    if (groups === null) return popover.close();
    shown = language;
    search.value = "";
    found.dataset.none = t("cards.none");
    found.textContent = "";
    list.replaceChildren(...groups);
    mark();
    popover.place();
  }

  function mark() {
    const { preset } = store.get();
    for (const link of list.querySelectorAll("[data-preset]"))
      link.setAttribute("aria-current", String(link.getAttribute("data-preset") === preset));
  }

  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-preset]") : null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link === null || !isPlain) return;
    event.preventDefault();
    popover.close();
    actions.loadPreset(link.getAttribute("data-preset") ?? "");
    // The next press of Space is meant for the network, not for this menu.
    /** @type {HTMLElement | null} */ (document.querySelector("[data-action='play']"))?.focus();
  });

  store.watch(
    (state) => `${state.presets.length} ${state.preset} ${state.language}`,
    () => {
      const { preset } = store.get();
      title.textContent = titleOf(store.get(), t("app.presets.own"));
      popover.button.setAttribute("aria-label", t("app.presets.choose", { title: title.textContent }));
      popover.button.dataset.preset = preset ?? "";
      mark();
    },
  );
  root.append(popover.button, popover.panel);
}
