/**
 * What the server says of a learner's number: whether it is right, and if not, from which mistakes it comes about and where each
 * parts from the right way.
 *
 * @import { Client } from "../api/client.js"
 * @import { Translate } from "../i18n/i18n.js"
 * @import { Pointer, TraceRequest } from "../types.js"
 *
 * @typedef {object} Verdict
 * @property {boolean} isRight
 * @property {"right" | "sign_of_zero" | "rounding"} how meaningful for a right one
 * @property {string} reason in words; empty where no mistake with a name gives just this number
 */
import { symbolText } from "./mark.js";

/**
 * @param {{ api: Client, t: Translate, language: "en" | "zh" }} context
 * @param {{ request: TraceRequest, pointer: Pointer, answer: number, digits: number }} asked digits: decimal places
 * @returns {Promise<Verdict>}
 */
export async function judge({ api, t, language }, asked) {
  const { verdict, finding, misconceptions } = await api.diagnose(asked);
  const reasons = misconceptions.map(({ title, pointer }) => {
    const reason = title[language];
    return pointer === asked.pointer ? t("verdict.here", { reason }) : t("verdict.from", { reason, symbol: symbolText(pointer) });
  });
  const how = finding === "sign_of_zero" || finding === "rounding" ? finding : "right";
  return { isRight: verdict !== "wrong", how, reason: reasons.join(t("verdict.or")) };
}
