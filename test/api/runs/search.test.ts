import { describe, expect, test } from 'vitest';
import { column, listAt, openTestApp, textAt, valueAt } from '../../support/test-app.ts';
import { BAD_TOKEN, expectInvalid, expectOk, expectWrongType, tampered } from '../expect-answer.ts';

const app = await openTestApp();
const search = (fields: object) => app.post('runs/search', fields);
const namesOf = async (fields: object) => column(await search(fields), ['runs'], 'info', 'run_name');

interface NewRun {
  readonly name: string;
  readonly start?: unknown;
  readonly metrics?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

const entries = (map: Readonly<Record<string, string>> = {}) =>
  Object.entries(map).map(([key, value]) => ({ key, value }));

/** An experiment with these runs in it. */
async function experimentWith(...runs: readonly NewRun[]): Promise<string> {
  const experimentId = await app.newExperiment();
  for (const { name, start, metrics = {}, params, tags } of runs) {
    const runId = await app.newRun({
      experiment_id: experimentId,
      run_name: name,
      start_time: start,
      tags: entries(tags),
    });
    const points = Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: 1 }));
    expectOk(await app.post('runs/log-batch', { run_id: runId, metrics: points, params: entries(params) }));
  }
  return experimentId;
}

/** All pages of a search, each as the ids of its runs. */
async function pagesOf(fields: object): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let token: string | undefined;
  do {
    const answer = await search({ ...fields, page_token: token });
    pages.push(column(answer, ['runs'], 'info', 'run_id'));
    token = Object(answer.body).next_page_token;
  } while (token !== undefined);
  return pages;
}

describe('200', () => {
  test('shows runs as a get does, but for model inputs', async () => {
    const experimentId = await experimentWith({ name: 'n', metrics: { m: 1 }, params: { p: '1' } });
    const runId = String(column(await search({ experiment_ids: [experimentId] }), ['runs'], 'info', 'run_id')[0]);
    const dataset = { name: 'iris', digest: '1', source_type: 'local', source: '{}' };
    const models = [{ model_id: await app.newModel() }];
    expectOk(await app.post('runs/log-inputs', { run_id: runId, datasets: [{ dataset }], models }));
    expectOk(await app.post('runs/outputs', { run_id: runId, models: [{ model_id: 'm-1', step: 2 }] }));
    const [found] = listAt(await search({ experiment_ids: [experimentId] }), 'runs');
    const run = Object(valueAt(await app.get('runs/get', { run_id: runId }), 'run'));
    expect(run.inputs.model_inputs).toEqual(models);
    expect(found).toEqual({ ...run, inputs: { dataset_inputs: run.inputs.dataset_inputs } });
  });

  test('no experiments, or none that somebody made, find nothing', async () => {
    expectOk(await search({}));
    expectOk(await search({ experiment_ids: [] }));
    expectOk(await search({ experiment_ids: ['99999', '-1'] }));
  });

  test('finds runs of several experiments, each once', async () => {
    const [one, two] = [await experimentWith({ name: 'a' }), await experimentWith({ name: 'b' })];
    const found = await namesOf({ experiment_ids: [one, two, one], order_by: ['attributes.run_name'] });
    expect(found).toEqual(['a', 'b']);
  });

  test('the latest start comes first, beyond 2^53 as well; equal starts order by id', async () => {
    const id = await experimentWith(
      { name: 'old', start: 1 },
      { name: 'far', start: '9007199254740992' },
      { name: 'farther', start: '9007199254740993' },
      { name: 'none' },
    );
    expect(await namesOf({ experiment_ids: [id] })).toEqual(['farther', 'far', 'old', 'none']);
    expect((await pagesOf({ experiment_ids: [id], max_results: 1 })).flat()).toHaveLength(4);
  });

  test('ten runs of one start time come in the order of their ids, in pages of 4, 4 and 2', async () => {
    const id = await experimentWith(...Array.from({ length: 10 }, (_, at) => ({ name: `r${at}`, start: 5 })));
    const pages = await pagesOf({ experiment_ids: [id], max_results: 4 });
    expect(pages.map((page) => page.length)).toEqual([4, 4, 2]);
    expect(pages.flat()).toEqual(pages.flat().toSorted());
  });

  const withMetrics = () =>
    experimentWith(
      { name: 'missing' },
      { name: 'nan', metrics: { m: 'NaN' } },
      { name: 'inf', metrics: { m: 'Infinity' } },
      { name: 'one', metrics: { m: 1 } },
      { name: 'minus', metrics: { m: -1 } },
      { name: '-inf', metrics: { m: '-Infinity' } },
    );

  test('in an order by metric NaN comes after numbers and missing ones last, either way, paged or not', async () => {
    const experiment_ids = [await withMetrics()];
    const ascending = ['-inf', 'minus', 'one', 'inf', 'nan', 'missing'];
    const descending = ['inf', 'one', 'minus', '-inf', 'nan', 'missing'];
    for (const [order, names] of [
      ['metrics.m', ascending],
      ['metrics.m ASC', ascending],
      ['metrics.m desc', descending],
    ] as const) {
      expect(await namesOf({ experiment_ids, order_by: [order] })).toEqual(names);
      const pages = await pagesOf({ experiment_ids, order_by: [order], max_results: 1 });
      const ids = column(await search({ experiment_ids, order_by: [order] }), ['runs'], 'info', 'run_id');
      expect(pages.flat()).toEqual(ids);
    }
  });

  test('params and tags order as texts, missing ones last', async () => {
    const experiment_ids = [
      await experimentWith(
        { name: '9', params: { p: '9' }, tags: { t: 'b' } },
        { name: '10', params: { p: '10' }, tags: { t: 'a' } },
        { name: 'none' },
      ),
    ];
    expect(await namesOf({ experiment_ids, order_by: ['params.p'] })).toEqual(['10', '9', 'none']);
    expect(await namesOf({ experiment_ids, order_by: ['params.p DESC'] })).toEqual(['9', '10', 'none']);
    expect(await namesOf({ experiment_ids, order_by: ['tags.`t`'] })).toEqual(['10', '9', 'none']);
  });

  test.each([
    ['metrics.m > 0', ['inf', 'one']],
    ['metrics.m != 1', ['-inf', 'inf', 'minus', 'nan']],
    ['metrics.m = 1', ['one']],
    ['metrics.m = 1 AND', ['one']],
    ['metrics.m > 0 AND metrics.m < 2', ['one']],
    ["attributes.run_name LIKE '%in%'", ['-inf', 'inf', 'minus', 'missing']],
    ["run_name ILIKE 'ONE'", ['one']],
    ["status = 'RUNNING' and metrics.m <= -1", ['-inf', 'minus']],
    ['attributes.start_time > 0', []],
    ["tags.`mlflow.runName` = 'one'", ['one']],
    ['params.p IS NULL AND metrics.m = 1', ['one']],
    ['', ['-inf', 'inf', 'minus', 'missing', 'nan', 'one']],
  ])('the filter %j finds its runs', async (filter, names) => {
    const found = await namesOf({ experiment_ids: [await withMetrics()], filter });
    expect(found.toSorted()).toEqual(names);
  });

  test('finds runs by a list of ids and by dataset', async () => {
    const experiment_ids = [await experimentWith({ name: 'a' }, { name: 'b' }, { name: 'c' })];
    const runs = listAt(await search({ experiment_ids, order_by: ['run_name'] }), 'runs').map(Object);
    const [a, b] = runs.map(({ info }) => info.run_id);
    expect((await namesOf({ experiment_ids, filter: `run_id IN ('${a}', '${b}')` })).toSorted()).toEqual(['a', 'b']);
    const dataset = { name: 'iris', digest: '1', source_type: 'local', source: '{}' };
    const tags = [{ key: 'mlflow.data.context', value: 'train' }];
    expectOk(await app.post('runs/log-inputs', { run_id: b, datasets: [{ dataset, tags }] }));
    const filter = "dataset.name = 'iris' AND dataset.context = 'train'";
    expect(await namesOf({ experiment_ids, filter })).toEqual(['b']);
  });

  test.each([
    [undefined, ['kept']],
    ['ACTIVE_ONLY', ['kept']],
    ['DELETED_ONLY', ['gone']],
    ['ALL', ['gone', 'kept']],
  ])('the view %j shows its stages', async (view, names) => {
    const experiment_ids = [await experimentWith({ name: 'kept' }, { name: 'gone' })];
    const runs = listAt(await search({ experiment_ids }), 'runs').map(Object);
    const gone = runs.find(({ info }) => info.run_name === 'gone');
    expectOk(await app.post('runs/delete', { run_id: gone.info.run_id }));
    expect((await namesOf({ experiment_ids, run_view_type: view })).toSorted()).toEqual(names);
  });

  test('the runs of a deleted experiment are deleted', async () => {
    const id = await experimentWith({ name: 'a' });
    expectOk(await app.post('experiments/delete', { experiment_id: id }));
    expectOk(await search({ experiment_ids: [id] }));
    const answer = await search({ experiment_ids: [id], run_view_type: 'DELETED_ONLY' });
    expect(column(answer, ['runs'], 'info', 'lifecycle_stage')).toEqual(['deleted']);
  });

  test('runs made between two pages neither repeat nor hide others', async () => {
    const id = await experimentWith({ name: 'a', start: 1 }, { name: 'b', start: 2 }, { name: 'c', start: 3 });
    const first = await search({ experiment_ids: [id], max_results: 2 });
    await app.newRun({ experiment_id: id, run_name: 'later', start_time: 4 });
    const page_token = textAt(first, 'next_page_token');
    expect(await namesOf({ experiment_ids: [id], max_results: 2, page_token })).toEqual(['a']);
  });

  test('a page that is exactly full is the last when nothing follows', async () => {
    const id = await experimentWith({ name: 'a' }, { name: 'b' });
    expect((await search({ experiment_ids: [id], max_results: 2 })).body).not.toHaveProperty('next_page_token');
  });

  test.each([1, '5', 50_000])('takes max_results %j', async (maxResults) => {
    expect((await search({ experiment_ids: ['0'], max_results: maxResults })).status).toBe(200);
  });
});

describe('400', () => {
  test.each([0, -1])('max_results is %j', async (maxResults) => {
    expectInvalid(
      await search({ experiment_ids: ['0'], max_results: maxResults }),
      `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer`,
    );
  });

  test.each([50_001, 123_456_789])('max_results is %j', async (maxResults) => {
    expectWrongType(await search({ max_results: maxResults }), 'max_results', String(maxResults), 'int');
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await search({ max_results: 'x' }), 'max_results', '"x"', 'str');
    expectWrongType(await search({ max_results: 2 ** 31 }), 'max_results', String(2 ** 31), 'int');
    expectWrongType(await search({ experiment_ids: '0' }), 'experiment_ids', '"0"', 'str');
    expectWrongType(await search({ run_view_type: 'SOME' }), 'run_view_type', '"SOME"', 'str');
  });

  test('an experiment id is no integer', async () => {
    expectInvalid(
      await search({ experiment_ids: ['0', 'abc'] }),
      "Invalid experiment ID 'abc'. Experiment ID must be a valid integer.",
    );
  });

  test.each([
    "metrics.m = '1'",
    'params.p = 1',
    "status IN ('RUNNING')",
    'metrics.a > 1 OR metrics.b > 1',
    '(metrics.a > 1)',
    'run_id IN ()',
    "Params.p = 'x'",
    '   ',
    'metrics.m ==  1',
  ])('the filter cannot be read: %s', async (filter) => {
    const answer = await search({ experiment_ids: ['0'], filter });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test.each([[['nothing']], [['metrics.m UP']], [['metrics.m', 'metrics.m DESC']], [['']]])(
    'the order cannot be read: %j',
    async (orderBy) => {
      const answer = await search({ experiment_ids: ['0'], order_by: orderBy });
      expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    },
  );

  test('the page token is garbage, forged, of another order or of another list', async () => {
    const experiment_ids = [await experimentWith({ name: 'a' }, { name: 'b' })];
    const token = textAt(await search({ experiment_ids, max_results: 1 }), 'next_page_token');
    for (const page_token of ['x', '!', '.', 'eyJvZmZzZXQiOiAxfQ==', tampered(token), token.slice(1)]) {
      expectInvalid(await search({ experiment_ids, page_token }), BAD_TOKEN);
    }
    expectInvalid(await search({ experiment_ids, page_token: token, order_by: ['run_name'] }), BAD_TOKEN);
    expectInvalid(await app.post('experiments/search', { max_results: 5, page_token: token }), BAD_TOKEN);
  });
});
