// Set before the first paint, so that a dark page does not flash white; a classic script, since modules run later.
(() => {
  const root = document.documentElement;
  let choice = null;
  try {
    choice = localStorage.getItem("theme");
  } catch {
    // A browser that keeps nothing for us still has a theme of its own.
  }
  const known = choice === "light" || choice === "dark";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.themeChoice = known ? (choice ?? "auto") : "auto";
  root.dataset.theme = known ? (choice ?? "light") : dark ? "dark" : "light";
})();
