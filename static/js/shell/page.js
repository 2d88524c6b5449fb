/**
 * What the roots of all pages begin with: the page's texts, its places, and where the API is.
 *
 * @import { Language, Translate } from "../i18n/i18n.js"
 */
import { loadCatalogue, rememberLanguage, servedTexts, translate, translator } from "../i18n/i18n.js";

/** The application's root as the page's address sees it, with a slash at its end. */
export const rootAddress = () =>
  new URL(`${document.querySelector("meta[name='root']")?.getAttribute("content") ?? "."}/`, document.baseURI);

export const apiBase = () => new URL("api/v1/", rootAddress());

/**
 * Texts in the language of the moment.
 * @returns {Promise<{ t: Translate, use: (language: Language) => Promise<void> }>}
 */
export async function speak() {
  let current = translator(await loadCatalogue(servedTexts()));
  /** @type {Translate} */
  const t = (key, params) => current(key, params);
  return {
    t,
    async use(language) {
      current = translator(await loadCatalogue(language));
      rememberLanguage(language);
      translate(document, t);
    },
  };
}

/** @param {string} id */
export function place(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}
