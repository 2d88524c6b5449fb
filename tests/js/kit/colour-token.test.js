/** Colours for what is drawn without a style sheet. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { colourToken } from "../../../static/js/kit/colour-token.js";

const page = /** @type {any} */ (globalThis);

/** @param {string} value of the custom property, as browsers keep it @param {string} [theme] */
function shows(value, theme) {
  page.document = { documentElement: { dataset: theme === undefined ? {} : { theme } } };
  page.getComputedStyle = () => ({ getPropertyValue: () => value });
  return colourToken("--any");
}

afterEach(() => {
  delete page.document;
  delete page.getComputedStyle;
});

test("of a pair of colours the one of the theme is taken", () => {
  assert.equal(shows("light-dark(#faf9f6, #14161c)", "light"), "#faf9f6");
  assert.equal(shows(" light-dark(#faf9f6,#14161c)", "dark"), "#14161c");
  assert.equal(shows("light-dark(#faf9f6, #14161c)"), "#faf9f6");
  assert.equal(shows(" #7d8494 ", "dark"), "#7d8494", "and what is one colour is that");
});
