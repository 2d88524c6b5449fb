// Reads one trace on standard input and writes, for each of its steps, both lines cut into terms and their LaTeX for
// KaTeX: the other half of tests/pages/texts/test_terms.py.

import { readFileSync } from "node:fs";

import { numbersLatex, symbolsLatex } from "../../static/js/panels/equation/latex.js";
import { wrapTerms } from "../../static/js/panels/equation/terms.js";

const traces = JSON.parse(readFileSync(0, "utf8"));
const cut = traces.map((trace) =>
  trace.steps.map((step) => {
    const terms = wrapTerms(step, trace);
    return { ...terms, symbols: symbolsLatex(terms.formula, () => 1), shown: numbersLatex(terms.numbers, () => 1, 4) };
  }),
);
process.stdout.write(JSON.stringify(cut));
