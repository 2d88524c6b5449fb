/**
 * The words that the modules of the stage share. Types only; nothing here runs.
 *
 * Lengths are in the units of the drawing ("world"), which the viewport scales to the screen.
 *
 * @import { Catalog, Pointer, Status, Timeline, Trace, TraceRequest, Value, View } from "../record/types.js"
 *
 * @typedef {"full" | "table"} Form how a unit is drawn: with its curve, or as a small table of numbers
 *
 * @typedef {object} Metrics sizes that follow from the size of the type
 * @property {Form} form
 * @property {number} size of the numbers; all else is a multiple of it
 * @property {number} number the smallest size of type in which a number of the trace stands
 * @property {boolean} isLarge for a projector: fewer things, all of them large
 * @property {number} unitWidth
 * @property {number} unitHeight
 * @property {number} bubbleWidth the pill that holds one ∂l/∂z, and the diameter of an input
 * @property {number} bubbleHeight
 * @property {number} chipHeight a weight on its wire
 * @property {number} learntWidth of its box with its derivative below
 * @property {number} biasHeight
 * @property {number} heading height of a row's heading
 * @property {number} lossRadius
 * @property {number} tail from the outputs to the middle of the loss
 * @property {number} least smallest scale that the drawing is made to fit with
 * @property {number} narrow the same on a narrow screen, where one scrolls sideways instead
 * @property {number} thumbnail side of the picture in a unit; 0 for none
 * @property {"beside" | "below" | "none"} numbers where a unit's numbers stand by its picture
 * @property {number} gapLeast room for the wires between two columns
 * @property {number} gapMost
 * @property {number} pitchMost from one unit to the next below
 *
 * @typedef {{ kind: "unit", unit: number, offset: number } | { kind: "rest", first: number, last: number, offset:
 *   number }} Slot
 *   a place in a column: one unit, or all that are left out; `offset` from the row's centre line
 *
 * @typedef {object} Column one layer, the inputs first
 * @property {number} index 0 = inputs, 1 … L = computing layers
 * @property {number} left
 * @property {number} right
 * @property {number} count all units of the layer
 * @property {Slot[]} slots
 * @property {boolean} wide whether it is too wide to be shown in full unasked
 *
 * @typedef {object} Pair the wires between two columns
 * @property {number} layer receiving computing layer, 0-based
 * @property {boolean} summary too many wires: a picture of the matrix stands for them
 * @property {boolean} crowded no room for all weights' numbers: shown for what is pointed at
 * @property {boolean} roomy room for a second number below each weight
 * @property {Map<string, number>} at where along its wire a weight's number stands, 0 … 1, by `row/column`
 * @property {number} chipWidth
 *
 * @typedef {{ top: number, centre: number, bottom: number }} Row
 * @typedef {"forward" | "reversed"} RowName
 *
 * @typedef {object} Layout
 * @property {Metrics} metrics
 * @property {View} view
 * @property {number} width
 * @property {number} height
 * @property {boolean} isTall whether a layer too wide to be legible is shown in full
 * @property {Column[]} columns
 * @property {Pair[]} pairs
 * @property {{ forward: Row | null, reversed: Row | null }} rows
 * @property {{ label: number, target: number, entry: number, loss: number }} tail x of what stands right of the outputs
 *
 * @typedef {{ x0: number, y0: number, x1: number, y1: number, cross: number }} Route
 *   a pulse's way from its sending end to its receiving end (of the network as wired, left to right), and where it
 * meets the weight
 *
 * @typedef {object} StageFacts all that the stage is told, by the Explorer, a lesson or the Lab
 * @property {TraceRequest | null} request what is given; null while there is nothing to draw
 * @property {Trace | null} trace what was computed from it
 * @property {Timeline | null} timeline of the trace
 * @property {number} time the moment: seconds on the timeline
 * @property {number} done the moment: steps done
 * @property {number} current the moment: index of the step shown, -1 before the first
 * @property {Status} status
 * @property {Pointer | null} selected
 * @property {Pointer | null} hovered
 * @property {readonly Pointer[]} asked what the visitor is asked to predict
 * @property {number[]} expanded computing layers (0 = inputs) shown in full although wide
 * @property {number} digits
 * @property {View} view
 * @property {boolean} projector
 * @property {"en" | "zh"} language
 * @property {Catalog | null} catalog for what is known of the activations
 *
 * @typedef {StageFacts & { request: TraceRequest }} Facts what the drawing shows, once there is something
 *
 * @typedef {(pointer: Pointer) => Value | undefined} Read a number by its address; undefined while it is not known
 *
 * @typedef {(key: string, params?: Readonly<Record<string, string | number>>) => string} Translate
 */

export {};
