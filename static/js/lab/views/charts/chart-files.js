/**
 * What a chart can be saved as, beside its table.
 */

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
