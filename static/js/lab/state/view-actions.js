/**
 * What changes how the Lab is shown, and nothing of what is trained: digits, language, theme, notices.
 *
 * @import { Notice } from "../../record/request.js"
 * @import { Store } from "../../kit/store.js"
 * @import { LabState } from "../types.js"
 * @import { PageState } from "./state.js"
 */

export const DIGITS = Object.freeze({ least: 2, most: 8 });

/** A notice as the store keeps it. @param {Notice} notice */
const noticeText = (notice) => JSON.stringify(notice);

/**
 * @param {object} options
 * @param {Store<PageState>} options.store
 * @param {(language: "en" | "zh") => Promise<void>} options.useLanguage load the texts and put them on the page
 * @param {(theme: LabState["theme"]) => void} options.useTheme
 */
export function createViewActions({ store, useLanguage, useTheme }) {
  return {
    /** @param {number} digits */
    setDigits: (digits) => store.set({ digits: Math.min(Math.max(Math.round(digits), DIGITS.least), DIGITS.most) }),
    toggleShortcuts: () => store.set({ shortcuts: !store.get().shortcuts }),
    /** @param {"en" | "zh"} language */
    async setLanguage(language) {
      await useLanguage(language);
      store.set({ language });
    },
    /** @param {LabState["theme"]} theme */
    setTheme(theme) {
      useTheme(theme);
      store.set({ theme });
    },
    /** @param {Notice[]} notices */
    notify(...notices) {
      const fresh = notices.map(noticeText).filter((text) => !store.get().notices.includes(text));
      if (fresh.length > 0) store.set({ notices: [...store.get().notices, ...fresh] });
    },
    /** @param {string} notice */
    dismiss: (notice) => store.set({ notices: store.get().notices.filter((each) => each !== notice) }),
  };
}
