/** The gallery: formulas, the search, and a link to printed numbers opens them. */
import { searchCards } from "../kit/widgets/card-search.js";
import { place } from "../shell/page.js";
import "./plain.js";

searchCards(/** @type {HTMLInputElement} */ (place("search")), place("networks"), place("found"));

function open() {
  const name = decodeURIComponent(location.hash.slice(1));
  const work = name === "" ? null : document.getElementById(name)?.closest("details");
  if (!work) return;
  work.open = true;
  work.scrollIntoView();
}

addEventListener("hashchange", open);
open();
