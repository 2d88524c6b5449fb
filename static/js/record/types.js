/**
 * The words that every module of the page shares. Types only; nothing here runs.
 *
 * @import { Said } from "../i18n/i18n.js"
 *
 * @typedef {import("../api/schema.js").components["schemas"]} Schemas what the API takes and answers
 *
 * @typedef {Schemas["Layer"] & { b: number[] }} Layer one computing layer; row of w = receiving unit, column = sending
 *   unit
 * @typedef {{ layers: Layer[] }} Network
 * @typedef {Schemas["Change"]} Change by how much an update changes each parameter
 *
 * @typedef {Omit<Schemas["TraceRequest"], "network" | "steps" | "details"> & { network: Network }} TraceRequest
 *   The body of POST /api/v1/trace, but for `steps`, which is the granularity chosen on the page.
 *
 * @typedef {Schemas["Step"]["phase"]} Phase
 * @typedef {"layer" | "unit" | "term"} Granularity
 * @typedef {"forward" | "reversed" | "both"} View
 * @typedef {string} Pointer JSON Pointer into the trace, such as /layers/0/z/1
 * @typedef {number | null} Value a number of the trace; null where float64 cannot hold it
 *
 * @typedef {Schemas["Step"]} Step
 * @typedef {NonNullable<Step["parts"]>} Parts a formula from left to right
 * @typedef {Schemas["TraceLayer"]} TraceLayer
 * @typedef {Schemas["Counts"]} Counts
 * @typedef {Omit<Schemas["Trace"], "x" | "target"> & { x: number[], target: number[] }} Trace the answer of POST
 *   /api/v1/trace, where what is given stands as it was given
 *
 * @typedef {Schemas["Title"]} Text
 * @typedef {Schemas["Published"]} Published
 * @typedef {Schemas["PresetSummary"]} PresetSummary
 * @typedef {Omit<Schemas["Preset"], "request"> & { request: TraceRequest & { steps?: string } }} Preset
 *
 * @typedef {Schemas["ActivationCurve"]} CurveSamples
 * @typedef {Schemas["ActivationEntry"]} ActivationEntry
 * @typedef {Schemas["LossEntry"]} LossEntry
 * @typedef {ActivationEntry | LossEntry} FunctionEntry
 * @typedef {Pick<Schemas["Catalog"], "activations" | "losses" | "initializers" | "limits">} Catalog
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
 * @property {number} moves when its signals set out; before that, at the start of a phase, its title is to be read
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
 * @property {number | null} chapter 0 … 1 while a phase is announced; else null
 * @property {number} travel 0 … 1: how much of their time the pulses have been on their way
 * @property {number} adding 0 … 1: how far what has arrived has been worked out
 * @property {number} arrival 0 … 1, eased: how far the result has appeared; it is there when `done` counts it
 * @property {number} settling 0 … 1: how far the result, once there, has become a number among others
 * @property {number} reading 0 … 1: how much of the time to read the result has gone by
 * @property {boolean} isStill whether nothing is to move: each moment is a picture
 * @property {readonly Pulse[]} pulses those of the step in progress; empty when at rest
 *
 * @typedef {"ready" | "loading" | "error"} Status
 * @typedef {"inspect" | "code" | "values" | "history"} Tab
 *
 * @typedef {object} AppState
 * @property {Catalog | null} catalog
 * @property {PresetSummary[]} presets
 * @property {string | null} preset name of the preset that `request` came from; null once edited beyond it
 * @property {Published[]} published what the preset's source printed; [] if nothing, or once edited
 * @property {TraceRequest | null} request what the visitor has set; every edit makes a new object
 * @property {Trace | null} trace the server's answer to `request`; null while there is none for it
 * @property {Timeline | null} timeline of `trace`
 * @property {readonly Phase[] | null} phases those of the walk that are shown, from its start; null for all
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
 * @property {Tab} tab which part of the right column is open below the step
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
 * @property {{ running: boolean, count: number, ended: "lowest" | "limit" | null, changed: Pointer | null } | null} learning
 *   the latest updates: how many, why a descent has ended, what they have changed most; null once something else was set
 * @property {string[]} notices keys or sentences shown until dismissed
 * @property {number[]} expanded computing layers (0 = inputs) shown in full although wide
 */

export {};
