/**
 * The words of the course. Types only; nothing here runs.
 *
 * @import { CodeLanguage } from "../api/client.js"
 * @import { Granularity, Pointer, TraceRequest, View } from "../record/types.js"
 *
 * @typedef {"reach" | "predict" | "point" | "walk" | "choose" | "train"} TaskKind
 *
 * @typedef {object} Task
 * @property {TaskKind} kind
 * @property {string[]} topics
 * @property {Pointer} [pointer] reach, predict, walk
 * @property {">" | "<"} [relation] reach, train
 * @property {number} [value] reach, train
 * @property {number} [digits] predict: decimal places
 * @property {Pointer[]} [accept] point
 * @property {number} [answer] choose
 * @property {string} [field] train: of an epoch's record
 *
 * @typedef {object} Scene
 * @property {string} name
 * @property {(TraceRequest & { steps: Granularity }) | null} request null for a scene of the Lab
 * @property {View} [view]
 * @property {Pointer} [at] the walk stands after the step that computes it
 * @property {Pointer[]} [lit]
 * @property {Pointer[]} [touch] what may be changed, with all below it
 * @property {Task} [task]
 * @property {{ setup: string, view?: string }} [lab]
 * @property {CodeLanguage} [code] the program that is shown below the stage
 *
 * @typedef {{ name: string, scenes: Scene[] }} Lesson the answer of GET /lessons/{name}, as far as the page reads it
 *
 * @typedef {object} Exercise the answer of GET /practice
 * @property {number} level
 * @property {number} seed
 * @property {TraceRequest} request
 * @property {{ pointer: Pointer, symbol: string }[]} asked in the order in which they are computed
 * @property {number} digits
 */

export {};
