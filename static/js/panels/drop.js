/**
 * A JSON file dropped anywhere: a trace request, or a network that keeps as much of what is on the page as fits.
 *
 * @import { PanelContext } from "./panels.js"
 * @import { Notice } from "../state/request.js"
 */
import { fetched } from "../api/asking.js";

const MOST_BYTES = 4 * 2 ** 20;

/** @param {PanelContext} context */
export function mountDrop({ store, actions }) {
  /** @param {DragEvent} event */
  const hasFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;

  /** @param {File} file @returns {Promise<Notice | null>} null: it is said already */
  async function load(file) {
    if (file.size > MOST_BYTES) return { key: "app.drop.large", params: { name: file.name } };
    const { catalog, request } = store.get();
    if (catalog === null) return { key: "app.drop.early" };
    const reader = await fetched(() => import("../state/file.js"), actions.notify);
    if (reader === null) return null;
    const found = reader.fromFile(await file.text(), request, catalog);
    if (found.problem !== undefined) return { key: "app.drop.wrong", params: { name: file.name, why: JSON.stringify(found.problem) } };
    actions.loadRequest(found.request);
    return { key: "app.drop.loaded", params: { name: file.name } };
  }

  addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && document.body.classList.remove("dropping"));
  addEventListener("drop", async (event) => {
    document.body.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    const notice = await load(file);
    if (notice !== null) actions.notify(notice);
  });
}
