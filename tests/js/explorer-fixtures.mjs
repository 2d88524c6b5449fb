/** What the tests of the state have in common: the lecture's request, a catalogue, and a state around them. */

export const CATALOG = {
  activations: [
    { name: "linear" },
    { name: "sigmoid" },
    { name: "tanh" },
    { name: "relu" },
    { name: "softmax", last_layer_only: true },
  ].map((entry) => ({ title: { en: entry.name, zh: entry.name }, formula: "", derivative: "", ...entry })),
  losses: [
    { name: "half_squared_error", outputs: [] },
    { name: "cross_entropy", outputs: ["softmax", "sigmoid"] },
    { name: "binary_cross_entropy", outputs: ["sigmoid"] },
  ].map((entry) => ({ title: { en: entry.name, zh: entry.name }, formula: "", derivative: "", ...entry })),
  initializers: [],
  limits: { layers: 5, units: 8, parameters: 60 },
};

export const lecture = () => ({
  network: {
    layers: [
      {
        w: [
          [1, -2],
          [-1, 1],
        ],
        b: [1, 0],
        activation: "sigmoid",
      },
      {
        w: [
          [2, -1],
          [-2, -1],
        ],
        b: [0, 0],
        activation: "sigmoid",
      },
      {
        w: [
          [3, -1],
          [-1, 4],
        ],
        b: [-2, 2],
        activation: "sigmoid",
      },
    ],
  },
  x: [1, -1],
  target: [1, 0],
  loss: "half_squared_error",
  learning_rate: 0.5,
});

/** @param {object} [patch] */
export const state = (patch = {}) => ({
  catalog: CATALOG,
  presets: [],
  preset: null,
  published: [],
  request: lecture(),
  trace: null,
  timeline: null,
  status: "ready",
  problem: null,
  time: 0,
  done: 7,
  current: 6,
  playing: false,
  speed: 1,
  granularity: "unit",
  view: "both",
  selected: "/layers/0/w/0/1",
  hovered: null,
  digits: 3,
  language: "en",
  theme: "auto",
  projector: false,
  shortcuts: true,
  canUndo: false,
  canRedo: false,
  losses: [],
  notices: [],
  expanded: [],
  hide: [],
  run: null,
  ...patch,
});

/**
 * A walk of one output unit and as many steps as are asked for, each writing its own number.
 * @param {string[]} phases one for each step
 */
export function walkOf(phases, writes = (/** @type {number} */ index) => [`/layers/0/z/${index}`]) {
  return {
    x: [1],
    target: [1],
    layers: [
      {
        activation: "sigmoid",
        w: [[1]],
        b: [0],
        z: [0],
        a: [0.5],
        gain: [0.25],
        jacobian: null,
        dl_da: [0],
        dl_dz: [0],
        dl_dw: [[0]],
        dl_db: [0],
      },
    ],
    loss: { name: "half_squared_error", value: 0.125 },
    dl_dx: [0],
    counts: { forward: 1, backward: 0, products: 1, gradient: 1, naive_recursion: 0, finite_differences: 4 },
    steps: phases.map((phase, index) => ({
      index,
      phase,
      operation: "activation",
      layer: 0,
      unit: 0,
      reads: [],
      writes: writes(index),
      value: [0],
      formula: "",
      numbers: "",
    })),
  };
}
