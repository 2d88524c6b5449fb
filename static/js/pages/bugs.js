/**
 * The bug lab: a wrong rule by the address's fragment, on the stage with every number that it spoils marked.
 */
import { problemFrom } from "../api/asking.js";
import { createClient } from "../api/client.js";
import { MORE_INPUTS, shownOn } from "../bugs/networks.js";
import { createOutcome } from "../bugs/outcome.js";
import { litRule } from "../course/scene.js";
import { chooseTheme, themeChoice } from "../shell/header.js";
import { pageLanguage, translate } from "../i18n/i18n.js";
import { watchFormulas } from "../kit/math.js";
import { apiBase, place, speak } from "../shell/page.js";
import { mountKeyboard } from "../panels/walk/keyboard.js";
import { mountNotices } from "../kit/widgets/notices.js";
import { mountEditInPlace } from "../panels/number-edit.js";
import { mountTimelineBar } from "../panels/walk/timeline-bar.js";
import { createStage } from "../stage/stage.js";
import { createActions } from "../state/actions.js";
import { initialState } from "../state/initial.js";
import { createStore } from "../kit/store.js";

const LECTURE = "lecture-1-1";
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

const { t, use } = await speak();
const store = createStore(initialState({ language: pageLanguage(), theme: themeChoice() }));
const api = createClient({ base: apiBase() });
const actions = createActions({ store, api, motion: () => !reduced.matches, useLanguage: use, useTheme: chooseTheme });
const context = { store, actions, t, api };
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
watchFormulas(document).catch(() => {});
mountNotices(place("notices"), context);
mountTimelineBar(place("timeline"), context);
const stage = createStage(place("stage"), { store, actions, t, reducedMotion: () => reduced.matches });
mountKeyboard(context, stage);
const outcome = createOutcome(place("outcome"), context);
document.body.classList.add("alive");
mountEditInPlace(context);

const items = [...document.querySelectorAll("[data-rule]")].filter((item) => item instanceof HTMLElement);
const names = items.map((item) => item.dataset.rule ?? "");

/** @param {string} rule */
const needsSeveral = (rule) => items.some((item) => item.dataset.rule === rule && item.dataset.several !== undefined);

/** What the address asks for, else the first one. */
const wanted = () => names.find((name) => name === location.hash.slice(1)) ?? names[0] ?? "";

/**
 * The browser scrolls to the rule itself; here the title and the stage are to be seen with it.
 * @param {HTMLElement} item
 */
function bring(item) {
  scrollTo(0, 0);
  const list = place("rules");
  const [around, own] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (own.top < around.top || own.bottom > around.bottom) list.scrollTop += own.top - around.top;
}

async function follow() {
  const rule = wanted();
  for (const item of items) {
    item.toggleAttribute("data-present", item.dataset.rule === rule);
    item.querySelector("a")?.setAttribute("aria-current", String(item.dataset.rule === rule));
  }
  items.filter((item) => item.dataset.rule === rule).forEach(bring);
  try {
    const { steps: _steps, ...lecture } = (await api.preset(LECTURE)).request;
    if (rule !== wanted()) return;
    const request = shownOn(lecture, items.find((item) => item.dataset.rule === rule)?.dataset ?? {});
    // One example has no mean to be mistaken for its sum: the stage shows what is right.
    actions.loadRequest(needsSeveral(rule) ? request : { ...request, rule }, { granularity: "unit", done: Infinity });
  } catch (error) {
    const { title, detail } = problemFrom(error);
    actions.notify({ key: "app.notice.failed", params: { title, detail } });
  }
}

store.watch(
  (state) => state.trace,
  (trace, state) => {
    sheet.replaceSync(litRule((trace?.differs ?? []).map(({ pointer }) => pointer)));
    if (trace === null || state.request === null) return;
    const { rule = wanted(), ...request } = state.request;
    const more = needsSeveral(rule) ? MORE_INPUTS : [];
    outcome.show({ request, rule, trace, xs: [request.x, ...more] });
  },
);
store.set({ catalog: await api.catalog() });
addEventListener("hashchange", follow);
translate(document, t);
await follow();
// Formulas have taken their room by now, and the browser has done its own scrolling.
if (location.hash !== "") items.filter((item) => item.hasAttribute("data-present")).forEach(bring);
