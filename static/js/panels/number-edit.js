/**
 * Numbers that can be typed: a field bound to one given number, and the same field floating over the stage.
 *
 * A field never throws away what was typed: wrong input stays, marked, with what was expected.
 *
 * @import { PanelContext } from "../explorer/panels.js"
 * @import { Pointer } from "../record/types.js"
 *
 * @typedef {object} FieldOptions
 * @property {string} label key of its name, or the name itself
 * @property {() => void} [onEmpty] what an emptied field means; without it, it is wrong input
 * @property {(isFine: boolean) => void} [onCommit] after Enter or when leaving; false if what stands there is no number
 */
import { h } from "../kit/dom.js";
import { parseNumber } from "../kit/format.js";
import { translate } from "../i18n/i18n.js";
import { givenAt } from "../record/request.js";

/** How far an arrow key moves a number: plain, with Shift, with Alt. */
export const NUDGE = Object.freeze({ plain: 0.1, shift: 1, alt: 0.01 });

/** Decimal places kept when nudging, so that 0.1 + 0.2 is 0.3. */
const NUDGED_PLACES = 10;

/**
 * A number moved by a key.
 *
 * @param {number} value @param {1 | -1} direction @param {{ shiftKey?: boolean, altKey?: boolean }} keys
 */
export function nudged(value, direction, { shiftKey = false, altKey = false }) {
  const by = shiftKey ? NUDGE.shift : altKey ? NUDGE.alt : NUDGE.plain;
  const moved = value + direction * by;
  // Beyond this size float64 has fewer decimal places than are kept.
  return Math.abs(moved) < 1e5 ? Number(moved.toFixed(NUDGED_PLACES)) : moved;
}

/** How a number stands in a field: exactly, with a real minus sign. @param {number | null} value */
export const written = (value) => (value === null ? "" : String(value).replaceAll("-", "−"));

let count = 0;

/**
 * An input that shows the given number at `pointer` and sets it; arrow keys nudge it.
 *
 * @param {PanelContext} context @param {Pointer} pointer @param {FieldOptions} options
 */
export function numberField({ store, actions, t }, pointer, { label, onEmpty, onCommit }) {
  count += 1;
  const hintId = `number-hint-${count}`;
  const input = h("input", {
    class: "number-input",
    type: "text",
    inputmode: "text",
    autocomplete: "off",
    spellcheck: "false",
    size: 6,
    "data-edit": pointer,
    "data-i18n-attr": `aria-label:${label}`,
    "aria-label": t(label),
  });
  const hint = h("span", { id: hintId, class: "number-hint", role: "alert" });
  const given = () => {
    const { request } = store.get();
    return request === null ? null : givenAt(request, pointer);
  };
  let typed = false;

  const show = () => {
    if (!typed) input.value = written(given());
  };

  /** @param {string} message */
  const say = (message) => {
    hint.textContent = message;
    input.toggleAttribute("aria-invalid", message !== "");
    if (message) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", hintId);
    } else input.removeAttribute("aria-describedby");
  };

  const commit = () => {
    if (!typed) return true;
    const text = input.value.trim();
    const value = parseNumber(text);
    if (text === "" && onEmpty) onEmpty();
    else if (value === null) {
      say(t("app.number.wrong", { text }));
      return false;
    } else actions.setNumber(pointer, value);
    typed = false;
    say("");
    show();
    return true;
  };

  input.addEventListener("input", () => {
    typed = true;
    say("");
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    const isFine = commit();
    onCommit?.(isFine);
  });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") {
      const isFine = commit();
      if (isFine) input.select();
      onCommit?.(isFine);
    } else if (event.key === "Escape") {
      typed = false;
      say("");
      show();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const value = typed ? parseNumber(input.value) : given();
      if (value === null) return;
      event.preventDefault();
      typed = false;
      say("");
      const next = nudged(value, event.key === "ArrowUp" ? 1 : -1, event);
      actions.setNumber(pointer, next);
      input.value = written(next);
    }
  });
  const stop = store.watch(given, show);
  const field = h("span", { class: "number-field" }, input, hint);
  return Object.assign(field, { input, destroy: stop });
}

/**
 * Edit a number in place: the field opens over `anchor`, and is gone after Enter, Escape or a click elsewhere.
 *
 * @param {PanelContext} context @param {Pointer} pointer @param {DOMRect} anchor
 */
function editInPlace(context, pointer, anchor) {
  const { request } = context.store.get();
  if (request === null || givenAt(request, pointer) === null) return;
  const before = document.activeElement;
  let isOpen = true;
  const close = () => {
    // Taking the field away makes it lose the focus, which asks to close it once more.
    if (!isOpen) return;
    isOpen = false;
    const hadFocus = box.contains(document.activeElement);
    field.destroy();
    box.remove();
    if (hadFocus && before instanceof HTMLElement) before.focus();
    else if (hadFocus && before instanceof SVGElement) before.focus();
  };
  const field = numberField(context, pointer, { label: "app.number.label", onCommit: (isFine) => isFine && close() });
  const box = h("div", { class: "edit-in-place" }, field);
  field.input.addEventListener("keydown", (event) => event.key === "Escape" && close());
  translate(box, context.t);
  document.body.append(box);
  const left = anchor.left + anchor.width / 2 - box.offsetWidth / 2;
  const top = anchor.top + anchor.height / 2 - field.input.offsetHeight / 2;
  box.style.left = `${Math.max(4, Math.min(left, innerWidth - box.offsetWidth - 4))}px`;
  box.style.top = `${Math.max(4, Math.min(top, innerHeight - box.offsetHeight - 4))}px`;
  field.input.focus();
}

/** Edit in place whatever number the stage asks to have edited. @param {PanelContext} context */
export function mountEditInPlace(context) {
  document.addEventListener("edit-number", (event) => {
    const { pointer, anchor } = /** @type {CustomEvent<{ pointer: string, anchor: DOMRect }>} */ (event).detail;
    editInPlace(context, pointer, anchor);
  });
}
