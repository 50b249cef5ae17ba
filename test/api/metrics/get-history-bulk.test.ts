import { describe, expect, test } from 'vitest';
import { listAt, openTestApp, type Query, queryString } from '../../support/test-app.ts';
import { expectInvalid, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const get = (query: Query) => app.call('GET', `/ajax-api/2.0/mlflow/metrics/get-history-bulk${queryString(query)}`);

async function runWith(...values: readonly unknown[]): Promise<string> {
  const runId = await app.newRun();
  const metrics = values.map((value, at) => ({ key: 'm', value, timestamp: 9 - at, step: at }));
  expectOk(await app.post('runs/log-batch', { run_id: runId, metrics }));
  return runId;
}

describe('200', () => {
  test('gives the points of each run once, by run id, timestamp, step and value', async () => {
    const runs = [await runWith(1, 2), await runWith('NaN')].toSorted();
    const answer = await get({ run_id: [...runs.toReversed(), ...runs, 'nobody'], metric_key: 'm' });
    const found = listAt(answer, 'metrics').map(Object);
    expect(found.map(({ run_id }) => run_id)).toEqual(found.map(({ run_id }) => run_id).toSorted());
    expect(found).toHaveLength(3);
    for (const runId of runs) {
      const times = found.filter(({ run_id }) => run_id === runId).map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted());
    }
    expect(found).toContainEqual({ key: 'm', value: 'NaN', timestamp: 9, step: 0, run_id: expect.any(String) });
  });

  test('max_results counts the points of all runs together, 25000 at most', async () => {
    const runs = [await runWith(1, 2, 3), await runWith(4, 5)];
    for (const [maxResults, count] of [
      [0, 0],
      [1, 1],
      [4, 4],
      [5, 5],
      [25_001, 5],
    ] as const) {
      const answer = await get({ run_id: runs, metric_key: 'm', max_results: maxResults });
      expect(listAt(answer, 'metrics')).toHaveLength(count);
    }
  });

  test('nothing found is an empty list', async () => {
    expectOk(await get({ run_id: ['a'], metric_key: 'm' }), { metrics: [] });
    expectOk(await get({ run_id: ['a'.repeat(5000)], metric_key: 'm' }), { metrics: [] });
  });
});

describe('400', () => {
  test('no run or no metric is given', async () => {
    expectInvalid(await get({}), 'GetMetricHistoryBulk request must specify at least one run_id.');
    expectInvalid(await get({ run_id: 'a' }), 'GetMetricHistoryBulk request must specify a metric_key.');
  });

  test('101 runs are one too many', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));
    expectInvalid(
      await get({ run_id: ids(101), metric_key: 'm' }),
      'GetMetricHistoryBulk request cannot specify more than 100 run_ids. Received 101 run_ids.',
    );
    expectOk(await get({ run_id: ids(100), metric_key: 'm' }), { metrics: [] });
  });

  test('max_results is no number', async () => {
    expectWrongType(await get({ run_id: 'a', metric_key: 'm', max_results: 'x' }), 'max_results', '"x"', 'str');
  });
});

test('404: it is for browsers alone', async () => {
  expect((await app.get('metrics/get-history-bulk', { run_id: 'a', metric_key: 'm' })).status).toBe(404);
});
