/**
 * The right column below the step: one part of it at a time, and of the others nothing is drawn.
 *
 * @import { Tab } from "../record/types.js"
 * @import { Mount } from "../panels/late.js"
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../kit/dom.js";
import { arrowsAlong, showTab } from "../kit/widgets/tabs.js";

/** @param {HTMLElement} root @param {PanelContext} context @param {readonly { name: Tab, parts: readonly Mount[] }[]} tabs */
export function mountTabs(root, context, tabs) {
  const { store, actions, t } = context;
  const made = tabs.map(({ name, parts }) => {
    const [tabId, panelId] = [`tab-${name}`, `part-${name}`];
    const tab = h("button", {
      type: "button",
      role: "tab",
      id: tabId,
      "aria-controls": panelId,
      "data-tab": name,
      "data-i18n": `panel.tab.${name}`,
      onclick: () => actions.setTab(name),
    });
    const panel = h("div", {
      role: "tabpanel",
      id: panelId,
      class: "tab-panel",
      "aria-labelledby": tabId,
      tabindex: 0,
    });
    const own = { ...context, isShown: (/** @type {{ tab: Tab }} */ state) => state.tab === name };
    for (const mount of parts) mount(panel, own);
    return { name, tab, panel };
  });
  const list = h(
    "div",
    { class: "tabs panel-tabs", role: "tablist", "data-i18n-attr": "aria-label:panel.tabs" },
    made.map(({ tab }) => tab),
  );
  root.append(list, ...made.map(({ panel }) => panel));
  arrowsAlong(list, ({ dataset }) => actions.setTab(/** @type {Tab} */ (dataset.tab)));
  store.watch(
    (state) => state.tab,
    (chosen) => {
      for (const { name, tab, panel } of made) showTab(tab, panel, name === chosen);
    },
  );
  // What is selected is to be seen from its beginning.
  store.watch(
    (state) => state.selected,
    (selected) => {
      if (selected !== null) for (const { panel } of made) panel.scrollTop = 0;
    },
  );
  store.watch(
    (state) => state.language,
    () => {
      list.setAttribute("aria-label", t("panel.tabs"));
      for (const { name, tab } of made) tab.textContent = t(`panel.tab.${name}`);
    },
  );
}
