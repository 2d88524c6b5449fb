/**
 * The map's ground once more and finer, when the page rests: only the layer that it shows is asked for, so the answer
 * stays small enough to be waited for.
 *
 * @import { Client } from "../../api/client.js"
 * @import { Examples, Moment, Response } from "../types.js"
 * @import { Network } from "../../record/types.js"
 */
import { planeOf } from "./plane.js";

const SIDE = 120;
/** Enough for a network that has learnt nothing: a third of the bytes, on the page's way to its first picture. */
const SIDE_UNTRAINED = 72;
/** Long enough that whoever moves through time asks for nothing on the way. */
const REST_MS = 350;

/**
 * The response with one layer's values out of another answer, of that layer alone.
 * @param {Response} response
 * @param {number} layer
 * @param {Response} fine
 * @returns {Response}
 */
export const withLayer = (response, layer, fine) => ({
  ...response,
  layers: response.layers.map((each, index) => (index === layer ? fine.layers[0] : each)),
});

/**
 * @param {{ api: Pick<Client, "lab">, limits: () => Record<string, number>, onFine: () => void, isTrained?: () =>
 *   boolean }} options onFine: there is a finer ground than the last one given
 */
export function createFineGround({ api, limits, onFine, isTrained = () => true }) {
  /** @type {{ network: Network, key: string, fine: Response | null } | null} */
  let latest = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = new AbortController();

  /** @param {Moment} moment @param {Examples} examples @param {number} layer @param {number} side */
  async function ask({ network, response }, examples, layer, side) {
    const mine = latest;
    asking = new AbortController();
    try {
      const plane = planeOf(examples, response?.inputs ?? []);
      const fine = await api.lab.regions({ network, ...plane, resolution: side, layers: [layer] }, asking.signal);
      if (mine === null || mine !== latest) return;
      mine.fine = fine;
      onFine();
    } catch {
      // The coarser ground is there already, and moment.js complains if the server is away.
    }
  }

  return {
    /**
     * The moment with the finest ground there is of this layer.
     * @param {Moment} moment
     * @param {Examples} examples
     * @param {number} layer
     * @returns {Moment}
     */
    of(moment, examples, layer) {
      const { network, response } = moment;
      const side = isTrained() ? SIDE : SIDE_UNTRAINED;
      if (response === null || response.y_values === null || response.x_values.length >= side) return moment;
      const key = `${layer} ${response.inputs} ${side}`;
      if (latest?.network !== network || latest.key !== key) {
        clearTimeout(timer);
        asking.abort();
        latest = { network, key, fine: null };
        const units = network.layers.reduce((sum, { b }) => sum + b.length, examples.feature_names.length);
        if (side ** 2 * units <= (limits()["batch_numbers"] ?? Infinity))
          timer = setTimeout(() => ask(moment, examples, layer, side), REST_MS);
      }
      return latest.fine === null ? moment : { ...moment, response: withLayer(response, layer, latest.fine) };
    },
  };
}
