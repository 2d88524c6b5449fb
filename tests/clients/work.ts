// What each generated client is asked to do, and what has to come of it: the same for all of them.

/** The lecture's network and example, as POST /api/v1/trace takes them. */
export const lecture = {
  network: {
    layers: [
      { w: [[1, -2], [-1, 1]], b: [1, 0], activation: 'sigmoid' },
      { w: [[2, -1], [-2, -1]], b: [0, 0], activation: 'sigmoid' },
      { w: [[3, -1], [-1, 4]], b: [-2, 2], activation: 'sigmoid' },
    ],
  },
  x: [1, -1],
  target: [1, 0],
  loss: 'half_squared_error',
};

/** A small training that is kept and pauses after three epochs. */
export const xor = {
  sizes: [2, 4, 1],
  activation: 'tanh',
  output_activation: 'sigmoid',
  xs: [[0, 0], [0, 1], [1, 0], [1, 1]],
  targets: [[0], [1], [1], [0]],
  loss: 'binary_cross_entropy',
  optimizer: { name: 'momentum', learning_rate: 0.5, momentum: 0.9 },
  epochs: 20,
  until: { epochs: 3 },
};

/** A learner's number with the sign turned: what POST /api/v1/diagnose is asked about. */
export const mistake = { request: lecture, pointer: '/layers/2/dl_dz/0', answer: -0.3823, digits: 4 };

/** One event of a stream. */
export interface Event { name: string; data: Record<string, unknown> }

/** The events of a stream that has been read to its end. */
export function eventsOf(text: string): Event[] {
  return text.trim().split('\n\n').filter((block) => block.includes('data: ')).map((block) => {
    const field = (word: string) => block.split('\n').find((line) => line.startsWith(`${word}: `))?.slice(word.length + 2) ?? '';
    return { name: field('event'), data: JSON.parse(field('data')) };
  });
}

/** Fails with a sentence. */
export function hold(truth: boolean, what: string): void {
  if (!truth) throw new Error(`does not hold: ${what}`);
}

/** What the six parts of the work have led to. */
export interface Outcome {
  loss: number | null;
  executed: number;
  started: string[];
  continued: string[];
  verdict: string;
  drawn: number;
}

/** Holds what came against what has to come, and says it in one line. */
export function report(client: string, outcome: Outcome): void {
  const { loss, executed, started, continued, verdict, drawn } = outcome;
  hold(loss !== null && Math.abs(loss - 0.4167981090280999) < 1e-15, `the loss of the trace is ${loss}`);
  hold(executed === 2, `${executed} steps of the session were executed`);
  hold(started[0] === 'started' && started.filter((name) => name === 'epoch').length === 4, `events: ${started.join(' ')}`);
  hold(started.at(-1) === 'stopped', `the training pauses, by ${started.at(-1)}`);
  hold(continued.at(-1) === 'finished', `the training ends, by ${continued.at(-1)}`);
  hold(verdict === 'wrong', `the diagnosis is ${verdict}`);
  hold(drawn > 0, `${drawn} lines are drawn`);
  console.log(
    `${client}: trace ${loss}, session ${executed} steps, training ${started.length} events, ` +
    `continuation ${continued.length} events, diagnosis ${verdict}, figure ${drawn} lines`,
  );
}
