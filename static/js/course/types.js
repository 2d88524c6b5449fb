/**
 * The words of the course. Types only; nothing here runs.
 *
 * @import { CodeLanguage } from "../api/client.js"
 * @import { Granularity, Schemas, TraceRequest, View } from "../record/types.js"
 *
 * @typedef {Schemas["Task"]} Task
 * @typedef {Task["kind"]} TaskKind
 *
 * @typedef {object} Walked what a scene says of the walk, in the words of the page
 * @property {(TraceRequest & { steps: Granularity }) | null} request null for a scene of the Lab
 * @property {View} [view]
 * @property {CodeLanguage} [code] the program that is shown below the stage
 * @typedef {Omit<Schemas["Scene"], keyof Walked> & Walked} Scene at: the walk stands after the step that computes it;
 *   touch: what may be changed, with all below it
 *
 * @typedef {{ name: string, scenes: Scene[] }} Lesson the answer of GET /lessons/{name}, as far as the page reads it
 *
 * @typedef {Omit<Schemas["Practice"], "request"> & { request: TraceRequest }} Exercise
 */

export {};
