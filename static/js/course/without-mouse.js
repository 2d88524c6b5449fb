/**
 * The same task without a mouse: what is clicked or edited on the stage, chosen from a list instead.
 *
 * @import { Pointer, TraceRequest } from "../record/types.js"
 * @import { PanelContext } from "../explorer/panels.js"
 * @import { Scene } from "./types.js"
 */
import { h } from "../kit/dom.js";
import { parseNumber } from "../kit/format.js";
import { symbolText } from "../record/mark.js";
import { givenAt } from "../record/request.js";
import { mayTouch } from "./tasks.js";

/**
 * Every weight of a network, or every number of a request that a scene may let be changed, in the order of the walk.
 *
 * @param {Pick<TraceRequest, "network" | "x">} request
 * @param {{ weightsOnly: boolean }} wanted
 * @returns {Pointer[]}
 */
export function numbersOf({ network, x }, { weightsOnly }) {
  const inputs = weightsOnly ? [] : x.map((_, index) => `/x/${index}`);
  const parameters = network.layers.flatMap(({ w, b }, layer) => [
    ...w.flatMap((row, unit) => row.map((_, sender) => `/layers/${layer}/w/${unit}/${sender}`)),
    ...(weightsOnly ? [] : b.map((_, unit) => `/layers/${layer}/b/${unit}`)),
  ]);
  return [...inputs, ...parameters];
}

/**
 * @param {PanelContext} context
 * @param {Scene} scene with a task of the kind point or reach
 * @returns {HTMLElement | null}
 */
export function withoutMouse({ store, actions, t }, { request, task, touch }) {
  if (request === null || task === undefined) return null;
  const isPointing = task.kind === "point";
  const choice = numbersOf(request, { weightsOnly: isPointing }).filter(
    (pointer) => isPointing || mayTouch(touch, pointer),
  );
  if (choice.length === 0) return null;
  const list = h(
    "select",
    { class: "tool", "data-action": "which", "aria-label": t("course.which") },
    ...choice.map((pointer) => h("option", { value: pointer }, symbolText(pointer))),
  );
  const value = h("input", {
    class: "number-input",
    type: "text",
    autocomplete: "off",
    size: 6,
    "data-action": "value",
    "aria-label": t("course.value"),
  });
  const form = h(
    "form",
    { class: "task-answer" },
    list,
    ...(isPointing ? [] : [value]),
    h(
      "button",
      { type: "submit", class: "tool", "data-action": "take" },
      t(isPointing ? "course.point" : "course.set"),
    ),
  );
  const showValue = () => {
    const now = store.get().request ?? request;
    value.value = String(givenAt(now, list.value) ?? "");
  };
  list.addEventListener("change", showValue);
  store.watch((state) => state.request, showValue);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isPointing) return actions.select(list.value);
    const number = parseNumber(value.value);
    if (number !== null) actions.setNumber(list.value, number);
  });
  return h("details", { class: "task-keys" }, h("summary", {}, t("course.without-mouse")), form);
}
