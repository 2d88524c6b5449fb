/**
 * The views below the network: one tab each, each loaded when it is first opened.
 *
 * @import { LabContext } from "../context.js"
 * @import { LabState, ViewName } from "../types.js"
 *
 * @typedef {(root: HTMLElement, context: LabContext) => void} Mount
 * @typedef {{ name: ViewName, load: () => Promise<Mount>, fits?: (state: LabState) => boolean }} View
 */
import { h } from "../../kit/dom.js";
import { arrowsAlong, showTab } from "../../kit/widgets/tabs.js";

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {LabState} state */
const isDigits = ({ request }) => request?.dataset?.name === "digits";

/** Whether numbers are learned; of what is not known yet nothing is hidden that was open. @param {LabState} state */
const hasValues = ({ examples, view }) => (examples === null ? view === "fit" : examples.labels === null);

/** @type {readonly View[]} */
const VIEWS = [
  { name: "curves", load: () => import("./curves.js").then(({ mountCurves }) => mountCurves) },
  { name: "fit", load: () => import("./fit.js").then(({ mountFit }) => mountFit), fits: hasValues },
  { name: "features", load: () => import("./features.js").then(({ mountFeatures }) => mountFeatures) },
  {
    name: "gradient-flow",
    load: () => import("./gradient-flow.js").then(({ mountGradientFlow }) => mountGradientFlow),
  },
  { name: "surface", load: () => import("./surface/surface.js").then(({ mountSurface }) => mountSurface) },
  {
    name: "loop-or-matrix",
    load: () => import("./loop-or-matrix.js").then(({ mountLoopOrMatrix }) => mountLoopOrMatrix),
  },
  { name: "draw", load: () => import("./draw.js").then(({ mountDraw }) => mountDraw), fits: isDigits },
  { name: "export", load: () => import("./export.js").then(({ mountExport }) => mountExport) },
];

/** @param {HTMLElement} root @param {LabContext} context */
export function mountViews(root, context) {
  const { store, actions, t } = context;
  /** @type {Set<ViewName>} */
  const mounted = new Set();
  const parts = VIEWS.map((view) => {
    const [tabId, panelId] = [`tab-${view.name}`, `view-${view.name}`];
    const tab = h("button", {
      type: "button",
      role: "tab",
      id: tabId,
      "aria-controls": panelId,
      "data-action": `view-${view.name}`,
      "data-lab-view": view.name,
      onclick: () => open(view.name),
    });
    const body = h("div", { class: "view-body" });
    const trouble = h("div", { class: "chart-trouble", hidden: true });
    const panel = h(
      "section",
      { role: "tabpanel", id: panelId, "aria-labelledby": tabId, tabindex: "0", class: "view", hidden: true },
      trouble,
      body,
    );
    return { view, tab, panel, body, trouble };
  });
  const list = h(
    "div",
    { class: "tabs", role: "tablist" },
    parts.map(({ tab }) => tab),
  );
  root.classList.add("views");
  root.append(list, ...parts.map(({ panel }) => panel));

  /** Below the window's edge a view that is opened would not be seen. @param {ViewName} name */
  function open(name) {
    actions.setView(name);
    if (list.getBoundingClientRect().bottom > innerHeight / 2)
      root.scrollIntoView({ block: "start", behavior: CALM.matches ? "auto" : "smooth" });
  }

  /** @param {typeof parts[number]} part */
  async function fill({ view, body, trouble }) {
    if (mounted.has(view.name)) return;
    mounted.add(view.name);
    try {
      const mount = await view.load();
      trouble.hidden = true;
      mount(body, context);
    } catch {
      // Most likely the server was away; opening the view again tries again.
      mounted.delete(view.name);
      trouble.replaceChildren(h("p", { class: "chart-message", role: "status" }, t("lab.views.failed")));
      trouble.hidden = false;
    }
  }

  function show() {
    const state = store.get();
    const open = parts.filter(({ view }) => view.fits?.(state) ?? true);
    const chosen = open.find(({ view }) => view.name === state.view) ?? parts[0];
    for (const part of parts) {
      const isChosen = part === chosen;
      part.tab.hidden = !open.includes(part);
      showTab(part.tab, part.panel, isChosen);
    }
    // A view that no longer fits must not stay the one that is open.
    if (chosen && chosen.view.name !== state.view && state.request !== null) return actions.setView(chosen.view.name);
    if (chosen) fill(chosen);
  }

  arrowsAlong(list, ({ dataset }) => actions.setView(/** @type {ViewName} */ (dataset.labView)));
  store.watch((state) => `${state.view} ${isDigits(state)} ${hasValues(state)} ${state.request === null}`, show);
  store.watch(
    (state) => state.language,
    () => {
      list.setAttribute("aria-label", t("lab.views.label"));
      for (const { view, tab } of parts) tab.textContent = t(`lab.views.${view.name}`);
    },
  );
}
