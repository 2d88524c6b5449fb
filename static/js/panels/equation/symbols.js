/**
 * The symbols of the server's formulas and the pointers they stand for, the longest first.
 *
 * @import { Pointer } from "../../record/types.js"
 *
 * @typedef {object} SymbolRule
 * @property {RegExp} pattern sticky
 * @property {(parts: string[]) => Pointer} pointer from what the pattern caught
 * @property {boolean} [whole] whether it is a vector or matrix
 */

const ELEMENT = String.raw`(w|b|z|a)\^\{\((\d+)\)\}_\{([\d,]+)\}`;
const VECTOR = String.raw`\\mathbf\{(b|z|a)\}\^\{\((\d+)\)\}`;
const MATRIX = String.raw`(W)\^\{\((\d+)\)\}`;
const FUNCTION = String.raw`(?:\\sigma|\\tanh|\\operatorname\{\w+\})`;

/**
 * From 1-based subscripts to the end of a pointer. Two numbers stand together where each has one digit.
 * @param {string} below
 */
const two = (below) =>
  (below.includes(",") ? below.split(",") : [...below]).map((index) => Number(index) - 1).join("/");

/** @param {string} index */
const one = (index) => String(Number(index) - 1);

/** @param {string} name @param {string} layer @param {string} below */
const element = (name, layer, below) => `/layers/${one(layer)}/${name}/${/w$/.test(name) ? two(below) : one(below)}`;

/** @param {string} name @param {string} layer */
const whole = (name, layer) => `/layers/${one(layer)}/${name.replace("W", "w")}`;

/**
 * @param {string} source
 * @param {(...parts: string[]) => Pointer} pointer
 * @param {boolean} [isWhole]
 * @returns {SymbolRule}
 */
const rule = (source, pointer, isWhole = false) => ({
  pattern: new RegExp(source, "y"),
  pointer: (parts) => pointer(...parts),
  whole: isWhole,
});

/** @type {readonly SymbolRule[]} */
export const SYMBOLS = [
  rule(String.raw`\\frac\{\\partial l\}\{\\partial ${ELEMENT}\}`, (name, ...at) =>
    element(`dl_d${name}`, at[0] ?? "", at[1] ?? ""),
  ),
  rule(String.raw`\\frac\{\\partial l\}\{\\partial x_\{(\d+)\}\}`, (unit) => `/dl_dx/${one(unit)}`),
  rule(String.raw`\\frac\{\\partial l\}\{\\partial ${VECTOR}\}`, (name, layer) => whole(`dl_d${name}`, layer), true),
  rule(String.raw`\\frac\{\\partial l\}\{\\partial ${MATRIX}\}`, (name, layer) => whole(`dl_d${name}`, layer), true),
  rule(String.raw`\\frac\{\\partial l\}\{\\partial \\mathbf\{x\}\}`, () => "/dl_dx", true),
  rule(
    String.raw`\\frac\{\\partial a\^\{\((\d+)\)\}_\{(\d+)\}\}\{\\partial z\^\{\(\d+\)\}_\{(\d+)\}\}`,
    (layer, row, column) => `/layers/${one(layer)}/jacobian/${one(row)}/${one(column)}`,
  ),
  rule(
    String.raw`\\frac\{\\partial \\mathbf\{a\}\^\{\((\d+)\)\}\}\{\\partial \\mathbf\{z\}\^\{\(\d+\)\}\}`,
    (layer) => `/layers/${one(layer)}/jacobian`,
    true,
  ),
  rule(
    String.raw`${FUNCTION}'\(z\^\{\((\d+)\)\}_\{(\d+)\}\)`,
    (layer, unit) => `/layers/${one(layer)}/gain/${one(unit)}`,
  ),
  rule(String.raw`${FUNCTION}'\(\\mathbf\{z\}\^\{\((\d+)\)\}\)`, (layer) => `/layers/${one(layer)}/gain`, true),
  rule(
    String.raw`\\tilde\{(w|b)\}\^\{\((\d+)\)\}_\{([\d,]+)\}`,
    (name, layer, below) => `/updated${element(name, layer, below)}`,
  ),
  rule(String.raw`\\tilde\{${VECTOR}\}`, (name, layer) => `/updated${whole(name, layer)}`, true),
  rule(String.raw`\\tilde\{${MATRIX}\}`, (name, layer) => `/updated${whole(name, layer)}`, true),
  rule(String.raw`\\tilde\{l\}`, () => "/updated/loss"),
  rule(
    String.raw`\\Delta_\{\\mathrm\{prev\}\} ${ELEMENT}`,
    (name, layer, below) => `/previous_change${element(name, layer, below)}`,
  ),
  rule(
    String.raw`\\Delta_\{\\mathrm\{prev\}\} ${VECTOR}`,
    (name, layer) => `/previous_change${whole(name, layer)}`,
    true,
  ),
  rule(
    String.raw`\\Delta_\{\\mathrm\{prev\}\} ${MATRIX}`,
    (name, layer) => `/previous_change${whole(name, layer)}`,
    true,
  ),
  rule(String.raw`\\Delta ${ELEMENT}`, (name, layer, below) => `/updated/change${element(name, layer, below)}`),
  rule(String.raw`\\Delta ${VECTOR}`, (name, layer) => `/updated/change${whole(name, layer)}`, true),
  rule(String.raw`\\Delta ${MATRIX}`, (name, layer) => `/updated/change${whole(name, layer)}`, true),
  rule(ELEMENT, element),
  rule(VECTOR, whole, true),
  rule(MATRIX, whole, true),
  rule(String.raw`\\mathbf\{x\}`, () => "/x", true),
  rule(String.raw`\\mathbf\{s\}`, () => "/signal", true),
  rule(String.raw`\\hat\{\\mathbf\{y\}\}`, () => "/target", true),
  rule(String.raw`\\hat\{y\}_\{(\d+)\}`, (unit) => `/target/${one(unit)}`),
  rule(String.raw`x_\{(\d+)\}`, (unit) => `/x/${one(unit)}`),
  rule(String.raw`s_\{(\d+)\}`, (unit) => `/signal/${one(unit)}`),
  rule(String.raw`p_\{(\d+)\}`, (term) => `/terms/${one(term)}`),
  rule(String.raw`\\eta(?![a-zA-Z])`, () => "/learning_rate"),
  rule(String.raw`\\mu(?![a-zA-Z])`, () => "/momentum"),
  rule("l(?![a-zA-Z])", () => "/loss/value"),
];
