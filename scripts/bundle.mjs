// The scripts of all pages in few files, static/bundle/: `npm run bundle`. Addresses that scripts form from their own
// (import.meta.url) lead two folders up and down again; so what is made lies two folders deep, too.
import { createHash } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { transform } from "esbuild";
import { rollup } from "rollup";

const root = path.resolve(import.meta.dirname, "../static");
const scripts = path.join(root, "js");
const out = path.join(root, "bundle");
// Classic scripts; they are not modules, and each is a few lines.
const CLASSIC = new Set(["start.js"]);
const SMALL = { minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none" };

/** As app/assets.py has it: names and contents of all files below a folder. */
async function contentOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath ?? each.path, each.name));
  const names = files.map((file) => path.relative(folder, file).split(path.sep));
  const order = names.map((parts, index) => ({ parts, file: files[index] })).sort((a, b) => compared(a.parts, b.parts));
  const whole = createHash("sha256");
  for (const { parts, file } of order) {
    const content = await readFile(file);
    whole.update(`${parts.join("/")}\0${content.length}\0`).update(content);
  }
  return whole.digest("hex");
}

/** Part by part, as Python compares paths. */
function compared(one, other) {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const order = Buffer.compare(Buffer.from(one[index]), Buffer.from(other[index]));
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

await rm(out, { recursive: true, force: true });
const source = await contentOf(scripts);
const pages = (await readdir(path.join(scripts, "pages"))).filter((name) => name.endsWith(".js") && !CLASSIC.has(name));
const made = await rollup({
  input: Object.fromEntries(
    pages.map((name) => [`pages/${path.basename(name, ".js")}`, path.join(scripts, "pages", name)]),
  ),
  preserveEntrySignatures: false,
});
const { output } = await made.write({
  dir: out,
  format: "es",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  plugins: [{ name: "small", renderChunk: (code) => transform(code, SMALL) }],
});
await made.close();

/** All that a file imports before it starts. */
const imports = Object.fromEntries(output.map((chunk) => [chunk.fileName, chunk.imports]));
function graphOf(file, known = new Set()) {
  for (const other of imports[file]) {
    if (known.has(other)) continue;
    known.add(other);
    graphOf(other, known);
  }
  return [...known];
}
const entries = pages.map((name) => {
  const graph = graphOf(`pages/${name}`).map((file) => `bundle/${file}`);
  return [path.basename(name, ".js"), { script: `bundle/pages/${name}`, graph }];
});
await writeFile(
  path.join(out, "manifest.json"),
  `${JSON.stringify({ source, pages: Object.fromEntries(entries) }, null, 2)}\n`,
);
