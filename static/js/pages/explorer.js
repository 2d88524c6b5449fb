/**
 * The Explorer's composition root: makes the store, the actions and all parts, and knows nothing else.
 *
 * @import { PanelContext } from "../explorer/panels.js"
 * @import { Origin } from "../state/origin.js"
 */
import { fetched } from "../api/asking.js";
import { createClient } from "../api/client.js";
import { chooseTheme, themeChoice } from "../shell/header.js";
import { pageLanguage, translate } from "../i18n/i18n.js";
import { apiBase, place, speak } from "../shell/page.js";
import { mountAnnouncer } from "../panels/walk/announcer.js";
import { mountDrop } from "../explorer/drop.js";
import { mountKeyboard } from "../panels/walk/keyboard.js";
import { mountOnCall } from "../panels/late.js";
import { mountNotices } from "../kit/widgets/notices.js";
import { mountEditInPlace } from "../panels/number-edit.js";
import { mountPanels } from "../explorer/panels.js";
import { mountPresetsMenu } from "../explorer/presets-menu.js";
import { mountSettings } from "../panels/walk/settings.js";
import { mountShare } from "../explorer/share.js";
import { mountTimelineBar } from "../panels/walk/timeline-bar.js";
import { mountToolbar } from "../explorer/toolbar.js";
import { mountWelcome } from "../explorer/welcome.js";
import { createStage } from "../stage/stage.js";
import { createActions } from "../state/actions.js";
import { createLink } from "../state/links/link.js";
import { initialState } from "../state/initial.js";
import { createStore } from "../kit/store.js";

const reduced = matchMedia("(prefers-reduced-motion: reduce)");

async function start() {
  const { t, use } = await speak();
  const store = createStore(initialState({ language: pageLanguage(), theme: themeChoice() }));
  const api = createClient({ base: apiBase() });
  const actions = createActions({
    store,
    api,
    motion: () => !reduced.matches,
    useLanguage: use,
    useTheme: chooseTheme,
  });
  /** @type {PanelContext} */
  const context = { store, actions, t, api };

  mountToolbar(place("toolbar"), context);
  mountPresetsMenu(place("tools"), context);
  mountTimelineBar(place("timeline"), context);
  mountNotices(place("notices"), context);
  const stage = createStage(place("stage"), { store, actions, t, reducedMotion: () => reduced.matches });
  mountPanels(place("panels"), context);
  mountWelcome(place("panels"), context);
  const link = createLink({ store, actions, api, runs: api.lab, showOrigin: originLine(context) });
  mountShare(place("tools"), { ...context, base: apiBase() }, stage, link);
  mountSettings(place("tools"), context);
  mountOnCall(document.body, context, {
    type: "show-help",
    load: async () => (await import("../explorer/help.js")).mountHelp,
  });
  mountKeyboard(context, stage);
  mountAnnouncer(place("announcer"), context);
  mountDrop(context);

  mountEditInPlace(context);
  document.addEventListener("themechange", () => {
    if (store.get().theme !== themeChoice()) store.set({ theme: themeChoice() });
  });
  for (const link of document.querySelectorAll("a[data-action='language']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      actions.setLanguage(store.get().language === "en" ? "zh" : "en");
    });
  }
  store.watch(
    (state) => state.projector,
    (on) => document.body.classList.toggle("projector", on),
  );
  translate(document, t);
  await link.open();
}

/**
 * The way back to the Lab, fetched when the page is found to come from there.
 *
 * @param {PanelContext} context
 */
function originLine(context) {
  /** @type {ReturnType<typeof import("../explorer/origin.js").mountOrigin> | null} */
  let line = null;
  /** @type {Origin | null} */
  let newest = null;
  return async (/** @type {Origin | null} */ origin) => {
    newest = origin;
    if (origin === null && line === null) return;
    const panel = await fetched(() => import("../explorer/origin.js"), context.actions.notify);
    if (panel === null) return;
    line ??= panel.mountOrigin(place("toolbar"), context);
    line.show(newest);
  };
}

start();
