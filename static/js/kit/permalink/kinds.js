/**
 * The kinds of values that links have: how each is written, and how it is read from what anybody may have typed.
 *
 * @typedef {object} Kind
 * @property {(value: any) => string} write
 * @property {(text: string, context: any) => unknown} read throws Unusable; may answer a Held
 */

/** A value that a link has and that cannot be used. */
export class Unusable extends Error {}

/** A value that was held to its limits. */
export class Held {
  /** @param {unknown} value */
  constructor(value) {
    this.value = value;
  }
}

/** String() says "0" for −0, and gives it back as another number. @param {number} value */
export const exactly = (value) => (Object.is(value, -0) ? "-0" : String(value));

/** @param {string} text @param {boolean} isFine @template T @param {T} value @returns {T} */
function checked(text, isFine, value) {
  if (!isFine) throw new Unusable(text);
  return value;
}

/** @param {string} text */
export const number = (text) => checked(text, text.trim() !== "" && Number.isFinite(Number(text)), Number(text));

/** @param {string} text */
const whole = (text) => checked(text, /^\d{1,15}$/.test(text), Number(text));

/** @type {Kind} */
export const TEXT = { write: String, read: (text) => text };
/** @type {Kind} */
export const NUMBER = { write: exactly, read: number };
/** 0 up to 1, which it does not reach. @type {Kind} */
export const SHARE = {
  write: exactly,
  read: (text) => checked(text, number(text) >= 0 && number(text) < 1, Number(text)),
};
/** @type {Kind} */
export const WHOLE = { write: String, read: whole };
/** @type {Kind} */
export const YES_OR_NO = {
  write: (value) => (value ? "1" : "0"),
  read: (text) => checked(text, text === "0" || text === "1", text === "1"),
};
/** @type {Kind} */
export const NUMBERS = {
  write: (/** @type {readonly number[]} */ values) => values.map(exactly).join(","),
  read: (text) => text.split(",").map(number),
};
/** Units per layer, the inputs first. @type {Kind} */
export const SIZES = {
  write: (/** @type {readonly number[]} */ sizes) => sizes.join("-"),
  read: (text) => text.split("-").map((each) => checked(text, each.length <= 6, whole(each))),
};
/** @type {Kind} */
export const WORDS = { write: (words) => words.join(","), read: (text) => text.split(",") };
/** What the server names, a run for example. @type {Kind} */
export const ID = { write: String, read: (text) => checked(text, /^[\w-]{1,64}$/.test(text), text) };

/** A whole number, held between two. @param {number} least @param {number} most @returns {Kind} */
export const between = (least, most) => ({
  write: String,
  read(text) {
    const value = number(text);
    const held = Math.min(Math.max(Math.round(value), least), most);
    return held === value ? value : new Held(held);
  },
});

/** @param {readonly string[]} allowed @returns {Kind} */
export const oneOf = (allowed) => ({ write: String, read: (text) => checked(text, allowed.includes(text), text) });

/** @param {readonly string[]} allowed @returns {Kind} */
export const someOf = (allowed) => ({
  write: WORDS.write,
  read: (text) => [...new Set(text.split(","))].map((each) => checked(text, allowed.includes(each), each)),
});

/** @param {(value: any) => boolean} isFine @returns {Kind} */
export const json = (isFine) => ({
  write: JSON.stringify,
  read(text) {
    const value = JSON.parse(text);
    return checked("", isFine(value), value);
  },
});
