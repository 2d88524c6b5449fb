// The client made by hey-api, for fetch.
import { client } from './generated/hey_api/client.gen.js';
import {
  getRun, postCurves, postDiagnose, postRunTraining, postSessions, postSessionStep, postTrace, postTraining,
} from './generated/hey_api/sdk.gen.js';
import type { Started } from './generated/hey_api/types.gen.js';
import { hold, lecture, mistake, report, xor } from './work.js';

client.setConfig({ baseUrl: process.argv[2] as 'http://127.0.0.1' });
const throwOnError = true;

const trace = await postTrace({ body: lecture, throwOnError });
const session = await postSessions({ body: lecture, throwOnError });
const moved = await postSessionStep({ path: { id: session.data.id }, body: { by: 2 }, throwOnError });

// It hands over the data of each event, already parsed, and its name to onSseEvent. It asks again when a stream has ended, as
// EventSource does, which would train a second run: once is enough.
const started: string[] = [];
let run: string | null = null;
const training = await postTraining({
  body: xor, sseMaxRetryAttempts: 1, onSseEvent: (event) => { started.push(event.event ?? ''); },
});
for await (const data of training.stream) run ??= (data as unknown as Started).run ?? null;
hold(run !== null, 'the run is kept');
const continued: string[] = [];
const continuation = await postRunTraining({
  path: { id: run! }, body: {}, sseMaxRetryAttempts: 1, onSseEvent: (event) => { continued.push(event.event ?? ''); },
});
for await (const _ of continuation.stream);
const { records } = (await getRun({ path: { id: run! }, throwOnError })).data;

const diagnosis = await postDiagnose({ body: mistake, throwOnError });
const figure = await postCurves({
  body: { epochs: records.map((each) => each.epoch), cost: records.map((each) => each.cost) }, throwOnError,
});
const wrong = await postTrace({ body: { ...lecture, x: [1] } });
hold(wrong.error?.errors?.[0]?.pointer === '/x', 'an error names the place');

report('hey-api', {
  loss: trace.data.loss.value,
  executed: moved.data.executed.length,
  started, continued,
  verdict: diagnosis.data.verdict,
  drawn: figure.data.figure.data.length,
});
