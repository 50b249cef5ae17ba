import { describe, expect, test } from 'vitest';
import { listAt, openTestApp, valueAt } from '../../support/test-app.ts';
import {
  expectInvalid,
  expectMissing,
  expectNotFound,
  expectOk,
  expectWrongType,
  NO_MODEL,
  NO_RUN,
} from '../expect-answer.ts';

const app = await openTestApp();
const log = (fields: object) => app.post('runs/log-batch', fields);
const dataOf = async (id: string) => Object(valueAt(await app.get('runs/get', { run_id: id }), 'run', 'data'));
const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const metrics = (count: number) => times(count, (at) => ({ key: `m${at % 7}`, value: at, timestamp: at, step: at }));
const params = (count: number) => times(count, (at) => ({ key: `p${at}`, value: String(at) }));
const tags = (count: number) => times(count, (at) => ({ key: `t${at}`, value: String(at) }));

describe('200', () => {
  test('stores metrics, params and tags', async () => {
    const runId = await app.newRun({ run_name: 'n' });
    expectOk(
      await log({
        run_id: runId,
        metrics: [{ key: 'm', value: 1, timestamp: 1 }],
        params: [{ key: 'p', value: '1' }, { key: 'empty' }],
        tags: [{ key: 't', value: '' }],
      }),
    );
    expect(await dataOf(runId)).toEqual({
      metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0 }],
      params: [
        { key: 'p', value: '1' },
        { key: 'empty', value: '' },
      ],
      tags: [
        { key: 'mlflow.runName', value: 'n' },
        { key: 't', value: '' },
      ],
    });
  });

  test.each([{}, { metrics: [], params: [], tags: [] }, { metrics: null, params: null, tags: null }])(
    'an empty batch changes nothing: %j',
    async (lists) => {
      const runId = await app.newRun();
      const before = await dataOf(runId);
      expectOk(await log({ run_id: runId, ...lists }));
      expect(await dataOf(runId)).toEqual(before);
    },
  );

  test.each([
    { metrics: metrics(1000) },
    { params: params(100) },
    { tags: tags(100) },
    { metrics: metrics(800), params: params(100), tags: tags(100) },
  ])('takes a batch at its limit: %#', async (lists) => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, ...lists }));
    const data = await dataOf(runId);
    if (lists.metrics) expect(data.metrics).toHaveLength(7);
    if (lists.params) expect(data.params).toEqual(lists.params);
    if (lists.tags) expect(data.tags).toEqual(expect.arrayContaining([...lists.tags]));
  });

  test('a thousand points of one metric come back in order, though they came in none', async () => {
    const runId = await app.newRun();
    const points = times(1000, (at) => ({ key: 'm', value: at, timestamp: 5, step: (at * 7) % 1000 }));
    expectOk(await log({ run_id: runId, metrics: points }));
    const history = listAt(await app.get('metrics/get-history', { run_id: runId, metric_key: 'm' }), 'metrics');
    expect(history.map((point) => Object(point).step)).toEqual(times(1000, (at) => at));
    expect((await dataOf(runId)).metrics).toEqual([{ key: 'm', value: 857, timestamp: 5, step: 999 }]);
  });

  test('the same batch again is harmless', async () => {
    const runId = await app.newRun();
    const batch = { run_id: runId, metrics: metrics(10), params: params(3), tags: tags(3) };
    expectOk(await log(batch));
    const before = await dataOf(runId);
    expectOk(await log(batch));
    expect(await dataOf(runId)).toEqual(before);
    const history = await app.get('metrics/get-history', { run_id: runId, metric_key: 'm0' });
    expect(listAt(history, 'metrics')).toHaveLength(2);
  });

  test('of a tag that comes twice the last counts', async () => {
    const runId = await app.newRun({ run_name: 'n' });
    expectOk(await log({ run_id: runId, tags: ['1', '2'].map((value) => ({ key: 't', value })) }));
    expect((await dataOf(runId)).tags).toContainEqual({ key: 't', value: '2' });
  });

  test('the tag mlflow.runName renames the run', async () => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, tags: [{ key: 'mlflow.runName', value: 'new' }] }));
    expect(valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'info', 'run_name')).toBe('new');
  });

  test('cuts off long values', async () => {
    const runId = await app.newRun({ run_name: 'n' });
    const long = { key: 'k', value: 'x'.repeat(9000) };
    expectOk(await log({ run_id: runId, params: [long], tags: [long] }));
    const data = await dataOf(runId);
    expect(data.params[0].value).toHaveLength(6000);
    expect(data.tags[1].value).toHaveLength(8000);
  });

  test('metrics that name a logged model are its own, too, NaN as 0', async () => {
    const [runId, modelId] = [await app.newRun(), await app.newModel()];
    const points = [
      { key: 'a', value: 'NaN', timestamp: 1, step: 1, model_id: modelId, dataset_name: 'iris', dataset_digest: '1' },
      { key: 'a', value: 2, timestamp: 2, step: 2, model_id: modelId },
      { key: 'b', value: 3, timestamp: 3, step: 3 },
    ];
    expectOk(await log({ run_id: runId, metrics: points }));
    const found = listAt(await app.get(`logged-models/${modelId}`), 'model', 'data', 'metrics');
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { ...points[0], value: 0, run_id: runId },
        { ...points[1], run_id: runId },
      ]),
    );
    expect((await dataOf(runId)).metrics).toHaveLength(2);
  });
});

describe('400', () => {
  const tooMany = (limit: number, entities: string, count: number) =>
    `A batch logging request can contain at most ${limit} ${entities}. Got ${count} ${entities}. Please split up ` +
    `${entities} across multiple requests and try again.`;

  test.each([
    [{ metrics: metrics(1001) }, tooMany(1000, 'metrics', 1001)],
    [{ params: params(101) }, tooMany(100, 'params', 101)],
    [{ tags: tags(101) }, tooMany(100, 'tags', 101)],
    [{ metrics: metrics(801), params: params(100), tags: tags(100) }, tooMany(1000, 'metrics, params, and tags', 1001)],
  ])('there is one too many: %#', async (lists, message) => {
    expectInvalid(await log({ run_id: NO_RUN, ...lists }), message);
  });

  test.each([
    ['metrics[0].key', { metrics: [{ value: 1, timestamp: 1 }] }],
    [
      'metrics[1].timestamp',
      {
        metrics: [
          { key: 'm', value: 1, timestamp: 1 },
          { key: 'm', value: 1 },
        ],
      },
    ],
    ['metrics[0].value', { metrics: [{ key: 'm', timestamp: 1 }] }],
    ['params[0].key', { params: [{ value: 'v' }] }],
    ['tags[2].key', { tags: [{ key: 'a' }, { key: 'b' }, { key: '' }] }],
  ])('%s is missing', async (field, lists) => {
    expectMissing(await log({ run_id: NO_RUN, ...lists }), field);
  });

  test('the id is missing, for run_uuid does not stand in here', async () => {
    expectMissing(await log({ run_uuid: await app.newRun() }), 'run_id');
  });

  test.each(['-a', 'a b', '../x', 'a'.repeat(257)])('the id %j can be none', async (id) => {
    expectInvalid(await log({ run_id: id }), `Invalid value "${id}" for parameter 'run_id' supplied.`);
  });

  test.each([
    ['metrics', { metrics: 'x' }, '"x"', 'str'],
    ['metrics', { metrics: {} }, '{}', 'dict'],
    ['metrics[0]', { metrics: ['x'] }, '"x"', 'str'],
    ['metrics[0]', { metrics: [null] }, 'null', 'NoneType'],
    ['metrics[0].step', { metrics: [{ key: 'm', value: 1, timestamp: 1, step: 'x' }] }, '"x"', 'str'],
    ['metrics[1].value', { metrics: [...metrics(1), { key: 'm', value: 'x', timestamp: 1 }] }, '"x"', 'str'],
    ['params[0].value', { params: [{ key: 'p', value: 1 }] }, '1', 'int'],
    ['tags[0].value', { tags: [{ key: 't', value: false }] }, 'false', 'bool'],
  ])('%s has a wrong type: %j', async (field, lists, json, type) => {
    expectWrongType(await log({ run_id: NO_RUN, ...lists }), field, json, type);
  });

  const characters =
    'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

  test.each([
    [
      { metrics: [{ key: 'a*b', value: 1, timestamp: 1 }] },
      `Invalid value "a*b" for parameter 'metrics[0].name' supplied: ${characters}`,
    ],
    [{ params: [{ key: 'a*b' }] }, `Invalid value "a*b" for parameter 'params[0].key' supplied: ${characters}`],
    [
      { tags: [{ key: 'a' }, { key: 'a*b' }] },
      `Invalid value "a*b" for parameter 'tags[1].key' supplied: ${characters}`,
    ],
    [{ tags: [{ key: 'k'.repeat(251) }] }, "'tags[0].key' exceeds the maximum length of 250 characters"],
    [{ params: [{ key: 'k'.repeat(251) }] }, "'Param key' exceeds the maximum length of 250 characters"],
    [
      { metrics: [...metrics(1), { key: 'm', value: 0.5, timestamp: -1 }] },
      "Invalid value -1 for parameter 'metrics[1].timestamp' supplied: metric 'm' (value=0.5). Timestamp must be a " +
        'nonnegative long (64-bit integer) ',
    ],
  ])('a value is refused: %#', async (lists, message) => {
    expectInvalid(await log({ run_id: NO_RUN, ...lists }), message);
  });

  test('a param comes twice, be its values the same', async () => {
    expectInvalid(
      await log({ run_id: NO_RUN, params: ['1', '1'].map((value) => ({ key: 'p', value })) }),
      "Duplicate parameter keys have been submitted: ['p']. Please ensure the request contains only one param value per param key.",
    );
  });

  test('a param contradicts a logged one: nothing of the batch is stored', async () => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, params: [{ key: 'p', value: 'old' }] }));
    const before = await dataOf(runId);
    expectInvalid(
      await log({
        run_id: runId,
        metrics: metrics(3),
        params: [
          { key: 'fresh', value: 'x' },
          { key: 'p', value: "it's new" },
        ],
        tags: tags(3),
      }),
      `Changing param values is not allowed. Params were already logged='[{'key': 'p', 'old_value': 'old', 'new_value': "it's new"}]' for run ID='${runId}'.`,
    );
    expect(await dataOf(runId)).toEqual(before);
    expectOk(await app.get('metrics/get-history', { run_id: runId, metric_key: 'm0' }));
  });

  test('a metric names a logged model that nobody made: nothing of the batch is stored', async () => {
    const runId = await app.newRun();
    const before = await dataOf(runId);
    const point = { key: 'm', value: 1, timestamp: 1, model_id: NO_MODEL };
    expectInvalid(
      await log({ run_id: runId, metrics: [point], params: params(1) }),
      `Logged model with ID '${NO_MODEL}' not found.`,
    );
    expect(await dataOf(runId)).toEqual(before);
  });
});

describe('404', () => {
  test.each([{}, { params: params(1) }, { metrics: metrics(1) }])('there is no such run: %#', async (lists) => {
    expectNotFound(await log({ run_id: NO_RUN, ...lists }), `Run with id=${NO_RUN} not found`);
  });
});
