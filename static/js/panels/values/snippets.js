/**
 * The same request for other hands: a shell, Python, a file. Pure.
 *
 * @import { Granularity, TraceRequest } from "../../record/types.js"
 */
import { bodyOf } from "../../api/client.js";

/** @param {TraceRequest} request @param {Granularity} granularity */
export const jsonOf = (request, granularity) =>
  JSON.stringify({ ...bodyOf(request), steps: granularity }, null, 1).replace(/\n\s*(?=-?\d|\])/g, "");

/** A text as one word of a POSIX shell. @param {string} text */
export const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** @param {TraceRequest} request @param {Granularity} granularity @param {string | URL} base where /api/v1/ is */
export function curlOf(request, granularity, base) {
  const body = JSON.stringify({ ...bodyOf(request), steps: granularity });
  return `curl -s ${quoted(new URL("trace", base).href)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(body)}`;
}

/** @param {TraceRequest} request @param {Granularity} granularity @param {string | URL} base */
export function requestsOf(request, granularity, base) {
  // JSON with finite numbers and no true, false or null is Python too.
  return [
    "import requests",
    "",
    `request = ${jsonOf(request, granularity)}`,
    `answer = requests.post(${JSON.stringify(new URL("trace", base).href)}, json=request, timeout=10)`,
    "answer.raise_for_status()",
    "trace = answer.json()",
    'print("loss", trace["loss"]["value"])',
    'for number, layer in enumerate(trace["layers"], 1):',
    "    print(f\"layer {number}: a = {layer['a']}  dl_dz = {layer['dl_dz']}\")",
    "",
  ].join("\n");
}
