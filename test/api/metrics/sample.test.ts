import { describe, expect, test } from 'vitest';
import { OPENAPI_PATH } from '../../../functions/http/openapi.ts';
import { openTestApp, type Query, queryString, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const PATH = '/api/2.0/tracklet/metrics/sample';
const get = (query: Query) => app.call('GET', PATH + queryString(query));
const post = (body: unknown) => app.call('POST', PATH, body);

const valueAtStep = (step: number): number => (step === 333 ? 1000 : Math.sin(step));

/** A run with a point of the metric `m` at each step from 0 up, a second apart, packed up to the last hundred. */
async function runOf(steps: number): Promise<string> {
  const runId = await app.newRun();
  const points = Array.from({ length: steps }, (_, step) => ({
    key: 'm',
    value: valueAtStep(step),
    timestamp: 5000 + step * 1000,
    step,
  }));
  for (let from = 0; from < steps; from += 100) {
    if (from + 100 >= steps) await app.services.store.packMetrics(runId, { force: true });
    expectOk(await app.post('runs/log-batch', { run_id: runId, metrics: points.slice(from, from + 100) }));
  }
  return runId;
}

const pointsAt = (...steps: readonly number[]) => ({
  steps,
  timestamps: steps.map((step) => 5000 + step * 1000),
  values: steps.map(valueAtStep),
});

describe('200', () => {
  test('gives all points of a short series as lists', async () => {
    const runId = await runOf(3);
    const series = { run_id: runId, metric_key: 'm', count: 3, is_sample: false, points: pointsAt(0, 1, 2) };
    expectOk(await get({ run_ids: runId, metric_keys: 'm' }), { series: [series] });
    expectOk(await post({ run_ids: [runId], metric_keys: ['m'] }), { series: [series] });
  });

  test('gives each metric of each run in the order they were asked for, empty where there is none', async () => {
    const [first, second] = [await runOf(1), await runOf(2)];
    const answer = await get({ run_ids: [second, 'x', first], metric_keys: ['m', 'other'] });
    const none = { count: 0, is_sample: false, points: pointsAt() };
    expectOk(answer, {
      series: [
        { run_id: second, metric_key: 'm', count: 2, is_sample: false, points: pointsAt(0, 1) },
        { run_id: second, metric_key: 'other', ...none },
        { run_id: 'x', metric_key: 'm', ...none },
        { run_id: 'x', metric_key: 'other', ...none },
        { run_id: first, metric_key: 'm', count: 1, is_sample: false, points: pointsAt(0) },
        { run_id: first, metric_key: 'other', ...none },
      ],
    });
  });

  test('samples a long one: at most so many points, with the spike and both ends, and the true count', async () => {
    const runId = await runOf(1000);
    for (const max_points of [4, 10, 100]) {
      const answer = await get({ run_ids: runId, metric_keys: 'm', max_points });
      expect(valueAt(answer, 'series', 0)).toMatchObject({ count: 1000, is_sample: true });
      const steps = Array.from(Object(valueAt(answer, 'series', 0, 'points', 'steps')), Number);
      expect(steps.length).toBeLessThanOrEqual(max_points);
      expect(steps).toEqual(expect.arrayContaining([0, 333, 999]));
    }
  });

  test('zooms by step and by time, both ends included', async () => {
    const runId = await runOf(1000);
    const answer = { run_id: runId, metric_key: 'm', count: 3, is_sample: false, points: pointsAt(898, 899, 900) };
    expectOk(await get({ run_ids: runId, metric_keys: 'm', x_min: 898, x_max: 900 }), { series: [answer] });
    const byTime = { run_ids: [runId], metric_keys: ['m'], x: 'TIME', x_min: 902_001, x_max: 905_999 };
    expectOk(await post(byTime), { series: [answer] });
    const open = await get({ run_ids: runId, metric_keys: 'm', x_min: 990 });
    expect(valueAt(open, 'series', 0, 'count')).toBe(10);
  });

  test('reads NaN as a string and exact integers', async () => {
    const runId = await app.newRun();
    const step = 2n ** 53n + 1n;
    expectOk(await app.post('runs/log-metric', { run_id: runId, key: 'm', value: 'NaN', timestamp: 1, step }));
    const points = { steps: [step], timestamps: [1], values: ['NaN'] };
    expectOk(await get({ run_ids: runId, metric_keys: 'm' }), {
      series: [{ run_id: runId, metric_key: 'm', count: 1, is_sample: false, points }],
    });
  });

  test('is described with its fields', async () => {
    const answer = await app.call('GET', OPENAPI_PATH);
    expect(valueAt(answer, 'paths', PATH, 'get', 'parameters')).toContainEqual(
      expect.objectContaining({ name: 'max_points', in: 'query', required: false }),
    );
    expect(valueAt(answer, 'paths', PATH, 'post')).toBeDefined();
  });
});

describe('400', () => {
  const good = { run_ids: ['a'], metric_keys: ['m'] };

  test('the runs or the metrics are missing, none, or too many', async () => {
    expectMissing(await get({ metric_keys: 'm' }), 'run_ids');
    expectMissing(await get({ run_ids: 'a' }), 'metric_keys');
    expectInvalid(await post({ ...good, run_ids: [] }), 'run_ids must name 1 to 100. Received 0.');
    const many = (count: number) => Array.from({ length: count }, (_, at) => String(at));
    expectInvalid(await post({ ...good, run_ids: many(101) }), 'run_ids must name 1 to 100. Received 101.');
    expectInvalid(await post({ ...good, metric_keys: many(11) }), 'metric_keys must name 1 to 10. Received 11.');
  });

  test.each([3, 0, -1, 2501])('max_points is %j', async (max_points) => {
    expectInvalid(
      await post({ ...good, max_points }),
      `max_points must be between 4 and 2500. Received ${max_points}.`,
    );
  });

  test('the range ends before it starts', async () => {
    expectInvalid(
      await post({ ...good, x_min: 2, x_max: 1 }),
      'x_max must not be less than x_min. Received x_min=2 and x_max=1.',
    );
  });

  test('a value is of a wrong type', async () => {
    expectWrongType(await post({ ...good, x: 'WALL' }), 'x', '"WALL"', 'str');
    expectWrongType(await get({ run_ids: 'a', metric_keys: 'm', x_min: 'soon' }), 'x_min', '"soon"', 'str');
  });
});
