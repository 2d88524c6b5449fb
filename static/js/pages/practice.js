/**
 * Practice: an exercise by level and seed, its blanks beside the stage; the stage shows as far as the learner has got.
 *
 * @import { Cell } from "../course/answers.js"
 */
import { problemFrom } from "../api/asking.js";
import { createClient } from "../api/client.js";
import { createCell } from "../course/answers.js";
import { guarded } from "../course/scene.js";
import { h } from "../kit/dom.js";
import { chooseTheme, themeChoice } from "../shell/header.js";
import { pageLanguage, translate } from "../i18n/i18n.js";
import { apiBase, place, speak } from "../shell/page.js";
import { copyButton } from "../kit/widgets/copy-button.js";
import { mountNotices } from "../kit/widgets/notices.js";
import { createStage } from "../stage/stage.js";
import { createActions } from "../state/actions.js";
import { initialState } from "../state/initial.js";
import { createStore } from "../kit/store.js";

const LEVELS = [1, 2, 3];
const SEEDS = 100_000;

const { t, use } = await speak();
const store = createStore(initialState({ language: pageLanguage(), theme: themeChoice() }));
const api = createClient({ base: apiBase() });
const all = createActions({ store, api, motion: () => false, useLanguage: use, useTheme: chooseTheme });
const actions = guarded(all, () => null);
mountNotices(place("notices"), { store, actions, t });
createStage(place("stage"), { store, actions, t, reducedMotion: true });
document.body.classList.add("alive");

/** @type {Cell[]} */
let cells = [];

/** What the address asks for; what it does not say is chosen. */
function wanted() {
  const given = new URLSearchParams(location.hash.slice(1));
  const level = LEVELS.find((each) => String(each) === given.get("level")) ?? 1;
  const text = given.get("seed") ?? "";
  return { level, seed: /^\d{1,9}$/.test(text) ? Number(text) : null };
}

/** @param {number} level @param {number} seed */
const address = (level, seed) => `#level=${level}&seed=${seed}`;

/** A new seed comes from the clock: chance is only in which exercise, never in its numbers. */
const anySeed = () => Math.floor(Date.now() / 1000) % SEEDS;

/**
 * What is filled in before a blank, in the order in which it is worked out.
 * @param {string} pointer
 * @returns {Record<string, number>}
 */
function before(pointer) {
  const earlier = cells.slice(
    0,
    cells.findIndex((cell) => cell.pointer === pointer),
  );
  const filled = earlier.map((cell) => /** @type {const} */ ([cell.pointer, cell.answer()]));
  return Object.fromEntries(filled.flatMap(([at, answer]) => (answer === null ? [] : [[at, answer]])));
}

/** The stage shows what comes before the first blank that is not right yet. */
function follow() {
  const { timeline } = store.get();
  const open = cells.find((cell) => !cell.isRight());
  if (timeline !== null)
    all.goTo(open === undefined ? timeline.beats.length : (timeline.writtenBy.get(open.pointer) ?? 0));
  place("cells").toggleAttribute("data-done", open === undefined && cells.length > 0);
}

async function show() {
  const { level, seed } = wanted();
  if (seed === null) {
    history.replaceState(null, "", address(level, anySeed()));
    return show();
  }
  try {
    const exercise = await api.practice(level, seed);
    if (store.get().catalog === null) store.set({ catalog: await api.functions() });
    cells = exercise.asked.map((asked) =>
      createCell(exercise, asked, {
        api,
        t,
        language: () => store.get().language,
        given: () => before(asked.pointer),
        changed: follow,
      }),
    );
    const check = h("button", { type: "submit", class: "tool", "data-action": "check" }, t("practice.check"));
    place("cells").replaceChildren(
      ...cells.map((cell) => cell.element),
      check,
      h("p", { class: "practice-done" }, t("practice.done")),
    );
    place("cells").removeAttribute("data-done");
    place("choices").replaceChildren(
      h(
        "div",
        { class: "segmented", role: "group", "aria-label": t("practice.level") },
        LEVELS.map((each) =>
          h(
            "a",
            {
              class: "tool",
              href: address(each, seed),
              "aria-current": each === level ? "true" : "false",
              "data-level": each,
              title: t(`practice.level.${each}`),
            },
            `${t("practice.level")} ${each}`,
          ),
        ),
      ),
      h(
        "a",
        { class: "tool", href: address(level, (seed + 1) % SEEDS), "data-action": "next" },
        `${t("practice.next")} →`,
      ),
      h("span", { class: "practice-seed" }, t("practice.seed", { seed })),
      copyButton(t, "practice.share", () => location.href),
    );
    store.set({ view: "both" });
    all.loadRequest(exercise.request, { granularity: "unit" });
  } catch (error) {
    store.set({ status: "error", problem: problemFrom(error) });
  }
}

const checkAll = () => cells.forEach((cell) => cell.check());

place("cells").addEventListener("submit", (event) => {
  event.preventDefault();
  checkAll();
});
// One number that changes is asked about, and so is each later one that goes on from it.
place("cells").addEventListener("answer", checkAll);
addEventListener("hashchange", show);
translate(document, t);
await show();
