/**
 * A step's layer in matrix form: which vectors and matrices stand beside each other. Pure.
 *
 * @import { Pointer, Step, TraceRequest } from "../../record/types.js"
 *
 * @typedef {object} Block a vector or matrix
 * @property {Pointer} prefix of its numbers
 * @property {number} rows
 * @property {number} columns 0 for a vector
 * @property {boolean} [turned] shown transposed
 *
 * @typedef {(Block | string)[]} Form blocks and what stands between them
 */

/**
 * @param {TraceRequest} request
 * @returns {{ vector: (layer: number, name: string) => Block, matrix: (layer: number, name: string, turned?: boolean)
 *   => Block, inputs: (layer: number, turned?: boolean) => Block, last: number, request: TraceRequest }}
 */
function blocksOf(request) {
  const sizes = [request.x.length, ...request.network.layers.map(({ b }) => b.length)];
  const size = (/** @type {number} */ layer) => sizes[layer + 1];
  return {
    request,
    last: sizes.length - 2,
    vector: (layer, name) => ({ prefix: `/layers/${layer}/${name}`, rows: size(layer), columns: 0 }),
    matrix: (layer, name, turned = false) => ({
      prefix: `/layers/${layer}/${name}`,
      rows: size(layer),
      columns: name === "jacobian" ? size(layer) : size(layer - 1),
      turned,
    }),
    inputs: (layer, turned = false) =>
      layer === 0
        ? { prefix: "/x", rows: sizes[0], columns: 0, turned }
        : { prefix: `/layers/${layer - 1}/a`, rows: size(layer - 1), columns: 0, turned },
  };
}

/** @typedef {ReturnType<typeof blocksOf>} Blocks */

/** @param {Blocks} blocks @param {number} layer @returns {Form[]} */
const forward = ({ vector, matrix, inputs, request }, layer) => [
  [vector(layer, "z"), "=", matrix(layer, "w"), "·", inputs(layer), "+", vector(layer, "b")],
  [vector(layer, "a"), "=", `${symbolOf(request.network.layers[layer]?.activation)}(`, vector(layer, "z"), ")"],
];

/** @param {string} [activation] */
const symbolOf = (activation) => (activation === "sigmoid" || activation === undefined ? "σ" : activation);

/** @param {Blocks} blocks @param {number} layer @returns {Form[]} */
function backward({ vector, matrix, last, request }, layer) {
  const isSoftmax = request.network.layers[layer]?.activation === "softmax";
  /** @type {Form} */
  const amplified = isSoftmax
    ? [vector(layer, "dl_dz"), "=", matrix(layer, "jacobian", true), "·", vector(layer, "dl_da")]
    : [vector(layer, "dl_dz"), "=", vector(layer, "gain"), "∘", vector(layer, "dl_da")];
  if (layer === last) return [amplified];
  return [[vector(layer, "dl_da"), "=", matrix(layer + 1, "w", true), "·", vector(layer + 1, "dl_dz")], amplified];
}

/**
 * @param {Step} step
 * @param {TraceRequest} request
 * @returns {Form[]}
 */
export function matrixForms(step, request) {
  const blocks = blocksOf(request);
  const { vector, matrix, inputs, last } = blocks;
  const layer = step.layer ?? last;
  const operation = step.part_of ?? step.operation;
  if (operation === "input_gradient") {
    return [
      [{ prefix: "/dl_dx", rows: request.x.length, columns: 0 }, "=", matrix(0, "w", true), "·", vector(0, "dl_dz")],
    ];
  }
  if (step.phase === "backward") return backward(blocks, layer);
  if (step.phase === "gradient") {
    return [
      [matrix(layer, "dl_dw"), "=", vector(layer, "dl_dz"), "·", inputs(layer, true)],
      [vector(layer, "dl_db"), "=", vector(layer, "dl_dz")],
    ];
  }
  if (step.phase === "update" && step.layer !== null) {
    const name = operation.startsWith("bias") ? "b" : "w";
    /** @param {string} kind */
    const block = (kind) => (name === "w" ? matrix(layer, kind) : vector(layer, kind));
    if (request.momentum !== undefined) {
      const change = { ...block(name), prefix: `/updated/change/layers/${layer}/${name}` };
      if (operation.endsWith("_update"))
        return [[{ ...block(name), prefix: `/updated/layers/${layer}/${name}` }, "=", block(name), "+", change]];
      return [
        [
          change,
          "= μ",
          { ...block(name), prefix: `/previous_change/layers/${layer}/${name}` },
          "− η",
          block(`dl_d${name}`),
        ],
      ];
    }
    return [
      [{ ...block(name), prefix: `/updated/layers/${layer}/${name}` }, "=", block(name), "− η", block(`dl_d${name}`)],
    ];
  }
  return forward(blocks, layer);
}
