// Reads [{trace, titles, language}] on standard input and writes, for each, the sentences of the trace's steps as the
// browser would say them: the other half of tests/pages/texts/test_sentences.py.

import { readFileSync } from "node:fs";

import { translator } from "../../static/js/i18n/i18n.js";
import { sentence } from "../../static/js/panels/walk/sentence.js";

/** @param {string} language */
const catalogue = (language) =>
  JSON.parse(readFileSync(new URL(`../../static/js/i18n/${language}.json`, import.meta.url), "utf8"));

const cases = JSON.parse(readFileSync(0, "utf8"));
const said = cases.map(({ trace, titles, language }) => {
  const t = translator(catalogue(language));
  return trace.steps.map((step) => sentence(step, trace, t, titles));
});
process.stdout.write(JSON.stringify(said));
