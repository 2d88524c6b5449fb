/**
 * A button with a panel that unfolds below it; closes on Escape and on a click elsewhere, as the browser does it.
 *
 * @import { Attributes, Child } from "../dom.js"
 */
import { h } from "../dom.js";

const MARGIN = 8;

let count = 0;

/**
 * Below the button, or above it where there is more room; never outside the window.
 * @param {HTMLElement} button
 * @param {HTMLElement} panel
 */
function place(button, panel) {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = panel;
  const fromRight = left + offsetWidth > innerWidth - MARGIN;
  const x = fromRight ? right - offsetWidth : left;
  const isBelow = bottom + offsetHeight + MARGIN <= innerHeight || top < innerHeight - bottom;
  const y = isBelow ? bottom + 4 : top - offsetHeight - 4;
  panel.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - offsetWidth - MARGIN))}px`;
  panel.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - offsetHeight - MARGIN))}px`;
}

/**
 * @param {{ button: Attributes, label: Child[], panel: Attributes, onOpen?: (panel: HTMLElement) => void }} options
 * @returns {{ button: HTMLButtonElement, panel: HTMLElement, close: () => void, place: () => void }} both to be put into
 *   the page; place: when what is in it has come later than it was opened
 */
export function createPopover({ button: attributes, label, panel: panelAttributes, onOpen }) {
  count += 1;
  const id = `popover-${count}`;
  const panel = h("div", { id, popover: "auto", class: "popover", ...panelAttributes });
  const button = h(
    "button",
    {
      type: "button",
      class: "tool",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      popovertarget: id,
      ...attributes,
    },
    label,
  );
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") onOpen?.(panel);
  });
  panel.addEventListener("toggle", (event) => {
    const isOpen = /** @type {ToggleEvent} */ (event).newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) place(button, panel);
  });
  const replace = () => void (panel.matches(":popover-open") && place(button, panel));
  addEventListener("resize", replace);
  addEventListener("scroll", replace, { passive: true });
  return { button, panel, close: () => panel.matches(":popover-open") && panel.hidePopover(), place: replace };
}
