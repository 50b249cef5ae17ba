import { describe, expect, test } from 'vitest';
import { listAt, openTestApp, type Query, textAt } from '../../support/test-app.ts';
import {
  BAD_TOKEN,
  expectInvalid,
  expectMissing,
  expectOk,
  expectWrongType,
  NO_RUN,
  tampered,
} from '../expect-answer.ts';

const app = await openTestApp();
const get = (query: Query) => app.get('metrics/get-history', query);

type Point = readonly [timestamp: unknown, step: unknown, value: unknown];
const wire = ([timestamp, step, value]: Point) => ({ key: 'm', value, timestamp, step });

/** A run with these points of the metric `m`. */
async function runWith(...points: readonly Point[]): Promise<string> {
  const runId = await app.newRun();
  expectOk(await app.post('runs/log-batch', { run_id: runId, metrics: points.map(wire) }));
  return runId;
}

/** All pages of a history. */
async function pagesOf(query: Query): Promise<(readonly unknown[])[]> {
  const pages: (readonly unknown[])[] = [];
  let token: string | undefined;
  do {
    const answer = await get({ ...query, page_token: token });
    pages.push(listAt(answer, 'metrics'));
    token = Object(answer.body).next_page_token;
  } while (token !== undefined);
  return pages;
}

describe('200', () => {
  test('orders by timestamp, then step, then value, NaN as 0', async () => {
    const points: readonly Point[] = [
      [2, 0, 1],
      [1, 5, 1],
      [1, -2, 9],
      [1, 5, -1],
      [1, 5, 'NaN'],
      [1, 5, 0],
      ['9007199254740993', 0, 0],
      ['9007199254740992', 0, 0],
    ];
    const runId = await runWith(...points);
    const expected: readonly Point[] = [
      [1, -2, 9],
      [1, 5, -1],
      [1, 5, 0],
      [1, 5, 'NaN'],
      [1, 5, 1],
      [2, 0, 1],
      [9007199254740992n, 0, 0],
      [9007199254740993n, 0, 0],
    ];
    expectOk(await get({ run_id: runId, metric_key: 'm' }), { metrics: expected.map(wire) });
    const pages = await pagesOf({ run_id: runId, metric_key: 'm', max_results: 1 });
    expect(pages.flat()).toEqual(expected.map(wire));
  });

  test('pages over equal timestamps and steps neither repeat nor skip', async () => {
    const points = Array.from({ length: 25 }, (_, at): Point => [7, at % 3, at]);
    const runId = await runWith(...points);
    const whole = listAt(await get({ run_id: runId, metric_key: 'm' }), 'metrics');
    for (const size of [1, 4, 24, 25]) {
      const pages = await pagesOf({ run_id: runId, metric_key: 'm', max_results: size });
      expect(pages.flat()).toEqual(whole);
      expect(pages).toHaveLength(Math.ceil(25 / size));
    }
  });

  test('without max_results all points come at once, with few no token comes', async () => {
    const runId = await runWith(...Array.from({ length: 1000 }, (_, at): Point => [at, at, at]));
    const answer = await get({ run_id: runId, metric_key: 'm' });
    expect(listAt(answer, 'metrics')).toHaveLength(1000);
    expect(answer.body).not.toHaveProperty('next_page_token');
    expect((await get({ run_id: runId, metric_key: 'm', max_results: 25_000 })).body).toEqual(answer.body);
  });

  test('a page of long names ends before an answer grows too large, and the next one goes on', async () => {
    const [runId, key] = [await app.newRun(), '\u{10400}'.repeat(250)];
    for (const first of [0, 1000, 2000, 3000, 4000]) {
      const metrics = Array.from({ length: 1000 }, (_, at) => ({ key, value: 0.1, timestamp: first + at, step: at }));
      expectOk(await app.post('runs/log-batch', { run_id: runId, metrics }));
    }
    const pages = await pagesOf({ run_id: runId, metric_key: key, max_results: 25_000 });
    expect(pages.length).toBe(2);
    expect(pages.flat()).toHaveLength(5000);
    expect(Buffer.byteLength(JSON.stringify(pages[0]))).toBeLessThan(6_000_000);
  });

  test('the infinities are the largest doubles, NaN is a string', async () => {
    const runId = await runWith([1, 0, 'Infinity'], [2, 0, '-Infinity'], [3, 0, 'NaN']);
    expectOk(await get({ run_id: runId, metric_key: 'm' }), {
      metrics: [
        [1, 0, Number.MAX_VALUE],
        [2, 0, -Number.MAX_VALUE],
        [3, 0, 'NaN'],
      ].map(([timestamp, step, value]) => wire([timestamp, step, value])),
    });
  });

  test('an unknown run or metric has no history', async () => {
    const runId = await runWith([1, 1, 1]);
    expectOk(await get({ run_id: NO_RUN, metric_key: 'm' }));
    expectOk(await get({ run_id: 'x', metric_key: 'm' }));
    expectOk(await get({ run_id: runId, metric_key: 'other' }));
  });

  test('a run id or a key too long to exist has no history', async () => {
    const runId = await runWith([1, 1, 1]);
    expectOk(await get({ run_id: 'r'.repeat(5000), metric_key: 'm' }));
    expectOk(await get({ run_id: runId, metric_key: 'k'.repeat(5000) }));
  });

  test('run_uuid stands in for run_id, and a deleted run keeps its history', async () => {
    const runId = await runWith([1, 1, 1]);
    expectOk(await app.post('runs/delete', { run_id: runId }));
    expectOk(await get({ run_uuid: runId, metric_key: 'm' }), { metrics: [wire([1, 1, 1])] });
  });
});

describe('400', () => {
  test('the run or the metric is missing', async () => {
    expectMissing(await get({ metric_key: 'm' }), 'run_id');
    expectMissing(await get({ run_id: NO_RUN }), 'metric_key');
  });

  test.each([0, -1])('max_results is %j', async (maxResults) => {
    expectInvalid(
      await get({ run_id: NO_RUN, metric_key: 'm', max_results: maxResults }),
      `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`,
    );
  });

  test('max_results is no number', async () => {
    expectWrongType(await get({ run_id: NO_RUN, metric_key: 'm', max_results: 'x' }), 'max_results', '"x"', 'str');
  });

  test('the page token is garbage, forged, or of another metric or run', async () => {
    const [runId, other] = [await runWith([1, 1, 1], [2, 2, 2]), await runWith([1, 1, 1])];
    const token = textAt(await get({ run_id: runId, metric_key: 'm', max_results: 1 }), 'next_page_token');
    for (const page_token of ['x', '@@', 'eyJvZmZzZXQiOiAxfQ==', tampered(token)]) {
      expectInvalid(await get({ run_id: runId, metric_key: 'm', page_token }), BAD_TOKEN);
    }
    expectInvalid(await get({ run_id: runId, metric_key: 'other', page_token: token }), BAD_TOKEN);
    expectInvalid(await get({ run_id: other, metric_key: 'm', page_token: token }), BAD_TOKEN);
  });
});
