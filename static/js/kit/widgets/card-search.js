/** Cards that are searched as one types; groups without any left go too. */

/**
 * Whether every word that was typed is in a text.
 * @param {string} text @param {string} wanted
 */
export const matches = (text, wanted) => {
  const plain = text.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => plain.includes(word));
};

/**
 * @param {HTMLInputElement} input shown only where there is a script
 * @param {ParentNode} root of the groups
 * @param {HTMLElement} status says when nothing is left; `data-none` has the text
 */
export function searchCards(input, root, status) {
  input.hidden = false;
  input.addEventListener("input", () => {
    let left = 0;
    for (const group of root.querySelectorAll(".card-group:has(.card)")) {
      const cards = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(".card")]);
      const title = group.querySelector("h2")?.textContent ?? "";
      for (const card of cards) card.hidden = !matches(`${title} ${card.textContent}`, input.value);
      const shown = cards.filter(({ hidden }) => !hidden).length;
      /** @type {HTMLElement} */ (group).hidden = shown === 0;
      left += shown;
    }
    status.textContent = left === 0 ? (status.dataset.none ?? "") : "";
  });
}
