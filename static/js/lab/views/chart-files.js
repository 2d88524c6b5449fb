/**
 * What a chart can be saved as.
 *
 * @import { Table } from "./table-twin.js"
 */

/** @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A table as CSV (RFC 4180), each number so that it reads back as the same float64; a gap where there is none.
 *
 * @param {Table} table
 */
export function csvOf({ columns, rows }) {
  const lines = [columns, ...rows].map((row) => row.map((value) => (value === null ? "" : quoted(String(value)))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/**
 * The content of a data: address, which the page's policy does not let it fetch.
 *
 * @param {string} address
 */
export function blobOf(address) {
  const comma = address.indexOf(",");
  const [type = "", encoding] = address.slice("data:".length, comma).split(";");
  const content = address.slice(comma + 1);
  if (encoding !== "base64") return new Blob([decodeURIComponent(content)], { type });
  return new Blob([Uint8Array.from(atob(content), (character) => character.charCodeAt(0))], { type });
}
