/** Worksheets: formulas typeset, and a button that prints. */

import { watchFormulas } from "../math.js";

watchFormulas(document).catch(() => {});
for (const button of document.querySelectorAll("button[data-action='print']")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => print());
}
