/**
 * The stage by keyboard: one stop for Tab; arrows walk from unit to unit, Enter selects (and edits what is given).
 *
 * @import { Sheet } from "../sheet.js"
 */
import { significant } from "../../kit/format.js";
import { unitOf } from "../../record/addresses.js";
import { askForEdit } from "./gestures.js";

/** @type {Readonly<Record<string, [number, number]>>} columns and units to go */
const WAYS = Object.freeze({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });

/**
 * @param {SVGSVGElement} svg
 * @param {{ select: (pointer: string | null) => void, hover: (pointer: string | null) => void, toggleExpanded: (layer:
 *   number) => void }} actions
 * @param {() => Sheet | null} sheet
 */
export function attachKeyboard(svg, actions, sheet) {
  const off = new AbortController();
  /** @type {Element | null} */
  let current = null;

  /** @param {Element} unit */
  function moveTo(unit) {
    current?.setAttribute("tabindex", "-1");
    unit.setAttribute("tabindex", "0");
    current = unit;
    /** @type {SVGElement} */ (unit).focus({ preventScroll: true });
  }

  svg.addEventListener(
    "keydown",
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const fold = target?.closest("[data-expand]");
      if (fold && (event.key === "Enter" || event.key === " ")) {
        actions.toggleExpanded(Number(fold.getAttribute("data-expand")));
        event.preventDefault();
        return event.stopPropagation();
      }
      const unit = target?.closest(".unit");
      const way = WAYS[event.key];
      if (!unit || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === "Enter") {
        actions.select(unit.getAttribute("data-thing"));
        const editable = unit.getAttribute("data-editable");
        if (editable) askForEdit(unit, editable);
      } else if (way !== undefined) {
        const next = neighbour(unit, way);
        if (next) moveTo(next);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal: off.signal },
  );
  svg.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof Element) || !target.matches(".unit")) return;
      const now = sheet();
      if (now) target.setAttribute("aria-label", fullName(now, target));
      if (target.matches(":focus-visible")) actions.hover(target.getAttribute("data-thing"));
    },
    { signal: off.signal },
  );
  svg.addEventListener(
    "focusout",
    ({ target }) => {
      const now = sheet();
      if (now && target instanceof Element && target.matches(".unit"))
        target.setAttribute("aria-label", shortName(now, target));
    },
    { signal: off.signal },
  );

  return {
    /** Names for all, and one place for Tab to stop at. */
    prepare() {
      const now = sheet();
      if (now === null) return;
      const units = svg.querySelectorAll(".unit");
      units.forEach((unit, index) => {
        // An image rather than a button: its name replaces the symbols in it, which read aloud would be noise.
        unit.setAttribute("role", "img");
        unit.setAttribute("tabindex", index === 0 ? "0" : "-1");
        unit.setAttribute("aria-label", shortName(now, unit));
      });
      current = units[0] ?? null;
    },
    detach: () => off.abort(),
  };
}

/** @param {Element} unit @param {[number, number]} way @returns {Element | null} */
function neighbour(unit, [columns, units]) {
  const row = unit.closest(".row");
  const all = [...(row?.querySelectorAll(".unit") ?? [])];
  const column = Number(unit.getAttribute("data-column"));
  /** @param {number} wanted */
  const inColumn = (wanted) => all.filter((each) => Number(each.getAttribute("data-column")) === wanted);
  const place = inColumn(column).indexOf(unit);
  if (columns !== 0) {
    const there = inColumn(column + columns);
    return there[Math.min(place, there.length - 1)] ?? null;
  }
  const beside = inColumn(column)[place + units];
  if (beside) return beside;
  // Below the last unit of a row comes the other row, where both are shown.
  const rows = [...(row?.parentElement?.querySelectorAll(".row") ?? [])];
  const other = rows[rows.indexOf(/** @type {Element} */ (row)) + units];
  const twins = [...(other?.querySelectorAll(`.unit[data-column="${column}"]`) ?? [])];
  return twins.at(units > 0 ? 0 : -1) ?? null;
}

/** @param {Sheet} sheet @param {Element} unit */
function shortName({ t }, unit) {
  const thing = unit.getAttribute("data-thing") ?? "";
  const found = unitOf(thing);
  const isReversed = unit.closest(".row.reversed") !== null;
  const index = Number(unit.getAttribute("data-unit")) + 1;
  if (thing === "/loss/value") return t("stage.aria.loss");
  if (found === null) return t(isReversed ? "stage.aria.exit" : "stage.aria.input", { unit: index });
  return t(isReversed ? "stage.aria.amplifier" : "stage.aria.unit", { unit: index, layer: found.layer + 1 });
}

/** The name and the numbers shown in it. @param {Sheet} sheet @param {Element} unit */
function fullName(sheet, unit) {
  const numbers = [...unit.querySelectorAll("[data-pointer]")].flatMap((element) => {
    if (element.closest("[style*='none']")) return [];
    const pointer = element.getAttribute("data-pointer") ?? "";
    const value = sheet.read(pointer);
    const name = sheet.t(
      `stage.aria.${pointer.split("/").find((part) => /^[a-z_]+$/.test(part) && part !== "layers" && part !== "updated") ?? "value"}`,
    );
    return [
      `${name} ${value === undefined ? sheet.t("stage.aria.pending") : significant(value, sheet.facts().digits)}`,
    ];
  });
  return [shortName(sheet, unit), ...numbers].join(", ");
}
