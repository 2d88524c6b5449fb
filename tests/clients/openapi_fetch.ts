// The client made by openapi-typescript and openapi-fetch.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/schema.js';
import { eventsOf, hold, lecture, mistake, report, xor } from './work.js';

const client = createClient<paths>({ baseUrl: process.argv[2] });

const trace = await client.POST('/api/v1/trace', { body: lecture });
hold(trace.data !== undefined, 'a trace is answered');
const session = await client.POST('/api/v1/sessions', { body: lecture });
hold(session.data !== undefined, 'a session is made');
const path = { id: session.data!.id };
const moved = await client.POST('/api/v1/sessions/{id}/step', { params: { path }, body: { by: 2 } });

// A stream is text: without parseAs, openapi-fetch would read it as JSON.
const training = await client.POST('/api/v1/training', { body: xor, parseAs: 'text' });
const started = eventsOf(training.data!);
const first = started[0]!.data as components['schemas']['Started'];
hold(first.run !== null, 'the run is kept');
const run = { id: first.run! };
const continuation = await client.POST('/api/v1/runs/{id}/training', { params: { path: run }, body: {}, parseAs: 'text' });
const continued = eventsOf(continuation.data!);
const kept = await client.GET('/api/v1/runs/{id}', { params: { path: run } });
const records = kept.data!.records;

const diagnosis = await client.POST('/api/v1/diagnose', { body: mistake });
const figure = await client.POST('/api/v1/figures/curves', {
  body: { epochs: records.map((each) => each.epoch), cost: records.map((each) => each.cost) },
});
const wrong = await client.POST('/api/v1/trace', { body: { ...lecture, x: [1] } });
hold(wrong.error?.type === '/problems/validation' && wrong.error.errors?.[0]?.pointer === '/x', 'an error names the place');

report('openapi-typescript + openapi-fetch', {
  loss: trace.data!.loss.value,
  executed: moved.data!.executed.length,
  started: started.map((each) => each.name),
  continued: continued.map((each) => each.name),
  verdict: diagnosis.data!.verdict,
  drawn: figure.data!.figure.data.length,
});
