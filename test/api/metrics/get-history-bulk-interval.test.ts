import { describe, expect, test } from 'vitest';
import { column, listAt, openTestApp, type Query } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const get = (query: Query) => app.get('metrics/get-history-bulk-interval', query);
const stepsOf = async (query: Query) => column(await get({ metric_key: 'm', ...query }), ['metrics'], 'step');
const SEE_DOCS = ' See the API docs for more information about request parameters.';

/** A run with a point of the metric `m` at each step from 0 up. */
async function runOf(steps: number): Promise<string> {
  const runId = await app.newRun();
  const metrics = Array.from({ length: steps }, (_, step) => ({ key: 'm', value: step / 2, timestamp: 5, step }));
  expectOk(await app.post('runs/log-batch', { run_id: runId, metrics }));
  return runId;
}

describe('200', () => {
  test('gives whole points, each naming its run', async () => {
    const runId = await runOf(2);
    expectOk(await get({ run_ids: runId, metric_key: 'm' }), {
      metrics: [
        { key: 'm', value: 0, timestamp: 5, step: 0, run_id: runId },
        { key: 'm', value: 0.5, timestamp: 5, step: 1, run_id: runId },
      ],
    });
  });

  test('samples the first point of equal buckets, and the last point of the run in place of the last of them', async () => {
    const runId = await runOf(10);
    expect(await stepsOf({ run_ids: runId, max_results: 5 })).toEqual([0, 2, 4, 6, 9]);
    expect(await stepsOf({ run_ids: runId, max_results: 3 })).toEqual([0, 4, 9]);
    expect(await stepsOf({ run_ids: runId, max_results: 1 })).toEqual([9]);
    expect(await stepsOf({ run_ids: runId, max_results: 10 })).toHaveLength(10);
    expect(await stepsOf({ run_ids: runId, max_results: 2500 })).toHaveLength(10);
  });

  test('counts max_results for each run alone, in the order the runs were asked for', async () => {
    const [long, short] = [await runOf(100), await runOf(3)];
    const answer = await get({ run_ids: [short, long], metric_key: 'm', max_results: 3 });
    const runIds = column(answer, ['metrics'], 'run_id');
    expect(runIds.slice(0, 3)).toEqual([short, short, short]);
    expect(new Set(runIds.slice(3))).toEqual(new Set([long]));
  });

  test('takes the steps of an interval, its ends included', async () => {
    const runId = await runOf(10);
    const within = (start: number, end: number) => stepsOf({ run_ids: runId, start_step: start, end_step: end });
    expect(await within(3, 5)).toEqual([3, 4, 5]);
    expect(await within(3, 3)).toEqual([3]);
    expect(await within(-5, 0)).toEqual([0]);
    expect(await within(50, 60)).toEqual([]);
  });

  test('nothing found is an empty object', async () => {
    expectOk(await get({ run_ids: ['a', 'b'], metric_key: 'm' }));
    expectOk(await get({ run_ids: 'a'.repeat(5000), metric_key: 'm' }));
  });

  test('100 runs are allowed', async () => {
    const ids = Array.from({ length: 100 }, (_, at) => String(at));
    expectOk(await get({ run_ids: ids, metric_key: 'm' }));
  });

  test('reads NaN as a string', async () => {
    const runId = await app.newRun();
    expectOk(await app.post('runs/log-metric', { run_id: runId, key: 'm', value: 'NaN', timestamp: 1 }));
    expect(listAt(await get({ run_ids: runId, metric_key: 'm' }), 'metrics')).toEqual([
      { key: 'm', value: 'NaN', timestamp: 1, step: 0, run_id: runId },
    ]);
  });
});

describe('400', () => {
  test('the runs or the metric are missing', async () => {
    expectMissing(await get({ metric_key: 'm' }), 'run_ids');
    expectMissing(await get({ run_ids: 'a' }), 'metric_key');
  });

  test('101 runs are one too many', async () => {
    expectInvalid(
      await get({ run_ids: Array.from({ length: 101 }, (_, at) => String(at)), metric_key: 'm' }),
      `GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received 101 run_ids.${SEE_DOCS}`,
    );
  });

  test.each([0, -1, 2501])('max_results is %j', async (maxResults) => {
    expectInvalid(
      await get({ run_ids: 'a', metric_key: 'm', max_results: maxResults }),
      `max_results must be between 1 and 2500.${SEE_DOCS}`,
    );
  });

  test('a number is none', async () => {
    const good = { run_ids: 'a', metric_key: 'm' };
    expectWrongType(await get({ ...good, max_results: 'abc' }), 'max_results', '"abc"', 'str');
    expectWrongType(await get({ ...good, start_step: 'x', end_step: 1 }), 'start_step', '"x"', 'str');
  });

  test('the interval has one end, or ends before it starts', async () => {
    const good = { run_ids: 'a', metric_key: 'm' };
    const both = 'If either start step or end step are specified, both must be specified.';
    expectInvalid(await get({ ...good, start_step: 1 }), both);
    expectInvalid(await get({ ...good, end_step: 1 }), both);
    expectInvalid(
      await get({ ...good, start_step: 2, end_step: 1 }),
      'end_step must be greater than start_step. Found start_step=2 and end_step=1.',
    );
  });
});
