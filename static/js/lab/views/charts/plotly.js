/**
 * Plotly: five megabytes, so fetched when the first chart is opened, from where the page says that the server keeps it.
 *
 * @typedef {{ data: object[], layout: Record<string, any> }} Figure
 * @typedef {HTMLElement & { layout?: Record<string, any> }} PlotElement
 * @typedef {{ format: "png" | "svg", width: number, height: number, scale?: number }} ImageOptions
 * @typedef {object} Plotly
 * @property {(element: HTMLElement, data: object[], layout: object, config: object) => Promise<unknown>} react
 * @property {(element: HTMLElement, layout: object) => Promise<unknown>} relayout
 * @property {(drawn: HTMLElement | Figure, options: ImageOptions) => Promise<string>} toImage
 * @property {{ resize: (element: HTMLElement) => void }} Plots
 */
import { h } from "../../../kit/dom.js";

/** No bar of its own, whose words come in one language; nothing that leads elsewhere; the wheel scrolls the page. */
export const CONFIG = Object.freeze({
  displayModeBar: false,
  displaylogo: false,
  showTips: false,
  scrollZoom: false,
  responsive: false,
  doubleClick: "reset",
});

/** @type {Promise<Plotly> | null} */
let loading = null;

/** @returns {Promise<Plotly>} */
export function loadPlotly() {
  if (!loading) {
    const address = document.querySelector("[data-plotly]")?.getAttribute("data-plotly") ?? "";
    loading = new Promise((resolve, reject) => {
      // A classic script: read as a module it would not find the global object that it is to fill.
      const script = h("script", { src: new URL(address, document.baseURI).href });
      script.onload = () => resolve(/** @type {any} */ (globalThis).Plotly);
      script.onerror = () => {
        script.remove();
        reject(new Error(address));
      };
      document.head.append(script);
    });
    loading.catch(() => (loading = null));
  }
  return loading;
}

/** Whether the browser can draw in three dimensions. */
export function hasWebgl() {
  const canvas = document.createElement("canvas");
  return canvas.getContext("webgl2") !== null || canvas.getContext("webgl") !== null;
}
