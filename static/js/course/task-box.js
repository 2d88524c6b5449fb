/**
 * The task of a scene, brought to life where the page has it in words.
 *
 * @import { AppState } from "../types.js"
 * @import { PanelContext } from "../panels/panels.js"
 * @import { Scene, Task } from "./types.js"
 */
import { h } from "../dom.js";
import { parseNumber } from "../format.js";
import { valueAt } from "../timeline/values.js";
import { DONE_ON_STAGE, isRight, satisfies } from "./tasks.js";
import { withoutMouse } from "./without-mouse.js";

/**
 * @typedef {object} TaskContext
 * @property {PanelContext} context
 * @property {Scene} scene
 * @property {(answer: number, scene: Scene) => Promise<string | null>} why what a wrong answer may come from; null if nobody knows
 * @property {(watch: (record: Record<string, unknown>) => void) => void} onTraining told every record of the Lab's training
 * @property {() => boolean} isStanding whether what is on the stage is the scene's own
 * @property {() => void} done
 */

/** @param {HTMLElement} box @param {string} text @param {"right" | "wrong" | ""} [mood] */
function say(box, text, mood = "") {
  const status = box.querySelector(".task-status");
  if (!(status instanceof HTMLElement)) return;
  status.textContent = text;
  status.dataset.mood = mood;
}

/** @type {Record<Task["kind"], (box: HTMLElement, given: TaskContext, task: Task) => void>} */
const KINDS = {
  reach: onStage,
  point: onStage,
  walk: onStage,

  predict(box, { context: { store, t }, scene, why, done }, task) {
    const input = h("input", { class: "number-input", type: "text", inputmode: "text", autocomplete: "off", "aria-label": t("course.answer"), "data-action": "answer", size: 8 });
    const form = h("form", { class: "task-answer" }, input, h("button", { type: "submit", class: "tool", "data-action": "check" }, t("course.check")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = parseNumber(input.value);
      const { trace } = store.get();
      const value = trace === null ? undefined : valueAt(trace, task.pointer ?? "");
      if (answer === null) return say(box, t("course.no-number"), "wrong");
      if (typeof value !== "number") return say(box, t("course.wait"));
      if (isRight(answer, value, task.digits ?? 0)) return done();
      say(box, t("course.wrong"), "wrong");
      const reason = await why(answer, scene);
      if (reason !== null && parseNumber(input.value) === answer) say(box, reason, "wrong");
    });
    box.querySelector(".task-text")?.after(form);
  },

  choose(box, { context: { t }, done }, task) {
    const list = box.querySelector(".task-options");
    [...(list?.children ?? [])].forEach((item, index) => {
      const button = h("button", { type: "button", class: "option", "data-action": "option", "aria-pressed": "false" }, ...item.childNodes);
      button.addEventListener("click", () => {
        for (const each of list?.querySelectorAll("button") ?? []) each.setAttribute("aria-pressed", String(each === button));
        if (index === task.answer) done();
        else say(box, t("course.try-again"), "wrong");
      });
      item.replaceChildren(button);
    });
  },

  train(box, { onTraining, done }, task) {
    onTraining((record) => {
      if (satisfies(record[task.field ?? ""], task)) done();
    });
  },
};

/** @param {HTMLElement} box @param {TaskContext} given @param {Task} task */
function onStage(box, { context: { store, t }, isStanding, done }, task) {
  const isDone = DONE_ON_STAGE[task.kind];
  const isHere = () => box.closest(".scene")?.hasAttribute("data-present") ?? false;
  store.watch(
    (/** @type {AppState} */ state) => state,
    (state) => {
      // What stands on the stage from the scene before is no answer to this one.
      if (!isHere() || !isStanding()) return;
      if (isDone?.(state, task)) done();
      else if (task.kind === "point" && state.selected !== null) say(box, t("course.not-that"), "wrong");
    },
  );
}

/** @param {HTMLElement} box @param {TaskContext} given */
export function bringToLife(box, given) {
  const { task } = given.scene;
  if (task === undefined) return;
  const status = h("p", { class: "task-status", role: "status" });
  box.querySelector(".task-hint")?.before(status);
  const keys = task.kind === "point" || task.kind === "reach" ? withoutMouse(given.context, given.scene) : null;
  if (keys) box.querySelector(".task-hint")?.before(keys);
  let isDone = false;
  const done = () => {
    if (isDone) return;
    isDone = true;
    box.dataset.done = "";
    say(box, given.context.t("course.right"), "right");
    const solution = box.querySelector(".task-done");
    if (solution instanceof HTMLDetailsElement) solution.open = true;
    given.done();
  };
  KINDS[task.kind](box, { ...given, done }, task);
}
