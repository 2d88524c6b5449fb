/** What stands in one cell of a table, as a number. Pure. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * The number in a cell, or null if there is none. A comma is a decimal comma only where columns are not separated by commas:
 * there, a quoted "1,234" would be a thousand to one reader and one to another, and is refused.
 *
 * @param {string} cell
 * @param {string} delimiter of the table
 * @returns {number | null}
 */
export function numberOf(cell, delimiter) {
  const plain = cell.trim().normalize("NFKC").replace(/[−‒–]/g, "-");
  const isDecimalComma = delimiter !== "," && !GROUPED.test(plain) && /^[^.,]*,[^.,]*$/.test(plain);
  const text = isDecimalComma ? plain.replace(",", ".") : plain;
  if (!NUMBER.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
