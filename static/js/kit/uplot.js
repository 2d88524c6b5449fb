/**
 * uPlot: loaded when the first curve is wanted.
 *
 * @typedef {import("../../vendor/uplot/uPlot.js")} Plot
 * @typedef {import("../../vendor/uplot/uPlot.js").Options} PlotOptions
 * @typedef {import("../../vendor/uplot/uPlot.js").AlignedData} PlotData
 * @typedef {new (options: PlotOptions, data: PlotData, target: HTMLElement) => Plot} PlotClass
 */
import { h } from "./dom.js";

const FOLDER = new URL("../../vendor/uplot/", import.meta.url);

/** @type {Promise<PlotClass> | null} */
let loading = null;

/**
 * uPlot asks as it is loaded how numbers are written in `navigator.language`; WebKitGTK in the C locale says "C", which
 * is none.
 */
function nameLanguage() {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: document.documentElement.lang, configurable: true });
  }
}

/** @returns {Promise<PlotClass>} */
export function loadUplot() {
  if (!loading) {
    nameLanguage();
    document.head.append(h("link", { rel: "stylesheet", href: new URL("uPlot.min.css", FOLDER).href }));
    loading = import(new URL("uPlot.esm.js", FOLDER).href).then((module) => module.default);
    loading.catch(() => (loading = null));
  }
  return loading;
}
