// Generated from the OpenAPI document by `make types`; a test holds it current.

export interface components {
  schemas: {
    /** @description Samples of a curve to be drawn, to five digits. */
    ActivationCurve: {
      /** @description The |z| up to which a picture shows what is characteristic of it. */
      reach: number;
      /** @description Where the samples are; beyond, the curve goes on as a straight line. */
      z: number[];
      /** @description The function there, with the default parameters. */
      a: number[];
      /** @description By parameter: what each a grows by for each unit that the parameter is more than its default. */
      by: { [key: string]: number[] };
    };
    /** @description An activation function. */
    ActivationEntry: {
      /** @description Its name in requests. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description Its parameters by name, with their defaults. */
      parameters: { [key: string]: number };
      /** @description By the same names the smallest and the largest value allowed. */
      parameter_limits: { [key: string]: [number, number] };
      /** @description It as LaTeX. */
      formula: string;
      /** @description Its derivative as LaTeX. */
      derivative: string;
      /** @description Where it has no derivative. */
      kinks: components["schemas"]["Kink"][];
      /** @description A short name, for pictures. */
      label: components["schemas"]["Title"];
      /** @description What it is called elsewhere; a request may name it so. Case, spaces, - and _ do not count. */
      aliases: string[];
      /** @description Whether it may stand in the last layer only. */
      last_layer_only: boolean;
      /** @description Whether each a depends on all z of its layer. */
      reads_whole_layer: boolean;
      /** @description Whether the a of a layer are shares of a whole: none below 0, adding up to 1. */
      shares: boolean;
      /** @description The least and the largest a; null if it has no such bounds. */
      bounds: number[] | null;
      /** @description Samples of its curve; null if it reads the whole layer. */
      curve: components["schemas"]["ActivationCurve"] | null;
    };
    /** @description A number to be worked out. */
    Asked: {
      /** @description Its address in the trace. */
      pointer: string;
      /** @description LaTeX. */
      symbol: string;
    };
    /** @description What many examples make in one network. */
    Batch: {
      /** @description Outputs y, one row per example. */
      outputs: (number | null)[][];
      /** @description The loss of each example. */
      losses: (number | null)[];
      /** @description L, the sum of the losses. null: float64 cannot hold it (NaN, ±∞). */
      total_loss: number | null;
      /** @description C, the mean of the losses. null: float64 cannot hold it (NaN, ±∞). */
      cost: number | null;
      /** @description The gradients of the total loss, by layer. */
      layers: components["schemas"]["Gradients"][];
      /** @description The gradients of each example's loss; only with per_example. Left out, or null, where there is none. */
      examples?: components["schemas"]["ExampleGradients"][];
    };
    /** @description Many examples to send through a network at once. */
    BatchRequest: {
      /** @description The network. */
      network: components["schemas"]["Network"];
      /** @description Inputs, one row per example. */
      xs: number[][];
      /** @description Targets, one row per example. */
      targets: number[][];
      /** @description Loss function of one example. */
      loss: string;
      /**
       * @description Whether to give the gradients of every example too.
       * @default false
       */
      per_example?: boolean;
    };
    /** @description What there is to choose from, and how much of it. */
    Catalog: {
      /** @description Activation functions. */
      activations: components["schemas"]["ActivationEntry"][];
      /** @description Loss functions. */
      losses: components["schemas"]["LossEntry"][];
      /** @description Ways to draw weights. */
      initializers: components["schemas"]["FormulaEntry"][];
      /** @description Update rules. */
      optimizers: components["schemas"]["FormulaEntry"][];
      /** @description How the learning rate changes while training. */
      schedules: components["schemas"]["FormulaEntry"][];
      /** @description What the g of an optimizer is: the mean or the sum over a batch. */
      reductions: components["schemas"]["FormulaEntry"][];
      /** @description Data sets. */
      datasets: components["schemas"]["DatasetEntry"][];
      /** @description Wrong rules that a trace's backward pass may follow. */
      rules: components["schemas"]["RuleEntry"][];
      /** @description Slips that a diagnosis knows besides the rules. */
      slips: components["schemas"]["SlipEntry"][];
      /** @description Conventions of other books that a diagnosis knows. */
      conventions: components["schemas"]["ConventionEntry"][];
      /** @description For each kind of data the usual output activation and loss; the first that fits is meant. */
      usual_ends: components["schemas"]["UsualEnd"][];
      /** @description Limits by name; an error that refuses a request names the one it met. */
      limits: { [key: string]: number };
    };
    /** @description A number within a written-out vector or matrix. */
    Cell: {
      /** @description Address of the number. */
      at: string;
    };
    /** @description A derivative from two losses. */
    CentralDifference: {
      /** @description How far the number is moved to either side. */
      h: number;
      /** @description The difference of the two losses by the distance between them. null: float64 cannot hold it (NaN, ±∞). */
      numeric: number | null;
      /** @description How far that is from the analytic derivative, by their size. null: float64 cannot hold it (NaN, ±∞). */
      relative_error: number | null;
      /** @description Whether the two losses lie on different sides of a kink. */
      kink: boolean;
      /** @description The loss at −h and the loss at +h. */
      secant: (number | null)[];
    };
    /** @description By how much an update changed the parameters: what the next request may send as previous_change. */
    Change: {
      /** @description The computing layers in forward order. */
      layers: components["schemas"]["ChangedLayer"][];
    };
    /** @description By how much the update changed the parameters of one layer. */
    ChangedLayer: {
      /** @description μ Δ_prev − η ∂l/∂w, or 0 if frozen. */
      w: (number | null)[][];
      /** @description μ Δ_prev − η ∂l/∂b, or 0 if frozen. */
      b: (number | null)[];
    };
    /** @description One way to read a file. */
    ChoiceDocument: {
      /** @description What the parameter takes. */
      value: string;
      /** @description What it is called. */
      title: components["schemas"]["Words"];
    };
    /** @description The ways to read a file, each list in the order in which it is offered. */
    ChoicesDocument: {
      /** @description What may separate cells. */
      delimiter: components["schemas"]["ChoiceDocument"][];
      /** @description What may be the decimal mark. */
      decimal: components["schemas"]["ChoiceDocument"][];
      /** @description How letters may be written. */
      encoding: components["schemas"]["ChoiceDocument"][];
    };
    /** @description A trace request to be written as a program. */
    CodeRequest: {
      /** @description What the program computes; steps plays no part. */
      request: components["schemas"]["TraceRequest"];
      /** @description What the program is written with. */
      language: "numpy" | "pytorch" | "tensorflow" | "jax";
    };
    /** @description How a column became inputs. */
    CodedDocument: {
      /** @description Its name. */
      column: string;
      /** @description In which way. */
      coding: "number" | "zero_one" | "one_hot";
      /** @description The names of the inputs it became. */
      features: string[];
    };
    /** @description A column of the table. */
    ColumnDocument: {
      /** @description Its name; no other column has it. */
      name: string;
      /** @description What it is. */
      kind: "number" | "category" | "date" | "identifier" | "text" | "constant" | "empty";
      /** @description Rows in which nothing stands, or NA, ?, -, null and the like. */
      missing: number;
      /** @description Of a column of numbers: rows in which something stands that is none. */
      wrong: number;
      /** @description How many different values it has. */
      unique: number;
      /** @description Of a column of numbers: the least; else null. */
      min: number | null;
      /** @description Of a column of numbers: the largest; else null. */
      max: number | null;
      /** @description Of a column of numbers: the mean; else null. */
      mean: number | null;
      /** @description Of a column of numbers: the decimal mark they are read with; else null. */
      decimal: string | null;
      /** @description Of a column of numbers: the mark that groups thousands; null if none does. */
      grouping: string | null;
      /** @description Of a column of numbers: what is left away beside them, such as % or $; null if nothing. */
      unit: string | null;
      /** @description Of a column of words: the different ones in order, 50 at most; else null. */
      categories: string[] | null;
      /** @description The ways in which it can become inputs, the usual one first; none if it cannot. */
      codings: ("number" | "zero_one" | "one_hot")[];
    };
    /** @description How a run that was stopped goes on; an empty object takes it to its end. */
    ContinueRequest: {
      /** @description Where it pauses again; null: it goes on to its end. */
      until?: components["schemas"]["Until"] | null;
      /** @description A new number of epochs in all, so that also a finished run can go on; null: as it was. */
      epochs?: number | null;
      /** @description The last epoch whose record the caller has: later ones that are kept come first, earlier ones not again; -1 for all. Null: the records begin where the run goes on. null: as if left out. */
      after?: number;
    };
    /** @description A convention of another book, by which some numbers have another sign. */
    ConventionEntry: {
      /** @description Its name, as a request and a notation's option have it. */
      name: string;
      /** @description What it is, in a few words. */
      title: components["schemas"]["Title"];
      /** @description What it does to the numbers. */
      description: components["schemas"]["Title"];
    };
    /** @description A cost over many examples as a program. */
    CostProgram: {
      /** @description What it is written with. */
      language: "numpy" | "pytorch";
      /** @description The program; it runs as it stands, beside its data if it reads them from a file. */
      code: string;
      /** @description The file of JSON it reads, with xs, targets and where they were given test_xs and test_targets; null if the data stand in the program. */
      file: string | null;
    };
    /** @description A network and its data, of which a program is to compute the cost. */
    CostProgramRequest: {
      /** @description The network. */
      network: components["schemas"]["Network"];
      /** @description Inputs, one row per example: as the network has them, or with scaling in their own units. */
      xs: number[][];
      /** @description Targets, one row per example, likewise. */
      targets: number[][];
      /** @description Inputs held out; what is asked for is said of them too. null: as if left out. */
      test_xs?: number[][];
      /** @description Targets of those held out; with test_xs only. null: as if left out. */
      test_targets?: number[][];
      /** @description With it the server standardises by itself: xs, targets and what is said of them are in their own units. Null: the data are as the network has them. null: as if left out. */
      scaling?: components["schemas"]["ScalingChoice"];
      /** @description Loss function of one example. */
      loss: string;
      /**
       * @description What the training's steps followed, as in POST /training; a comment says so.
       * @default mean
       */
      reduction?: string;
      /** @description What the program is written with. */
      language: "numpy" | "pytorch";
      /**
       * @description Whether the data stand in the program, or it reads them from backpropscope-data.json beside it.
       * @default inline
       * @enum {string}
       */
      data?: "inline" | "file";
    };
    /** @description Multiplications on the wires: of a value by a weight, or of an input value by ∂l/∂z. */
    Counts: {
      /** @description In one forward pass. */
      forward: number;
      /** @description In one backward sweep to ∂l/∂z of every unit. */
      backward: number;
      /** @description For ∂l/∂w of every weight, once every ∂l/∂z is known: one product each. */
      products: number;
      /** @description For the whole gradient by backpropagation: backward and products together. */
      gradient: number;
      /** @description For ∂l/∂z of every unit by recursion for each unit, remembering nothing; to compare with backward. */
      naive_recursion: number;
      /** @description For the whole gradient by two forward passes for each weight and bias; to compare with gradient. */
      finite_differences: number;
    };
    /** @description The loss as a function of one number. */
    Curve: {
      /** @description 81 values of the number, evenly spread, the present one in the middle. */
      values: (number | null)[];
      /** @description The loss at each of them, everything else as it is. */
      losses: (number | null)[];
    };
    /** @description The history of a training, one list per field of its epoch events. */
    CurvesRecord: {
      /** @description The epochs recorded; every other list is as long. */
      epochs: number[];
      /** @description Loss of one example. null: as if left out. */
      loss?: (number | null)[];
      /** @description Total loss of the training part. null: as if left out. */
      total_loss?: (number | null)[];
      /** @description Total loss of the part held out. null: as if left out. */
      test_total_loss?: (number | null)[];
      /** @description Cost of the training part. null: as if left out. */
      cost?: (number | null)[];
      /** @description Cost of the part held out. null: as if left out. */
      test_cost?: (number | null)[];
      /** @description Accuracy on the training part. null: as if left out. */
      train_accuracy?: (number | null)[];
      /** @description Accuracy on the part held out. null: as if left out. */
      test_accuracy?: (number | null)[];
      /** @description What to call this run beside another one. null: as if left out. */
      name?: string;
    };
    /** @description The history of a training and, laid over it, of a twin. */
    CurvesRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description An epoch to be marked by a line. null: as if left out. */
      shown_epoch?: number;
      /**
       * @description Whether its panels stand one above the other.
       * @default false
       */
      stacked?: boolean;
      /** @description The epochs recorded; every other list is as long. */
      epochs: number[];
      /** @description Loss of one example. null: as if left out. */
      loss?: (number | null)[];
      /** @description Total loss of the training part. null: as if left out. */
      total_loss?: (number | null)[];
      /** @description Total loss of the part held out. null: as if left out. */
      test_total_loss?: (number | null)[];
      /** @description Cost of the training part. null: as if left out. */
      cost?: (number | null)[];
      /** @description Cost of the part held out. null: as if left out. */
      test_cost?: (number | null)[];
      /** @description Accuracy on the training part. null: as if left out. */
      train_accuracy?: (number | null)[];
      /** @description Accuracy on the part held out. null: as if left out. */
      test_accuracy?: (number | null)[];
      /** @description What to call this run beside another one. null: as if left out. */
      name?: string;
      /**
       * @description Whether losses stand on a logarithmic axis.
       * @default true
       */
      log?: boolean;
      /** @description The history of another run. null: as if left out. */
      twin?: components["schemas"]["CurvesRecord"];
    };
    /** @description A data set of the catalogue. */
    DatasetChoice: {
      /** @description A name in the catalogue's datasets. */
      name: string;
      /** @description How many examples; made sets only. null: as if left out. */
      n?: number;
      /** @description Standard deviation of the noise; made sets only. null: as if left out. */
      noise?: number;
      /** @description Seed of the examples and of what is held out; by default seed. null: as if left out. */
      seed?: number;
      /**
       * @description The share of the examples that is held out.
       * @default 0
       */
      test_fraction?: number;
      /** @description Which columns are shifted and scaled to mean 0 and deviation 1 over those trained on; true or false speaks of x alone. By default x of measured sets is, not that of made ones, whose scale fits already. null: as if left out. */
      standardise?: boolean | components["schemas"]["Standardise"];
    };
    /** @description A data set. */
    DatasetEntry: {
      /** @description Its name in requests. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description Its parameters by name, with their defaults. */
      parameters: { [key: string]: number };
      /** @description By the same names the smallest and the largest value allowed. */
      parameter_limits: { [key: string]: [number, number] };
      /** @description What it is. */
      description: components["schemas"]["Title"];
      /** @description What is to be learnt. */
      kind: "classification" | "regression";
      /** @description Where it comes from; null for a made one. */
      source: string | null;
      /** @description Under which licence it may be used; null for a made one. */
      licence: string | null;
      /** @description Names of the columns of x. */
      feature_names: string[];
      /** @description Names of the classes; empty for regression. */
      class_names: string[];
    };
    /** @description The examples of a data set. */
    DatasetExamples: {
      /** @description Name. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description What is to be learnt. */
      kind: "classification" | "regression";
      /** @description Inputs, one row per example. */
      xs: number[][];
      /** @description Targets: one number per class, 1 at its own; the value for regression. */
      targets: number[][];
      /** @description The class of each example, a place in class_names; else null. */
      labels: number[] | null;
      /** @description The columns of xs. */
      feature_names: string[];
      /** @description The classes; empty for regression. */
      class_names: string[];
      /** @description n, noise and seed as used; empty for measured data. */
      parameters: { [key: string]: number };
      /** @description Who published it; null for made data. */
      source: string | null;
      /** @description Under which licence; null for made data. */
      licence: string | null;
    };
    /** @description What changes in the choice of a data set. */
    DatasetRemedy: {
      /** @description Its new standardise. */
      standardise: components["schemas"]["Standardise"];
    };
    /** @description The decision map of an answer of /regions to be drawn. */
    DecisionMapRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description The class of each example; one colour for all if null. */
      labels?: number[] | null;
      /** @description The names of the classes; their numbers if left out. */
      class_names?: string[];
      /** @description The answer of /regions, over two inputs. */
      regions: components["schemas"]["RegionsRecord"];
      /** @description Data to be drawn on top, one row per example. null: as if left out. */
      xs?: (number | null)[][];
    };
    /** @description One number of a trace request to look at the loss around. */
    DerivativeRequest: {
      /** @description The example and its network; steps, learning_rate and freeze play no part, signal is refused. */
      request: components["schemas"]["TraceRequest"];
      /** @description Address of a weight, a bias or an input in the trace, such as /layers/0/w/0/1, /layers/0/b/0 or /x/0. */
      pointer: string;
    };
    /** @description The loss around one number, and its derivative there, twice. */
    DerivativeView: {
      /** @description Address of the number in the trace. */
      pointer: string;
      /** @description Address of the derivative in the trace. */
      gradient_pointer: string;
      /** @description The number. */
      value: number;
      /** @description The derivative by backpropagation. null: float64 cannot hold it (NaN, ±∞). */
      analytic: number | null;
      /** @description The derivative by central difference, as gradient-check takes it. null: float64 cannot hold it (NaN, ±∞). */
      numeric: number | null;
      /** @description Their difference by their size, as gradient-check takes it. null: float64 cannot hold it (NaN, ±∞). */
      relative_error: number | null;
      /** @description Whether that central difference straddles a kink, so that the two may differ. */
      kink: boolean;
      /** @description The loss of this example. null: float64 cannot hold it (NaN, ±∞). */
      loss: number | null;
      /** @description The loss around the number, to max(1, |value|) on either side. */
      curve: components["schemas"]["Curve"];
      /** @description Central differences for h from 1 to 1e-13, two to a decade: first h² counts, then rounding. */
      errors: components["schemas"]["CentralDifference"][];
    };
    /** @description The path of descent of a run. */
    DescentPath: {
      /** @description Some of its recorded_epochs, the first and the last among them. */
      epochs: number[];
      /** @description θ at each of them, one row per epoch: of each layer w row by row, then b. */
      thetas: number[][];
    };
    /** @description A learner's answer for one number of a trace. */
    DiagnoseRequest: {
      /** @description The example, or several, and the network, without a rule; steps says of which steps the answer gives the index (none: unit). */
      request: components["schemas"]["DiagnosedRequest"];
      /** @description Address of the number, one that is computed. Of one example as in the trace: /layers/0/z/0. Of several: /layers/0/dl_dw/0/1 or /layers/0/dl_db/0 of the batch, /cost, /total_loss, or of one of them /examples/2/layers/1/dl_dz/0. */
      pointer: string;
      /** @description The learner's number. */
      answer: number;
      /** @description Decimal places of the answer: 0.0123 has 4, and 3 has 0, if no more were meant. */
      digits: number;
      /** @description The learner's own earlier numbers, by address: a number that is right, going on from them, is told from a wrong one. At most 200; those that the number asked for does not depend on play no part. */
      given?: { [key: string]: number };
      /** @description The conventions of the learner's book, of the catalogue's conventions: by them the answer and the given numbers are read. */
      conventions?: "delta_is_descent"[];
    };
    /** @description One example, or several put together, that a learner has a number of. */
    DiagnosedRequest: {
      /** @description The network. */
      network: components["schemas"]["Network"];
      /** @description Loss function: cross_entropy needs softmax or sigmoid outputs, binary_cross_entropy sigmoid ones. */
      loss: string;
      /**
       * @description How fine the steps of the answer are; none for no steps.
       * @default unit
       */
      steps?: "none" | "layer" | "unit" | "term";
      /** @description Learning rate η. With it one update of gradient descent is part of the trace. null: as if left out. */
      learning_rate?: number;
      /** @description Momentum μ, with a learning rate only: the update is Δ = μ Δ_prev − η ∂l/∂w and w + Δ. PyTorch's v = μ v + ∂l/∂w and w − η v is the same with Δ = −η v, as long as η stays. null: as if left out. */
      momentum?: number;
      /** @description With momentum: Δ_prev, by how much the update before this one changed each weight and bias; the change in the answer to that update can be sent as it is. By default all 0. null: as if left out. */
      previous_change?: components["schemas"]["ParameterChange"];
      /** @description What gradient descent leaves alone: w, b or both. */
      freeze?: ("w" | "b")[];
      /** @description A signal of one's own to send into the reversed network in place of the loss's ∂l/∂y, one number per unit of the last layer; not together with a learning rate. null: as if left out. */
      signal?: number[];
      /** @description A wrong rule for the backward pass to follow, one of the catalogue's rules; for a trace and a gradient check only. null: as if left out. */
      rule?: string;
      /** @description Input of one example. null: as if left out. */
      x?: number[];
      /** @description Its target ŷ. null: as if left out. */
      target?: number[];
      /** @description In place of x: the inputs of several examples, one row each. null: as if left out. */
      xs?: number[][];
      /** @description In place of target: their targets, one row each. null: as if left out. */
      targets?: number[][];
      /** @description Of several examples: whether the gradients of the batch are the mean of the examples' (null: as mean) or their sum. */
      reduction?: string | null;
    };
    /** @description What a learner's answer tells. */
    Diagnosis: {
      /** @description right: the expected number to all the digits given; right_but_rounded: what one gets by carrying only that many digits through the steps, or off by one in the last digit; follows: right, going on from the given numbers, of which one is wrong. */
      verdict: "right" | "right_but_rounded" | "follows" | "wrong";
      /** @description The verdict in more detail: right, sign_of_zero (right, but −0 was written for 0), rounding, follows, convention (right as another book defines it, see conventions; the verdict is wrong unless the request names the convention), misconception (wrong, and misconceptions say how), wrong (and nobody knows why). */
      finding: "right" | "sign_of_zero" | "rounding" | "follows" | "convention" | "misconception" | "wrong";
      /** @description The right number. null: float64 cannot hold it (NaN, ±∞). */
      expected: number | null;
      /** @description All that give just this number at the digits given, the simplest first; empty for a right answer. */
      misconceptions: components["schemas"]["MatchingMisconception"][];
      /** @description Those by which the number is right. */
      conventions: components["schemas"]["ConventionEntry"][];
      /** @description Of the given numbers that the answer depends on the first that is wrong; null if there is none. */
      first_wrong: components["schemas"]["FirstWrong"] | null;
    };
    /** @description Data of the event ``diverged``: training has left the finite numbers. */
    Diverged: {
      /** @description The epoch after which it was seen. */
      epoch: number;
      /** @description What is not finite. */
      code: "loss" | "gradient" | "parameters";
      /** @description The same as a sentence, in English. */
      reason: string;
      /** @description The last finite record, with its theta; null: not even the start. */
      last: components["schemas"]["EpochRecord"] | null;
      /** @description Whether all of the run is in the store. */
      kept: boolean;
      /** @description What went wrong, as the record shows; null: nothing that is known of. */
      verdict: components["schemas"]["Verdict"] | null;
    };
    /** @description A figure as Plotly takes it. */
    Drawing: {
      /** @description What is drawn. */
      data: components["schemas"]["PlotlyTrace"][];
      /** @description What it is drawn on. */
      layout: components["schemas"]["PlotlyLayout"];
    };
    /** @description The last event of a run: its name, and its data. */
    Ending: {
      /** @description Its name. */
      event: "finished" | "diverged" | "stopped";
      /** @description How many epochs were complete. */
      epoch: number;
      /** @description Whether all of the run is in the store. */
      kept: boolean;
      /** @description Of diverged: what is not finite. Left out, or null, where there is none. */
      code?: string;
      /** @description Why it was stopped, or what is not finite. Left out, or null, where there is none. */
      reason?: string;
      /** @description Of stopped: the reason as a sentence. Left out, or null, where there is none. */
      detail?: string;
      /** @description Of finished and diverged: the last finite record. Left out, or null, where there is none. */
      last?: components["schemas"]["EpochRecord"];
    };
    /** @description Data of the event ``epoch``: the state after an epoch. */
    EpochRecord: {
      /** @description How many epochs lie behind; 0 is the state before training. */
      epoch: number;
      /** @description Sum of the losses over the examples trained on, without penalties, in the targets' own units. */
      total_loss: number;
      /** @description Their mean. */
      cost: number;
      /** @description Sum over the examples held out; null if there are none. */
      test_total_loss: number | null;
      /** @description Their mean; null likewise. */
      test_cost: number | null;
      /** @description Share of the examples trained on that is classified correctly; null for regression. */
      train_accuracy: number | null;
      /** @description The same of those held out; null also if there are none. */
      test_accuracy: number | null;
      /** @description Per layer ‖∂L/∂w‖ of the total loss that training drives down, standardised if the targets are. */
      gradient_norms: number[];
      /** @description Per layer the mean of |σ'(z)|. */
      gain_means: number[];
      /** @description All parameters, of each layer w row by row, then b; or null. */
      theta: number[] | null;
      /** @description Cost between outputs and targets as the network has them, which is what training drives down; null where targets are not standardised, and cost is just that. */
      standardised_cost?: number | null;
      /** @description The same over the examples held out; null likewise. */
      standardised_test_cost?: number | null;
    };
    /** @description One example of a run at one epoch: a body for POST /trace. */
    Example: {
      /** @description The network after that epoch. */
      network: components["schemas"]["Network"];
      /** @description Inputs, standardised if the run's are. */
      x: number[];
      /** @description Target, standardised if the run's are. */
      target: number[];
      /** @description The run's loss function. */
      loss: string;
    };
    /** @description The gradients of one example's loss. */
    ExampleGradients: {
      /** @description By layer. */
      layers: components["schemas"]["Gradients"][];
    };
    /** @description The data of a training as its network sees it. */
    Examples: {
      /** @description Inputs trained on, standardised if that was asked for. */
      xs: number[][];
      /** @description Targets to xs, standardised if that was asked for. */
      targets: number[][];
      /** @description Inputs held out; empty if there are none. */
      test_xs: number[][];
      /** @description Targets to test_xs. */
      test_targets: number[][];
      /** @description The class of each of xs, a place in class_names; null: regression. */
      labels: number[] | null;
      /** @description The same of test_xs; null: regression. */
      test_labels: number[] | null;
      /** @description The columns of x. */
      feature_names: string[];
      /** @description The classes; empty for regression. */
      class_names: string[];
      /** @description Places in the data set, or in xs, of the examples trained on, from 0. */
      rows: number[];
      /** @description Places of those held out, in the data set or in test_xs. */
      test_rows: number[];
      /** @description The network is given (x - shift) / scale, column by column of x. */
      shift: number[];
      /** @description See shift; all 1 where nothing was standardised. */
      scale: number[];
      /** @description What the network answers is target_shift + target_scale · output, target by target. */
      target_shift: number[];
      /** @description See target_shift; all 1 where targets are not standardised. */
      target_scale: number[];
      /** @description Whether targets are standardised. */
      standardised_targets: boolean;
      /** @description The same examples in their own units; null if they are the same. */
      given: components["schemas"]["GivenExamples"] | null;
    };
    /** @description A published number. */
    Fact: {
      /** @description As it was printed. */
      value: string;
      /** @description By whom. */
      source: string;
    };
    /** @description One number along a path. */
    Factor: {
      /** @description Its address in the trace. */
      pointer: string;
      /** @description The number. null: float64 cannot hold it (NaN, ±∞). */
      value: number | null;
    };
    /** @description The plane of one layer to be drawn. */
    FeaturePlaneRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description The class of each example; one colour for all if null. */
      labels?: number[] | null;
      /** @description The names of the classes; their numbers if left out. */
      class_names?: string[];
      /** @description One entry of features of an answer of /regions. */
      features: components["schemas"]["FeaturesRecord"];
      /** @description Its place there: 0 for the input. */
      layer: number;
    };
    /** @description The planes of several layers to be drawn in one figure. */
    FeaturePlanesRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description The class of each example; one colour for all if null. */
      labels?: number[] | null;
      /** @description The names of the classes; their numbers if left out. */
      class_names?: string[];
      /** @description features of an answer of /regions: the input, then each layer. */
      features: components["schemas"]["FeaturesRecord"][];
      /**
       * @description How many planes stand side by side.
       * @default 3
       */
      columns?: number;
      /** @description Which of the examples were held out; they are drawn hollow. null: as if left out. */
      held_out?: boolean[];
      /** @description The place of an example to be ringed. null: as if left out. */
      highlighted?: number;
    };
    /** @description Where the data lies in one layer. */
    Features: {
      /** @description units: the coordinates are a of its one or two units; pca: the plane of most variance. */
      kind: "units" | "pca";
      /** @description The a that is the origin of the coordinates. */
      origin: (number | null)[];
      /** @description One row per coordinate, one column per unit. */
      directions: (number | null)[][];
      /** @description Which part of the data's variance each coordinate keeps; null without any. */
      shares: (number | null)[];
      /** @description Of the data, one row per example. */
      coordinates: (number | null)[][];
      /** @description Of the input grid, bent by the network: row, column, coordinate. */
      grid: (number | null)[][][];
    };
    /** @description Where the data lies in one layer: one entry of features of an answer of /regions. */
    FeaturesRecord: {
      /**
       * @description What the coordinates are.
       * @enum {string}
       */
      kind: "units" | "pca";
      /** @description Not drawn; may be left out. null: as if left out. */
      origin?: (number | null)[];
      /** @description One row per coordinate. */
      directions: (number | null)[][];
      /** @description Which part of the variance each coordinate keeps. */
      shares: (number | null)[];
      /** @description Of the data. */
      coordinates: (number | null)[][];
      /** @description Of the bent grid: row, column, coordinate. */
      grid: (number | null)[][][];
    };
    /** @description A column in which missing values were filled. */
    FilledDocument: {
      /** @description Its name. */
      column: string;
      /** @description In how many examples. */
      count: number;
      /** @description With what: the mean, or the commonest word. */
      value: number | string;
    };
    /** @description Data of the event ``finished``, the last of a training that came to its end. */
    Finished: {
      /** @description The last epoch. */
      epoch: number;
      /** @description Its record. */
      last: components["schemas"]["EpochRecord"];
      /** @description Whether all of the run is in the store. */
      kept: boolean;
      /** @description What went wrong, as the record shows; null: nothing that is known of. */
      verdict: components["schemas"]["Verdict"] | null;
    };
    /** @description The first of the learner's earlier numbers that is wrong. */
    FirstWrong: {
      /** @description right: the expected number to all the digits given; right_but_rounded: what one gets by carrying only that many digits through the steps, or off by one in the last digit; follows: right, going on from the given numbers, of which one is wrong. */
      verdict: "right" | "right_but_rounded" | "follows" | "wrong";
      /** @description The verdict in more detail: right, sign_of_zero (right, but −0 was written for 0), rounding, follows, convention (right as another book defines it, see conventions; the verdict is wrong unless the request names the convention), misconception (wrong, and misconceptions say how), wrong (and nobody knows why). */
      finding: "right" | "sign_of_zero" | "rounding" | "follows" | "convention" | "misconception" | "wrong";
      /** @description The right number. null: float64 cannot hold it (NaN, ±∞). */
      expected: number | null;
      /** @description All that give just this number at the digits given, the simplest first; empty for a right answer. */
      misconceptions: components["schemas"]["MatchingMisconception"][];
      /** @description Those by which the number is right. */
      conventions: components["schemas"]["ConventionEntry"][];
      /** @description Its address. */
      pointer: string;
    };
    /** @description A network and its data, of which a fit plot is to be drawn. */
    FitRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description The network. */
      network: components["schemas"]["Network"];
      /** @description Inputs, one row per example: as the network has them, or with scaling in their own units. */
      xs: number[][];
      /** @description Targets, one row per example, likewise. */
      targets: number[][];
      /** @description Inputs held out; what is asked for is said of them too. null: as if left out. */
      test_xs?: number[][];
      /** @description Targets of those held out; with test_xs only. null: as if left out. */
      test_targets?: number[][];
      /** @description With it the server standardises by itself: xs, targets and what is said of them are in their own units. Null: the data are as the network has them. null: as if left out. */
      scaling?: components["schemas"]["ScalingChoice"];
      /**
       * @description Which output is drawn against its target, 0-based.
       * @default 0
       */
      output?: number;
      /**
       * @description What the first input is called.
       * @default x
       */
      input_name?: string;
      /** @description What the target is called, if it has a name. null: as if left out. */
      target_name?: string;
      /**
       * @description Whether its panels stand one above the other.
       * @default false
       */
      stacked?: boolean;
    };
    /** @description Any JSON value: the file as it is; or an object with document (the file), activations (a list of names, one for each layer) and kernels (inputs_first or outputs_first). */
    ForeignNetwork: unknown;
    /** @description A way to draw weights, or an update rule. */
    FormulaEntry: {
      /** @description Its name in requests. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description Its parameters by name, with their defaults. */
      parameters: { [key: string]: number };
      /** @description By the same names the smallest and the largest value allowed. */
      parameter_limits: { [key: string]: [number, number] };
      /** @description It as LaTeX. */
      formula: string;
    };
    /** @description A layer as it was found. */
    FoundLayer: {
      /** @description What it is called there; else its number. */
      name: string;
      /** @description How many values it receives; null if that is not said. */
      inputs: number | null;
      /** @description How many units it has; null if that is not said. */
      units: number | null;
      /** @description Its activation; null if that is not said. */
      activation: string | null;
      /** @description With leaky_relu: its slope left of 0. Left out, or null, where there is none. */
      slope?: number;
      /** @description Whether its weights were found. */
      has_weights: boolean;
    };
    /** @description The examples in their own units. */
    GivenExamples: {
      /** @description Inputs trained on. */
      xs: number[][];
      /** @description Targets to xs. */
      targets: number[][];
      /** @description Inputs held out; empty if there are none. */
      test_xs: number[][];
      /** @description Targets to test_xs. */
      test_targets: number[][];
    };
    /** @description All terms. */
    Glossary: {
      /** @description In the order of the course. */
      terms: components["schemas"]["Term"][];
    };
    /** @description Backpropagation held against finite differences. */
    GradientCheck: {
      /** @description The wrong rule that was followed; only if one was named. Left out, or null, where there is none. */
      rule?: string;
      /** @description How the numeric derivatives are taken. */
      method: "central_difference";
      /** @description Every weight and bias. */
      parameters: components["schemas"]["GradientCheckRow"][];
      /** @description The largest relative error of those without a kink. null: float64 cannot hold it (NaN, ±∞). */
      max_relative_error: number | null;
      /** @description The relative error up to which the two count as equal. */
      tolerance: number;
      /** @description Whether no parameter without a kink is beyond it. */
      passed: boolean;
    };
    /** @description One parameter's derivative, twice. */
    GradientCheckRow: {
      /** @description Address of the derivative in the trace. */
      pointer: string;
      /** @description By backpropagation. null: float64 cannot hold it (NaN, ±∞). */
      analytic: number | null;
      /** @description By central difference. null: float64 cannot hold it (NaN, ±∞). */
      numeric: number | null;
      /** @description Their difference by their size. null: float64 cannot hold it (NaN, ±∞). */
      relative_error: number | null;
      /** @description Whether the two sides lie on different sides of a kink, so that they may differ. */
      kink: boolean;
    };
    /** @description Gradients and gains of a training, one row per epoch, one column per layer. */
    GradientFlowRecord: {
      /** @description The epochs recorded. */
      epochs: number[];
      /** @description ‖∂L/∂w‖ per epoch and layer. */
      gradient_norms: (number | null)[][];
      /** @description Mean |σ'(z)| per epoch and layer; may be left out. */
      gain_means?: (number | null)[][];
      /** @description What to call this run beside another one. null: as if left out. */
      name?: string;
    };
    /** @description The flow of gradients in a training and, beside it, in a twin. */
    GradientFlowRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description An epoch to be marked by a line. null: as if left out. */
      shown_epoch?: number;
      /**
       * @description Whether its panels stand one above the other.
       * @default false
       */
      stacked?: boolean;
      /** @description The epochs recorded. */
      epochs: number[];
      /** @description ‖∂L/∂w‖ per epoch and layer. */
      gradient_norms: (number | null)[][];
      /** @description Mean |σ'(z)| per epoch and layer; may be left out. */
      gain_means?: (number | null)[][];
      /** @description What to call this run beside another one. null: as if left out. */
      name?: string;
      /** @description The same of another run. null: as if left out. */
      twin?: components["schemas"]["GradientFlowRecord"];
    };
    /** @description ∇L seen in the plane. */
    GradientRecord: {
      /** @description The derivative of the total loss along u and v. */
      slopes: (number | null)[];
      /** @description u of ∇L projected; null where there is none. */
      u: number | null;
      /** @description v of the same; null where there is none. */
      v: number | null;
      /** @description How long the projection is by the length of ∇L; null where there is none. */
      share: number | null;
    };
    /** @description ∂/∂w and ∂/∂b of one layer. */
    Gradients: {
      /** @description In the shape of w. */
      dl_dw: (number | null)[][];
      /** @description In the shape of b. */
      dl_db: (number | null)[];
    };
    /** @description What is most likely meant. */
    GuessDocument: {
      /** @description Classes or numbers. */
      task: "classification" | "regression";
      /** @description The column to be learnt; null if none will do. */
      target: string | null;
      /** @description The same as a list; several for a file of the Lab's with several outputs. */
      targets: string[];
      /** @description The columns to learn it from. */
      inputs: string[];
      /** @description The column that says which rows are held out; null if there is none. */
      part: string | null;
    };
    /** @description The state of this server. */
    Health: {
      /** @description live or ready. */
      status: string;
    };
    /** @description Data of the event ``keeping``: the store cannot be written now, or can again. Nothing is lost meanwhile. */
    Keeping: {
      /** @description Whether all of the run so far is in the store. */
      kept: boolean;
      /** @description Records that wait in memory to be written. */
      pending: number;
    };
    /** @description A link that is kept. */
    KeptLink: {
      /** @description The page that the link is one of. */
      page: "explorer" | "lab";
      /** @description What stands behind the # of its address, with its escapes. */
      fragment: string;
    };
    /** @description A place without a derivative. */
    Kink: {
      /** @description The z, or for a loss the y − ŷ. */
      at: number;
      /** @description The derivative that is taken there. */
      derivative: number;
    };
    /** @description What a scene shows of the Lab. */
    LabScene: {
      /** @description Which of the Lab's examples. */
      setup: string;
      /** @description The tab below its network. */
      view: string;
    };
    /** @description The total loss over a plane. */
    Landscape: {
      /** @description What spans the plane. */
      kind: "parameters" | "path" | "random";
      /** @description The two parameters that span it; null if it is not spanned by two. */
      pointers: string[] | null;
      /** @description What a step along u and one along v add to θ; null for two parameters. */
      directions: (number | null)[][] | null;
      /** @description The columns: values of the first parameter, or steps along u. */
      u_values: (number | null)[];
      /** @description The rows: values of the second parameter, or steps along v. */
      v_values: (number | null)[];
      /** @description The total loss, one row per v, one column per u. */
      total_loss: (number | null)[][];
      /** @description Where the network stands. */
      origin: components["schemas"]["Origin"];
      /** @description The path; null if none was sent. */
      path: components["schemas"]["ProjectedPath"] | null;
      /** @description ∇L at the network. */
      gradient: components["schemas"]["ProjectedGradient"];
    };
    /** @description An answer of /landscape. */
    LandscapeRecord: {
      /**
       * @description What spans the plane.
       * @enum {string}
       */
      kind: "parameters" | "path" | "random";
      /** @description The two parameters; null if it is not spanned by two. */
      pointers: [string, string] | null;
      /** @description Not drawn; may be left out. null: as if left out. */
      directions?: (number | null)[][];
      /** @description The columns. */
      u_values: number[];
      /** @description The rows. */
      v_values: number[];
      /** @description The total loss, one row per v. */
      total_loss: (number | null)[][];
      /** @description Where the network stands. */
      origin: components["schemas"]["OriginRecord"];
      /** @description The path; null if there is none. */
      path: components["schemas"]["PathRecord"] | null;
      /** @description ∇L at the network. */
      gradient: components["schemas"]["GradientRecord"];
    };
    /** @description A plane through all parameters over which the total loss is wanted. */
    LandscapeRequest: {
      /** @description The network; its parameters are where the plane is laid through. */
      network: components["schemas"]["Network"];
      /** @description Inputs, one row per example. */
      xs: number[][];
      /** @description Targets, one row per example. */
      targets: number[][];
      /** @description Loss function of one example. */
      loss: string;
      /** @description Addresses of two weights or biases, such as /layers/0/w/0/1: the plane of these two. Either this or directions. null: as if left out. */
      pointers?: [string, string];
      /** @description path: the two principal components of the path about this network; random: two random directions, each unit's part as long as the unit's own parameters. null: as if left out. */
      directions?: "path" | "random";
      /** @description A path of descent to be projected: one θ per row, of each layer w row by row, then b. null: as if left out. */
      path?: number[][];
      /**
       * @description Seed of the random directions.
       * @default 0
       */
      seed?: number;
      /** @description The smallest u and v: values of the two parameters, or steps along the two directions. By default what shows the path and the network. null: as if left out. */
      low?: [number, number];
      /** @description The largest u and v, likewise. null: as if left out. */
      high?: [number, number];
      /**
       * @description Values of u, and as many of v.
       * @default 41
       */
      resolution?: number;
    };
    /** @description One computing layer. */
    Layer: {
      /** @description Weights: one row per unit of this layer, one column per value it receives. */
      w: number[][];
      /** @description Biases, one per unit; without them they are all 0. */
      b?: number[];
      /** @description Activation function; softmax only in the last layer. Names from elsewhere, such as ReLU or swish, are understood; the answer has ours. */
      activation: string;
      /** @description With leaky_relu: its slope left of 0, from 0 to 1; by default 0.01. null: as if left out. */
      slope?: number;
    };
    /** @description By how much the parameters of one layer changed. */
    LayerChange: {
      /** @description The change of each weight, in the shape of the layer's w. */
      w: number[][];
      /** @description The change of each bias. */
      b: number[];
    };
    /** @description A row that is no example. */
    LeftOutDocument: {
      /** @description Its number in the file, from 1. */
      row: number;
      /** @description The column it is about; null if it is the whole row. */
      column: string | null;
      /** @description Why. */
      reason: "missing" | "not_a_number" | "too_few_cells" | "too_many_cells";
      /** @description What stands there; of a row of another width, how many cells it has. */
      cell: string;
    };
    /** @description One lesson whole; each scene also has the fields of its script. */
    Lesson: {
      /** @description Its name in the path. */
      name: string;
      /** @description Codes of the lecture's topics that it teaches. */
      topics: string[];
      /** @description Codes that its tasks exercise. */
      exercised: string[];
      /** @description How long it takes, about. */
      minutes: number;
      /** @description Worksheets that go with it; null for none. */
      worksheet: components["schemas"]["WorksheetOfLesson"] | null;
      /** @description Its title. */
      title: components["schemas"]["Title"];
      /** @description What one knows afterwards. */
      summary: components["schemas"]["Title"];
      /** @description Its scenes in order. */
      scenes: components["schemas"]["Scene"][];
      /** @description Published numbers used in the texts, by name. */
      facts: { [key: string]: components["schemas"]["Fact"] };
      /** @description What a teacher wants to know. */
      teacher: components["schemas"]["TeacherNotesByLanguage"];
    };
    /** @description The course. */
    LessonList: {
      /** @description In the order of the course. */
      lessons: components["schemas"]["LessonSummary"][];
      /** @description Every topic of the lecture. */
      topics: components["schemas"]["Topic"][];
    };
    /** @description One lesson in the list. */
    LessonSummary: {
      /** @description Its name in the path. */
      name: string;
      /** @description Codes of the lecture's topics that it teaches. */
      topics: string[];
      /** @description Codes that its tasks exercise. */
      exercised: string[];
      /** @description How long it takes, about. */
      minutes: number;
      /** @description Worksheets that go with it; null for none. */
      worksheet: components["schemas"]["WorksheetOfLesson"] | null;
      /** @description Its title. */
      title: components["schemas"]["Title"];
      /** @description What one knows afterwards. */
      summary: components["schemas"]["Title"];
      /** @description Its scenes in order. */
      scenes: components["schemas"]["SceneSummary"][];
    };
    /** @description The input grid that is bent. */
    Lines: {
      /** @description Values of the first varying input. */
      x_values: number[];
      /** @description Values of the second; null if there is none. */
      y_values: number[] | null;
    };
    /** @description The input grid that is bent. */
    LinesRecord: {
      /** @description Values of the first varying input. */
      x_values: (number | null)[];
      /** @description Values of the second; null if one input varies. */
      y_values: (number | null)[] | null;
    };
    /** @description The link of a page. */
    LinkRequest: {
      /** @description The page that the link is one of. */
      page: "explorer" | "lab";
      /** @description What stands behind the # of its address, with its escapes. */
      fragment: string;
    };
    /** @description One layer as nested loops and as a matrix product, measured on this machine just now. */
    LoopOrMatrix: {
      /** @description Units that send, and that receive. */
      sizes: number[];
      /** @description Median seconds of one layer in nested Python loops. */
      loop_seconds: (number | null)[];
      /** @description Median seconds of one layer as a matrix product. */
      matrix_seconds: (number | null)[];
      /** @description How many times as long the loops take. */
      ratio: (number | null)[];
    };
    /** @description An answer of /loop-or-matrix. */
    LoopOrMatrixFigureRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description Units of the layers measured. */
      sizes: number[];
      /** @description Seconds in loops. */
      loop_seconds: (number | null)[];
      /** @description Seconds as a product. */
      matrix_seconds: (number | null)[];
      /** @description Worked out anew; may be left out. null: as if left out. */
      ratio?: (number | null)[];
    };
    /** @description Which sizes of a layer to measure. */
    LoopOrMatrixRequest: {
      /** @description Units that send, and as many that receive; up to 512. */
      sizes: number[];
    };
    /** @description A loss function. */
    LossEntry: {
      /** @description Its name in requests. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description Its parameters by name, with their defaults. */
      parameters: { [key: string]: number };
      /** @description By the same names the smallest and the largest value allowed. */
      parameter_limits: { [key: string]: [number, number] };
      /** @description It as LaTeX. */
      formula: string;
      /** @description Its derivative as LaTeX. */
      derivative: string;
      /** @description Where it has no derivative. */
      kinks: components["schemas"]["Kink"][];
      /** @description The output activations it can be taken of; empty for all. */
      outputs: string[];
      /** @description With fewer outputs it does not tell every target from every other. */
      least_outputs: number;
      /** @description Whether it looks at the target: without, there is nothing to learn by it. */
      uses_target: boolean;
    };
    /** @description The loss of the example. */
    LossValue: {
      /** @description Loss function. */
      name: string;
      /** @description l, the loss of this example. null: float64 cannot hold it (NaN, ±∞), or in a session it is not computed yet. */
      value: number | null;
    };
    /** @description Which lines of a program do one step of the trace (at granularity layer). */
    Mark: {
      /** @description The first of the lines, from 1. */
      first_line: number;
      /** @description The last of them. */
      last_line: number;
      /** @description The phase of the step. */
      phase: "forward" | "loss" | "backward" | "gradient" | "update";
      /** @description What the step does. */
      operation: string;
      /** @description The computing layer it belongs to, from 0; null for a loss. */
      layer: number | null;
      /** @description The variable that then holds what the step made; null where the program has none for it. */
      variable: string | null;
      /** @description Addresses in the trace of what the step makes, whole arrays. */
      writes: string[];
    };
    /** @description A mistake, or two made together, that give just the learner's number. */
    MatchingMisconception: {
      /** @description Name of the first in the catalogue, under rules or slips. */
      name: string;
      /** @description The same name. */
      rule: string;
      /** @description The names of all, one or two, in the order in which they are made. */
      rules: string[];
      /** @description What was done, in a few words. */
      title: components["schemas"]["Title"];
      /** @description What goes wrong, in a sentence or two. */
      description: components["schemas"]["Title"];
      /** @description The number that one gets by it, not rounded. */
      value: number;
      /** @description Index of the first step on the way to the number whose value it makes wrong; null if the mistake is made where the numbers of several examples are put together. */
      step: number | null;
      /** @description Address of the first number that it makes wrong; null likewise. */
      pointer: string | null;
      /** @description Conventions by which the number has to be read besides. */
      conventions: components["schemas"]["ConventionEntry"][];
    };
    /** @description Where to go in a session: exactly one of by, to and phase; and perhaps from where. */
    Move: {
      /** @description So many steps on, or back if negative. null: as if left out. */
      by?: number;
      /** @description To the moment at which so many steps are done. null: as if left out. */
      to?: number;
      /** @description To just before the first step of this phase. null: as if left out. */
      phase?: "forward" | "loss" | "backward" | "gradient" | "update";
      /** @description Where the session stands as the client knows it. If it stands elsewhere, it is not moved and the answer is 409: so a move whose answer was lost can be asked for again and is done once. null: from wherever it stands. */
      cursor?: number | null;
    };
    /** @description A fully connected feedforward network of explicit numbers. */
    Network: {
      /** @description Computing layers in forward order; the first receives x. */
      layers: components["schemas"]["Layer"][];
    };
    /** @description What came of a document. */
    NetworkImport: {
      /** @description Which kind of document it is. */
      format: "backpropscope" | "keras" | "state_dict" | "weights" | "scikit_learn";
      /** @description The network; null if something is missing. */
      network: components["schemas"]["Network"] | null;
      /** @description What else of a trace request stands in the document: x, target, loss …, as it stands there. */
      request: Record<string, never>;
      /** @description The layers that were found, in forward order. */
      found: components["schemas"]["FoundLayer"][];
      /** @description What was understood. */
      notes: components["schemas"]["Remark"][];
      /** @description What is not there and how to get it; activations and kernels can be sent along. Empty if the network is complete. */
      missing: components["schemas"]["Remark"][];
    };
    /** @description A network to be drawn at random. */
    NetworkRequest: {
      /** @description Units per layer, the input layer first. */
      sizes: number[];
      /** @description Activation of every hidden layer; not softmax. */
      activation: string;
      /** @description Activation of the last layer. */
      output_activation: string;
      /** @description With leaky_relu: its slope left of 0, from 0 to 1; by default 0.01. null: as if left out. */
      slope?: number;
      /**
       * @description How the weights are drawn; biases are 0.
       * @default xavier_uniform
       */
      initializer?: string;
      /**
       * @description Seed of the random numbers: the same request gives the same network.
       * @default 0
       */
      seed?: number;
    };
    /** @description One thing that was guessed, left away or left out. */
    NoteDocument: {
      /** @description Which kind of thing. */
      code:
        | "encoding_guessed"
        | "one_column"
        | "skipped_above"
        | "skipped_within"
        | "units_row"
        | "header_from_comment"
        | "header_guessed"
        | "header_short"
        | "no_header"
        | "no_rows"
        | "open_quote"
        | "ragged"
        | "decimal_comma"
        | "grouped"
        | "ambiguous_mark"
        | "mixed_marks"
        | "unit"
        | "not_numbers"
        | "numbers_as_words"
        | "missing"
        | "identifier"
        | "constant"
        | "empty"
        | "date"
        | "text"
        | "many_words"
        | "part"
        | "numbers_as_classes"
        | "tells_target";
      /** @description The column it is about; null if it is about the file. */
      column: string | null;
      /** @description The row of the file it is about, from 1; null if it is about no single one. */
      row: number | null;
      /** @description The sentence in English. */
      detail: string;
      /** @description The sentence in both languages. */
      text: components["schemas"]["Words"];
    };
    /** @description An optimizer, its learning rate, and those of its parameters (catalogue: optimizers) that are not as there. */
    OptimizerChoice: {
      /** @description A name in the catalogue's optimizers. */
      name: string;
      /** @description Learning rate η, more than 0. */
      learning_rate: number;
      /** @description Of momentum (by default 0.9), nesterov (by default 0.9). */
      momentum?: number;
      /** @description Of rmsprop (by default 0.99). */
      alpha?: number;
      /** @description Of rmsprop (by default 1e-08), adam (by default 1e-08), adamw (by default 1e-08). */
      epsilon?: number;
      /** @description Of adam (by default 0.9), adamw (by default 0.9). */
      beta1?: number;
      /** @description Of adam (by default 0.999), adamw (by default 0.999). */
      beta2?: number;
      /** @description Of adamw (by default 0.01). */
      weight_decay?: number;
    };
    /** @description Where the network stands in the plane. */
    Origin: {
      /** @description Its u. */
      u: number;
      /** @description Its v. */
      v: number;
      /** @description The total loss there. null: float64 cannot hold it (NaN, ±∞). */
      total_loss: number | null;
    };
    /** @description Where the network stands in the plane. */
    OriginRecord: {
      /** @description Its u. */
      u: number;
      /** @description Its v. */
      v: number;
      /** @description The total loss there; null where there is none. */
      total_loss: number | null;
    };
    /** @description By how much the parameters of a network changed. */
    ParameterChange: {
      /** @description One for each computing layer, in forward order. */
      layers: components["schemas"]["LayerChange"][];
    };
    /** @description A piece of a formula that reads differently in symbols and in numbers. */
    Part: {
      /** @description What stands there among the symbols, as LaTeX; may be empty. */
      tex: string;
      /** @description Address of the number it stands for: in the trace, or /learning_rate, or /terms/i. Of a vector or matrix the address of the whole. Left out, or null, where there is none. */
      at?: string;
      /** @description How the number is written: a factor in parentheses if it is negative; an addend after a + or, if it is negative, after a - and without its own sign; else as it is. Left out, or null, where there is none. */
      form?: "factor" | "addend";
      /** @description What stands there among the numbers, if not the number at the address itself: a text, or the texts and the numbers of a written-out vector or matrix. Left out, or null, where there is none. */
      numbers?: string | (string | components["schemas"]["Cell"])[];
    };
    /** @description A path of descent seen in the plane. */
    PathRecord: {
      /** @description u of each projected θ. */
      u: (number | null)[];
      /** @description v of each projected θ. */
      v: (number | null)[];
      /** @description How far each θ is from the plane. */
      distance: (number | null)[];
      /** @description The total loss at each θ itself. */
      total_loss: (number | null)[];
      /** @description Which part of the path lies in the plane; null where there is none. */
      share: number | null;
    };
    /** @description One way from a parameter to the loss. */
    PathToLoss: {
      /** @description The unit it goes through in each layer, from the one that receives the weight to the last layer. */
      units: number[];
      /** @description The output it ends at: the last of units, or with softmax any of them, since each a depends on every z. */
      output: number;
      /** @description What stands along it: the value at the weight's input (none for a bias), then gain and weight in turn, in a softmax layer ∂a/∂z, at the end ∂l/∂a of the output. */
      factors: components["schemas"]["Factor"][];
      /** @description The product of the factors: what this path adds to the derivative. null: float64 cannot hold it (NaN, ±∞). */
      product: number | null;
    };
    /** @description One parameter of a trace request whose paths to the loss are wanted. */
    PathsRequest: {
      /** @description The example and its network; with a signal, the paths end at it. */
      request: components["schemas"]["TraceRequest"];
      /** @description Address of a weight or a bias in the trace, such as /layers/0/w/0/1 or /layers/0/b/0. */
      pointer: string;
    };
    /** @description All ways from a parameter to the loss. */
    PathsToLoss: {
      /** @description Address of the parameter in the trace. */
      pointer: string;
      /** @description Address of its derivative in the trace. */
      gradient_pointer: string;
      /** @description How many paths there are; null from 2^53 on, where JSON numbers stop being exact. */
      count: number | null;
      /** @description The same in decimal digits, however many. */
      count_text: string;
      /** @description Up to how many paths are listed. */
      limit: number;
      /** @description Whether they are; if not, paths is empty and sum null. */
      listed: boolean;
      /** @description The paths. */
      paths: components["schemas"]["PathToLoss"][];
      /** @description The sum of their products. null: they are not listed, or float64 cannot hold it (NaN, ±∞). */
      sum: number | null;
      /** @description The derivative by backpropagation, which the sum equals. null: float64 cannot hold it (NaN, ±∞). */
      analytic: number | null;
    };
    /** @description A figure and its table twin. */
    PlotlyFigure: {
      /** @description The figure, to be given to Plotly.newPlot. */
      figure: components["schemas"]["Drawing"];
      /** @description Its table twin. */
      table: components["schemas"]["TableTwin"];
    };
    /** @description The layout of a figure, with the attributes that Plotly's reference gives. */
    PlotlyLayout: Record<string, never>;
    /** @description One trace of a figure, with the attributes that Plotly's reference gives for its type. */
    PlotlyTrace: {
      /** @description Type of the trace: scatter, heatmap, contour, surface, … */
      type: string;
    };
    /** @description An exercise to be computed by hand. */
    Practice: {
      /** @description How hard. */
      level: number;
      /** @description Its seed. */
      seed: number;
      /** @description The trace request, without the answers. */
      request: components["schemas"]["TraceRequest"];
      /** @description What is to be worked out, in the order in which it is computed. */
      asked: components["schemas"]["Asked"][];
      /** @description Decimal places to which an answer must be right. */
      digits: number;
    };
    /** @description A ready-made trace request. */
    Preset: {
      /** @description Its name in the path. */
      name: string;
      /** @description Its title. */
      title: components["schemas"]["Title"];
      /** @description What it shows. */
      description: components["schemas"]["Title"];
      /** @description Where it comes from. */
      source: string;
      /** @description The trace request. */
      request: components["schemas"]["TraceRequest"];
      /** @description What the source printed. Left out, or null, where there is none. */
      published?: components["schemas"]["Published"][];
    };
    /** @description One preset in the list. */
    PresetSummary: {
      /** @description Its name in the path. */
      name: string;
      /** @description Its title. */
      title: components["schemas"]["Title"];
      /** @description What it shows. */
      description: components["schemas"]["Title"];
    };
    /** @description All of a training before its first step. */
    Preview: {
      /** @description The network before training. */
      network: components["schemas"]["Network"];
      /** @description What it would be trained on, and what would be held out. */
      examples: components["schemas"]["Examples"];
      /** @description The record of epoch 0, with its theta. */
      record: components["schemas"]["EpochRecord"];
    };
    /** @description A trace request as a program. */
    ProgramText: {
      /** @description What it is written with. */
      language: "numpy" | "pytorch" | "tensorflow" | "jax";
      /** @description The program; it runs as it stands. */
      code: string;
      /** @description Where in it each step is done, in the order of the steps. */
      marks: components["schemas"]["Mark"][];
    };
    /** @description Data of the event ``progress``: where a piece of so many batches or examples has led to. */
    Progress: {
      /** @description How many epochs are complete. */
      epoch: number;
      /** @description Which batch of its epoch was worked on last, from 0. */
      batch: number;
      /** @description How many batches an epoch has. */
      batches: number;
      /** @description Places in xs of the examples of that batch that have been used. */
      examples: number[];
      /** @description Whether the parameters have moved: the batch is complete. */
      updated: boolean;
      /** @description The state as it is now, with its theta. */
      record: components["schemas"]["EpochRecord"];
    };
    /** @description ∇L at the network, seen in the plane. */
    ProjectedGradient: {
      /** @description The derivative of the total loss along u and along v. */
      slopes: (number | null)[];
      /** @description u of ∇L projected onto the plane; descent goes the other way. null: float64 cannot hold it (NaN, ±∞). */
      u: number | null;
      /** @description v of the same. null: float64 cannot hold it (NaN, ±∞). */
      v: number | null;
      /** @description How long the projection is by the length of ∇L; null where ∇L is 0. */
      share: number | null;
    };
    /** @description A path of descent seen in the plane. */
    ProjectedPath: {
      /** @description u of each projected θ. */
      u: (number | null)[];
      /** @description v of each projected θ. */
      v: (number | null)[];
      /** @description How far each θ really is from the plane. */
      distance: (number | null)[];
      /** @description The total loss at each θ itself, not at its projection. */
      total_loss: (number | null)[];
      /** @description Which part of the path's squared distances from the network lies in the plane; null if it never leaves the network. */
      share: number | null;
    };
    /** @description A number that the source printed. */
    Published: {
      /** @description Its address in the trace. */
      pointer: string;
      /** @description The number as printed. */
      value: number;
      /** @description Decimal places that were printed. */
      digits: number;
      /** @description Whether the recomputed number rounds to it. */
      agrees: boolean;
      /** @description Why not, if it does not; else null. */
      remark?: components["schemas"]["Title"] | null;
    };
    /** @description Every unit over a grid of the input plane. */
    Regions: {
      /** @description Which inputs vary. */
      inputs: number[];
      /** @description The columns: values of the first. */
      x_values: number[];
      /** @description The rows: values of the second; null if there is none (one row). */
      y_values: number[] | null;
      /** @description Per layer wanted the response of its units. */
      layers: components["schemas"]["Responses"][];
      /** @description The class chosen at each point: the largest output, or for one sigmoid output whether it is over 0.5; null if the output names none. */
      decision: number[][] | null;
      /** @description Where xs lies: in the input space first, then in each layer; null without xs. */
      features: components["schemas"]["Features"][] | null;
      /** @description The input grid bent in features; null without xs. */
      lines: components["schemas"]["Lines"] | null;
    };
    /** @description An answer of /regions; layers, features and lines may be left out where they are not drawn. */
    RegionsRecord: {
      /** @description Which inputs vary. */
      inputs: number[];
      /** @description The columns. */
      x_values: number[];
      /** @description The rows; null if one input varies. */
      y_values: number[] | null;
      /** @description Per layer the response of its units. */
      layers?: components["schemas"]["ResponsesRecord"][];
      /** @description The class chosen at each point. null: as if left out. */
      decision?: number[][];
      /** @description Not drawn here. null: as if left out. */
      features?: components["schemas"]["FeaturesRecord"][];
      /** @description Not drawn here. null: as if left out. */
      lines?: components["schemas"]["LinesRecord"];
    };
    /** @description A grid over one or two inputs at which every unit's a is wanted. */
    RegionsRequest: {
      /** @description The network. */
      network: components["schemas"]["Network"];
      /** @description Which inputs vary, 0-based: two different ones, or one. */
      inputs: number[];
      /** @description The smallest value of each of them. */
      low: number[];
      /** @description The largest value of each of them. */
      high: number[];
      /** @description x at which the other inputs are held; zeros by default. null: as if left out. */
      held?: number[];
      /**
       * @description Values of each varying input.
       * @default 50
       */
      resolution?: number;
      /** @description Of which layers the units are wanted, 0-based and ascending; all by default. The decision comes in any case. null: as if left out. */
      layers?: number[];
      /** @description Data whose coordinates in every layer are wanted too, one row per example. null: as if left out. */
      xs?: number[][];
      /**
       * @description Values of each varying input in the grid that is bent along with xs.
       * @default 15
       */
      lines?: number;
    };
    /** @description A sentence about the document. */
    Remark: {
      /** @description A stable word for it. */
      code: string;
      /** @description The sentence. */
      text: components["schemas"]["Title"];
    };
    /** @description A patch of the request, to be merged into it (RFC 7396). */
    Remedy: {
      /** @description Beside xs: its new standardise. Left out, or null, where there is none. */
      standardise?: components["schemas"]["Standardise"];
      /** @description With a data set. Left out, or null, where there is none. */
      dataset?: components["schemas"]["DatasetRemedy"];
    };
    /** @description One unit of an answer of /regions to be drawn. */
    ResponseRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description The answer of /regions. */
      regions: components["schemas"]["RegionsRecord"];
      /** @description The layer, 0-based. */
      layer: number;
      /** @description The unit, 0-based. */
      unit: number;
    };
    /** @description The response of one layer's units. */
    Responses: {
      /** @description a of each unit at each point: unit, row (second input), column. */
      a: (number | null)[][][];
    };
    /** @description The response of one layer's units. */
    ResponsesRecord: {
      /** @description a by unit, row and column. */
      a: (number | null)[][][];
    };
    /** @description A row as it stands in the file. */
    RowDocument: {
      /** @description Its number in the file, from 1. */
      row: number;
      /** @description What stands in it, one text a column; a long one is cut. */
      cells: string[];
    };
    /** @description A named wrong rule of the backward pass. */
    RuleEntry: {
      /** @description Its name in requests. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description Its parameters by name, with their defaults. */
      parameters: { [key: string]: number };
      /** @description By the same names the smallest and the largest value allowed. */
      parameter_limits: { [key: string]: [number, number] };
      /** @description What goes wrong. */
      description: components["schemas"]["Title"];
      /** @description The wrong step as LaTeX. */
      formula: string;
      /** @description The right one. */
      right_formula: string;
      /** @description What a request must have for the rule to apply; empty texts if nothing. */
      needs: components["schemas"]["Title"];
      /** @description How the bug comes about and how to notice it. */
      notice: components["schemas"]["Title"];
      /** @description Whether a gradient check finds it. */
      check: components["schemas"]["SeenByCheck"];
      /** @description Whether it shows over several examples only, and so in no trace. */
      several_examples: boolean;
    };
    /** @description The same training twice. */
    RuleTraining: {
      /** @description The wrong rule. */
      rule: string;
      /** @description The cost before the first step and after each, following ∇C, or with the reduction sum ∇L. */
      right: number[];
      /** @description Likewise, following the rule. A list that is shorter than steps + 1 has left the finite numbers. */
      wrong: number[];
    };
    /** @description A small network to be trained twice: rightly, and by a wrong rule. */
    RuleTrainingRequest: {
      /** @description Where both trainings start: at most 4 layers of at most 8 units. */
      network: components["schemas"]["Network"];
      /** @description Inputs, one row per example, at most 32. */
      xs: number[][];
      /** @description Targets, one row per example. */
      targets: number[][];
      /** @description Loss function of one example. */
      loss: string;
      /** @description Learning rate η; a step is θ ← θ − η g. */
      learning_rate: number;
      /**
       * @description What the right descent follows, as in POST /training: mean, g = ∇C of the cost, or sum, g = ∇L of the total loss. The rule mean_over_examples takes the one for the other.
       * @default mean
       */
      reduction?: string;
      /** @description Steps, each through all examples; steps × examples at most 3000. */
      steps: number;
    };
    /** @description One run with the record of every epoch. */
    Run: {
      /** @description Its id. */
      id: string;
      /** @description Whether it still runs, or how it ended. */
      state: "running" | "finished" | "diverged" | "stopped";
      /** @description When it began, in seconds since 1970. */
      started_at: number;
      /** @description When it ended, or last paused; null while it runs. */
      ended_at: number | null;
      /** @description The last epoch whose parameters are kept; null if none is yet. */
      last_epoch: number | null;
      /** @description The body that was sent; in the list without xs, targets and network. */
      request: components["schemas"]["TrainingRequest"];
      /** @description The network before training. */
      network: components["schemas"]["Network"];
      /** @description Its last event; null while it runs, or if the server was killed. */
      ending: components["schemas"]["Ending"] | null;
      /** @description What went wrong, as the record shows; null: nothing that is known of, or it still runs. */
      verdict: components["schemas"]["Verdict"] | null;
      /** @description Where it stands inside an epoch; null at the end of one. */
      progress: components["schemas"]["Progress"] | null;
      /** @description The records of all epochs so far, or of the page that was asked for; theta always null. */
      records: components["schemas"]["EpochRecord"][];
      /** @description Path of the next page of records; null if there are no more by now. */
      next: string | null;
      /** @description The epochs whose network is kept: GET /runs/{id}/network?epoch=. */
      recorded_epochs: number[];
    };
    /** @description All runs that are kept. */
    RunList: {
      /** @description The newest first. */
      runs: components["schemas"]["RunSummary"][];
    };
    /** @description One run, without its records. */
    RunSummary: {
      /** @description Its id. */
      id: string;
      /** @description Whether it still runs, or how it ended. */
      state: "running" | "finished" | "diverged" | "stopped";
      /** @description When it began, in seconds since 1970. */
      started_at: number;
      /** @description When it ended, or last paused; null while it runs. */
      ended_at: number | null;
      /** @description The last epoch whose parameters are kept; null if none is yet. */
      last_epoch: number | null;
      /** @description The body that was sent; in the list without xs, targets and network. */
      request: components["schemas"]["TrainingRequest"];
    };
    /** @description What a scene says in one language; a segment is text, a number of the trace, LaTeX, a term, a fact, or strong. */
    Said: {
      /** @description Its title. */
      title: string;
      /** @description Paragraphs of segments. */
      text: components["schemas"]["Segment"][][];
      /** @description What is to be done; null for nothing. */
      task: components["schemas"]["Segment"][] | null;
      /** @description Help; null for none. */
      hint: components["schemas"]["Segment"][] | null;
      /** @description What is said once it is done; null for nothing. */
      done: components["schemas"]["Segment"][] | null;
      /** @description What may be chosen, for a task of the kind choose. */
      options: components["schemas"]["Segment"][][];
      /** @description Headings of its table; empty if it has none. */
      columns: components["schemas"]["Segment"][][];
      /** @description The table's cells, each a line of segments. */
      rows: components["schemas"]["Segment"][][][];
      /** @description Whether all its columns have one scale, so that any two of its numbers compare. */
      common: boolean;
    };
    /** @description What a scene says. */
    SaidByLanguage: {
      /** @description In English. */
      en: components["schemas"]["Said"];
      /** @description In Chinese. */
      zh: components["schemas"]["Said"];
    };
    /** @description How the network's numbers come from those of the data, as GET /runs/{id}/examples tells it. */
    ScalingChoice: {
      /** @description The network is given (x - shift) / scale, column by column of x. */
      shift: number[];
      /** @description See shift; more than 0. */
      scale: number[];
      /** @description It is asked for (target - target_shift) / target_scale. */
      target_shift: number[];
      /** @description See target_shift; more than 0. */
      target_scale: number[];
    };
    /** @description One scene: its script, as docs/lessons.md describes it, and what it says. */
    Scene: {
      /** @description Its name, unique in the lesson. */
      name: string;
      /** @description The preset that its trace request is made from. Left out, or null, where there is none. */
      preset?: string;
      /** @description Numbers that differ from the preset's. Left out, or null, where there is none. */
      change?: { [key: string]: number };
      /** @description How fine the steps are. Left out, or null, where there is none. */
      steps?: "none" | "layer" | "unit" | "term";
      /** @description forward, reversed or both. Left out, or null, where there is none. */
      view?: string;
      /** @description The walk stands just after the step that computes this number. Left out, or null, where there is none. */
      at?: string;
      /** @description Numbers that are lit up. Left out, or null, where there is none. */
      lit?: string[];
      /** @description What the learner may change. Left out, or null, where there is none. */
      touch?: string[];
      /** @description The program that is shown below the stage. Left out, or null, where there is none. */
      code?: "numpy" | "pytorch" | "tensorflow" | "jax";
      /** @description What is shown of the Lab instead of a trace. Left out, or null, where there is none. */
      lab?: components["schemas"]["LabScene"];
      /** @description What is to be done. Left out, or null, where there is none. */
      task?: components["schemas"]["Task"];
      /** @description The trace request it shows; null in the Lab. */
      request: components["schemas"]["TraceRequest"] | null;
      /** @description What it says. */
      told: components["schemas"]["SaidByLanguage"];
    };
    /** @description One scene in the list. */
    SceneSummary: {
      /** @description Its name, unique in the lesson; a link may start at it. */
      name: string;
      /** @description Its title. */
      title: components["schemas"]["Title"];
      /** @description What kind of task it has; null for none. */
      task: ("reach" | "predict" | "point" | "walk" | "choose" | "train") | null;
    };
    /** @description How η changes from epoch to epoch: step has every and factor, cosine has floor. */
    ScheduleChoice: {
      /** @description constant, step or cosine. */
      name: string;
      /** @description Of step (by default 30). */
      every?: number;
      /** @description Of step (by default 0.5). */
      factor?: number;
      /** @description Of cosine (by default 0). */
      floor?: number;
    };
    /** @description What a gradient check sees of a wrong rule. */
    SeenByCheck: {
      /** @description Whether it finds the rule where the rule applies. */
      caught: boolean;
      /** @description Why, or why not. */
      why: components["schemas"]["Title"];
    };
    /** @description A piece of a sentence: exactly one of text, pointer, tex, term, fact, strong and code says what it is. */
    Segment: {
      /** @description Plain words. Left out, or null, where there is none. */
      text?: string;
      /** @description The number at this address of the scene's trace. Left out, or null, where there is none. */
      pointer?: string;
      /** @description A formula as LaTeX. Left out, or null, where there is none. */
      tex?: string;
      /** @description A word that the glossary explains, by its name there. Left out, or null, where there is none. */
      term?: string;
      /** @description A published number, by its name in facts. Left out, or null, where there is none. */
      fact?: string;
      /** @description Words that matter. Left out, or null, where there is none. */
      strong?: string;
      /** @description Words of a program. Left out, or null, where there is none. */
      code?: string;
      /** @description With pointer: the number itself, where it is known already. Left out, or null, where there is none. */
      value?: number;
      /** @description With pointer: how many decimal places are shown. Left out, or null, where there is none. */
      digits?: number;
      /** @description With pointer: the other scenes whose number it is. Left out, or null, where there is none. */
      scenes?: string[];
    };
    /** @description A new session. */
    SessionCreated: {
      /** @description The session's id. */
      id: string;
      /** @description Number of steps done: 0. */
      cursor: number;
      /** @description Number of all steps. */
      total: number;
      /** @description Phase of the step that comes next; at the end, of the last one. */
      phase: "forward" | "loss" | "backward" | "gradient" | "update";
    };
    /** @description Where a session stands after a move. */
    SessionMoved: {
      /** @description Number of steps done, from 0 to total. */
      cursor: number;
      /** @description Number of all steps. */
      total: number;
      /** @description Phase of the step that comes next; at the end, of the last one. */
      phase: "forward" | "loss" | "backward" | "gradient" | "update";
      /** @description The steps that this move did; none if it went back. */
      executed: components["schemas"]["Step"][];
    };
    /** @description A session and what is computed by now. */
    SessionState: {
      /** @description The session's id. */
      id: string;
      /** @description Number of steps done, from 0 to total. */
      cursor: number;
      /** @description Number of all steps. */
      total: number;
      /** @description Phase of the step that comes next; at the end, of the last one. */
      phase: "forward" | "loss" | "backward" | "gradient" | "update";
      /** @description The step done last; null at the start. */
      last_step: components["schemas"]["Step"] | null;
      /** @description The trace, null in place of every value not computed yet. */
      trace: components["schemas"]["TraceState"];
    };
    /** @description Some of the steps that a session has done, as a move gives them. */
    SessionSteps: {
      /** @description Place of the first of them, from 0. */
      from: number;
      /** @description Place behind the last of them. */
      to: number;
      /** @description Number of steps done, from 0 to total. */
      cursor: number;
      /** @description Number of all steps. */
      total: number;
      /** @description The steps. */
      steps: components["schemas"]["Step"][];
    };
    /** @description What a link is kept under. */
    ShortLink: {
      /** @description Its id, the same for the same link. */
      id: string;
      /** @description The path of the short link, below the server's root; it leads to the page. */
      path: string;
    };
    /** @description A slip that a learner's number may come from. */
    SlipEntry: {
      /** @description Its name in requests. */
      name: string;
      /** @description Its name for people. */
      title: components["schemas"]["Title"];
      /** @description Its parameters by name, with their defaults. */
      parameters: { [key: string]: number };
      /** @description By the same names the smallest and the largest value allowed. */
      parameter_limits: { [key: string]: [number, number] };
      /** @description What goes wrong. */
      description: components["schemas"]["Title"];
    };
    /** @description A number that a wrong rule spoils. */
    SpoiltNumber: {
      /** @description Its address in the trace. */
      pointer: string;
      /** @description The wrong number, as in the trace. null: float64 cannot hold it (NaN, ±∞). */
      value: number | null;
      /** @description The right one. null: float64 cannot hold it (NaN, ±∞). */
      right: number | null;
      /** @description The wrong one less the right one. null: float64 cannot hold it (NaN, ±∞). */
      difference: number | null;
    };
    /** @description Which columns are shifted and scaled to mean 0 and deviation 1 over the examples trained on. */
    Standardise: {
      /** @description Each column of x; by default as where standardise is not sent at all. null: as if left out. */
      inputs?: boolean;
      /**
       * @description Each target of a regression. The network then answers in deviations from the mean; cost, total loss and exports are in the targets' own units all the same. Targets that name classes (class_names, one-hot, 0 and 1 of a sigmoid output), and those of a loss of probabilities or of output_sum, are always left alone.
       * @default false
       */
      targets?: boolean;
    };
    /** @description Whether inputs are standardised, and whether targets. */
    StandardisedParts: {
      /** @description Whether inputs are. */
      inputs: boolean;
      /** @description Whether targets are standardised. */
      targets: boolean;
    };
    /** @description Data of the event ``started``, the first. */
    Started: {
      /** @description Id under which the run is kept; null if it is not. */
      run: string | null;
      /** @description The network before training. */
      network: components["schemas"]["Network"];
      /** @description What runs small networks: numpy, or the compiled loops and the processor's vector registers that they are for. On one machine with one engine, the same request gives the same numbers to the last bit. */
      engine: string;
      /** @description How many epochs there will be. */
      epochs: number;
      /** @description How many examples are trained on. */
      examples: number;
      /** @description How many are held out. */
      test_examples: number;
      /** @description How many epochs are complete already; more than 0 where a run is continued. */
      completed: number;
      /** @description Places in the data set, or in xs, of the examples trained on, from 0. */
      rows: number[];
      /** @description Places of those held out, in the data set or in test_xs. */
      test_rows: number[];
      /** @description The network is given (x - shift) / scale, column by column of x. */
      shift: number[];
      /** @description See shift; all 1 where nothing was standardised. */
      scale: number[];
      /** @description What the network answers is target_shift + target_scale · output, target by target. */
      target_shift: number[];
      /** @description See target_shift; all 1 where targets are not standardised. */
      target_scale: number[];
      /** @description Whether targets are standardised. */
      standardised_targets: boolean;
    };
    /** @description One elementary operation. */
    Step: {
      /** @description Its place among the steps, from 0. */
      index: number;
      /** @description The part of the walk it belongs to. */
      phase: "forward" | "loss" | "backward" | "gradient" | "update";
      /** @description What is done: weighted_sum, activation, loss, amplify, … */
      operation: string;
      /** @description The computing layer it belongs to, from 0; null where it belongs to none. */
      layer: number | null;
      /** @description The unit of the layer it belongs to, from 0; null where it belongs to none. */
      unit: number | null;
      /** @description Addresses of the numbers it needs, as JSON Pointers into the trace. */
      reads: string[];
      /** @description Addresses of the numbers it makes. */
      writes: string[];
      /** @description The numbers at writes, in order. */
      value: (number | null)[];
      /** @description The operation in symbols, as LaTeX. */
      formula: string;
      /** @description The same with the numbers in it, as LaTeX. */
      numbers: string;
      /** @description Among terms: the sum that a product or an addition is part of. Left out, or null, where there is none. */
      part_of?: string;
      /** @description With a rule, in steps that follow it: what the right formula would be. Left out, or null, where there is none. */
      right_formula?: string;
      /** @description On request: the formula from left to right. A text stands in symbols and in numbers alike. Left out, or null, where there is none. */
      parts?: (string | components["schemas"]["Part"])[];
      /** @description On request: the sentence that the step deserves. Left out, or null, where there is none. */
      words?: components["schemas"]["StepWords"];
      /** @description On request: how many multiplications it does, of those that counts counts; those of all steps of the phases forward, backward and gradient add up to counts.forward, counts.backward and counts.products. Left out, or null, where there is none. */
      products?: number;
      /** @description On request, in a step whose numbers are not each made of all that it reads: for each of its writes the places, from 0, of those of its reads that it is made of. Left out, or null, where there is none. */
      sources?: number[][];
    };
    /** @description A sentence without its language: a key among the texts of the pages, and what to fill in. */
    StepWords: {
      /** @description Key of the text, such as step.weighted_sum.tie; the same in every language. */
      key: string;
      /** @description What to fill in, by name. A whole number as it is; a text: the address of a number of the trace; an object: a number that stands nowhere in it, several numbers, an index, a name, or a sentence within the sentence. */
      params: {
        [key: string]:
          | number
          | string
          | components["schemas"]["WordsNumber"]
          | components["schemas"]["WordsList"]
          | components["schemas"]["WordsSubscript"]
          | components["schemas"]["WordsName"]
          | components["schemas"]["StepWords"];
      };
    };
    /** @description Data of the event ``stopped``: paused before its end. A run that is kept can be continued. */
    Stopped: {
      /** @description How many epochs were complete. */
      epoch: number;
      /** @description Why. */
      reason: "until" | "client" | "server" | "time_limit" | "error" | "abandoned";
      /** @description The same as a sentence, in English. */
      detail: string;
      /** @description Whether all of the run is in the store. */
      kept: boolean;
      /** @description What went wrong, as the record shows; null: nothing that is known of. */
      verdict: components["schemas"]["Verdict"] | null;
    };
    /** @description An answer of /landscape to be drawn. */
    SurfaceRequest: {
      /**
       * @description Colours of the figure.
       * @default light
       * @enum {string}
       */
      theme?: "light" | "dark";
      /**
       * @description Language of its words.
       * @default en
       * @enum {string}
       */
      language?: "en" | "zh";
      /** @description The answer of /landscape. */
      landscape: components["schemas"]["LandscapeRecord"];
      /**
       * @description Whether the total loss stands on a logarithmic scale.
       * @default false
       */
      log?: boolean;
    };
    /** @description How a file was read. */
    TableDocument: {
      /** @description How its letters are written. */
      encoding:
        | "utf-8"
        | "utf-16le"
        | "utf-16be"
        | "windows-1252"
        | "gb18030"
        | "big5"
        | "shift_jis"
        | "euc-kr"
        | "windows-1250"
        | "windows-1251";
      /** @description What separates cells; one space for runs of spaces, two for runs of two or more; null for none. */
      delimiter: string | null;
      /** @description The decimal mark of the file. */
      decimal: "." | ",";
      /** @description The mark that groups thousands in some column; null if none does. */
      grouping: string | null;
      /** @description Whether the names stand in the file. */
      header: boolean;
      /** @description Rows of the file above the names, or above the data if there are no names. */
      skipped: number;
      /** @description Numbers of rows further down that are comments or remarks. */
      skipped_within: number[];
      /** @description Rows of data, those of another width left out. */
      rows: number;
      /** @description Its columns in order. */
      columns: components["schemas"]["ColumnDocument"][];
      /** @description Which choice is most likely meant. */
      guess: components["schemas"]["GuessDocument"];
      /** @description What was guessed, left away or left out, in sentences. */
      notes: components["schemas"]["NoteDocument"][];
      /** @description The first 5 rows, 200 cells at most. */
      preview: components["schemas"]["RowDocument"][];
      /** @description How else the file may be read, by the parameter that says so. */
      choices: components["schemas"]["ChoicesDocument"];
    };
    /** @description The examples of a table, as POST /training takes them. */
    TableExamples: {
      /** @description Classes or numbers. */
      task: "classification" | "regression";
      /** @description The columns of the target. */
      target: string[];
      /** @description The columns of the inputs. */
      inputs: string[];
      /** @description Inputs, one row an example, in the units of the file. */
      xs: number[][];
      /** @description Targets: numbers in the units of the file; of two classes 0 or 1; of more one output a class. */
      targets: number[][];
      /** @description The number of each example's row in the file, from 1. */
      rows: number[];
      /** @description A name for each input, such as age or sex=male. */
      feature_names: string[];
      /** @description The classes in order; none for numbers. */
      class_names: string[];
      /** @description How many examples each class has. */
      class_counts: number[];
      /** @description How each column of the inputs became numbers. */
      coded: components["schemas"]["CodedDocument"][];
      /** @description The columns in which missing values were filled. */
      filled: components["schemas"]["FilledDocument"][];
      /** @description Rows that are no examples, the first 100. */
      left_out: components["schemas"]["LeftOutDocument"][];
      /** @description How many there are. */
      left_out_count: number;
      /** @description For each example the part that a column of the file puts it in; null if none does. */
      parts: ("train" | "test")[] | null;
    };
    /** @description The same numbers as a table. */
    TableTwin: {
      /** @description The heads. */
      columns: string[];
      /** @description The rows, one cell per column. */
      rows: (number | string | boolean | null)[][];
    };
    /** @description What a scene asks for, with the fields of its kind. */
    Task: {
      /** @description What kind of task it is. */
      kind: "reach" | "predict" | "point" | "walk" | "choose" | "train";
      /** @description Codes of the topics that it exercises. */
      topics: string[];
      /** @description Of predict, reach and walk: the number it is about. Left out, or null, where there is none. */
      pointer?: string;
      /** @description Of predict: decimal places that the answer needs. Left out, or null, where there is none. */
      digits?: number;
      /** @description Of reach and train: > or <, as the number is to be. Left out, or null, where there is none. */
      relation?: string;
      /** @description Of reach and train: more or less than this. Left out, or null, where there is none. */
      value?: number;
      /** @description Of point: addresses, any of which is right. Left out, or null, where there is none. */
      accept?: string[];
      /** @description Of choose: the place of the right option, from 0. Left out, or null, where there is none. */
      answer?: number;
      /** @description Of train: the field of the epoch's record that is meant. Left out, or null, where there is none. */
      field?: string;
    };
    /** @description What a teacher wants to know of a lesson. */
    TeacherNotes: {
      /** @description What pupils can do afterwards. */
      goal: string;
      /** @description What they often get wrong. */
      misunderstandings: string[];
      /** @description What to ask them. */
      questions: string[];
    };
    /** @description The same in both languages. */
    TeacherNotesByLanguage: {
      /** @description In English. */
      en: components["schemas"]["TeacherNotes"];
      /** @description In Chinese. */
      zh: components["schemas"]["TeacherNotes"];
    };
    /** @description One term. */
    Term: {
      /** @description By which lessons link to it. */
      name: string;
      /** @description LaTeX; empty if it has none. */
      symbol: string;
      /** @description Its name. */
      title: components["schemas"]["Title"];
      /** @description What it means. */
      text: components["schemas"]["Title"];
      /** @description What other books call or write it; null where nothing else. */
      elsewhere?: components["schemas"]["Title"] | null;
      /** @description The lesson that explains it; null if none does. */
      lesson?: string | null;
    };
    /** @description A text in both languages. */
    Title: {
      /** @description In English. */
      en: string;
      /** @description In Chinese. */
      zh: string;
    };
    /** @description One topic of the lecture. */
    Topic: {
      /** @description Its code, A1 … D9. */
      code: string;
      /** @description Lessons that teach it. */
      taught: string[];
      /** @description Lessons that have a task on it. */
      exercised: string[];
    };
    /** @description Everything one example makes in a network, and the walk to it step by step. */
    Trace: {
      /** @description Input. */
      x: (number | null)[];
      /** @description Target ŷ. */
      target: (number | null)[];
      /** @description What entered the reversed network instead of the loss's ∂l/∂y; only if it was given. Left out, or null, where there is none. */
      signal?: (number | null)[];
      /** @description Momentum μ; only if it was given. Left out, or null, where there is none. */
      momentum?: number;
      /** @description Δ_prev, as given or 0; only with momentum. Left out, or null, where there is none. */
      previous_change?: components["schemas"]["Change"];
      /** @description Computing layers in forward order. */
      layers: components["schemas"]["TraceLayer"][];
      /** @description The loss of this example. */
      loss: components["schemas"]["LossValue"];
      /** @description ∂l/∂x. */
      dl_dx: (number | null)[];
      /** @description The update; only with a learning rate. Left out, or null, where there is none. */
      updated?: components["schemas"]["Updated"];
      /** @description How many multiplications the ways to the gradient need. */
      counts: components["schemas"]["Counts"];
      /** @description The wrong rule that was followed; only if one was named. Left out, or null, where there is none. */
      rule?: string;
      /** @description With a rule: every number that differs from the right one, beyond float64's rounding. Left out, or null, where there is none. */
      differs?: components["schemas"]["SpoiltNumber"][];
      /** @description The elementary operations in order; empty for steps: none. */
      steps: components["schemas"]["Step"][];
    };
    /** @description One computing layer: its parameters, what the forward pass made, what the backward pass made. */
    TraceLayer: {
      /** @description Activation function. */
      activation: string;
      /** @description With leaky_relu: its slope left of 0. Left out, or null, where there is none. */
      slope?: number;
      /** @description Weights, row = receiving unit, column = sending unit. */
      w: (number | null)[][];
      /** @description Biases. */
      b: (number | null)[];
      /** @description Pre-activations z = w·a + b. */
      z: (number | null)[];
      /** @description Activations a = σ(z). */
      a: (number | null)[];
      /** @description σ'(z), one per unit; null for softmax. */
      gain: (number | null)[] | null;
      /** @description ∂a/∂z of softmax, row = a, column = z; else null. */
      jacobian: (number | null)[][] | null;
      /** @description ∂l/∂a. */
      dl_da: (number | null)[];
      /** @description ∂l/∂z. */
      dl_dz: (number | null)[];
      /** @description ∂l/∂w, in the shape of w. */
      dl_dw: (number | null)[][];
      /** @description ∂l/∂b. */
      dl_db: (number | null)[];
    };
    /** @description One example to send through a network, forward and backward. */
    TraceRequest: {
      /** @description The network. */
      network: components["schemas"]["Network"];
      /** @description Loss function: cross_entropy needs softmax or sigmoid outputs, binary_cross_entropy sigmoid ones. */
      loss: string;
      /**
       * @description How fine the steps of the answer are; none for no steps.
       * @default unit
       */
      steps?: "none" | "layer" | "unit" | "term";
      /** @description Learning rate η. With it one update of gradient descent is part of the trace. null: as if left out. */
      learning_rate?: number;
      /** @description Momentum μ, with a learning rate only: the update is Δ = μ Δ_prev − η ∂l/∂w and w + Δ. PyTorch's v = μ v + ∂l/∂w and w − η v is the same with Δ = −η v, as long as η stays. null: as if left out. */
      momentum?: number;
      /** @description With momentum: Δ_prev, by how much the update before this one changed each weight and bias; the change in the answer to that update can be sent as it is. By default all 0. null: as if left out. */
      previous_change?: components["schemas"]["ParameterChange"];
      /** @description What gradient descent leaves alone: w, b or both. */
      freeze?: ("w" | "b")[];
      /** @description A signal of one's own to send into the reversed network in place of the loss's ∂l/∂y, one number per unit of the last layer; not together with a learning rate. null: as if left out. */
      signal?: number[];
      /** @description A wrong rule for the backward pass to follow, one of the catalogue's rules; for a trace and a gradient check only. null: as if left out. */
      rule?: string;
      /** @description Input, one number per column of the first layer's w. */
      x: number[];
      /** @description Target ŷ, one number per unit of the last layer. */
      target: number[];
      /** @description What each step says of itself besides: parts (its formula piece by piece, each with the address of its number), words (the sentence it deserves), products (how many of the counted multiplications it does), sources (what each of its numbers is made of). */
      details?: ("parts" | "words" | "products" | "sources")[];
    };
    /** @description Everything one example makes in a network. */
    TraceState: {
      /** @description Input. */
      x: (number | null)[];
      /** @description Target ŷ. */
      target: (number | null)[];
      /** @description What entered the reversed network instead of the loss's ∂l/∂y; only if it was given. Left out, or null, where there is none. */
      signal?: (number | null)[];
      /** @description Momentum μ; only if it was given. Left out, or null, where there is none. */
      momentum?: number;
      /** @description Δ_prev, as given or 0; only with momentum. Left out, or null, where there is none. */
      previous_change?: components["schemas"]["Change"];
      /** @description Computing layers in forward order. */
      layers: components["schemas"]["TraceLayer"][];
      /** @description The loss of this example. */
      loss: components["schemas"]["LossValue"];
      /** @description ∂l/∂x. */
      dl_dx: (number | null)[];
      /** @description The update; only with a learning rate. Left out, or null, where there is none. */
      updated?: components["schemas"]["Updated"];
      /** @description How many multiplications the ways to the gradient need. */
      counts: components["schemas"]["Counts"];
    };
    /** @description A network, examples, and how to train: exactly one of network and sizes, and one of dataset and xs. */
    TrainingRequest: {
      /** @description Where to start, in numbers. null: as if left out. */
      network?: components["schemas"]["Network"];
      /** @description Units per layer of a network to be drawn as by POST /networks, from seed. null: as if left out. */
      sizes?: number[];
      /** @description With sizes: of every hidden layer. null: as if left out. */
      activation?: string;
      /** @description With sizes: of the last layer. null: as if left out. */
      output_activation?: string;
      /** @description With sizes and leaky_relu: its slope left of 0, from 0 to 1; by default 0.01. null: as if left out. */
      slope?: number;
      /**
       * @description With sizes: how weights are drawn.
       * @default xavier_uniform
       */
      initializer?: string;
      /** @description A data set by name. null: as if left out. */
      dataset?: components["schemas"]["DatasetChoice"];
      /** @description Inputs of one's own, one row per example. null: as if left out. */
      xs?: number[][];
      /** @description Targets to xs, one row per example. null: as if left out. */
      targets?: number[][];
      /** @description Inputs held out, beside xs. null: as if left out. */
      test_xs?: number[][];
      /** @description Targets to test_xs. null: as if left out. */
      test_targets?: number[][];
      /**
       * @description Beside xs: which columns are shifted and scaled to mean 0 and deviation 1 over xs and targets, those held out by the same numbers; true or false speaks of x alone.
       * @default false
       */
      standardise?: boolean | components["schemas"]["Standardise"];
      /** @description Beside xs: a name for each input. null: as if left out. */
      feature_names?: string[];
      /** @description Beside xs: a name for each output, or for 0 and 1 if there is one output. null: as if left out. */
      class_names?: string[];
      /** @description Loss function of one example. */
      loss: string;
      /** @description What is done with the gradient. */
      optimizer: components["schemas"]["OptimizerChoice"];
      /** @description How η changes; by default not at all. null: as if left out. */
      schedule?: components["schemas"]["ScheduleChoice"];
      /** @description Examples per update; null for all of them. */
      batch_size?: number | null;
      /**
       * @description What a step follows: mean, the gradient ∇C of its batch's cost, or sum, the gradient ∇L of its batch's total loss, which is as many times as long as the batch has examples (catalogue: reductions).
       * @default mean
       */
      reduction?: string;
      /**
       * @description How often every example is used.
       * @default 100
       */
      epochs?: number;
      /**
       * @description Seed of all that is random: the same gives the same.
       * @default 0
       */
      seed?: number;
      /**
       * @description Weight of the penalty Σ|w|.
       * @default 0
       */
      l1?: number;
      /**
       * @description Weight of the penalty ½Σw².
       * @default 0
       */
      l2?: number;
      /** @description What is left alone: w, b or both. */
      freeze?: ("w" | "b")[];
      /**
       * @description θ is sent at every so many epochs, the first and the last.
       * @default 1
       */
      record_every?: number;
      /**
       * @description Whether the server keeps the run, for GET /runs; only then can it be continued.
       * @default true
       */
      keep?: boolean;
      /** @description Where the run pauses; null: it goes on to its end. */
      until?: components["schemas"]["Until"] | null;
    };
    /** @description How the numbers of a run's network come from those of its data. */
    Units: {
      /** @description What is standardised. */
      standardised: components["schemas"]["StandardisedParts"];
      /** @description The columns of x. */
      feature_names: string[];
      /** @description The network is given (x - shift) / scale, column by column of x. */
      shift: number[];
      /** @description See shift; all 1 where nothing was standardised. */
      scale: number[];
      /** @description What the network answers is target_shift + target_scale · output, target by target. */
      target_shift: number[];
      /** @description See target_shift; all 1 where targets are not standardised. */
      target_scale: number[];
      /** @description Whether targets are standardised. */
      standardised_targets: boolean;
    };
    /** @description How far a piece of a training goes: exactly one of the three. A run that comes to its end before has finished. */
    Until: {
      /** @description So many epochs; one begun already counts as one. null: as if left out. */
      epochs?: number;
      /** @description So many batches: updates of the parameters. null: as if left out. */
      batches?: number;
      /** @description So many examples; the parameters move where that completes a batch. null: as if left out. */
      examples?: number;
    };
    /** @description One update of gradient descent, every parameter from the old ones. */
    Updated: {
      /** @description The layers with their new parameters. */
      layers: components["schemas"]["UpdatedLayer"][];
      /** @description Δ of each parameter; only with momentum. Left out, or null, where there is none. */
      change?: components["schemas"]["Change"];
      /** @description The loss of the same example after the update. null: float64 cannot hold it (NaN, ±∞), or in a session it is not computed yet. */
      loss: number | null;
    };
    /** @description The parameters of one layer after the update. */
    UpdatedLayer: {
      /** @description w − η ∂l/∂w, with momentum w + Δ, or w if frozen. */
      w: (number | null)[][];
      /** @description b − η ∂l/∂b, with momentum b + Δ, or b if frozen. */
      b: (number | null)[];
    };
    /** @description How a network usually ends, by what it is to learn. */
    UsualEnd: {
      /** @description What is to be learnt. */
      kind: "classification" | "regression";
      /** @description Of how many outputs; null: of any number. */
      outputs: number | null;
      /** @description The output activation. */
      activation: string;
      /** @description The loss. */
      loss: string;
    };
    /** @description What went wrong with a training, as its record shows. */
    Verdict: {
      /** @description A stable word. unscaled_data: inputs or targets beyond 1000 as the network has them, and the training has diverged, or is after ten epochs (with saturated units at once) no better than the mean answer. */
      code: "unscaled_data";
      /** @description The epoch from which on it is so. */
      since_epoch: number;
      /** @description The numbers that say so, by name. */
      evidence: { [key: string]: number };
      /** @description What mends it. */
      remedy: components["schemas"]["Remedy"];
      /** @description In a few words. */
      title: components["schemas"]["Title"];
      /** @description In a sentence or two. */
      detail: components["schemas"]["Title"];
    };
    /** @description Data of the event ``verdict``: from now on there is one, or no longer. */
    VerdictChange: {
      /** @description What went wrong, as the record shows; null: nothing that is known of. */
      verdict: components["schemas"]["Verdict"] | null;
    };
    /** @description What is running here. */
    WhatRuns: {
      /** @description Name of the program. */
      name: string;
      /** @description Its version. */
      version: string;
      /** @description Version of Python. */
      python: string;
      /** @description Version of NumPy. */
      numpy: string;
      /** @description What computes with small networks: numpy, or the compiled loops and the vector registers they use. */
      engine: string;
    };
    /** @description A sentence in both languages. */
    Words: {
      /** @description In English. */
      en: string;
      /** @description In Chinese. */
      zh: string;
    };
    /** @description Several numbers of the trace. */
    WordsList: {
      /** @description Their addresses. */
      list: string[];
    };
    /** @description An activation or a loss. */
    WordsName: {
      /** @description Its name in the catalogue. */
      name: string;
    };
    /** @description A number that stands nowhere in the trace. */
    WordsNumber: {
      /** @description The number; null where it is not computed. */
      number: number | null;
    };
    /** @description An index that is written below a letter. */
    WordsSubscript: {
      /** @description The index, from 1. */
      subscript: number;
    };
    /** @description Which worksheets go with a lesson. */
    WorksheetOfLesson: {
      /** @description Their level, as in GET /practice. */
      level: number;
    };
    /** @description A limit of this server. */
    Limit: {
      /** @description Its name in the catalogue. */
      name: string;
      /** @description Its value. */
      value: number;
    };
    /** @description One thing wrong with a request body. */
    WrongValue: {
      /** @description JSON Pointer to it, into the request body; empty for the body as a whole. */
      pointer: string;
      /** @description A stable word for what is wrong. */
      code: string;
      /** @description What was expected and what came, in English. */
      detail: string;
      /** @description The numbers and names of the sentence as data, to tell it in another language; often empty. */
      params: { [key: string]: string | number };
    };
    /** @description An error, as RFC 9457 has it. */
    ProblemDetails: {
      /** @description The kind of error: a relative URI, under which it is described; about:blank for a status of HTTP that needs no description. */
      type:
        | "/problems/invalid-json"
        | "/problems/validation"
        | "/problems/limit-exceeded"
        | "/problems/body-too-large"
        | "/problems/unsupported-media-type"
        | "/problems/host-not-allowed"
        | "/problems/other-site"
        | "/problems/not-a-table"
        | "/problems/not-found"
        | "/problems/preset-not-found"
        | "/problems/session-not-found"
        | "/problems/link-not-found"
        | "/problems/session-moved"
        | "/problems/run-not-found"
        | "/problems/run-is-running"
        | "/problems/run-has-ended"
        | "/problems/method-not-allowed"
        | "/problems/too-busy"
        | "/problems/store-unavailable"
        | "/problems/internal-error"
        | "about:blank";
      /** @description The kind of error in a few words. */
      title: string;
      /** @description The HTTP status. */
      status: number;
      /** @description What went wrong this time. */
      detail: string;
      /**
       * @description For wrong input, each place. Left out, or null, where there is none.
       * @default null
       */
      errors?: components["schemas"]["WrongValue"][];
      /**
       * @description For a limit, which one. Left out, or null, where there is none.
       * @default null
       */
      limit?: components["schemas"]["Limit"];
      /**
       * @description For a table: the detail in English and Chinese. Left out, or null, where there is none.
       * @default null
       */
      text?: { [key: string]: string };
      /**
       * @description For a table: the parameter of the query it is about. Left out, or null, where there is none.
       * @default null
       */
      parameter?: string;
      /**
       * @description For a session that stands elsewhere, where it stands. Left out, or null, where there is none.
       * @default null
       */
      cursor?: number;
      /** @description Id of this request, as in the header X-Request-ID. */
      request_id: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
