/**
 * The recipe: all that makes a training repeatable, to be read and changed.
 *
 * @import { LabContext } from "../context.js"
 */
import { translate } from "../../i18n/i18n.js";
import { dataSection } from "./data/section.js";
import { networkSection } from "./network-section.js";
import { createOwnDialog } from "./own/dialog.js";
import { createSay } from "./saying.js";
import { trainingSection } from "./training-section.js";

/** @param {HTMLElement} root @param {LabContext} context */
export function mountRecipe(root, context) {
  const { store, t } = context;
  const say = createSay(context);
  const dialog = createOwnDialog(document.body, context, say);
  const sections = [dataSection(context, dialog, say), networkSection(context, say), trainingSection(context)];
  root.classList.add("recipe");
  root.append(...sections.map(({ element }) => element));
  const refresh = () => {
    if (store.get().catalog === null || store.get().request === null) return;
    for (const each of sections) each.refresh();
  };
  store.watch((state) => state.request, refresh);
  store.watch((state) => state.catalog, refresh);
  store.watch((state) => state.examples, refresh);
  store.watch(
    (state) => state.language,
    () => {
      translate(root, t);
      refresh();
    },
  );
}
