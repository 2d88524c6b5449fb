/**
 * What changes how a page is shown, and nothing of what it shows: digits, language, theme, notices.
 *
 * @import { Store } from "./store.js"
 * @import { Notice } from "../record/request.js"
 *
 * @typedef {"auto" | "light" | "dark"} Theme
 * @typedef {{ digits: number, shortcuts: boolean, language: "en" | "zh", theme: Theme, notices: readonly string[] }}
 *   View
 */

/** A notice as the store keeps it. @param {Notice} notice */
const noticeText = (notice) => JSON.stringify(notice);

/**
 * @param {object} options
 * @param {Store<any>} options.store of a state with all of `View`
 * @param {Readonly<{ least: number, most: number }>} options.digits that a number may be shown with
 * @param {(language: "en" | "zh") => Promise<void>} options.useLanguage load the texts and put them on the page
 * @param {(theme: Theme) => void} options.useTheme
 */
export function createViewActions({ store, digits: { least, most }, useLanguage, useTheme }) {
  /** @param {Partial<View>} change */
  const set = (change) => store.set(change);
  /** @returns {View} */
  const get = () => store.get();
  return {
    /** @param {number} digits */
    setDigits: (digits) => set({ digits: Math.min(Math.max(Math.round(digits), least), most) }),
    toggleShortcuts: () => set({ shortcuts: !get().shortcuts }),
    /** @param {"en" | "zh"} language */
    async setLanguage(language) {
      await useLanguage(language);
      set({ language });
    },
    /** @param {Theme} theme */
    setTheme(theme) {
      useTheme(theme);
      set({ theme });
    },
    /** @param {Notice[]} notices */
    notify(...notices) {
      const fresh = notices.map(noticeText).filter((text) => !get().notices.includes(text));
      if (fresh.length > 0) set({ notices: [...get().notices, ...fresh] });
    },
    /** @param {string} notice */
    dismiss: (notice) => set({ notices: get().notices.filter((each) => each !== notice) }),
  };
}
