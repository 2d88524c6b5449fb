/**
 * The header of every page: the theme button, and the remembered language.
 *
 * Changing the language here means following the link. A page that can switch in place handles the click on
 * `[data-action="language"]` itself and calls `preventDefault`.
 */

/** @typedef {"auto" | "light" | "dark"} ThemeChoice */

/** @type {readonly ThemeChoice[]} */
const CHOICES = ["auto", "light", "dark"];
const DARK = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

/** @returns {ThemeChoice} */
export function themeChoice() {
  return CHOICES.find((choice) => choice === root.dataset.themeChoice) ?? "auto";
}

/**
 * Show the page in a theme and remember it; `document` hears of it by the event `themechange`.
 * @param {ThemeChoice} choice
 */
export function chooseTheme(choice) {
  root.dataset.themeChoice = choice;
  try {
    localStorage.setItem("theme", choice);
  } catch {
    // Not remembered, but shown.
  }
  show();
}

function show() {
  const choice = themeChoice();
  root.dataset.theme = choice === "auto" ? (DARK.matches ? "dark" : "light") : choice;
  for (const button of document.querySelectorAll("button[data-action='theme']")) {
    const label = button.getAttribute(`data-label-${choice}`);
    if (label) {
      button.setAttribute("aria-label", label);
      button.setAttribute("title", label);
    }
  }
  document.dispatchEvent(new CustomEvent("themechange"));
}

DARK.addEventListener("change", show);
for (const button of document.querySelectorAll("button[data-action='theme']")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => {
    chooseTheme(CHOICES[(CHOICES.indexOf(themeChoice()) + 1) % CHOICES.length]);
  });
}
show();
