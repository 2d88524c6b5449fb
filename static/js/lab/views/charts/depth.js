/** The colours of a network's layers, as the server's figures have them: crimson at the input, over violet, to blue. */
import { colourToken } from "../../../kit/colour-token.js";
import { colourOf, mixed } from "../../map/paint.js";

const STOPS = ["--backward", "--class-4", "--positive"];

/** @param {number} layer from 0 @param {number} layers */
export function depthColour(layer, layers) {
  const stops = STOPS.map((name) => colourOf(colourToken(name)));
  const at = layers < 2 ? 0 : ((stops.length - 1) * layer) / (layers - 1);
  const below = Math.min(Math.floor(at), stops.length - 2);
  const [from, to] = stops.slice(below, below + 2);
  return `rgb(${mixed(from, to, at - below)
    .map(Math.round)
    .join(" ")})`;
}
