/** What the tests of the state have in common: the lecture's request, a catalogue, and a state around them. */

import { recorded } from "./recorded.mjs";

/** As the server has it, with limits that a test comes up against. */
export const CATALOG = { ...recorded("catalog"), limits: { layers: 5, units: 8, parameters: 60 } };

export function lecture() {
  const { steps: _steps, ...request } = recorded("lecture").request;
  return request;
}

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
  phases: null,
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
