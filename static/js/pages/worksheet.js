/** Worksheets: formulas typeset, and a button that prints. */

import { mountNotation } from "../course/notation-switch.js";
import { place } from "../shell/page.js";

mountNotation(place("main"));
for (const button of document.querySelectorAll("button[data-action='print']")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => print());
}
