/**
 * The task of a scene, brought to life where the page has it in words.
 *
 * @import { AppState } from "../record/types.js"
 * @import { PanelContext } from "../explorer/panels.js"
 * @import { Scene, Task } from "./types.js"
 */
import { ProblemError } from "../api/client.js";
import { h } from "../kit/dom.js";
import { parseNumber } from "../kit/format.js";
import { judge } from "../panels/verdict.js";
import { DONE_ON_STAGE, satisfies } from "./tasks.js";
import { withoutMouse } from "./without-mouse.js";

/**
 * @typedef {object} TaskContext
 * @property {PanelContext} context
 * @property {Scene} scene
 * @property {(watch: (record: Record<string, unknown>) => void) => void} onTraining told every record of the Lab's
 *   training
 * @property {() => boolean} isStanding whether what is on the stage is the scene's own
 * @property {(how?: string) => void} done how: right, if nothing else is said
 */

/**
 * What has been answered so far, by request: a later answer on the same network may go on from it.
 * @type {Map<string, Record<string, number>>}
 */
const answered = new Map();

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

  predict(box, { context: { store, api, t }, scene, done }, task) {
    const input = h("input", {
      class: "number-input",
      type: "text",
      inputmode: "text",
      autocomplete: "off",
      "aria-label": t("course.answer"),
      "data-action": "answer",
      size: 8,
    });
    const form = h(
      "form",
      { class: "task-answer" },
      input,
      h("button", { type: "submit", class: "tool", "data-action": "check" }, t("course.check")),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = parseNumber(input.value);
      if (answer === null) return say(box, t("course.no-number"), "wrong");
      if (scene.request === null || task.pointer === undefined) return;
      const { steps: _steps, ...request } = scene.request;
      const network = JSON.stringify(request);
      const { [task.pointer]: _own, ...given } = answered.get(network) ?? {};
      answered.set(network, { ...given, [task.pointer]: answer });
      try {
        const { isRight, how, from, reason } = await judge(
          { api, t, language: store.get().language },
          { request, pointer: task.pointer, answer, digits: task.digits ?? 0, given },
        );
        // What has been typed since then is answered when it is sent.
        if (parseNumber(input.value) !== answer) return;
        if (how === "follows") say(box, t("course.follows", { symbol: from }), "wrong");
        else if (isRight) done(how);
        else say(box, reason ? t("course.diagnosis", { reason }) : t("course.wrong"), "wrong");
      } catch (error) {
        say(box, error instanceof ProblemError ? t(error.detail) : String(error));
      }
    });
    box.querySelector(".task-text")?.after(form);
  },

  choose(box, { context: { t }, done }, task) {
    const list = box.querySelector(".task-options");
    [...(list?.children ?? [])].forEach((item, index) => {
      const button = h(
        "button",
        { type: "button", class: "option", "data-action": "option", "aria-pressed": "false" },
        ...item.childNodes,
      );
      button.addEventListener("click", () => {
        for (const each of list?.querySelectorAll("button") ?? [])
          each.setAttribute("aria-pressed", String(each === button));
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
  const done = (how = "right") => {
    if (isDone) return;
    isDone = true;
    box.dataset.done = "";
    say(box, given.context.t(`course.${how}`), "right");
    const solution = box.querySelector(".task-done");
    if (solution instanceof HTMLDetailsElement) solution.open = true;
    given.done();
  };
  KINDS[task.kind](box, { ...given, done }, task);
}
