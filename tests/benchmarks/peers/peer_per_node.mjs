/**
 * Training with one object per unit and one per wire, the way TensorFlow Playground works (its `nn.ts`, and `oneStep`,
 * `constructInput` and `getLoss` of `playground.ts`): written anew, step for step the same work, to be timed.
 *
 * Reads one JSON line with the problem, then lines with a number of epochs; answers each with one JSON line: seconds
 * spent, and the costs of the training and the test part.
 */
import { createInterface } from "node:readline";
import { performance } from "node:perf_hooks";

/** Both are at least what this thread has worked: the wall's clock counts interruptions, the other one V8's helpers. */
function clock() {
  const wall = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - wall, (user + system) / 1000) / 1000;
  };
}

const TANH = {
  output: (z) => Math.tanh(z),
  der: (z) => {
    const a = TANH.output(z);
    return 1 - a * a;
  },
};
const SQUARE = {
  error: (output, target) => 0.5 * Math.pow(output - target, 2),
  der: (output, target) => output - target,
};

/** The features that can be switched on; a point's inputs are put together anew each time it is used. */
const FEATURES = {
  x: { f: (x) => x },
  y: { f: (x, y) => y },
  xSquared: { f: (x) => x * x },
  ySquared: { f: (x, y) => y * y },
  xTimesY: { f: (x, y) => x * y },
  sinX: { f: (x) => Math.sin(x) },
  sinY: { f: (x, y) => Math.sin(y) },
};
const state = { x: true, y: true, xSquared: false, ySquared: false, xTimesY: false, sinX: false, sinY: false };

class Link {
  constructor(source, dest, weight) {
    this.source = source;
    this.dest = dest;
    this.weight = weight;
    this.isDead = false;
    this.errorDer = 0;
    this.accErrorDer = 0;
    this.numAccumulatedDers = 0;
    this.regularization = null;
  }
}

class Unit {
  constructor(bias, activation) {
    this.bias = bias;
    this.activation = activation;
    this.inputLinks = [];
    this.outputs = [];
    this.totalInput = 0;
    this.output = 0;
    this.outputDer = 0;
    this.inputDer = 0;
    this.accInputDer = 0;
    this.numAccumulatedDers = 0;
  }

  updateOutput() {
    this.totalInput = this.bias;
    for (let j = 0; j < this.inputLinks.length; j++) {
      const link = this.inputLinks[j];
      this.totalInput += link.weight * link.source.output;
    }
    this.output = this.activation.output(this.totalInput);
    return this.output;
  }
}

function build(layers) {
  const network = [layers[0].w[0].map(() => new Unit(0, TANH))];
  for (const { w, b } of layers) {
    const before = network[network.length - 1];
    const units = b.map((bias) => new Unit(bias, TANH));
    network.push(units);
    units.forEach((unit, row) => {
      before.forEach((source, column) => {
        const link = new Link(source, unit, w[row][column]);
        source.outputs.push(link);
        unit.inputLinks.push(link);
      });
    });
  }
  return network;
}

function inputsOf(x, y) {
  const inputs = [];
  for (const name in FEATURES) {
    if (state[name]) {
      inputs.push(FEATURES[name].f(x, y));
    }
  }
  return inputs;
}

function forward(network, inputs) {
  const first = network[0];
  for (let i = 0; i < first.length; i++) {
    first[i].output = inputs[i];
  }
  for (let layer = 1; layer < network.length; layer++) {
    const units = network[layer];
    for (let i = 0; i < units.length; i++) {
      units[i].updateOutput();
    }
  }
  return network[network.length - 1][0].output;
}

function backward(network, target, errorFunction) {
  const last = network[network.length - 1][0];
  last.outputDer = errorFunction.der(last.output, target);
  for (let layer = network.length - 1; layer >= 1; layer--) {
    const units = network[layer];
    for (let i = 0; i < units.length; i++) {
      const unit = units[i];
      unit.inputDer = unit.outputDer * unit.activation.der(unit.totalInput);
      unit.accInputDer += unit.inputDer;
      unit.numAccumulatedDers++;
    }
    for (let i = 0; i < units.length; i++) {
      const unit = units[i];
      for (let j = 0; j < unit.inputLinks.length; j++) {
        const link = unit.inputLinks[j];
        if (!link.isDead) {
          link.errorDer = unit.inputDer * link.source.output;
          link.accErrorDer += link.errorDer;
          link.numAccumulatedDers++;
        }
      }
    }
    if (layer === 1) {
      continue;
    }
    const before = network[layer - 1];
    for (let i = 0; i < before.length; i++) {
      const unit = before[i];
      unit.outputDer = 0;
      for (let j = 0; j < unit.outputs.length; j++) {
        const output = unit.outputs[j];
        unit.outputDer += output.weight * output.dest.inputDer;
      }
    }
  }
}

function update(network, rate, regularizationRate) {
  for (let layer = 1; layer < network.length; layer++) {
    const units = network[layer];
    for (let i = 0; i < units.length; i++) {
      const unit = units[i];
      if (unit.numAccumulatedDers > 0) {
        unit.bias -= (rate * unit.accInputDer) / unit.numAccumulatedDers;
        unit.accInputDer = 0;
        unit.numAccumulatedDers = 0;
      }
      for (let j = 0; j < unit.inputLinks.length; j++) {
        const link = unit.inputLinks[j];
        if (!link.isDead && link.numAccumulatedDers > 0) {
          const penalty = link.regularization ? link.regularization.der(link.weight) : 0;
          link.weight -= (rate / link.numAccumulatedDers) * link.accErrorDer;
          link.weight -= rate * regularizationRate * penalty;
          link.accErrorDer = 0;
          link.numAccumulatedDers = 0;
        }
      }
    }
  }
}

function cost(network, points) {
  let loss = 0;
  for (let i = 0; i < points.length; i++) {
    const point = points[i];
    loss += SQUARE.error(forward(network, inputsOf(point.x, point.y)), point.label);
  }
  return loss / points.length;
}

function epochOf(network, { train, test, batch, rate }) {
  train.forEach((point, index) => {
    forward(network, inputsOf(point.x, point.y));
    backward(network, point.label, SQUARE);
    if ((index + 1) % batch === 0) {
      update(network, rate, 0);
    }
  });
  return [cost(network, train), cost(network, test)];
}

const points = ({ xs, targets }) => xs.map(([x, y], index) => ({ x, y, label: targets[index][0] }));

let problem;
let network;
for await (const line of createInterface({ input: process.stdin })) {
  if (problem === undefined) {
    problem = JSON.parse(line);
    Object.assign(problem, { train: points(problem.train), test: points(problem.test) });
    network = build(problem.layers);
    continue;
  }
  let costs = [];
  const spent = clock();
  for (let epoch = 0; epoch < Number(line); epoch++) {
    costs = epochOf(network, problem);
  }
  console.log(JSON.stringify({ seconds: spent(), costs }));
}
