/**
 * The words that every module of the page shares. Types only; nothing here runs.
 *
 * @import { Said } from "../i18n/i18n.js"
 *
 * @typedef {{ w: number[][], b: number[], activation: string, slope?: number }} Layer
 *   One computing layer; row of w = receiving unit, column = sending unit.
 * @typedef {{ layers: Layer[] }} Network
 *
 * @typedef {{ layers: { w: Value[][], b: Value[] }[] }} Change by how much an update changes each parameter
 *
 * @typedef {object} TraceRequest
 *   The body of POST /api/v1/trace, but for `steps`, which is the granularity chosen on the page.
 * @property {Network} network
 * @property {number[]} x
 * @property {number[]} target
 * @property {string} loss
 * @property {number} [learning_rate] with it the walk ends with an update
 * @property {number} [momentum] μ of that update
 * @property {{ layers: { w: number[][], b: number[] }[] }} [previous_change] by how much the update before changed the
 *   parameters
 * @property {("w" | "b")[]} [freeze]
 * @property {string} [rule] name of a wrong rule that the backward pass follows
 * @property {number[]} [signal] the learner's own ∂l/∂y, injected into the reversed network
 *
 * @typedef {"forward" | "loss" | "backward" | "gradient" | "update"} Phase
 * @typedef {"layer" | "unit" | "term"} Granularity
 * @typedef {"forward" | "reversed" | "both"} View
 * @typedef {string} Pointer JSON Pointer into the trace, such as /layers/0/z/1
 * @typedef {number | null} Value a number of the trace; null where float64 cannot hold it
 *
 * @typedef {object} Step
 * @property {number} index
 * @property {Phase} phase
 * @property {string} operation
 * @property {number | null} layer
 * @property {number | null} unit
 * @property {Pointer[]} reads
 * @property {Pointer[]} writes
 * @property {Value[]} value the numbers at `writes`
 * @property {string} formula LaTeX, symbols
 * @property {string} numbers LaTeX, numbers
 * @property {string} [part_of] the sum that a product or an accumulation belongs to
 *
 * @typedef {object} TraceLayer
 * @property {string} activation
 * @property {Value[][]} w
 * @property {Value[]} b
 * @property {Value[]} z
 * @property {Value[]} a
 * @property {Value[] | null} gain null for softmax
 * @property {Value[][] | null} jacobian of softmax; row = a, column = z
 * @property {Value[]} dl_da
 * @property {Value[]} dl_dz
 * @property {Value[][]} dl_dw
 * @property {Value[]} dl_db
 *
 * @typedef {{ forward: number, backward: number, products: number, gradient: number, naive_recursion: number,
 *   finite_differences: number }} Counts
 *
 * @typedef {object} Trace the answer of POST /api/v1/trace
 * @property {number[]} x
 * @property {number[]} target
 * @property {TraceLayer[]} layers
 * @property {{ name: string, value: Value }} loss
 * @property {Value[]} dl_dx
 * @property {number[]} [signal]
 * @property {number} [momentum]
 * @property {Change} [previous_change]
 * @property {{ layers: { w: Value[][], b: Value[] }[], loss: Value, change?: Change }} [updated] the change with
 *   momentum only
 * @property {{ pointer: Pointer, value: Value, right: Value }[]} [differs] with a rule: every number that it spoils
 * @property {Counts} counts
 * @property {Step[]} steps
 *
 * @typedef {{ en: string, zh: string }} Text
 * @typedef {{ pointer: Pointer, value: number, digits: number, agrees: boolean, remark?: Text | null }} Published
 * @typedef {{ name: string, title: Text, description: Text }} PresetSummary
 * @typedef {PresetSummary & { source: string, request: TraceRequest & { steps?: string }, published?: Published[] }}
 *   Preset
 *
 * @typedef {{ reach: number, z: number[], a: number[], by: Record<string, number[]> }} CurveSamples
 *
 * @typedef {object} FunctionEntry an activation or a loss of the catalogue
 * @property {string} name
 * @property {Text} title
 * @property {string} formula
 * @property {string} derivative
 * @property {Text} [label] of an activation: what stands over a layer
 * @property {Record<string, number>} [parameters] by name, with their defaults
 * @property {Record<string, [number, number]>} [parameter_limits]
 * @property {CurveSamples | null} [curve] of an activation; null if it reads the whole layer
 * @property {boolean} [reads_whole_layer]
 * @property {boolean} [last_layer_only]
 * @property {string[]} [outputs] for a loss: the output activations it allows; empty for all
 * @property {{ at: number, derivative: number }[]} [kinks] where it has no derivative, and the one that is used there
 * @typedef {{ activations: FunctionEntry[], losses: FunctionEntry[], initializers: { name: string, title: Text }[],
 *   limits: Record<string, number> }} Catalog
 *
 * @typedef {object} Wire where a pulse runs: a weight's wire, a bias, an output's line to the loss, or the inside of a
 *   unit
 * @property {"weight" | "bias" | "output" | "target" | "inside" | "signal"} kind
 * @property {number} layer receiving computing layer, 0-based (for "output" and "target" the last one)
 * @property {number} row receiving unit
 * @property {number} [column] for "weight": the sending unit
 *
 * @typedef {object} Pulse one signal on its way during a step; where it is follows from the frame's `travel`
 * @property {Wire} wire
 * @property {"forward" | "backward"} direction the way it runs and its colour
 * @property {number} from 0 at the wire's sending end, 1 at the receiving end; for "backward" the other way round
 * @property {number} to
 * @property {Value} carried what it carries at the start
 * @property {Value} delivered what it delivers: times the weight, if it crosses one
 * @property {Value} [factor] the weight or the gain that it is multiplied by on its way
 *
 * @typedef {object} Beat the span of time in which one step happens
 * @property {number} index of the step
 * @property {number} start in seconds at speed 1
 * @property {number} landing when its numbers are there; from then to the end they can be read
 * @property {number} end
 *
 * @typedef {object} PhaseSpan
 * @property {Phase} phase
 * @property {number} firstStep
 * @property {number} lastStep
 * @property {number} start
 * @property {number} end
 *
 * @typedef {object} Timeline
 * @property {Trace} trace
 * @property {Beat[]} beats
 * @property {PhaseSpan[]} phases
 * @property {number} duration
 * @property {Map<Pointer, number>} writtenBy index of the step that finishes the number; given numbers are not in it
 *
 * @typedef {object} Frame what is to be seen at one moment; a pure function of (timeline, time)
 * @property {number} time
 * @property {number} done steps done: their numbers are known
 * @property {number} current index of the step shown: the one whose beat it is, else the last one done; -1 before the
 *   first
 * @property {Step | null} step the current step
 * @property {Phase} phase of the current step, or of the first one
 * @property {number} progress 0 … 1 inside the current step's beat; 0 when at rest between beats
 * @property {number} travel 0 … 1, eased: how far the pulses have come
 * @property {number} adding 0 … 1: how far the terms of a sum have been added up
 * @property {number} arrival 0 … 1, eased: how far the result has appeared; it is there when `done` counts it
 * @property {readonly Pulse[]} pulses those of the step in progress; empty when at rest
 *
 * @typedef {"ready" | "loading" | "error"} Status
 *
 * @typedef {object} AppState
 * @property {Catalog | null} catalog
 * @property {PresetSummary[]} presets
 * @property {string | null} preset name of the preset that `request` came from; null once edited beyond it
 * @property {Published[]} published what the preset's source printed; [] if nothing, or once edited
 * @property {TraceRequest | null} request what the visitor has set; every edit makes a new object
 * @property {Trace | null} trace the server's answer to `request`; null while there is none for it
 * @property {Timeline | null} timeline of `trace`
 * @property {Status} status
 * @property {{ title: Said, detail: Said, errors: { pointer: string, detail: Said }[], offline: boolean } | null}
 *   problem
 * @property {number} time seconds on the timeline
 * @property {number} done see Frame
 * @property {number} current see Frame
 * @property {boolean} playing
 * @property {number} speed 0.25 … 8
 * @property {Granularity} granularity
 * @property {View} view
 * @property {Pointer | null} selected the number (or unit, by its /z/ pointer) in the Inspector
 * @property {Pointer | null} hovered
 * @property {number} digits 2 … 6 significant digits
 * @property {"en" | "zh"} language
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} projector
 * @property {boolean} predicting whether going forward asks for the numbers of a step before they appear
 * @property {readonly Pointer[]} asked the numbers asked for now
 * @property {boolean} shortcuts whether single-key shortcuts are on
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 * @property {{ step: number, loss: number }[]} losses losses before each applied update, in order
 * @property {string[]} notices keys or sentences shown until dismissed
 * @property {number[]} expanded computing layers (0 = inputs) shown in full although wide
 */

export {};
