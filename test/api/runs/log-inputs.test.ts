import { describe, expect, test } from 'vitest';
import { listAt, openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const log = (fields: object) => app.post('runs/log-inputs', fields);
const inputsOf = async (runId: string) => valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'inputs');

const dataset = (fields: object = {}) => ({ name: 'iris', digest: '1', source_type: 'local', source: '{}', ...fields });
const context = (value: string) => [{ key: 'mlflow.data.context', value }];

describe('200', () => {
  test.each([{}, { datasets: [], models: [] }])('nothing given changes nothing: %j', async (lists) => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, ...lists }));
    expect(await inputsOf(runId)).toEqual({});
  });

  test('links datasets, and models once each', async () => {
    const runId = await app.newRun();
    const models = [await app.newModel(), await app.newModel()].map((model_id) => ({ model_id }));
    const full = dataset({ schema: '{"a":"long"}', profile: '{"rows":150}' });
    expectOk(await log({ run_id: runId, datasets: [{ dataset: full, tags: context('train') }], models }));
    expectOk(await log({ run_id: runId, models: models.slice(0, 1) }));
    const plain = { dataset: dataset({ digest: '2' }) };
    expectOk(await log({ run_id: runId, datasets: [plain] }));
    expect(await inputsOf(runId)).toEqual({
      dataset_inputs: [{ dataset: full, tags: context('train') }, plain],
      model_inputs: models,
    });
  });

  test('a link keeps its first tags, and of one dataset twice in a request the first counts', async () => {
    const runId = await app.newRun();
    const input = (value: string) => ({ dataset: dataset({ name: 'kept' }), tags: context(value) });
    expectOk(await log({ run_id: runId, datasets: [input('one'), input('two')] }));
    expectOk(await log({ run_id: runId, datasets: [input('three')] }));
    expect(await inputsOf(runId)).toEqual({ dataset_inputs: [input('one')] });
  });

  test('a dataset is shared by name and digest within its experiment: the first source stays', async () => {
    const [here, there] = [await app.newExperiment(), await app.newExperiment()];
    const runs = [here, here, there].map((id) => app.newRun({ experiment_id: id }));
    const [first, second, other] = await Promise.all(runs);
    for (const [runId, source] of [
      [first, 'one'],
      [second, 'two'],
      [other, 'three'],
    ]) {
      expectOk(await log({ run_id: runId, datasets: [{ dataset: dataset({ source }) }] }));
    }
    const sourceOf = async (runId: string | undefined) =>
      valueAt(
        { ...(await app.get('runs/get', { run_id: runId })) },
        'run',
        'inputs',
        'dataset_inputs',
        0,
        'dataset',
        'source',
      );
    expect(await Promise.all([first, second, other].map(sourceOf))).toEqual(['one', 'one', 'three']);
  });

  test('two runs may link the same dataset with tags of their own', async () => {
    const [one, two] = [await app.newRun(), await app.newRun()];
    const name = { name: 'shared' };
    expectOk(await log({ run_id: one, datasets: [{ dataset: dataset(name), tags: context('train') }] }));
    expectOk(await log({ run_id: two, datasets: [{ dataset: dataset(name), tags: context('eval') }] }));
    expect(await inputsOf(two)).toEqual({ dataset_inputs: [{ dataset: dataset(name), tags: context('eval') }] });
  });

  test('takes fields at their limits', async () => {
    const runId = await app.newRun();
    const input = {
      dataset: dataset({
        name: 'n'.repeat(500),
        digest: 'd'.repeat(36),
        source: 's'.repeat(65_535),
        schema: 'x'.repeat(1_048_575),
        profile: 'p'.repeat(600_000),
      }),
      tags: [{ key: 'k'.repeat(255), value: 'v'.repeat(500) }],
    };
    expectOk(await log({ run_id: runId, datasets: [input] }));
    expect(await inputsOf(runId)).toEqual({ dataset_inputs: [input] });
  });

  test('takes many datasets at once', async () => {
    const runId = await app.newRun();
    const datasets = Array.from({ length: 60 }, (_, at) => ({ dataset: dataset({ name: `d${at}` }) }));
    expectOk(await log({ run_id: runId, datasets }));
    const answer = await app.get('runs/get', { run_id: runId });
    expect(listAt(answer, 'run', 'inputs', 'dataset_inputs')).toEqual(datasets);
  });
});

describe('400', () => {
  test('the id is missing or can be none', async () => {
    expectMissing(await log({}), 'run_id');
    expectMissing(await log({ run_uuid: NO_RUN }), 'run_id');
    expectInvalid(await log({ run_id: 'a b' }), 'Invalid value "a b" for parameter \'run_id\' supplied.');
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await log({ run_id: NO_RUN, datasets: 'x' }), 'datasets', '"x"', 'str');
    const input = { dataset: dataset({ name: 5 }) };
    expectWrongType(await log({ run_id: NO_RUN, datasets: [input] }), 'datasets[0].dataset.name', '5', 'int');
  });

  test('a field is spelt twice, deep inside', async () => {
    expectInvalid(
      await log({ run_id: NO_RUN, datasets: [{ dataset: dataset({ sourceType: 'x' }) }] }),
      "Request specifies both 'source_type' and 'sourceType'; provide only one of them.",
    );
  });

  test.each([
    [{ dataset: dataset({ name: 'n'.repeat(501) }) }, "'name' exceeds the maximum length of 500 characters"],
    [{ dataset: dataset({ digest: 'd'.repeat(37) }) }, "'digest' exceeds the maximum length of 36 characters"],
    [{ dataset: dataset({ source: 's'.repeat(65_536) }) }, "'source' exceeds the maximum length of 65535 characters"],
    [
      { dataset: dataset({ schema: 'x'.repeat(1_048_576) }) },
      "'schema' exceeds the maximum length of 1048575 characters",
    ],
    [{ dataset: dataset(), tags: [{ key: 'k'.repeat(256) }] }, "'key' exceeds the maximum length of 255 characters"],
    [
      { dataset: dataset(), tags: [{ key: 'k', value: 'v'.repeat(501) }] },
      "'value' exceeds the maximum length of 500 characters",
    ],
  ])('a text is too long: %#', async (input, message) => {
    expectInvalid(await log({ run_id: NO_RUN, datasets: [input] }), message);
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await log({ run_id: NO_RUN }), `Run with id=${NO_RUN} not found`);
  });
});
