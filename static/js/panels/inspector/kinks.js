/**
 * Which derivative the catalogue gives each function of a network where it has a kink. Pure.
 *
 * @import { AppState } from "../../record/types.js"
 */
import { significant } from "../../kit/format.js";

/**
 * As "ReLU 0, Leaky ReLU 0.01": the activations in the order of the layers, then the loss.
 * @param {Pick<AppState, "catalog" | "request" | "language">} state
 */
export function kinksOf({ catalog, request, language }) {
  if (catalog === null || request === null) return "";
  const used = [...new Set([...request.network.layers.map(({ activation }) => activation), request.loss])];
  const entries = used.flatMap((name) =>
    [...catalog.activations, ...catalog.losses].filter((entry) => entry.name === name),
  );
  return entries
    .flatMap(({ title, kinks }) =>
      (kinks ?? []).map(({ derivative }) => `${title[language]} ${significant(derivative)}`),
    )
    .join(language === "zh" ? "，" : ", ");
}
