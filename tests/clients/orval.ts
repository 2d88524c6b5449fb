// The client made by orval, for fetch.
import * as api from './generated/orval.js';
import { eventsOf, hold, lecture, mistake, report, xor } from './work.js';

/** What was answered, if it was a success. */
function answered<Answer extends { status: number; data: unknown }, Status extends number>(
  answer: Answer, status: Status,
): Extract<Answer, { status: Status }>['data'] {
  hold(answer.status === status, `status ${answer.status}`);
  return answer.data as Extract<Answer, { status: Status }>['data'];
}

const trace = answered(await api.postTrace(lecture), 200);
const session = answered(await api.postSessions(lecture), 201);
const moved = answered(await api.postSessionStep(session.id, { by: 2 }), 200);

const started = eventsOf(answered(await api.postTraining(xor), 200));
const { run } = started[0]!.data as unknown as api.Started;
hold(run !== null, 'the run is kept');
const continued = eventsOf(answered(await api.postRunTraining(run!, {}), 200));
const { records } = answered(await api.getRun(run!), 200);

const diagnosis = answered(await api.postDiagnose(mistake), 200);
const figure = answered(
  await api.postCurves({ epochs: records.map((each) => each.epoch), cost: records.map((each) => each.cost) }), 200,
);
const wrong = answered(await api.postTrace({ ...lecture, x: [1] }), 422);
hold(wrong.errors?.[0]?.pointer === '/x', 'an error names the place');

report('orval', {
  loss: trace.loss.value,
  executed: moved.executed.length,
  started: started.map((each) => each.name),
  continued: continued.map((each) => each.name),
  verdict: diagnosis.verdict,
  drawn: figure.figure.data.length,
});
