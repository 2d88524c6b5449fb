// Reads traces on standard input and writes, for each of their steps, both lines as LaTeX for KaTeX: the other half of
// tests/pages/texts/test_terms.py.

import { readFileSync } from "node:fs";

import { numbersLatex, symbolsLatex } from "../../static/js/panels/equation/latex.js";
import { numberIn } from "../../static/js/timeline/values.js";

const traces = JSON.parse(readFileSync(0, "utf8"));
const lines = traces.map(({ learning_rate: rate, ...trace }) => {
  const terms = new Map(trace.steps.map(({ writes, value }) => [writes[0], value[0]]));
  const valueOf = (at) =>
    at === "/learning_rate" ? rate : at.startsWith("/terms/") ? terms.get(at) : numberIn(trace, at);
  return trace.steps.map(({ parts }) => ({
    symbols: symbolsLatex(parts, valueOf),
    shown: numbersLatex(parts, valueOf, 4),
  }));
});
process.stdout.write(JSON.stringify(lines));
