/**
 * What fits what: a network's two ends and its loss to the data. Says what had to change along with an edit. Pure.
 *
 * @import { ActivationEntry, LossEntry } from "../../record/types.js"
 * @import { DatasetEntry, LabCatalog, TrainingRequest } from "../types.js"
 * @import { Kind } from "./own/answer.js"
 *
 * @typedef {{ inputs: number, outputs: number[], kind: Kind }} Ends what data asks of a network; `outputs` are those
 *   that will do
 * @typedef {{ key: string, params: Record<string, string | number> }} Notice
 * @typedef {{ patch: Partial<TrainingRequest>, notices: Notice[] }} Fitted
 */

import { activationIn, lossIn } from "../../record/functions.js";
import { sizesOf } from "../../record/request.js";

/**
 * Whether there are so few outputs that some examples would cost nothing, whatever the network says.
 * @param {LossEntry} loss
 * @param {number} outputs
 */
export const isBlind = (loss, outputs) => outputs < loss.least_outputs;

/** How many outputs fit: two classes fit on one output (0 or 1) or on two. @param {number} classes */
const outputsOf = (classes) => (classes === 2 ? [1, 2] : [Math.max(classes, 1)]);

/** @param {DatasetEntry} entry @returns {Ends} */
export function endsOfEntry({ kind, feature_names: features, class_names: classes }) {
  return { inputs: features.length, outputs: kind === "regression" ? [1] : outputsOf(classes.length), kind };
}

/**
 * Of the data that a request names or brings; null if the catalogue does not know it.
 *
 * @param {TrainingRequest} request
 * @param {readonly DatasetEntry[]} datasets
 * @returns {Ends | null}
 */
export function endsOf({ dataset, xs, targets, class_names: classes = [] }, datasets) {
  if (dataset) {
    const entry = datasets.find(({ name }) => name === dataset.name);
    return entry ? endsOfEntry(entry) : null;
  }
  const inputs = xs?.[0]?.length;
  const outputs = targets?.[0]?.length;
  if (inputs === undefined || outputs === undefined) return null;
  return classes.length > 0
    ? { inputs, outputs: outputsOf(classes.length), kind: "classification" }
    : { inputs, outputs: [outputs], kind: "regression" };
}

/**
 * The network of a request as sizes and activations, however it is given there.
 *
 * @param {TrainingRequest} request
 * @returns {{ sizes: number[], activation: string, output_activation: string, isMixed: boolean }}
 */
export function shapeOf({ network, sizes = [], activation = "tanh", output_activation = "sigmoid" }) {
  if (!network) return { sizes, activation, output_activation, isMixed: false };
  const names = network.layers.map((layer) => layer.activation);
  const hidden = names.slice(0, -1);
  return {
    sizes: sizesOf({ network }),
    activation: hidden[0] ?? "tanh",
    output_activation: names.at(-1) ?? "linear",
    isMixed: new Set(hidden).size > 1,
  };
}

/** Weights and biases. @param {readonly number[]} sizes */
export const parametersIn = (sizes) =>
  sizes.slice(1).reduce((sum, size, layer) => sum + size * /** @type {number} */ (sizes[layer] + 1), 0);

/**
 * Why a loss cannot stand after an output: the names of the activations it needs; null if it can.
 *
 * @param {LossEntry} loss
 * @param {string} output
 * @returns {readonly string[] | null}
 */
export function neededOutputs({ outputs }, output) {
  return outputs.length === 0 || outputs.includes(output) ? null : outputs;
}

/**
 * The output activation and the loss that one usually takes.
 *
 * @param {Pick<LabCatalog, "usual_ends">} catalog
 * @param {Kind} kind
 * @param {number} outputs
 * @returns {LabCatalog["usual_ends"][number]}
 */
export const usualEnd = ({ usual_ends: ends }, kind, outputs) =>
  /** @type {LabCatalog["usual_ends"][number]} */ (
    ends.find((end) => end.kind === kind && (end.outputs === null || end.outputs === outputs))
  );

/** The share of a single unit is 1, whatever comes. @param {ActivationEntry | null} activation @param {number} outputs */
export const isConstant = (activation, outputs) => outputs === 1 && (activation?.shares ?? false);

/** @param {readonly number[]} before @param {readonly number[]} after */
const isSame = (before, after) =>
  before.length === after.length && before.every((size, layer) => size === after[layer]);

/**
 * A request whose network has the ends that its data asks for. The hidden layers stay; output and loss stay if the kind
 * of task and the number of outputs do.
 *
 * @param {TrainingRequest} request with the new data, and the old network
 * @param {Ends} ends of the new data
 * @param {Ends | null} before of the old data
 * @param {LabCatalog} catalog
 * @returns {Fitted}
 */
export function fitted(request, ends, before, catalog) {
  const shape = shapeOf(request);
  const hidden = shape.sizes.slice(1, -1);
  const last = shape.sizes.at(-1) ?? 0;
  const outputs = ends.outputs.includes(last) ? last : /** @type {number} */ (ends.outputs[0]);
  const sizes = [ends.inputs, ...hidden, outputs];
  const isStuck = isConstant(activationIn(catalog, shape.output_activation), outputs);
  const keeps = before !== null && before.kind === ends.kind && outputs === last && !isStuck;
  const choice = usualEnd(catalog, ends.kind, outputs);
  const output = keeps ? shape.output_activation : choice.activation;
  const known = lossIn(catalog, request.loss);
  const staysLoss =
    known !== null &&
    neededOutputs(known, output) === null &&
    !isBlind(known, outputs) &&
    (keeps || (before?.kind === ends.kind && known.outputs.length === 0));
  const loss = staysLoss ? request.loss : choice.loss;
  /** @type {Fitted} */
  const result = { patch: {}, notices: [] };
  if (!isSame(sizes, shape.sizes) || output !== shape.output_activation) {
    const { network: drawnFrom } = request;
    const { activation } = shape;
    result.patch = {
      sizes,
      activation,
      output_activation: output,
      ...(drawnFrom && { network: undefined, initializer: request.initializer ?? "xavier_uniform" }),
    };
  }
  if (loss !== request.loss) result.patch.loss = loss;
  if (Object.keys(result.patch).length > 0)
    result.notices.push({ key: "lab.recipe.fitted", params: { inputs: ends.inputs, outputs, output, loss } });
  return result;
}

/**
 * Another output activation, with a loss that can stand after it.
 *
 * @param {TrainingRequest} request
 * @param {string} output
 * @param {Kind} kind
 * @param {LabCatalog} catalog
 * @returns {Fitted}
 */
export function withOutput(request, output, kind, catalog) {
  const known = lossIn(catalog, request.loss);
  const outputs = shapeOf(request).sizes.at(-1) ?? 1;
  if (!known || (neededOutputs(known, output) === null && !isBlind(known, outputs)))
    return { patch: { output_activation: output }, notices: [] };
  const usual = lossIn(catalog, usualEnd(catalog, kind, outputs).loss);
  const fits = usual !== null && neededOutputs(usual, output) === null;
  const loss = fits ? usual.name : usualEnd(catalog, "regression", outputs).loss;
  return { patch: { output_activation: output, loss }, notices: [{ key: "lab.recipe.fitted.loss", params: { loss } }] };
}
