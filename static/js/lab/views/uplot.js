/**
 * uPlot: loaded when the first curve is wanted.
 *
 * @typedef {import("../../../vendor/uplot/uPlot.js")} Plot
 * @typedef {import("../../../vendor/uplot/uPlot.js").Options} PlotOptions
 * @typedef {import("../../../vendor/uplot/uPlot.js").AlignedData} PlotData
 * @typedef {new (options: PlotOptions, data: PlotData, target: HTMLElement) => Plot} PlotClass
 */
import { h } from "../../dom.js";

const FOLDER = new URL("../../../vendor/uplot/", import.meta.url);

/** @type {Promise<PlotClass> | null} */
let loading = null;

/** @returns {Promise<PlotClass>} */
export function loadUplot() {
  if (!loading) {
    document.head.append(h("link", { rel: "stylesheet", href: new URL("uPlot.min.css", FOLDER).href }));
    loading = import(new URL("uPlot.esm.js", FOLDER).href).then((module) => module.default);
    loading.catch(() => (loading = null));
  }
  return loading;
}
