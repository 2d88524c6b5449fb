/**
 * A JSON file dropped anywhere: a trace request, a network that keeps as much of what is on the page as fits, or a
 * network from elsewhere. The server says what it is, and what it leaves open is asked.
 *
 * @import { NetworkImport } from "../api/client.js"
 * @import { PanelContext } from "./panels.js"
 * @import { Notice } from "../record/request.js"
 */
import { fetched, problemFrom } from "../api/asking.js";

const MOST_BYTES = 4 * 2 ** 20;
/** What a person can choose on the page; anything else that is missing has to be fetched first. */
const CHOSEN_HERE = ["activations", "kernels"];

/** @param {PanelContext} context */
export function mountDrop(context) {
  const { store, actions, api } = context;
  /** @param {DragEvent} event */
  const hasFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;

  /** @param {string} name @param {Notice | string} why @returns {Notice} */
  const wrong = (name, why) => ({
    key: "app.drop.wrong",
    params: { name, why: typeof why === "string" ? why : JSON.stringify(why) },
  });

  /** @param {NetworkImport["notes"]} remarks */
  const sentences = (remarks) => remarks.map(({ text }) => text[store.get().language]).join(" ");

  /**
   * What the server makes of a document, with what was chosen here.
   * @param {string} name
   * @param {unknown} document
   * @returns {Promise<NetworkImport | null>} null: nothing was chosen
   */
  async function read(name, document) {
    const found = await api.importNetwork(document);
    if (found.network !== null || !found.missing.every(({ code }) => CHOSEN_HERE.includes(code))) return found;
    const dialog = await fetched(() => import("./import-dialog.js"), actions.notify);
    const chosen = await dialog?.askWhatIsMissing(context, name, found);
    return chosen ? api.importNetwork({ document, ...chosen }) : null;
  }

  /** @param {File} file @returns {Promise<Notice[]>} empty: it is said already */
  async function load(file) {
    const { name } = file;
    if (file.size > MOST_BYTES) return [{ key: "app.drop.large", params: { name } }];
    if (store.get().catalog === null) return [{ key: "app.drop.early" }];
    const reader = await fetched(() => import("../state/file.js"), actions.notify);
    if (reader === null) return [];
    const text = await file.text();
    const parsed = reader.parsed(text);
    if (parsed.problem !== undefined) return [wrong(name, parsed.problem)];
    const found = await read(name, parsed.document);
    if (found === null) return [];
    if (found.network === null) return [wrong(name, sentences(found.missing))];
    const { catalog, request } = store.get();
    if (catalog === null) return [];
    const made = reader.fromFile(JSON.stringify({ ...found.request, network: found.network }), request, catalog);
    if (made.problem !== undefined) return [wrong(name, made.problem)];
    actions.loadRequest(made.request);
    const notes =
      found.notes.length > 0 ? [{ key: "app.import.notes", params: { notes: sentences(found.notes) } }] : [];
    return [{ key: "app.drop.loaded", params: { name } }, ...notes];
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
    try {
      actions.notify(...(await load(file)));
    } catch (error) {
      const { detail, errors } = problemFrom(error);
      const at = errors[0]?.pointer ? `${errors[0].pointer}: ` : "";
      actions.notify(wrong(file.name, `${at}${context.t(detail)}`));
    }
  });
}
