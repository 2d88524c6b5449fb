/** Long values of a link, compressed by the browser's own deflate and written in letters that need no escape. */

/** Bytes that a compressed value may come to, since little can unpack to a lot. */
const LONGEST_VALUE = 8_000_000;

/** @param {ReadableStream<Uint8Array>} stream @param {number} most bytes */
async function collected(stream, most) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("too long");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionStream | DecompressionStream} through */
const piped = (bytes, through) => collected(new Blob([bytes]).stream().pipeThrough(through), LONGEST_VALUE);

/** @param {string} text @returns {Promise<string>} */
export async function packed(text) {
  const bytes = await piped(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text @returns {Promise<string>} @throws if it is broken, or too long */
export async function unpacked(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(await piped(bytes, new DecompressionStream("deflate-raw")));
}
