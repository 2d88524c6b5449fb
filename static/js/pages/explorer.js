/**
 * The Explorer's composition root: makes the store, the actions and all parts, and knows nothing else.
 *
 * @import { AppState } from "../types.js"
 * @import { Language, Translate } from "../i18n/i18n.js"
 * @import { PanelContext } from "../panels/panels.js"
 */
import { createClient } from "../api/client.js";
import { chooseTheme, themeChoice } from "../header.js";
import { loadCatalogue, pageLanguage, rememberLanguage, translate, translator } from "../i18n/i18n.js";
import { mountAnnouncer } from "../panels/announcer.js";
import { mountDrop } from "../panels/drop.js";
import { mountHelp } from "../panels/help.js";
import { mountKeyboard } from "../panels/keyboard.js";
import { mountLossHistory } from "../panels/loss-history.js";
import { mountNotices } from "../panels/notices.js";
import { editInPlace } from "../panels/number-edit.js";
import { mountPanels } from "../panels/panels.js";
import { mountPresetsMenu } from "../panels/presets-menu.js";
import { mountSettings } from "../panels/settings.js";
import { mountShare } from "../panels/share-dialog.js";
import { mountTimelineBar } from "../panels/timeline-bar.js";
import { mountToolbar } from "../panels/toolbar.js";
import { mountTour } from "../panels/tour.js";
import { createStage } from "../scene/stage.js";
import { createActions } from "../state/actions.js";
import { createLink } from "../state/link.js";
import { isBetween, isBoolean, recall } from "../state/preferences.js";
import { createStore } from "../state/store.js";

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const base = new URL(`${document.querySelector("meta[name='root']")?.getAttribute("content") ?? "."}/api/v1/`, document.baseURI);

/** @returns {AppState} */
function initialState() {
  return {
    catalog: null,
    presets: [],
    preset: null,
    published: [],
    request: null,
    trace: null,
    timeline: null,
    status: "loading",
    problem: null,
    time: 0,
    done: 0,
    current: -1,
    playing: false,
    speed: 1,
    granularity: "unit",
    view: "both",
    selected: null,
    hovered: null,
    digits: recall("digits", 3, isBetween(2, 6)),
    language: pageLanguage(),
    theme: themeChoice(),
    projector: false,
    shortcuts: recall("shortcuts", true, isBoolean),
    canUndo: false,
    canRedo: false,
    losses: [],
    notices: [],
    expanded: [],
  };
}

/** Texts in the language of the moment. @returns {Promise<{ t: Translate, use: (language: Language) => Promise<void> }>} */
async function speak() {
  let current = translator(await loadCatalogue(pageLanguage()));
  /** @type {Translate} */
  const t = (key, params) => current(key, params);
  return {
    t,
    async use(language) {
      current = translator(await loadCatalogue(language));
      rememberLanguage(language);
      translate(document, t);
    },
  };
}

/** @param {string} id */
function place(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

async function start() {
  const { t, use } = await speak();
  const store = createStore(initialState());
  const api = createClient({ base });
  const actions = createActions({ store, api, motion: () => !reduced.matches, useLanguage: use, useTheme: chooseTheme });
  /** @type {PanelContext} */
  const context = { store, actions, t, api };

  mountToolbar(place("toolbar"), context);
  mountPresetsMenu(place("tools"), context);
  mountTimelineBar(place("timeline"), context);
  mountNotices(place("notices"), context);
  const stage = createStage(place("stage"), { store, actions, t, reducedMotion: () => reduced.matches });
  mountPanels(place("panels"), context);
  mountLossHistory(place("panels"), context);
  const link = createLink({ store, actions, api });
  mountShare(place("tools"), { ...context, base }, stage, link);
  mountSettings(place("tools"), context);
  mountHelp(document.body, context);
  mountTour(document.body, context);
  mountKeyboard(context, stage);
  mountAnnouncer(place("announcer"), context);
  mountDrop(context);

  document.addEventListener("edit-number", (event) => {
    const { pointer, anchor } = /** @type {CustomEvent<{ pointer: string, anchor: DOMRect }>} */ (event).detail;
    editInPlace(context, pointer, anchor);
  });
  document.addEventListener("themechange", () => {
    if (store.get().theme !== themeChoice()) store.set({ theme: themeChoice() });
  });
  for (const link of document.querySelectorAll("a[data-action='language']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      actions.setLanguage(store.get().language === "en" ? "zh" : "en");
    });
  }
  store.watch((state) => state.projector, (on) => document.body.classList.toggle("projector", on));
  translate(document, t);
  await link.open();
}

start();
