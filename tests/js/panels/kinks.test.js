import assert from "node:assert/strict";
import { test } from "node:test";

import { kinksOf } from "../../../static/js/panels/inspector/kinks.js";

const entry = (
  /** @type {string} */ name,
  /** @type {string} */ en,
  /** @type {string} */ zh,
  /** @type {number[]} */ ...derivatives
) => ({
  name,
  title: { en, zh },
  formula: "",
  derivative: "",
  kinks: derivatives.map((derivative) => ({ at: 0, derivative })),
});
const catalog = /** @type {any} */ ({
  activations: [
    entry("sigmoid", "sigmoid", "sigmoid"),
    entry("relu", "ReLU", "ReLU", 0),
    entry("leaky_relu", "Leaky ReLU", "带泄漏的 ReLU", 0.01),
  ],
  losses: [entry("absolute_error", "absolute error", "绝对误差", 0), entry("cross_entropy", "cross entropy", "交叉熵")],
});
const asked = (/** @type {string[]} */ activations, /** @type {string} */ loss, language = "en") =>
  kinksOf({
    catalog,
    request: /** @type {any} */ ({ network: { layers: activations.map((activation) => ({ activation })) }, loss }),
    language,
  });

test("at a kink the derivative is the one that the catalogue gives this function, not 0 for all", () => {
  assert.equal(asked(["leaky_relu", "sigmoid"], "cross_entropy"), "Leaky ReLU 0.01");
  assert.equal(asked(["relu", "relu", "leaky_relu"], "absolute_error"), "ReLU 0, Leaky ReLU 0.01, absolute error 0");
  assert.equal(asked(["leaky_relu"], "absolute_error", "zh"), "带泄漏的 ReLU 0.01，绝对误差 0");
  assert.equal(kinksOf({ catalog: null, request: null, language: "en" }), "");
});
