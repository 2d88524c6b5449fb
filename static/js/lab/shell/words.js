/**
 * Recipes in words, in the language of the moment.
 *
 * @import { Translate } from "../../i18n/i18n.js"
 * @import { Difference, Said } from "../state/difference.js"
 * @import { PageState } from "../state/state.js"
 * @import { TrainingRequest } from "../types.js"
 */
import { significant } from "../../kit/format.js";
import { differences } from "../state/difference.js";
import { sizesOf } from "../state/recipe.js";

const DIGITS = 4;
/** Fields whose parameters are called by names of their own in the catalogue's formulas. */
const HAS_WORD = /^(dataset\.(n|noise|seed|test_fraction|standardise|standardise_targets)|[a-z_0-9]+)$/;

/** What an entry of the catalogue is called. @param {PageState} state @param {string} name */
export function titleOf({ catalog, language }, name) {
  const lists =
    catalog === null
      ? []
      : [
          catalog.activations,
          catalog.losses,
          catalog.initializers,
          catalog.optimizers,
          catalog.schedules,
          catalog.reductions,
          catalog.datasets,
        ];
  for (const list of lists) {
    const entry = list?.find((each) => each.name === name);
    if (entry !== undefined) return entry.title[language];
  }
  return name;
}

/** @param {Said} value @param {PageState} state @param {Translate} t */
function valueWords(value, state, t) {
  if (value === null) return t("lab.field.none");
  if (typeof value === "boolean") return t(value ? "lab.field.yes" : "lab.field.no");
  if (typeof value === "number") return significant(value, DIGITS);
  return value === "all" ? t("lab.field.all") : titleOf(state, value);
}

/** @param {Difference} difference @param {PageState} state @param {Translate} t */
function differenceWords({ field, from, to }, state, t) {
  if (field === "network" || field === "data") return t(`lab.field.${field}.other`);
  const name = HAS_WORD.test(field) ? t(`lab.field.${field}`) : field.slice(field.indexOf(".") + 1);
  return t("lab.difference", { name, from: valueWords(from, state, t), to: valueWords(to, state, t) });
}

/**
 * What the second recipe does otherwise: "activation: sigmoid → ReLU".
 * @param {TrainingRequest} from
 * @param {TrainingRequest} to
 * @param {PageState} state
 * @param {Translate} t
 */
export function differencesInWords(from, to, state, t) {
  const found = differences(from, to).map((each) => differenceWords(each, state, t));
  return found.length === 0 ? t("lab.difference.none") : found.join(t("lab.list"));
}

/**
 * A run in one line: its data, its network, how it is trained.
 * @param {Partial<TrainingRequest>} request
 * @param {PageState} state
 * @param {Translate} t
 */
export function recipeInWords(request, state, t) {
  const sizes = sizesOf(/** @type {TrainingRequest} */ (request));
  const parts = [
    request.dataset ? titleOf(state, request.dataset.name) : t("lab.field.own-data"),
    sizes.length > 0 && sizes.join("-"),
    request.activation && sizes.length > 2 && titleOf(state, request.activation),
    request.loss && titleOf(state, request.loss),
    request.optimizer &&
      `${titleOf(state, request.optimizer.name)} ${significant(request.optimizer.learning_rate, DIGITS)}`,
  ];
  return parts.filter(Boolean).join(" · ");
}
