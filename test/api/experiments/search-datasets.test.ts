import { describe, expect, test } from 'vitest';
import { listAt, openTestApp } from '../../support/test-app.ts';
import { expectInvalid, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const PATH = '/ajax-api/2.0/mlflow/experiments/search-datasets';
const search = (ids: unknown) => app.call('POST', PATH, { experiment_ids: ids });

const input = (name: string, digest: string, context?: string) => ({
  dataset: { name, digest, source_type: 'local', source: '{}' },
  tags: context === undefined ? [] : [{ key: 'mlflow.data.context', value: context }],
});
const log = async (runId: string, ...datasets: readonly object[]) =>
  expectOk(await app.post('runs/log-inputs', { run_id: runId, datasets }));

describe('200', () => {
  test('gives each dataset once per context, of all the experiments asked for', async () => {
    const [first, second, other] = [await app.newExperiment(), await app.newExperiment(), await app.newExperiment()];
    const [runA, runB] = [await app.newRun({ experiment_id: first }), await app.newRun({ experiment_id: first })];
    await log(runA, input('iris', '1', 'train'), input('plain', '9'));
    await log(runB, input('iris', '1', 'train'), input('iris', '2', 'eval'));
    await log(await app.newRun({ experiment_id: second }), input('iris', '1', 'train'));
    await log(await app.newRun({ experiment_id: other }), input('hidden', '1'));
    const found = listAt(await search([first, second, first]), 'dataset_summaries');
    const expected = [
      { experiment_id: first, name: 'iris', digest: '1', context: 'train' },
      { experiment_id: first, name: 'plain', digest: '9' },
      { experiment_id: first, name: 'iris', digest: '2', context: 'eval' },
      { experiment_id: second, name: 'iris', digest: '1', context: 'train' },
    ];
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test('takes 20 experiments, also unknown ones', async () => {
    const answer = await search(Array.from({ length: 20 }, (_, at) => String(90_000 + at)));
    expect(answer.status).toBe(200);
    expect(listAt(answer, 'dataset_summaries')).toEqual([]);
  });
});

describe('400', () => {
  test.each([[[]], [undefined], [null]])('no experiment is given: %j', async (ids) => {
    expectInvalid(await search(ids), 'SearchDatasets request must specify at least one experiment_id.');
  });

  test('more than 20 experiments are given', async () => {
    expectInvalid(
      await search(Array.from({ length: 21 }, () => '1')),
      'SearchDatasets request cannot specify more than 20 experiment_ids. Received 21 experiment_ids.',
    );
  });

  test('an id is no integer, or the ids are no list', async () => {
    expectInvalid(await search(['abc']), "Invalid experiment ID 'abc'. Experiment ID must be a valid integer.");
    expectWrongType(await search('1'), 'experiment_ids', '"1"', 'str');
  });
});

test('404: it is for browsers alone', async () => {
  expect((await app.post('experiments/search-datasets', { experiment_ids: ['0'] })).status).toBe(404);
});
