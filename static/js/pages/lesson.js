/**
 * A lesson's composition root: the scenes of the page, one at a time, beside the Explorer's stage.
 *
 * @import { Lesson, Scene } from "../course/types.js"
 * @import { PanelContext } from "../explorer/panels.js"
 */
import { problemFrom } from "../api/asking.js";
import { createClient } from "../api/client.js";
import { markDone, progress } from "../course/progress.js";
import { mountNotation } from "../course/notation-switch.js";
import { createScenes, guarded } from "../course/scene.js";
import { bringToLife } from "../course/task-box.js";
import { h } from "../kit/dom.js";
import { chooseTheme, themeChoice } from "../shell/header.js";
import { pageLanguage, translate } from "../i18n/i18n.js";
import { apiBase, place, rootAddress, speak } from "../shell/page.js";
import { mountAnnouncer } from "../panels/walk/announcer.js";
import { mountCode } from "../panels/values/code.js";
import { mountEquation } from "../panels/equation/equation.js";
import { followPointer } from "../panels/equation/highlight.js";
import { mountKeyboard } from "../panels/walk/keyboard.js";
import { mountNotices } from "../kit/widgets/notices.js";
import { mountEditInPlace } from "../panels/number-edit.js";
import { mountTimelineBar } from "../panels/walk/timeline-bar.js";
import { mountWords } from "../panels/walk/words.js";
import { createStage } from "../stage/stage.js";
import { createActions } from "../state/actions.js";
import { initialState } from "../state/initial.js";
import { createStore } from "../kit/store.js";

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const HASH = "#scene-";
const END = "#end";

/** @param {string} name */
const sectionOf = (name) => place(`scene-${name}`);

/** Where the Lab opens for a scene, without its frame. @param {NonNullable<Scene["lab"]>} lab */
function labAddress({ setup, view }) {
  const address = new URL("lab", rootAddress());
  address.searchParams.set("embedded", "1");
  address.hash = ["v=1", `setup=${setup}`, ...(view ? [`view=${view}`] : [])].join("&");
  return address.href;
}

async function start() {
  const { t, use } = await speak();
  const store = createStore(initialState({ language: pageLanguage(), theme: themeChoice() }));
  const api = createClient({ base: apiBase() });
  const name = place("main").dataset.lesson ?? "";
  const all = createActions({ store, api, motion: () => !reduced.matches, useLanguage: use, useTheme: chooseTheme });
  const actions = guarded(all, () => scenes.present());
  const scenes = createScenes({ store, actions: all });
  /** @type {PanelContext} */
  const context = { store, actions, t, api };

  mountNotation(place("main"));
  mountNotices(place("notices"), context);
  /** @type {Lesson} */
  let lesson;
  try {
    const [catalog, found] = await Promise.all([api.functions(), api.lesson(name)]);
    lesson = found;
    store.set({ catalog });
  } catch (error) {
    store.set({ status: "error", problem: problemFrom(error) });
    return;
  }
  document.body.classList.add("alive");
  mountTimelineBar(place("timeline"), context);
  const stage = createStage(place("stage"), { store, actions, t, reducedMotion: () => reduced.matches });
  const panels = place("panels");
  panels.classList.add("panels");
  mountWords(panels, context);
  mountEquation(panels, context);
  const code = lesson.scenes.some((scene) => scene.code) ? mountCode(panels, context, { fold: false }) : null;
  followPointer(panels, context);
  mountKeyboard(context, stage);
  mountAnnouncer(place("announcer"), context);
  mountEditInPlace(context);

  const { shows = "", tells = "" } = place("main").dataset;
  store.set({ phases: /** @type {import("../record/types.js").Phase[]} */ (shows.split(" ")) });
  // What is not taught yet is on the stage, but how it came about is not told.
  store.watch(
    (state) => state.trace?.steps[state.current]?.phase ?? "forward",
    (phase) => panels.toggleAttribute("data-untold", !tells.split(" ").includes(phase)),
  );

  /** @type {((record: Record<string, unknown>) => void)[]} */
  const watchers = [];
  addEventListener("message", ({ origin, data }) => {
    if (origin === location.origin && data?.type === "record") for (const watch of watchers) watch(data.record);
  });

  const buttons = lesson.scenes.map((scene, index) => {
    const title = sectionOf(scene.name).querySelector("h2")?.textContent ?? "";
    return h(
      "a",
      {
        class: "scene-link",
        href: `${HASH}${scene.name}`,
        title,
        "aria-label": `${index + 1} · ${title}`,
        "data-scene": scene.name,
      },
      index + 1,
    );
  });
  place("scenes").replaceChildren(...buttons);
  const isDone = (/** @type {Scene} */ scene) => (progress()[lesson.name] ?? []).includes(scene.name);
  const mark = () =>
    buttons.forEach((button, index) =>
      button.toggleAttribute("data-done", isDone(/** @type {Scene} */ (lesson.scenes[index]))),
    );

  lesson.scenes.forEach((scene, index) => {
    const section = sectionOf(scene.name);
    const box = section.querySelector(".task");
    const done = () => {
      markDone(lesson.name, scene.name);
      mark();
      scenes.answer();
    };
    if (box instanceof HTMLElement) {
      bringToLife(box, {
        context,
        scene,
        isStanding: scenes.isStanding,
        onTraining: (watch) => void watchers.push((record) => scenes.present() === scene && watch(record)),
        done,
      });
    }
    const next = lesson.scenes[index + 1];
    const way = h(
      "a",
      { class: "tool", href: next ? `${HASH}${next.name}` : END },
      `${t(next ? "course.next-scene" : "course.finish")} →`,
    );
    section.append(h("p", { class: "scene-next" }, way));
  });

  function follow() {
    // The end card takes the place of the last scene's words; its stage stays.
    const isEnd = location.hash === END;
    place("main").toggleAttribute("data-ended", isEnd);
    if (isEnd && scenes.present() !== null) return;
    const wanted = location.hash.startsWith(HASH) ? location.hash.slice(HASH.length) : "";
    const scene = lesson.scenes.find((each) => each.name === wanted) ?? lesson.scenes[0];
    if (scene === undefined || scene === scenes.present()) return;
    for (const each of lesson.scenes) sectionOf(each.name).toggleAttribute("data-present", each === scene);
    for (const button of buttons)
      button.setAttribute("aria-current", button.dataset.scene === scene.name ? "step" : "false");
    const lab = place("lab");
    lab.hidden = scene.lab === undefined;
    for (const id of ["stage", "panels", "timeline"]) place(id).hidden = scene.lab !== undefined;
    if (scene.lab === undefined) lab.replaceChildren();
    else
      lab.replaceChildren(
        h("iframe", {
          src: labAddress(scene.lab),
          title: sectionOf(scene.name).querySelector("h2")?.textContent ?? "",
        }),
      );
    place("main").toggleAttribute("data-lab", scene.lab !== undefined);
    place("main").toggleAttribute("data-code", scene.code !== undefined);
    place("main").dataset.view = scene.view ?? "both";
    if (scene.code !== undefined) code?.choose(scene.code);
    scenes.show(scene);
    // A scene without a task is done by looking at it.
    if (scene.task === undefined) markDone(lesson.name, scene.name);
    mark();
  }
  /**
   * The browser looks for a scene while it is still hidden, or all of them are shown; so it is brought into view here.
   */
  const bring = () => {
    const present = scenes.present();
    if (location.hash.startsWith(HASH) && present !== null) sectionOf(present.name).scrollIntoView();
  };
  addEventListener("hashchange", () => {
    follow();
    bring();
    const isEnd = place("main").hasAttribute("data-ended");
    const heading = (isEnd ? place("end") : sectionOf(scenes.present()?.name ?? "")).querySelector("h2");
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
  follow();
  bring();
  // Formulas and the stage take their room only when they are there.
  const stop = store.watch(
    (state) => state.status,
    (status) => {
      if (status !== "ready") return;
      queueMicrotask(() => stop());
      requestAnimationFrame(bring);
    },
  );
  store.watch(
    (state) => state.projector,
    (on) => {
      document.body.classList.toggle("projector", on);
      // There the words may have to be scrolled, by keyboard too.
      for (const text of document.querySelectorAll(".scene-text")) {
        if (on) text.setAttribute("tabindex", "0");
        else text.removeAttribute("tabindex");
      }
    },
  );
  translate(document, t);
}

start();
