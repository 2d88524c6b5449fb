/**
 * The words that every module of the Lab shares. Types only; nothing here runs.
 *
 * @import { Network, Schemas, Text, Trace, TraceRequest } from "../record/types.js"
 * @import { Said } from "../i18n/i18n.js"
 *
 * @typedef {Schemas["DatasetChoice"]} DatasetChoice a data set of the catalogue
 * @typedef {Schemas["TrainingRequest"]["standardise"]} Standardise true or false speaks of the inputs alone
 * @typedef {{ [parameter: string]: string | number | undefined }} Parameters of an entry of the catalogue, by name
 * @typedef {Schemas["OptimizerChoice"] & Parameters} OptimizerChoice
 * @typedef {Schemas["ScheduleChoice"] & Parameters} ScheduleChoice
 * @typedef {object} Chosen what is narrower on this page than in the body of a request
 * @property {Network} [network]
 * @property {OptimizerChoice} optimizer
 * @property {ScheduleChoice} [schedule]
 * @property {number} epochs
 * @property {number} seed
 * @typedef {Omit<Schemas["TrainingRequest"], keyof Chosen | "keep" | "until"> & Chosen} TrainingRequest
 *   The body of POST /api/v1/training, as the visitor has set it: all that makes a run repeatable.
 * @typedef {Schemas["Until"]} Until how far a piece of a training goes; exactly one of them
 *
 * @typedef {Schemas["Examples"]} Examples the data of a training as its network sees it
 * @typedef {Schemas["EpochRecord"]} Epoch data of an `epoch` event; epoch 0 is the state before training
 * @typedef {Omit<Schemas["Preview"], "network"> & { network: Network }} Preview all before the first step
 * @typedef {Schemas["Progress"]} Progress data of a `progress` event: where one batch or one example has led to
 * @typedef {Schemas["Verdict"]} Verdict what went wrong with a training, with what mends it
 *
 * @typedef {"running" | "paused" | "finished" | "diverged" | "failed"} RunState
 * @typedef {object} Run a training, as far as it has been told
 * @property {string} id
 * @property {TrainingRequest} request
 * @property {Network} network before training
 * @property {RunState} state
 * @property {import("./state/epochs.js").History} history its epochs, appended to in place; `revision` says when
 * @property {number} revision counts the changes of `history`
 * @property {Progress | null} progress where it stands inside an epoch; null at an epoch's end
 * @property {{ epoch: number, reason: string, code?: string } | null} ending why it diverged or stopped
 * @property {Verdict | null} [verdict] what went wrong, as the server judges its record
 *
 * @typedef {{ heldOut: boolean, index: number }} ExampleChoice one example: of `test_xs` or of `xs`
 *
 * @typedef {Schemas["Regions"]} Response a of every unit over the input plane; answer of POST /regions
 *
 * @typedef {object} Moment what the page shows of a run, all of the same state of its network
 * @property {number} epoch
 * @property {Epoch} record
 * @property {Network} network
 * @property {Trace | null} trace of the chosen example
 * @property {TraceRequest} request of that trace
 * @property {Response | null} response null for data of more than two inputs, or regression over more than two
 *
 * @typedef {"curves" | "fit" | "features" | "gradient-flow" | "surface" | "loop-or-matrix" | "draw" | "export"}
 *   ViewName
 *
 * @typedef {object} Setup a ready-made start
 * @property {string} name
 * @property {Text} title
 * @property {Text} description
 * @property {TrainingRequest} request
 * @property {Partial<TrainingRequest>} [twin] what a second run does otherwise
 * @property {ViewName} [view] what to look at
 *
 * @typedef {object} LabState
 * @property {LabCatalog | null} catalog
 * @property {readonly Setup[]} setups
 * @property {string | null} setup name of the setup that `request` came from; null once edited beyond it
 * @property {TrainingRequest | null} request what the visitor has set; every edit makes a new object
 * @property {Preview | null} preview the server's answer to `request`; null while there is none for it
 * @property {Examples | null} examples of `run` if there is one, else of `preview`
 * @property {Run | null} run the training of `request`; null before the first step
 * @property {Run | null} twin another run, laid over; it stays when `request` is edited
 * @property {number | null} epoch the epoch to be shown; null follows the newest
 * @property {Moment | null} moment what is shown; null while nothing is known of `request`
 * @property {ExampleChoice} example
 * @property {ViewName} view
 * @property {"ready" | "loading" | "error"} status
 * @property {{ title: Said, detail: Said, errors: { pointer: string, detail: Said }[], offline: boolean } | null}
 *   problem
 * @property {{ layer: number, unit: number } | null} hovered a unit of the network (computing layer, 0-based)
 * @property {number} digits significant digits
 * @property {"en" | "zh"} language
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 *
 * @typedef {Schemas["FormulaEntry"]} TunableEntry
 * @typedef {Schemas["DatasetEntry"]} DatasetEntry
 * @typedef {Schemas["Catalog"]} LabCatalog
 */

export {};
