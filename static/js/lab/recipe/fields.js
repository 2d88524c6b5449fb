/**
 * Labelled fields of the recipe: numbers (with a slider where one helps), choices, switches. A field never throws away
 * what was typed: wrong input stays, marked, with what was expected; what the server has to say stands at the field it
 * names.
 *
 * @import { Attributes } from "../../kit/dom.js"
 * @import { LabContext } from "../context.js"
 * @import { PageState } from "../state/state.js"
 * @import { Scale } from "./scales.js"
 *
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {() => void} refresh show what the state says
 *
 * @typedef {object} Common
 * @property {string} name `data-action`
 * @property {string} label key of its name
 * @property {readonly string[]} pointers into the request, of what it sets; with a slash at the end, of all below as
 *   well
 *
 * @typedef {object} NumberOptions
 * @property {(state: PageState) => number | null} read null: nothing to be set at present, the field is hidden
 * @property {(value: number) => void} write
 * @property {(state: PageState) => readonly [number, number]} limits
 * @property {Scale} scale for the arrow keys, and the slider
 * @property {boolean} [isWhole]
 * @property {boolean} [hasSlider]
 * @property {boolean} [isPercent] shown as a hundred times its value
 * @property {HTMLElement} [beside] stands right of it
 *
 * @typedef {{ value: string, label: string, disabled?: boolean }} Option
 * @typedef {{ key: string, params?: Record<string, string | number> }} Message
 */
import { h } from "../../kit/dom.js";
import { parseNumber, significant } from "../../kit/format.js";
import { chooser } from "../../kit/widgets/controls.js";
import { written } from "../../panels/number-edit.js";

let count = 0;

/**
 * A pointer that ends with a slash stands for all below it too.
 * @param {string} pointer
 * @param {readonly string[]} pointers
 */
const concerns = (pointer, pointers) =>
  pointers.some((each) => (each.endsWith("/") ? `${pointer}/`.startsWith(each) : pointer === each));

/**
 * The complaint below a field: its own, or the server's.
 *
 * @param {LabContext} context
 * @param {readonly string[]} pointers
 * @param {HTMLElement} control
 */
export function complaint({ store, t }, pointers, control) {
  count += 1;
  const element = h("p", { class: "recipe-error", id: `recipe-error-${count}`, role: "alert" });
  /** @type {Message | null} */
  let own = null;
  const show = () => {
    const said =
      store
        .get()
        .problem?.errors.filter(({ pointer }) => concerns(pointer, pointers))
        .map(({ detail }) => t(detail)) ?? [];
    const text = own ? t(own.key, own.params) : said.join(" ");
    if (element.textContent !== text) element.textContent = text;
    if (text === "") {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    } else {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", element.id);
      // What is wrong must not hide.
      element.closest(".recipe-fold")?.setAttribute("open", "");
    }
  };
  store.watch((state) => state.problem, show);
  store.watch((state) => state.language, show);
  return {
    element,
    /** @param {Message | null} message */
    say(message) {
      own = message;
      show();
    },
  };
}

/**
 * @param {LabContext} context
 * @param {Common & NumberOptions} options
 * @returns {Field & { input: HTMLInputElement }}
 */
export function numberField(context, options) {
  const { store } = context;
  const {
    name,
    label,
    pointers,
    read,
    write,
    limits,
    scale,
    isWhole = false,
    hasSlider = false,
    isPercent = false,
    beside,
  } = options;
  count += 1;
  const id = `recipe-${name}-${count}`;
  const factor = isPercent ? 100 : 1;
  const input = h("input", {
    id,
    class: "recipe-number",
    type: "text",
    inputmode: isWhole ? "numeric" : "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "data-action": name,
  });
  const slider = hasSlider
    ? h("input", {
        type: "range",
        class: "recipe-slider",
        min: 0,
        max: scale.steps,
        step: 1,
        "data-action": `${name}-slider`,
        "data-i18n-attr": `aria-label:${label}`,
      })
    : null;
  const wrong = complaint(context, pointers, input);
  const control = h(
    "span",
    { class: "recipe-control" },
    input,
    isPercent && h("span", { class: "recipe-unit", "aria-hidden": "true" }, "%"),
    beside,
  );
  const element = h(
    "div",
    { class: "recipe-field", "data-field": name },
    h("label", { for: id, "data-i18n": label }),
    control,
    slider,
    wrong.element,
  );
  let isTyped = false;

  const refresh = () => {
    const value = read(store.get());
    element.hidden = value === null;
    if (value === null) return;
    element.dataset.value = String(value);
    const shown = isPercent ? Number((value * factor).toFixed(6)) : value;
    if (!isTyped) input.value = written(shown);
    if (slider) {
      slider.value = String(scale.place(value));
      slider.setAttribute("aria-valuetext", isPercent ? `${significant(shown)} %` : significant(value));
    }
  };

  /** @param {number} value @returns {Message | null} what is wrong with it */
  const fault = (value) => {
    const [low, high] = limits(store.get());
    if (isWhole && !Number.isInteger(value)) return { key: "lab.recipe.wrong.whole" };
    if (value >= low && value <= high) return null;
    return {
      key: "lab.recipe.wrong.range",
      params: { low: significant(low * factor, 7), high: significant(high * factor, 16) },
    };
  };

  const commit = () => {
    if (!isTyped) return;
    const typed = parseNumber(input.value.trim());
    const value = typed === null ? null : typed / factor;
    const message = value === null ? { key: "app.number.wrong", params: { text: input.value.trim() } } : fault(value);
    wrong.say(message);
    if (value === null || message !== null) return;
    isTyped = false;
    write(value);
    refresh();
  };

  input.addEventListener("input", () => {
    isTyped = true;
    wrong.say(null);
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", commit);
  input.addEventListener("keydown", (event) => {
    // Single-key shortcuts of the page are not meant while typing.
    event.stopPropagation();
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") {
      isTyped = false;
      wrong.say(null);
      refresh();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const value = read(store.get());
      if (value === null || isTyped) return;
      event.preventDefault();
      const next = scale.next(value, event.key === "ArrowUp" ? 1 : -1, event.shiftKey);
      if (fault(next) === null) write(next);
    }
  });
  slider?.addEventListener("keydown", (event) => event.stopPropagation());
  slider?.addEventListener("input", () => {
    const [low, high] = limits(store.get());
    isTyped = false;
    wrong.say(null);
    write(Math.min(Math.max(scale.value(Number(slider.value)), low), high));
  });
  refresh();
  return { element, refresh, input };
}

/**
 * @param {LabContext} context
 * @param {Common & { options: (state: PageState) => readonly Option[], read: (state: PageState) => string, write:
 *   (value: string) => void, hint?: (state: PageState) => string }} options
 * @returns {Field}
 */
export function choiceField(context, { name, label, pointers, options, read, write, hint }) {
  const { store } = context;
  count += 1;
  const id = `recipe-${name}-${count}`;
  const choice = chooser({ id, "data-action": name }, write);
  choice.element.classList.add("recipe-choice");
  choice.element.addEventListener("keydown", (event) => event.stopPropagation());
  const wrong = complaint(context, pointers, choice.element);
  const note = h("p", { class: "recipe-hint" });
  const element = h(
    "div",
    { class: "recipe-field recipe-field-choice", "data-field": name },
    h("label", { for: id, "data-i18n": label }),
    choice.element,
    note,
    wrong.element,
  );
  let filled = "";
  const refresh = () => {
    const state = store.get();
    const all = options(state);
    const value = read(state);
    const now = JSON.stringify([all, value]);
    if (now !== filled) choice.fill(all, value);
    filled = now;
    note.textContent = hint?.(state) ?? "";
    note.hidden = note.textContent === "";
  };
  // What was chosen and not taken over must not go on being shown.
  choice.element.addEventListener("change", () => {
    filled = "";
    refresh();
  });
  refresh();
  return { element, refresh };
}

/**
 * @param {LabContext} context
 * @param {Common & { read: (state: PageState) => boolean, write: (on: boolean) => void }} options
 * @returns {Field}
 */
export function switchField(context, { name, label, pointers, read, write }) {
  const box = h("input", { type: "checkbox", "data-action": name });
  const wrong = complaint(context, pointers, box);
  box.addEventListener("change", () => write(box.checked));
  const element = h(
    "div",
    { class: "recipe-field", "data-field": name },
    h("label", { class: "check" }, box, h("span", { "data-i18n": label })),
    wrong.element,
  );
  const refresh = () => {
    box.checked = read(context.store.get());
  };
  refresh();
  return { element, refresh };
}

/**
 * A button with dice that draws another seed.
 *
 * @param {string} name @param {(seed: number) => void} write @param {Attributes} [more]
 */
export function dice(name, write, more = {}) {
  const button = h("button", {
    type: "button",
    class: "recipe-dice",
    "data-action": `${name}-dice`,
    "data-i18n-attr": "aria-label:lab.recipe.dice; title:lab.recipe.dice",
    ...more,
  });
  button.append(h("span", { "aria-hidden": "true" }, "⚄"));
  button.addEventListener("click", () => write(Math.floor(Math.random() * 10_000)));
  return button;
}

/** Where the recipe lies above the network, it starts folded: the network is what the page is for. */
const NARROW = "(max-width: 68.75rem)";

/**
 * A part of the recipe with a heading, that can be folded; `brief` says what is in it while it is.
 *
 * @param {string} name
 * @param {readonly (Node | null | undefined | false)[]} content
 */
export function section(name, ...content) {
  const body = h("div", { class: "recipe-body" }, content);
  const brief = h("span", { class: "recipe-brief" });
  const summary = h("summary", {}, h("h2", { "data-i18n": `lab.recipe.${name}` }), brief);
  const element = h(
    "details",
    { class: "recipe-section", "data-section": name, open: !matchMedia(NARROW).matches },
    summary,
    body,
  );
  return { element, brief };
}

/**
 * A fold inside a section. @param {string} name @param {string} label key @param {readonly Node[]} content
 */
export function fold(name, label, ...content) {
  return h(
    "details",
    { class: "recipe-fold", "data-fold": name },
    h("summary", { "data-i18n": label }),
    h("div", { class: "recipe-fold-body" }, content),
  );
}
