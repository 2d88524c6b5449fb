/**
 * The Lab's composition root: makes the store, the actions and all parts, and knows nothing else.
 *
 * @import { LabContext } from "../lab/context.js"
 */
import { createClient } from "../api/client.js";
import { chooseTheme, themeChoice } from "../shell/header.js";
import { pageLanguage, translate } from "../i18n/i18n.js";
import { mountMap } from "../lab/map/decision-map.js";
import { createMoments } from "../lab/state/moment.js";
import { mountNetwork } from "../lab/network/network-view.js";
import { mountRecipe } from "../lab/recipe/recipe.js";
import { SETUPS } from "../lab/setups.js";
import { mountAnnouncer } from "../lab/shell/announcer.js";
import { mountKeyboard } from "../lab/shell/keyboard.js";
import { mountRunsMenu } from "../lab/shell/runs-menu.js";
import { mountSettings } from "../lab/shell/settings.js";
import { mountSetupsMenu } from "../lab/shell/setups-menu.js";
import { mountShare } from "../lab/shell/share.js";
import { mountStatusLine } from "../lab/shell/status-line.js";
import { mountToolbar } from "../lab/shell/toolbar.js";
import { mountTransport } from "../lab/shell/transport.js";
import { mountTwinMenu } from "../lab/shell/twin-menu.js";
import { createLabActions } from "../lab/state/actions.js";
import { createLabLink } from "../lab/state/link.js";
import { DEFAULT_PACE, isPaceWord, paceOf, wordOf } from "../lab/state/pace.js";
import { initialState } from "../lab/state/state.js";
import { mountLive } from "../lab/views/live.js";
import { mountViews } from "../lab/views/views.js";
import { apiBase, place, speak } from "../shell/page.js";
import { mountNotices } from "../kit/widgets/notices.js";
import { isBetween, isBoolean, recall } from "../kit/preferences.js";
import { createStore } from "../kit/store.js";

/** A page that is not looked at is given no frames, but its training goes on. @param {() => void} callback */
function frame(callback) {
  if (document.hidden) setTimeout(callback, 250);
  else requestAnimationFrame(callback);
}

/** Between two parts the browser may paint, and answer who touches the page. */
const breath = () => (document.hidden ? Promise.resolve() : new Promise((done) => setTimeout(done)));

/** To the page of ours that has the Lab in a frame: what is shown now. @param {LabContext["store"]} store */
function report(store) {
  if (parent === window) return;
  store.watch(
    (state) => state.moment,
    (moment) => {
      if (moment !== null) parent.postMessage({ type: "record", record: moment.record }, location.origin);
    },
  );
}

async function start() {
  const { t, use } = await speak();
  const store = createStore(
    initialState({
      setups: SETUPS,
      digits: recall("digits", 3, isBetween(2, 8)),
      pace: paceOf(recall("lab.pace", wordOf(DEFAULT_PACE), isPaceWord)),
      shortcuts: recall("shortcuts", true, isBoolean),
      language: pageLanguage(),
      theme: themeChoice(),
    }),
  );
  const api = createClient({ base: apiBase() });
  const actions = createLabActions({
    store,
    api: api.lab,
    setups: SETUPS,
    frame,
    useLanguage: use,
    useTheme: chooseTheme,
  });
  /** @type {LabContext} */
  const context = { store, actions, t, api };
  const link = createLabLink({ store, actions, api });

  mountSetupsMenu(place("toolbar"), context);
  mountRunsMenu(place("toolbar"), context);
  mountTwinMenu(place("toolbar"), context);
  mountToolbar(place("toolbar"), context);
  mountShare(place("tools"), context, link);
  mountSettings(place("tools"), context);
  await breath();
  mountTransport(place("transport"), context);
  mountStatusLine(place("transport"), context);
  mountNotices(place("notices"), context);
  for (const mount of [
    () => mountRecipe(place("recipe"), context),
    () => mountNetwork(place("network"), context),
    () => mountMap(place("map"), context),
    () => mountLive(place("live"), context),
    () => mountViews(place("views"), context),
  ]) {
    await breath();
    mount();
  }
  mountKeyboard(context);
  mountAnnouncer(place("announcer"), context);
  createMoments({ store, api });

  document.addEventListener("themechange", () => {
    if (store.get().theme !== themeChoice()) store.set({ theme: themeChoice() });
  });
  for (const each of document.querySelectorAll("a[data-action='language']")) {
    each.addEventListener("click", (event) => {
      event.preventDefault();
      actions.setLanguage(store.get().language === "en" ? "zh" : "en");
    });
  }
  report(store);
  translate(document, t);
  await link.open();
}

start();
