import { expect, test } from 'vitest';
import { spawnTracklet } from '../support/spawn-tracklet.ts';
import { type Point, type TrackingApi, trackingApi } from '../support/tracking-api.ts';
import { expectJournal } from './expect-journal.ts';
import { type Journal, newJournal } from './journal.ts';

const CALLS = 10_000;
const WRITERS = 64;
/** These log to one run; each of the others has its own. */
const SHARING_WRITERS = 16;
const START_MS = 1_700_000_000_000;

test('64 writers at once, 16 of them on one run: 10,000 log-batch calls without an error, no point lost', {
  timeout: 300_000,
}, async () => {
  const api = trackingApi(await spawnTracklet(['serve', '--port', '0', '--ephemeral']).ready());
  const journal = newJournal();
  const experimentId = await api.createExperiment('crowd');
  const sharedRunId = await api.createRun(experimentId);
  const runIds = await Promise.all(
    Array.from({ length: WRITERS }, (_, id) => (id < SHARING_WRITERS ? sharedRunId : api.createRun(experimentId))),
  );

  const start = performance.now();
  await Promise.all(runIds.map((runId, id) => write(api, journal, runId, id)));
  const seconds = (performance.now() - start) / 1000;

  expect(journal.count).toBe(CALLS);
  const compared = await expectJournal(api, experimentId, journal);
  console.info(
    `${CALLS} calls in ${seconds.toFixed(1)} s (${(CALLS / seconds).toFixed(0)} a second), all there:`,
    compared,
  );
});

/** Not one call is repeated: any answer but 200 fails the test. */
const write = async (api: TrackingApi, journal: Journal, runId: string, id: number): Promise<void> => {
  for (let call = id; call < CALLS; call += WRITERS) {
    const metrics = [
      pointOf('loss', call, call),
      pointOf('loss', call, call + 1),
      pointOf(`acc/${id % 4}`, call, CALLS - call),
    ];
    const params = call % 25 === 0 ? [{ key: `p${call}`, value: `value of ${call}` }] : [];
    const tags = call % 20 === 0 ? [{ key: `progress/${id}`, value: String(call) }] : [];
    await api.logBatch(runId, { metrics, params, tags });
    journal.addPoints(runId, metrics);
    for (const param of params) journal.addParam(runId, param);
    for (const tag of tags) journal.setTag(runId, tag);
    journal.acknowledge();
  }
};

/** Steps of the writers interleave, so the latest point moves from writer to writer. */
const pointOf = (key: string, call: number, step: number): Point => ({
  key,
  step,
  timestamp: START_MS + call,
  value: 1 / (2 + step * step),
});
