/**
 * The grammar of all links, `#v=1&name=value&…`: that of URLSearchParams. What a page's links say is a table of fields;
 * here is the one way to write them and the one way to read them. What comes from a link is not trusted: what cannot be
 * used is named, and the rest is used.
 *
 * @import { Kind } from "./kinds.js"
 *
 * @typedef {object} Field
 * @property {Kind} kind
 * @property {(state: any) => unknown} of null or undefined: the link does not say it
 * @typedef {[name: string, text: string]} Entry
 *
 * @typedef {object} Reading
 * @property {Record<string, any>} values of the fields that the link says
 * @property {string[]} dropped names of what could not be used
 * @property {string[]} clamped names of what was held to its limits
 */
import { Held, Unusable } from "./kinds.js";

export const VERSION = "1";
/** What says the version: first in a link. @type {Entry} */
export const VERSIONED = ["v", VERSION];

/** More than browsers take. */
const LONGEST_LINK = 2_500_000;
/** A value longer than this is compressed, and begins with a mark. */
const LONG = 1200;
const PACKED = "~";
const NAME_SHOWN = 24;
/** The Explorer's links of before, `v1;name=value;…`, in the same words with other marks between them. */
const OLDER = /^v(\d+)(?:;|$)/;
/** What URLSearchParams escapes though a fragment may have it, so that people can read their links. */
const LEGIBLE = /%(?:2C|2F|7E|28|29|3A)/g;
/** What stands for bytes that are no text. */
const BROKEN = "\uFFFD";

/**
 * The entries of a state, by a table of fields.
 *
 * @param {Readonly<Record<string, Field>>} fields @param {unknown} state
 * @returns {Entry[]}
 */
export function entriesOf(fields, state) {
  /** @type {Entry[]} */
  const entries = [];
  for (const [name, { kind, of }] of Object.entries(fields)) {
    const value = of(state);
    if (value !== null && value !== undefined) entries.push([name, kind.write(value)]);
  }
  return entries;
}

/** A fragment, without the #. @param {readonly Entry[]} entries */
export const fragmentOf = (entries) =>
  new URLSearchParams(/** @type {[string, string][]} */ ([...entries]))
    .toString()
    .replaceAll("+", "%20")
    .replace(LEGIBLE, decodeURIComponent);

/** Few links need it, so it is fetched when the first one does. */
const packing = () => import("./packing.js");

/** @param {string} text */
const packed = async (text) => (text.length <= LONG ? text : PACKED + (await (await packing()).packed(text)));

/** @param {string} text */
const unpacked = async (text) =>
  text.startsWith(PACKED) ? (await packing()).unpacked(text.slice(PACKED.length)) : text;

/** The same with long values compressed. @param {readonly Entry[]} entries */
export async function packedFragmentOf(entries) {
  return fragmentOf(
    await Promise.all(entries.map(async ([name, text]) => /** @type {Entry} */ ([name, await packed(text)]))),
  );
}

/**
 * Whether a fragment is a link of the Explorer, of whatever version or kept by the server; else it may be a place on the page.
 * @param {string} fragment
 */
export const isLink = (fragment) => OLDER.test(fragment) || /^(?:v=\d+|s=[\w-]+)(?:&|$)/.test(fragment);

/** @param {string} fragment */
function translated(fragment) {
  const [start, version] = OLDER.exec(fragment) ?? [""];
  if (version === undefined) return fragment;
  return `v=${version}&${fragment.slice(start.length).replaceAll("&", "%26").replaceAll(";", "&")}`;
}

/**
 * Names and values as a link says them; of two of a name the last.
 * @param {string} fragment without the #
 * @returns {Map<string, string>}
 */
export const partsOf = (fragment) =>
  // A plus is never a space here: 1e+21 is a number.
  new Map(new URLSearchParams(translated(fragment.slice(0, LONGEST_LINK)).replaceAll("+", "%2B")));

/**
 * @param {string} text
 * @param {Kind | undefined} kind
 * @param {unknown} context
 */
async function valueOf(text, kind, context) {
  if (kind === undefined || text === "") throw new Unusable(text);
  const plain = await unpacked(text);
  if (plain.includes(BROKEN)) throw new Unusable(text);
  return kind.read(plain, context);
}

/**
 * What the parts of a link say, as far as it can be used.
 *
 * @param {ReadonlyMap<string, string>} parts
 * @param {(name: string) => Kind | undefined} kindOf
 * @param {unknown} [context] for the kinds that need to know more
 * @returns {Promise<Reading>}
 */
export async function readParts(parts, kindOf, context) {
  /** @type {Reading} */
  const reading = { values: {}, dropped: [], clamped: [] };
  for (const [name, text] of parts) {
    if (name === VERSIONED[0]) continue;
    try {
      const value = await valueOf(text, kindOf(name), context);
      if (value instanceof Held) reading.clamped.push(name);
      reading.values[name] = value instanceof Held ? value.value : value;
    } catch {
      reading.dropped.push(name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name);
    }
  }
  return reading;
}

/** The kinds of a table. @param {Readonly<Record<string, Field>>} fields @returns {(name: string) => Kind | undefined} */
export const kindsOf = (fields) => (name) => (Object.hasOwn(fields, name) ? fields[name]?.kind : undefined);
