/**
 * Every unit over the input plane with one object per unit and per wire, the way TensorFlow Playground's
 * `updateDecisionBoundary` works: each point goes forward alone, then each unit's output is written down.
 *
 * Reads one JSON line with the network, then lines with a number of repeats; answers each with one JSON line.
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

class Unit {
  constructor(bias) {
    this.bias = bias;
    this.inputLinks = [];
    this.output = 0;
  }

  updateOutput() {
    let totalInput = this.bias;
    for (let j = 0; j < this.inputLinks.length; j++) {
      const link = this.inputLinks[j];
      totalInput += link.weight * link.source.output;
    }
    this.output = Math.tanh(totalInput);
  }
}

let network = [];
let cells = 0;

function build(layers) {
  network = [layers[0].w[0].map(() => new Unit(0))];
  for (const { w, b } of layers) {
    const before = network[network.length - 1];
    network.push(
      b.map((bias, row) => {
        const unit = new Unit(bias);
        unit.inputLinks = before.map((source, column) => ({ source, weight: w[row][column] }));
        return unit;
      }),
    );
  }
}

function boundary() {
  const units = network.slice(1).flat();
  const maps = units.map(() => Array.from({ length: cells }, () => new Array(cells)));
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      network[0][0].output = -1 + (2 * column) / (cells - 1);
      network[0][1].output = -1 + (2 * row) / (cells - 1);
      for (let layer = 1; layer < network.length; layer++) {
        for (let i = 0; i < network[layer].length; i++) {
          network[layer][i].updateOutput();
        }
      }
      for (let i = 0; i < units.length; i++) {
        maps[i][row][column] = units[i].output;
      }
    }
  }
  return maps;
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (typeof message === "object") {
    build(message.layers);
    cells = message.cells;
    console.log("{}");
    continue;
  }
  const spent = clock();
  let maps = [];
  for (let repeat = 0; repeat < message; repeat++) {
    maps = boundary();
  }
  const seconds = spent();
  const sums = maps.map((map) => map.flat().reduce((sum, a) => sum + a, 0));
  console.log(JSON.stringify({ seconds, sums }));
}
