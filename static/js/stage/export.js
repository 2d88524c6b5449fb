/**
 * The drawing as a file that stands alone: styles written out, the formula font carried along.
 *
 * @import { Layout } from "./types.js"
 */
import { colourToken } from "../kit/colour-token.js";
import { s } from "./draw/svg.js";

/** What decides how a shape or a text looks; written out because the style sheet stays behind. */
const SHAPE = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
];
const TEXT = ["font-family", "font-size", "font-weight", "font-style", "letter-spacing", "font-variant-numeric"];
const FONTS = [
  { family: "KaTeX_Math", style: "italic", file: "KaTeX_Math-Italic.woff2" },
  { family: "KaTeX_Main", style: "normal", file: "KaTeX_Main-Regular.woff2" },
];

/**
 * @param {{ svg: SVGSVGElement, layout: Layout, pulses: SVGElement[], title: string }} drawing
 * @returns {Promise<string>}
 */
export async function pictureOf({ svg, layout, pulses, title }) {
  const source = /** @type {SVGGElement} */ (svg.querySelector(".viewport"));
  const copy = /** @type {SVGGElement} */ (source.cloneNode(true));
  writeOut(source, copy);
  copy.removeAttribute("transform");
  copy.append(...pulses);
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  const style = s("style", {}, (await Promise.all(FONTS.map(fontFace))).join("\n"));
  const file = s(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" },
    s("title", {}, title),
    s("desc", {}, description(source)),
    s("defs", {}, style),
    s("rect", { width, height, fill: colourToken("--paper") }),
    copy,
  );
  return new XMLSerializer().serializeToString(file);
}

/** The numbers of the drawing in words. @param {Element} source */
function description(source) {
  const known = [...source.querySelectorAll(".row [data-value]")];
  return known
    .map((element) => `${element.getAttribute("data-pointer")} = ${element.getAttribute("data-value")}`)
    .join("; ");
}

/**
 * Copy what the style sheet says into the copy's own attributes; leave out what is not shown.
 * @param {Element} source
 * @param {Element} copy
 */
function writeOut(source, copy) {
  const style = getComputedStyle(source);
  if (style.display === "none") return copy.remove();
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  for (const name of ["tabindex", "role", "aria-label", "aria-expanded", "data-editable", "data-expand"])
    copy.removeAttribute(name);
  const isText = copy instanceof SVGTextContentElement;
  const isDrawn = isText || copy instanceof SVGGeometryElement;
  if (isDrawn)
    for (const name of isText ? [...SHAPE, ...TEXT] : SHAPE) copy.setAttribute(name, style.getPropertyValue(name));
  else if (style.opacity !== "1") copy.setAttribute("opacity", style.opacity);
  const children = [...copy.children];
  [...source.children].forEach((child, index) => writeOut(child, children[index]));
}

/** @param {{ family: string, style: string, file: string }} font */
async function fontFace({ family, style, file }) {
  const answer = await fetch(new URL(`../../vendor/katex/fonts/${file}`, import.meta.url));
  if (!answer.ok) throw new Error(`the font ${file} could not be loaded (${answer.status})`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `@font-face{font-family:${family};font-style:${style};src:url(data:font/woff2;base64,${text}) format("woff2")}`;
}

/**
 * @param {string} picture
 * @param {Layout} layout
 * @param {number} scale
 * @param {string} paper
 * @returns {Promise<Blob>}
 */
export async function toPNG(picture, layout, scale, paper) {
  const address = URL.createObjectURL(new Blob([picture], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(layout.width * scale);
    canvas.height = Math.ceil(layout.height * scale);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be made"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
