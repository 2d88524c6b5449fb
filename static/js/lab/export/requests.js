/**
 * A training for other hands: as a body of the API, as a command, as a question for a program. Pure.
 *
 * @import { Network } from "../../record/types.js"
 * @import { Examples, TrainingRequest } from "../types.js"
 */
import { quoted } from "../../panels/values/snippets.js";
import { inOwnUnits } from "../units.js";
import { numbersIn } from "./tables.js";

/** What the files are called; a program reads the data under this name. */
export const FILES = Object.freeze({
  history: "backpropscope-history",
  data: "backpropscope-data",
  network: "backpropscope-network",
  recipe: "backpropscope-recipe",
  program: "backpropscope-cost",
});

/** Numbers up to which the data stand in a program itself. */
export const MOST_INLINE = 3000;

/** Characters up to which a body stands in a command; a shell takes about 128 KiB in one word. */
const MOST_IN_COMMAND = 20_000;

/** JSON that people can read: a list of numbers on one line. @param {unknown} document */
export const jsonOf = (document) => `${JSON.stringify(document, null, 1).replace(/\n\s*(?=-?\d|null|\])/g, "")}\n`;

/** @param {TrainingRequest} request @param {string | URL} base where /api/v1/ is */
export function curlOf(request, base) {
  const body = JSON.stringify(request);
  const data = body.length <= MOST_IN_COMMAND ? quoted(body) : `@${FILES.recipe}.json`;
  return `curl -sN ${quoted(new URL("training", base).href)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${data}\n`;
}

/** @param {Examples} examples */
export const isLong = (examples) => numbersIn(examples) > MOST_INLINE;

/**
 * A network with its data in their own units, as a fit plot and a program of its cost are asked for.
 *
 * @param {Network} network @param {Examples} examples
 */
export function networkAndData(network, examples) {
  const { xs, targets, test_xs: testXs, test_targets: testTargets } = inOwnUnits(examples);
  const { shift, scale, target_shift, target_scale } = examples;
  return {
    network,
    xs,
    targets,
    ...(testXs.length > 0 && { test_xs: testXs, test_targets: testTargets }),
    ...(examples.given && { scaling: { shift, scale, target_shift, target_scale } }),
  };
}

/**
 * The body of POST /code/cost.
 *
 * @param {Network} network
 * @param {Examples} examples
 * @param {Pick<TrainingRequest, "loss" | "reduction">} recipe
 * @param {"numpy" | "pytorch"} language
 */
export function programRequest(network, examples, { loss, reduction }, language) {
  return {
    ...networkAndData(network, examples),
    loss,
    ...(reduction && { reduction }),
    language,
    data: isLong(examples) ? "file" : "inline",
  };
}
