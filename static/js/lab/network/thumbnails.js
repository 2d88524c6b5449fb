/**
 * What a unit responds to, as a picture of the size of a thumb: a over the input plane, a over the one input, or for
 * pictures the weights themselves, laid out as the picture is.
 *
 * @import { ActivationEntry } from "../../record/types.js"
 * @import { PaintThumbnail } from "../../stage/draw/thumbnails.js"
 * @import { LabState } from "../types.js"
 * @import { Kind } from "../map/plane.js"
 */
import { activationIn } from "../../record/functions.js";
import { paintGrid } from "../map/paint.js";
import { palette } from "../map/palette.js";
import { kindOf, pictureSide } from "../map/plane.js";
import { reach, scaleOf } from "../map/scale.js";

const AIR = 4;

/**
 * @param {() => Pick<LabState, "moment" | "examples" | "catalog">} read
 * @returns {PaintThumbnail}
 */
export function createThumbnailPainter(read) {
  const picture = document.createElement("canvas");
  const own = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;

  /** @param {number} width @param {number} height */
  function imageOf(width, height) {
    if (image === null || image.width !== width || image.height !== height) {
      picture.width = width;
      picture.height = height;
      image = own.createImageData(width, height);
    }
    return image;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(number | null)[][]} rows
   * @param {import("../map/scale.js").Scale} scale
   * @param {Uint32Array} colours
   * @param {number} side
   * @param {boolean} isSmooth
   */
  function stamp(context, rows, scale, colours, side, isSmooth) {
    const data = imageOf(rows[0].length, rows.length);
    paintGrid(rows, scale, colours, new Uint32Array(data.data.buffer));
    own.putImageData(data, 0, 0);
    context.imageSmoothingEnabled = isSmooth;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, side, side);
  }

  return (context, { layer, unit, side }) => {
    const { moment, examples, catalog } = read();
    const colours = palette();
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, side, side);
    if (moment === null || examples === null) return frame(context, side);
    /** @type {Kind} */
    const kind = kindOf(examples);
    const { w, activation: name } = moment.network.layers[layer] ?? { w: [], activation: "" };
    const activation = activationIn(catalog, name);
    const a = moment.response?.layers[layer]?.a[unit];
    if (kind === "picture") {
      const most = w.reduce((found, row) => Math.max(found, reach([row])), 0) || 1;
      const scale = { low: -most, middle: 0, high: most };
      const pixels = layer === 0 ? pictureSide(examples) : null;
      const row = w[unit] ?? [];
      if (pixels === null) drawBars(context, row, most, side);
      else stamp(context, pictureRows(row, pixels), scale, colours.values, side, false);
    } else if (a !== undefined && kind === "curve") drawCurve(context, a[0], activation, side);
    else if (a !== undefined) {
      const shades = activation?.shares ? colours.shares(unit, w.length) : colours.values;
      stamp(context, a, scaleOf(activation, a), shades, side, true);
    }
    frame(context, side);
  };
}

/**
 * A picture's pixels, its top row last, as the grids have it.
 * @param {readonly number[]} pixels
 * @param {number} side
 */
export const pictureRows = (pixels, side) =>
  Array.from({ length: side }, (_, row) => pixels.slice((side - 1 - row) * side, (side - row) * side));

/** @param {CanvasRenderingContext2D} context @param {number} side */
function frame(context, side) {
  context.beginPath();
  context.roundRect(0, 0, side, side, 7);
  context.strokeStyle = palette().axis;
  context.lineWidth = 2;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly (number | null)[]} a
 * @param {ActivationEntry | null} activation
 * @param {number} side
 */
function drawCurve(context, a, activation, side) {
  const { low, high } = scaleOf(activation, [a]);
  const height = (/** @type {number} */ value) => side - AIR - ((value - low) / (high - low)) * (side - 2 * AIR);
  context.strokeStyle = palette().axis;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, height(0));
  context.lineTo(side, height(0));
  context.stroke();
  context.strokeStyle = palette().curve;
  context.lineWidth = 2;
  context.beginPath();
  a.forEach((value, index) => {
    if (value !== null) context.lineTo((index / (a.length - 1)) * side, height(value));
  });
  context.stroke();
}

/**
 * The weights into a unit of a later layer: up is positive.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[]} row
 * @param {number} most
 * @param {number} side
 */
function drawBars(context, row, most, side) {
  const { low, high, axis } = palette();
  const pace = (side - 2 * AIR) / row.length;
  row.forEach((weight, index) => {
    const tall = (Math.abs(weight) / most) * (side / 2 - AIR);
    context.fillStyle = weight < 0 ? low : high;
    context.fillRect(AIR + index * pace + pace * 0.1, weight < 0 ? side / 2 : side / 2 - tall, pace * 0.8, tall);
  });
  context.fillStyle = axis;
  context.fillRect(0, side / 2 - 0.5, side, 1);
}
