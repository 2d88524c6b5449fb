/**
 * The words that every module of the Lab shares. Types only; nothing here runs.
 *
 * @import { Network, Text, Trace, TraceRequest, Value } from "../record/types.js"
 * @import { Said } from "../i18n/i18n.js"
 *
 * @typedef {object} DatasetChoice a data set of the catalogue
 * @property {string} name
 * @property {number} [n]
 * @property {number} [noise]
 * @property {number} [seed]
 * @property {number} [test_fraction]
 * @property {Standardise} [standardise]
 *
 * @typedef {boolean | { inputs?: boolean | null, targets?: boolean }} Standardise true or false speaks of the inputs
 *   alone
 *
 * @typedef {{ name: string, learning_rate: number, [parameter: string]: string | number }} OptimizerChoice
 * @typedef {{ name: string, [parameter: string]: string | number }} ScheduleChoice
 *
 * @typedef {object} TrainingRequest the body of POST /api/v1/training, as the visitor has set it: all that makes a run
 *   repeatable
 * @property {Network} [network] where to start, in numbers; or `sizes` and what goes with them
 * @property {number[]} [sizes]
 * @property {string} [activation]
 * @property {string} [output_activation]
 * @property {number} [slope] of leaky ReLU, with sizes
 * @property {string} [initializer]
 * @property {DatasetChoice} [dataset] or the visitor's own lists
 * @property {number[][]} [xs]
 * @property {number[][]} [targets]
 * @property {number[][]} [test_xs]
 * @property {number[][]} [test_targets]
 * @property {Standardise} [standardise] of one's own lists
 * @property {string[]} [feature_names] of one's own lists
 * @property {string[]} [class_names] of one's own lists
 * @property {string} loss
 * @property {OptimizerChoice} optimizer
 * @property {ScheduleChoice} [schedule]
 * @property {number | null} [batch_size] null for all examples
 * @property {string} [reduction] whether a step follows the "mean" over its batch, as it does by default, or the "sum"
 * @property {number} epochs
 * @property {number} seed
 * @property {number} [l1]
 * @property {number} [l2]
 * @property {number} [record_every]
 *
 * @typedef {object} Examples the data of a training as its network sees it; answer of GET /runs/{id}/examples, and in a
 *   Preview
 * @property {number[][]} xs trained on, standardised if that was asked for
 * @property {number[][]} targets
 * @property {number[][]} test_xs held out; [] if nothing is
 * @property {number[][]} test_targets
 * @property {number[] | null} labels class of each of `xs`; null for regression
 * @property {number[] | null} test_labels
 * @property {string[]} feature_names
 * @property {string[]} class_names [] for regression
 * @property {number[]} rows places in the data set
 * @property {number[]} test_rows
 * @property {number[]} shift the network is given (x - shift) / scale
 * @property {number[]} scale
 * @property {number[]} target_shift what the network answers is target_shift + target_scale · output
 * @property {number[]} target_scale
 * @property {boolean} standardised_targets
 * @property {{ xs: number[][], targets: number[][], test_xs: number[][], test_targets: number[][] } | null} given the
 *   same in their own units; null if they are the same
 *
 * @typedef {{ network: Network, examples: Examples, record: Epoch }} Preview answer of POST /training/preview: all
 *   before the first step
 *
 * @typedef {object} Epoch data of an `epoch` event; epoch 0 is the state before training
 * @property {number} epoch
 * @property {number} total_loss sum over the examples trained on
 * @property {number} cost their mean
 * @property {Value} test_total_loss
 * @property {Value} test_cost
 * @property {Value} train_accuracy
 * @property {Value} test_accuracy of the held-out part
 * @property {Value} [standardised_cost] what training drives down; null where that is the cost
 * @property {Value} [standardised_test_cost]
 * @property {number[]} gradient_norms
 * @property {number[]} gain_means
 * @property {number[] | null} [theta] at recorded epochs
 *
 * @typedef {object} Progress data of a `progress` event: where one batch or one example has led to, inside an epoch
 * @property {number} epoch complete epochs
 * @property {number} batch of the epoch, from 0
 * @property {number} batches
 * @property {number[]} examples places in `xs` used so far in this batch
 * @property {boolean} updated whether θ has moved
 * @property {Epoch} record the state as it is now, with theta
 *
 * @typedef {{ epochs?: number, batches?: number, examples?: number }} Until how far a piece of a training goes; exactly
 *   one of them
 *
 * @typedef {object} Verdict what went wrong with a training, with what mends it
 * @property {string} code
 * @property {number} since_epoch
 * @property {Record<string, number>} evidence
 * @property {Partial<TrainingRequest>} remedy a patch of the request
 * @property {Text} title
 * @property {Text} detail
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
 * @typedef {object} Response a of every unit over the input plane; answer of POST /regions
 * @property {number[]} inputs
 * @property {number[]} x_values
 * @property {number[] | null} y_values
 * @property {{ a: number[][][] }[]} layers unit, row (second input), column (first)
 * @property {number[][] | null} decision
 * @property {object[] | null} features
 * @property {object | null} lines
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
 * @typedef {{ name: string, title: Text, parameters: Record<string, number>, parameter_limits: Record<string, [number,
 *   number]> }} TunableEntry
 * @typedef {{ name: string, title: Text, formula: string }} ReductionEntry
 * @typedef {TunableEntry & { description: Text, kind: "classification" | "regression", source: string | null, licence:
 *   string | null, feature_names: string[], class_names: string[] }} DatasetEntry
 * @typedef {import("../record/types.js").Catalog & { optimizers: TunableEntry[], reductions: ReductionEntry[], schedules:
 *   TunableEntry[], datasets: DatasetEntry[] }} LabCatalog
 */

export {};
