import { beforeAll, describe, expect, test } from 'vitest';
import { column, openTestApp, textAt, valueAt } from '../../support/test-app.ts';

const app = await openTestApp();
const { call, post, newExperiment, newRun } = app;

const ask = (what: string, body: object) => call('POST', `/api/2.0/tracklet/runs/${what}`, body);

let one = '';
let two = '';

const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

beforeAll(async () => {
  [one, two] = [await newExperiment(), await newExperiment()];
  const add = async (experimentId: string, params: Readonly<Record<string, string>>, metrics: readonly string[]) => {
    const runId = await newRun({ experiment_id: experimentId, run_name: 'fox', user_id: 'ann' });
    const points = metrics.map((key) => ({ key, value: 1, timestamp: 1, step: 0 }));
    await post('runs/log-batch', { run_id: runId, params: pairs(params), metrics: points });
    return runId;
  };
  await add(one, { optimizer: 'adam', Lr: '0.1' }, ['loss', 'val loss']);
  await add(one, { optimizer: 'sgd' }, ['loss']);
  await add(two, { optimizer: 'adam' }, ['acc']);
  const deleted = await add(one, { optimizer: 'lion', old: 'x' }, []);
  await post('runs/delete', { run_id: deleted });
});

describe('counting runs', () => {
  test('tells how many a search would find', async () => {
    const count = async (body: object) => valueAt(await ask('count', body), 'count');
    expect(await count({ experiment_ids: [one, two, one] })).toBe(3);
    expect(await count({ experiment_ids: [one], filter: "params.optimizer = 'adam'" })).toBe(1);
    expect(await count({ experiment_ids: [one], run_view_type: 'DELETED_ONLY' })).toBe(1);
    expect(await count({ experiment_ids: [one], run_view_type: 'ALL' })).toBe(3);
    expect(await count({ experiment_ids: [] })).toBe(0);
    expect(await count({ experiment_ids: ['4711'] })).toBe(0);
  });

  test.each([
    { body: {}, part: 'experiment_ids' },
    { body: { experiment_ids: ['x'] }, part: 'x' },
    { body: { experiment_ids: ['1'], filter: 'metrics.loss <' }, part: 'filter' },
    { body: { experiment_ids: ['1'], run_view_type: 'SOME' }, part: 'run_view_type' },
  ])('refuses $body', async ({ body, part }) => {
    const answer = await ask('count', body);
    expect([answer.status, valueAt(answer, 'error_code')]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(textAt(answer, 'message')).toContain(part);
  });
});

describe('the keys of runs', () => {
  const namesOf = async (body: object) => {
    const answer = await ask('keys', body);
    return column(answer, ['keys'], 'kind').map((kind, at) => `${kind} ${column(answer, ['keys'], 'key')[at]}`);
  };

  test('are listed by kind and name, those of deleted runs too', async () => {
    const all = await namesOf({ experiment_ids: [one, two] });
    expect(all.filter((name) => !/^TAG|^ATTRIBUTE/.test(name))).toEqual([
      'METRIC acc',
      'METRIC loss',
      'METRIC val loss',
      'PARAM Lr',
      'PARAM old',
      'PARAM optimizer',
    ]);
    expect(all).toContain('TAG mlflow.runName');
    expect(all.slice(-7)).toContain('ATTRIBUTE status');
  });

  test('are those of the wanted kinds that begin as is wanted, in any case', async () => {
    expect(await namesOf({ experiment_ids: [one], kinds: ['PARAM'], prefix: 'l' })).toEqual(['PARAM Lr']);
    expect(await namesOf({ experiment_ids: [one], kinds: ['METRIC', 'PARAM'], prefix: 'L' })).toEqual([
      'METRIC loss',
      'PARAM Lr',
    ]);
    expect(await namesOf({ experiment_ids: [one], kinds: ['METRIC'], prefix: 'none' })).toEqual([]);
  });

  test('come with how many of the chosen runs have them, where that is asked for', async () => {
    const counted = async (body: object) => {
      const answer = await ask('keys', { experiment_ids: [one, two], kinds: ['PARAM'], with_counts: true, ...body });
      return Object.fromEntries(
        column(answer, ['keys'], 'key').map((key, at) => [key, column(answer, ['keys'], 'run_count')[at]]),
      );
    };
    expect(await counted({})).toEqual({ Lr: 1, old: 0, optimizer: 3 });
    expect(await counted({ run_view_type: 'ALL' })).toEqual({ Lr: 1, old: 1, optimizer: 4 });
    expect(await counted({ filter: 'metrics.acc > 0' })).toEqual({ Lr: 0, old: 0, optimizer: 1 });
  });

  test('come in pages, each once', async () => {
    const seen: unknown[] = [];
    let token: unknown;
    for (let pages = 0; pages < 20; pages += 1) {
      const answer = await ask('keys', { experiment_ids: [one, two], max_results: 2, page_token: token });
      seen.push(...column(answer, ['keys'], 'key'));
      token = valueAt(answer, 'next_page_token');
      if (token === undefined) break;
    }
    const all = column(await ask('keys', { experiment_ids: [one, two] }), ['keys'], 'key');
    expect(seen).toEqual(all);
  });

  test.each([
    { max_results: 0 },
    { max_results: 50_001 },
    { max_results: 1001, with_counts: true },
    { kinds: ['DATASET'] },
    { page_token: 'x' },
  ])('are refused for %j', async (fields) => {
    expect((await ask('keys', { experiment_ids: [one], ...fields })).status).toBe(400);
  });
});

describe('the values of a key', () => {
  test('are those of the chosen runs, the most frequent first', async () => {
    const answer = await ask('values', { experiment_ids: [one, two], kind: 'PARAM', key: 'optimizer' });
    expect(answer.body).toEqual({
      values: [
        { value: 'adam', run_count: 2 },
        { value: 'sgd', run_count: 1 },
      ],
      value_count: 2,
    });
  });

  test('are as many as are wanted, of all that begin as is wanted', async () => {
    const asked = { experiment_ids: [one], kind: 'PARAM', key: 'optimizer', run_view_type: 'ALL' };
    expect((await ask('values', { ...asked, max_results: 1 })).body).toEqual({
      values: [{ value: 'adam', run_count: 1 }],
      value_count: 3,
    });
    expect(valueAt(await ask('values', { ...asked, prefix: 'S' }), 'values', 0, 'value')).toBe('sgd');
  });

  test('may be of a tag or an attribute, or none', async () => {
    const values = async (kind: string, key: string) =>
      column(await ask('values', { experiment_ids: [one], kind, key }), ['values'], 'value');
    expect(await values('TAG', 'mlflow.runName')).toEqual(['fox']);
    expect(await values('ATTRIBUTE', 'user_id')).toEqual(['ann']);
    expect(await values('PARAM', '__proto__')).toEqual([]);
  });

  test.each([
    { kind: 'METRIC', key: 'loss' },
    { kind: 'PARAM' },
    { kind: 'ATTRIBUTE', key: 'constructor' },
    { key: 'optimizer' },
    { kind: 'PARAM', key: 'optimizer', max_results: 1001 },
  ])('are refused for %j', async (fields) => {
    expect((await ask('values', { experiment_ids: [one], ...fields })).status).toBe(400);
  });
});
