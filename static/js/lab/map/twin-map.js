/**
 * The twin's decision map, small beside the run's own: the same part of the input space, at the same epoch.
 *
 * @import { LabContext } from "../context.js"
 * @import { Epoch, Moment, Run } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { standOf } from "../state/moment.js";
import { differences } from "../state/difference.js";
import { mapChoiceOf } from "./choice.js";
import { createField, groundOf } from "./field.js";
import { kindOf, planeOf, tellingInputs } from "./plane.js";

const SIDE = 48;
/** The run's own map goes first. */
const PACE_MS = 120;
const OF_DATA = /^(dataset|data)/;

/** @param {LabContext} context */
export function createTwinMap({ store, api, t }) {
  const choice = mapChoiceOf(store);
  const canvas = h("canvas", { class: "twin-field", role: "img" });
  const field = createField(canvas);
  const [title, text] = [h("strong", {}), h("span", { class: "twin-text" })];
  const element = h("div", { class: "map-twin", hidden: true }, canvas, h("p", {}, title, text));
  /** @type {{ record: Epoch, moment: Moment } | null} */
  let shown = null;
  let isAsking = false;
  /** @type {unknown} */
  let asked = null;

  /** The twin, if its map can stand beside this one: it has learnt the same data. @returns {Run | null} */
  function comparable() {
    const { twin, examples, request } = store.get();
    if (twin === null || examples === null || request === null || kindOf(examples) !== "plane") return null;
    const { layers } = twin.network;
    const fits =
      layers[0]?.w[0]?.length === examples.feature_names.length &&
      layers.at(-1)?.b.length === examples.targets[0]?.length;
    return fits && !differences(request, twin.request).some(({ field }) => OF_DATA.test(field)) ? twin : null;
  }

  async function look() {
    const { examples, moment } = store.get();
    const twin = comparable();
    element.hidden = twin === null;
    if (twin === null || examples === null || moment === null) return;
    const stand = standOf({ run: twin, preview: null, epoch: moment.epoch });
    const inputs = moment.response?.inputs ?? tellingInputs(examples);
    const wish = `${twin.id} ${stand?.record.epoch} ${inputs}`;
    if (stand === null || isAsking || wish === asked) return show();
    [isAsking, asked] = [true, wish];
    try {
      const network = stand.network ?? (await api.lab.runNetwork(twin.id, stand.record.epoch));
      const last = network.layers.length - 1;
      const answer = await api.lab.regions({ network, ...planeOf(examples, inputs), resolution: SIDE, layers: [last] });
      const layers = network.layers.map((_, index) => (index === last ? answer.layers[0] : { a: [] }));
      shown = {
        record: stand.record,
        moment: { ...moment, epoch: stand.record.epoch, network, response: { ...answer, layers } },
      };
      show();
    } catch {
      // Asked again with the next moment; moment.js says what is wrong with the server.
    }
    setTimeout(() => {
      isAsking = false;
      look();
    }, PACE_MS);
  }

  function show() {
    const { examples, digits, catalog } = store.get();
    title.textContent = t("lab.map.twin");
    canvas.setAttribute("aria-label", t("lab.map.twin"));
    if (shown === null || examples === null) return;
    const { record, moment } = shown;
    field.paint(moment, groundOf(moment, examples, null, catalog), choice.get().discrete);
    element.dataset["epoch"] = String(record.epoch);
    text.textContent = t("lab.map.twin.at", { epoch: record.epoch, cost: significant(record.cost, digits) });
  }

  store.watch((state) => state.moment, look);
  store.watch((state) => `${state.twin?.id} ${state.twin?.revision} ${state.language} ${state.digits}`, look);
  choice.watch((now) => now.discrete, show);
  document.addEventListener("themechange", show);
  return element;
}
