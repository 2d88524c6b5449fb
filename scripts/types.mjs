// Writes the types of the API's bodies and answers for the browser's code, as the OpenAPI document describes them:
// node scripts/types.mjs DOCUMENT FILE. `make types` gives it both.

import { readFileSync, writeFileSync } from "node:fs";

import openapiTS, { astToString } from "openapi-typescript";
import prettier from "prettier";
import ts from "typescript";

const [, , from, to] = process.argv;
const { openapi, info, components } = JSON.parse(readFileSync(from, "utf8"));

/** What a registry's entry is called: any of the catalogue's, so no list of words here. */
const NAMES = ["name", "activation", "output_activation", "loss", "initializer", "rule", "outputs", "reduction"];
/** How the document says of an optional field that its null and its absence mean the same; here it is left out. */
const LEFT_OUT = /null: as if left out\.$|Left out, or null, where there is none\.$/;

/** A schema as the browser's code needs it. @param {any} schema @param {string} [name] of the field */
function simplified(schema, name = "") {
  if (Array.isArray(schema)) return schema.map((part) => simplified(part, name));
  if (typeof schema !== "object" || schema === null) return schema;
  const { title, example, examples, additionalProperties, properties, minItems, maxItems, ...kept } = schema;
  if (NAMES.includes(name)) delete kept["x-extensible-enum"];
  if (LEFT_OUT.test(kept.description ?? ""))
    kept.anyOf = kept.anyOf.filter((/** @type {any} */ { type }) => type !== "null");
  const fields = Object.entries(properties ?? {}).map(([field, inner]) => [field, simplified(inner, field)]);
  const parts = Object.entries(kept).map(([key, part]) => [key, simplified(part, name)]);
  return {
    ...Object.fromEntries(parts),
    ...(minItems === maxItems && { minItems, maxItems }),
    // A field that is not described may come; nobody here reads it.
    ...(typeof additionalProperties === "object" && { additionalProperties: simplified(additionalProperties) }),
    ...(properties && { properties: Object.fromEntries(fields) }),
  };
}

const word = (/** @type {string} */ text) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text));
const schemas = Object.entries(components.schemas).map(([name, schema]) => [name, simplified(schema)]);
const nodes = await openapiTS(
  { openapi, info, paths: {}, components: { schemas: Object.fromEntries(schemas) } },
  // A list of words may grow from version to version; but the pages come with their server.
  {
    arrayLength: true,
    defaultNonNullable: false,
    transform: ({ "x-extensible-enum": words }) => words && ts.factory.createUnionTypeNode(words.map(word)),
  },
);
const found = nodes.filter((node) => ts.isInterfaceDeclaration(node) && node.name.text === "components");
const head = "// Generated from the OpenAPI document by `make types`; a test holds it current.\n\n";
const form = await prettier.resolveConfig(new URL("../static/js/api/schema.d.ts", import.meta.url));
writeFileSync(to, await prettier.format(head + astToString(found), { ...form, filepath: to }));
