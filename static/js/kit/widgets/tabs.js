/** A row of tabs: which one is chosen, and the arrow keys along it. */

/**
 * Left and right, first and last, as the pattern for tabs has it; hidden tabs are passed over.
 *
 * @param {HTMLElement} list with role "tablist"
 * @param {(tab: HTMLElement) => void} choose
 */
export function arrowsAlong(list, choose) {
  list.addEventListener("keydown", (event) => {
    const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role="tab"]:not([hidden])')]);
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const places = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    if (at < 0 || !(event.key in places)) return;
    const next = tabs.at(places[/** @type {keyof typeof places} */ (event.key)] % tabs.length);
    event.preventDefault();
    // The page's own keys move through time with the same arrows.
    event.stopPropagation();
    next?.focus();
    if (next) choose(next);
  });
}

/**
 * Show one tab as chosen, and its panel alone.
 *
 * @param {HTMLElement} tab @param {HTMLElement} panel @param {boolean} isChosen
 */
export function showTab(tab, panel, isChosen) {
  tab.setAttribute("aria-selected", String(isChosen));
  tab.tabIndex = isChosen ? 0 : -1;
  panel.hidden = !isChosen;
}
