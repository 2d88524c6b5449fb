/** Answers of the API as `python -m scripts.fixtures` has recorded them; a test holds them current. */
import { readFileSync } from "node:fs";

/** @param {string} name of a file of fixtures/answers/ @returns {any} another object each time */
export const recorded = (name) =>
  JSON.parse(readFileSync(new URL(`fixtures/answers/${name}.json`, import.meta.url), "utf8"));
