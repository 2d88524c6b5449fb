/**
 * The notation that the reader has chosen, as it is remembered in the browser.
 */
import { recall } from "../kit/preferences.js";

export const NAME = "notation";
/** The choice whose options, but for the first, are conventions that the server knows by these names. */
const SIGN = "sign-of-delta";
const COURSE = "gradient";

/** @param {unknown} value @returns {value is Record<string, string>} choice → option */
const isChoice = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every((each) => typeof each === "string");

/** What is chosen: nothing for what was never touched. */
export const chosenNotation = () => recall(NAME, {}, isChoice);

/** The conventions by which the reader's numbers are to be read. @returns {string[]} */
export function conventions() {
  const { [SIGN]: sign = COURSE } = chosenNotation();
  return sign === COURSE ? [] : [sign];
}
