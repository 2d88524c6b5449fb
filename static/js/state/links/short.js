/**
 * Short links: the server keeps what a page's long link says, and the page asks for it by `#s=<id>`.
 *
 * @import { Client } from "../../api/client.js"
 * @import { Notice } from "../../record/request.js"
 *
 * @typedef {(...notices: Notice[]) => void} Notify
 */
import { problemFrom } from "../../api/asking.js";
import { partsOf } from "../../kit/permalink/permalink.js";

/** @param {string} key @param {unknown} error @returns {Notice} */
const failure = (key, error) => ({ key, params: { detail: problemFrom(error).title } });

/**
 * The short address for a full one of a page of ours.
 *
 * @param {{ page: "explorer" | "lab", api: Pick<Client, "keepLink">, notify: Notify }} context
 * @returns {(address: string) => Promise<string | null>} null if the server does not keep it, which is said
 */
export const shortener =
  ({ page, api, notify }) =>
  async (address) => {
    const [place, fragment = ""] = address.split("#");
    try {
      return new URL((await api.keepLink(page, fragment)).path, new URL(".", place)).href;
    } catch (error) {
      notify(failure("app.share.failed", error));
      return null;
    }
  };

/**
 * The fragment that another stands for; itself if it is no short one.
 *
 * @param {string} fragment @param {{ api: Pick<Client, "link">, notify: Notify }} context
 * @returns {Promise<string | null>} null if the server does not have it any more, which is said
 */
export async function fullFragment(fragment, { api, notify }) {
  const id = partsOf(fragment).get("s");
  if (id === undefined) return fragment;
  try {
    return (await api.link(id)).fragment;
  } catch (error) {
    notify(failure("app.link.gone", error));
    return null;
  }
}
