import { describe, expect, test } from 'vitest';
import { column, listAt, openTestApp, textAt } from '../../support/test-app.ts';
import { BAD_TOKEN, expectInvalid, expectMissing, expectOk, expectWrongType, tampered } from '../expect-answer.ts';

const app = await openTestApp();
const search = (fields: object) => app.post('logged-models/search', fields);
const namesOf = async (fields: object) => column(await search(fields), ['models'], 'info', 'name');

/** An experiment with models of these names, in the order they are made. */
async function experimentWith(...names: readonly string[]) {
  const experimentId = await app.newExperiment();
  const ids = new Map<string, string>();
  for (const name of names) ids.set(name, await app.newModel({ experiment_id: experimentId, name }));
  return { experimentId, ids };
}

/** An experiment whose models are named after their value of the metric `m` on the dataset iris. */
async function experimentWithMetrics(...values: readonly number[]) {
  const { experimentId, ids } = await experimentWith(...values.map(String), 'none');
  const runId = await app.newRun({ experiment_id: experimentId });
  const metrics = values.map((value) => ({
    key: 'm',
    value,
    timestamp: 1,
    model_id: ids.get(String(value)),
    dataset_name: 'iris',
    dataset_digest: '1',
  }));
  expectOk(await app.post('runs/log-batch', { run_id: runId, metrics }));
  return [experimentId];
}

describe('200', () => {
  test('the newest comes first, whole', async () => {
    const { experimentId, ids } = await experimentWith('a', 'b', 'c');
    expect(await namesOf({ experiment_ids: [experimentId] })).toEqual(['c', 'b', 'a']);
    const [found] = listAt(await search({ experiment_ids: [experimentId] }), 'models');
    expectOk(await app.get(`logged-models/${ids.get('c')}`), { model: found });
  });

  test('no experiments, or none that somebody made, find nothing', async () => {
    expectOk(await search({ experiment_ids: [] }));
    expectOk(await search({ experiment_ids: ['99999'] }));
  });

  test.each([
    ["name = 'a'", ['a']],
    ["name LIKE '%'", ['a', 'b']],
    ["name IN ('a', 'x')", ['a']],
    ["attributes.status = 'LOGGED_MODEL_PENDING'", ['a', 'b']],
    ["status = 'PENDING'", ['a', 'b']],
    ["status = 'READY'", []],
    ['creation_timestamp > 0', ['a', 'b']],
    ["tags.t = 'x'", []],
  ])('the filter %s finds its models', async (filter, names) => {
    const { experimentId } = await experimentWith('a', 'b');
    expect((await namesOf({ experiment_ids: [experimentId], filter })).toSorted()).toEqual(names);
  });

  test('metrics count on the datasets given, with any digest or with that one', async () => {
    const experiment_ids = await experimentWithMetrics(1, 2, 3);
    const found = async (datasets: readonly object[]) =>
      (await namesOf({ experiment_ids, filter: 'metrics.m >= 2', datasets })).toSorted();
    expect(await found([])).toEqual(['2', '3']);
    expect(await found([{ dataset_name: 'iris' }])).toEqual(['2', '3']);
    expect(await found([{ dataset_name: 'iris', dataset_digest: '1' }])).toEqual(['2', '3']);
    expect(await found([{ dataset_name: 'iris', dataset_digest: '2' }])).toEqual([]);
    expect(await found([{ dataset_name: 'other' }])).toEqual([]);
  });

  test('orders by metrics and attributes, missing ones last', async () => {
    const experiment_ids = await experimentWithMetrics(2, 10, 1);
    const ordered = (order: object) => namesOf({ experiment_ids, order_by: [order] });
    expect(await ordered({ field_name: 'metrics.m', ascending: true })).toEqual(['1', '2', '10', 'none']);
    expect(await ordered({ field_name: 'metrics.m', ascending: false })).toEqual(['10', '2', '1', 'none']);
    expect(await ordered({ field_name: 'name' })).toEqual(['1', '10', '2', 'none']);
    expect(await ordered({ field_name: 'creation_time', ascending: 'FALSE' })).toEqual(['none', '1', '10', '2']);
    const iris = { field_name: 'metrics.m', dataset_name: 'iris', dataset_digest: '1' };
    expect(await ordered(iris)).toEqual(['1', '2', '10', 'none']);
  });

  test('pages follow each other without gaps, the last without a token', async () => {
    const { experimentId } = await experimentWith('a', 'b', 'c', 'd', 'e');
    const pages: unknown[][] = [];
    let token: string | undefined;
    do {
      const answer = await search({ experiment_ids: [experimentId], max_results: 2, page_token: token });
      pages.push(column(answer, ['models'], 'info', 'name'));
      token = Object(answer.body).next_page_token;
    } while (token !== undefined);
    expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  });

  test('a page holds 50 models unless told otherwise', async () => {
    const { experimentId } = await experimentWith(...Array.from({ length: 51 }, (_, at) => `m${at}`));
    const answer = await search({ experiment_ids: [experimentId] });
    expect(listAt(answer, 'models')).toHaveLength(50);
    expect(textAt(answer, 'next_page_token')).not.toBe('');
    expect(listAt(await search({ experiment_ids: [experimentId], max_results: 60 }), 'models')).toHaveLength(51);
  });
});

describe('400', () => {
  test('the experiments are missing, or one id is no integer', async () => {
    expectMissing(await search({}), 'experiment_ids');
    expectInvalid(
      await search({ experiment_ids: ['abc'] }),
      "Invalid experiment ID 'abc'. Experiment ID must be a valid integer.",
    );
  });

  test('a dataset has no name', async () => {
    expectInvalid(
      await search({ experiment_ids: ['0'], datasets: [{ dataset_digest: '1' }] }),
      '`dataset_name` in the `datasets` clause must be specified.',
    );
  });

  test.each(["tag.a = 'x'", 'nothing = 1', "metrics.m = 'x'", 'tags.a IS NULL', "name = 'a' OR name = 'b'"])(
    'the filter cannot be read: %s',
    async (filter) => {
      const answer = await search({ experiment_ids: ['0'], filter });
      expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    },
  );

  test.each(['nothing', 'attributes.name', 'tags.x', ''])('the order cannot be read: %s', async (field_name) => {
    const answer = await search({ experiment_ids: ['0'], order_by: [{ field_name }] });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test('max_results is negative', async () => {
    const answer = await search({ experiment_ids: ['0'], max_results: -1 });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await search({ experiment_ids: ['0'], max_results: 'x' }), 'max_results', '"x"', 'str');
    const order_by = [{ field_name: 'name', ascending: 'maybe' }];
    expectWrongType(await search({ experiment_ids: ['0'], order_by }), 'order_by[0].ascending', '"maybe"', 'str');
  });

  test('the page token is garbage, forged, or of other experiments, another filter or order', async () => {
    const { experimentId } = await experimentWith('a', 'b');
    const fields = { experiment_ids: [experimentId] };
    const token = textAt(await search({ ...fields, max_results: 1 }), 'next_page_token');
    for (const page_token of ['x', '!', tampered(token)]) {
      expectInvalid(await search({ ...fields, page_token }), BAD_TOKEN);
    }
    const others = [
      { experiment_ids: ['0'] },
      { ...fields, filter: "name = 'a'" },
      { ...fields, order_by: [{ field_name: 'name' }] },
    ];
    for (const other of others) expectInvalid(await search({ ...other, page_token: token }), BAD_TOKEN);
  });
});
