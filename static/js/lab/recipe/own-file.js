/**
 * A file's bytes to text: UTF-8, what spreadsheets call "Unicode text", or what they used before there was either. Pure.
 */

/** @param {Uint8Array} bytes @param {"en" | "zh"} language of the page, for files that say nothing of their encoding */
export function decoded(bytes, language) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(language === "zh" ? "gb18030" : "windows-1252").decode(bytes);
  }
}
