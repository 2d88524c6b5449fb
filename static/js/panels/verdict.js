/**
 * What the server says of a learner's number: whether it is right, by itself or going on from an earlier one that is
 * not, and if not, from which mistakes it comes about and where each parts from the right way.
 *
 * @import { Client } from "../api/client.js"
 * @import { Translate } from "../i18n/i18n.js"
 * @import { Pointer, TraceRequest } from "../record/types.js"
 *
 * @typedef {object} Verdict
 * @property {boolean} isRight
 * @property {"right" | "sign_of_zero" | "rounding" | "follows"} how meaningful for a right one
 * @property {string} from the symbol of the wrong number that a right one goes on from
 * @property {string} reason in words; empty where no mistake with a name gives just this number
 */
import { conventions } from "../state/chosen-notation.js";
import { symbolText } from "../record/mark.js";

/** So many mistakes that give one number are named; who reads more learns less. */
const NAMED = 2;

/**
 * @param {{ api: Client, t: Translate, language: "en" | "zh" }} context
 * @param {{ request: TraceRequest, pointer: Pointer, answer: number, digits: number, given?: Record<Pointer, number> }}
 *   asked digits:
 *   decimal places; given: the learner's own earlier numbers
 * @returns {Promise<Verdict>}
 */
export async function judge({ api, t, language }, asked) {
  const found = await api.diagnose({ ...asked, conventions: conventions() });
  const { verdict, finding } = found;
  const reasons = found.misconceptions.slice(0, NAMED).map(({ title, pointer, conventions: read }) => {
    const reason = [title, ...read.map((each) => each.title)].map((each) => each[language]).join(t("verdict.and"));
    return pointer === null || pointer === asked.pointer
      ? t("verdict.here", { reason })
      : t("verdict.from", { reason, symbol: symbolText(pointer) });
  });
  if (finding === "convention")
    reasons.push(...found.conventions.map(({ title }) => t("verdict.convention", { convention: title[language] })));
  const how = finding === "sign_of_zero" || finding === "rounding" || finding === "follows" ? finding : "right";
  const from = found.first_wrong === null ? "" : symbolText(found.first_wrong.pointer);
  return { isRight: verdict !== "wrong", how, from, reason: reasons.join(t("verdict.or")) };
}
