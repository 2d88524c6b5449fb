/**
 * The step in words, as a teacher would say it.
 *
 * @import { AppState, Catalog } from "../types.js"
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../dom.js";
import { sentence } from "../sentence.js";
import { createSection } from "./section.js";

/**
 * Names of activations and losses in a language.
 *
 * @param {Catalog | null} catalog
 * @param {AppState["language"]} language
 * @returns {Record<string, string>}
 */
export function titlesOf(catalog, language) {
  const entries = [...(catalog?.activations ?? []), ...(catalog?.losses ?? [])];
  return Object.fromEntries(entries.map(({ name, title }) => [name, title[language]]));
}

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountWords(root, context) {
  const { t } = context;
  root.append(
    createSection(context, {
      name: "words",
      dependsOn: [(state) => state.trace?.steps[state.current], (state) => state.trace, (state) => state.catalog],
      render(body, { trace, current, catalog, language }) {
        const step = trace?.steps[current];
        const text = step && trace ? sentence(step, trace, t, titlesOf(catalog, language)) : t(trace ? "panel.words.start" : "panel.waiting");
        body.replaceChildren(h("p", { class: "words" }, text));
      },
    }),
  );
}
