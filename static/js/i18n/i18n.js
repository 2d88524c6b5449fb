/**
 * The texts of the page: one flat JSON file per language, equal keys.
 *
 * An element that shows a text carries `data-i18n="key"`, one whose attributes are texts
 * `data-i18n-attr="aria-label:key; title:other.key"`, so that the language can change in place.
 */

/** @typedef {Readonly<Record<string, string>>} Catalogue */
/** @typedef {string | number | Text | undefined} Param */
/**
 * @typedef {{key: string, params?: Readonly<Record<string, Param>>, english?: string, chinese?: string}} Text a text to
 *   be, with the texts and values in it; `english`, `chinese`: what it is already
 */
/** @typedef {string | Text} Said a key, a sentence, or a text to be */
/** @typedef {(said: Said, params?: Readonly<Record<string, Param>>) => string} Translate */
/** @typedef {"en" | "zh"} Language of titles and descriptions; other files of texts take the English ones */

/** @type {readonly Language[]} */
export const LANGUAGES = ["en", "zh"];

const YEAR = 365 * 24 * 3600;

/** @type {Map<string, Promise<Catalogue>>} */
const loading = new Map();

/**
 * The texts of one language; a failed load may be tried again.
 * @param {string} language the name of its file
 * @returns {Promise<Catalogue>}
 */
export function loadCatalogue(language) {
  let catalogue = loading.get(language);
  if (!catalogue) {
    catalogue = fetch(new URL(`../../js/i18n/${language}.json`, import.meta.url)).then((response) => {
      if (!response.ok) throw new Error(`The texts in ${language} could not be loaded (${response.status}).`);
      return response.json();
    });
    catalogue.catch(() => loading.delete(language));
    loading.set(language, catalogue);
  }
  return catalogue;
}

/**
 * `t(key, params)` for one catalogue, or `t(text)`. A key that is not there stands for itself, so that a gap is seen
 * and nothing breaks; a text that is there already in the language stands for itself, and in English where its key is
 * unknown.
 * @param {Catalogue} catalogue
 * @returns {Translate}
 */
export function translator(catalogue) {
  /** @type {Translate} */
  const t = (said, given = {}) => {
    const {
      key,
      params = given,
      english = undefined,
      chinese = undefined,
    } = typeof said === "object" ? said : { key: said };
    const isKnown = Object.hasOwn(catalogue, key);
    const own = { en: english, "zh-CN": chinese }[catalogue["language.tag"]];
    if (own !== undefined) return own;
    if (!isKnown) return english ?? key;
    return catalogue[key].replace(/\{(\w+)\}/g, (gap, name) => {
      const value = params[name];
      if (value === undefined) return gap;
      return typeof value === "object" ? t(value) : String(value);
    });
  };
  return t;
}

/**
 * Put the texts of a language into every marked element below `root`.
 * @param {ParentNode} root
 * @param {Translate} t
 */
export function translate(root, t) {
  for (const element of root.querySelectorAll("[data-i18n]")) {
    element.textContent = t(element.getAttribute("data-i18n") ?? "");
  }
  for (const element of root.querySelectorAll("[data-i18n-attr]")) {
    for (const pair of (element.getAttribute("data-i18n-attr") ?? "").split(";")) {
      const [name, key] = pair.split(":").map((part) => part.trim());
      if (name && key) element.setAttribute(name, t(key));
    }
  }
}

/** Which file of texts the page was served with. */
export const servedTexts = () => document.documentElement.lang.split("-")[0] || "en";

/**
 * The language of what is written in English and Chinese side by side, on the page as it was served.
 * @returns {Language}
 */
export function pageLanguage() {
  return LANGUAGES.find((language) => document.documentElement.lang.startsWith(language)) ?? "en";
}

/**
 * Note the language on the page, and in the cookie by which the server serves the next one.
 * @param {Language} language
 */
export function rememberLanguage(language) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : language;
  const path = new URL(document.querySelector("meta[name='root']")?.getAttribute("content") || ".", document.baseURI);
  document.cookie = `lang=${language}; Path=${path.pathname}; Max-Age=${YEAR}; SameSite=Lax`;
}
