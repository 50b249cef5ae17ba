import { beforeAll, describe, expect, test } from 'vitest';
import { listAt, type Query, queryString, textAt, valueAt } from '../../support/test-app.ts';
import { openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const { post, call, newExperiment, newRun, newModel, newRegisteredModel, newVersion } = app;

const lineage = (query: Query) => call('GET', `/api/2.0/tracklet/lineage${queryString(query)}`);

const idsOf = (answer: Awaited<ReturnType<typeof lineage>>): readonly string[] =>
  listAt(answer, 'nodes').map((_, at) => textAt(answer, 'nodes', at, 'node_id'));

const edgesOf = (answer: Awaited<ReturnType<typeof lineage>>): readonly string[] =>
  listAt(answer, 'edges')
    .map((_, at) => `${textAt(answer, 'edges', at, 'from')} > ${textAt(answer, 'edges', at, 'to')}`)
    .toSorted();

const dataset = (name: string, digest: string) => ({
  dataset: { name, digest, source_type: 'local', source: '{}' },
  tags: [],
});

let experimentId = '';
let runId = '';
let sibling = '';
let modelId = '';
let name = '';

beforeAll(async () => {
  experimentId = await newExperiment();
  [runId, sibling] = [await newRun({ experiment_id: experimentId }), await newRun({ experiment_id: experimentId })];
  const other = await newRun({ experiment_id: experimentId });
  await post('runs/log-inputs', { run_id: runId, datasets: [dataset("it's", 'd')] });
  await post('runs/log-inputs', { run_id: sibling, datasets: [dataset("it's", 'd')] });
  // Each half of the dataset, but not the dataset.
  await post('runs/log-inputs', { run_id: other, datasets: [dataset("it's", 'other'), dataset('other', 'd')] });
  modelId = await newModel({ experiment_id: experimentId, source_run_id: runId });
  await post('runs/outputs', { run_id: runId, models: [{ model_id: modelId, step: '0' }] });
  name = await newRegisteredModel();
  await newVersion(name, { source: `models:/${modelId}`, model_id: modelId });
  await newVersion(name, { run_id: runId });
  await newVersion(name);
  await post('registered-models/alias', { name, alias: 'champion', version: '1' });
});

const encoded = (text: string) => encodeURIComponent(text);
const ids = () => ({
  dataset: `dataset:${experimentId}:${encoded("it's")}:d`,
  run: `run:${runId}`,
  sibling: `run:${sibling}`,
  model: `logged_model:${modelId}`,
  first: `model_version:${encoded(name)}:1`,
  second: `model_version:${encoded(name)}:2`,
  alias: `alias:${encoded(name)}:champion`,
});

const chain = () => {
  const { dataset, run, model, first, alias } = ids();
  return [`${dataset} > ${run}`, `${first} > ${alias}`, `${model} > ${first}`, `${run} > ${model}`].toSorted();
};

describe('200', () => {
  test('an alias leads back to the dataset', async () => {
    const { dataset, run, model, first, alias } = ids();
    const answer = await lineage({ name, alias: 'champion' });
    expect(answer.status).toBe(200);
    expect(idsOf(answer)).toEqual([alias, first, model, run, dataset]);
    expect(edgesOf(answer)).toEqual(chain());
    expect(valueAt(answer, 'is_truncated')).toBe(false);
  });

  test('a dataset leads to all that came of it', async () => {
    const { dataset, run, sibling, model, first, second, alias } = ids();
    const answer = await lineage({ experiment_id: experimentId, dataset_name: "it's", dataset_digest: 'd' });
    expect(idsOf(answer)[0]).toBe(dataset);
    expect(idsOf(answer).toSorted()).toEqual([dataset, run, sibling, model, first, second, alias].toSorted());
    expect(edgesOf(answer)).toEqual([...chain(), `${dataset} > ${sibling}`, `${run} > ${second}`].toSorted());
  });

  test('a run, a logged model and a version lead both ways, and not to their siblings', async () => {
    const { dataset, run, model, first, second, alias } = ids();
    const all = [dataset, run, model, first, alias];
    expect(idsOf(await lineage({ run_id: runId })).toSorted()).toEqual([...all, second].toSorted());
    for (const query of [{ model_id: modelId }, { name, version: '1' }]) {
      const answer = await lineage(query);
      expect(idsOf(answer).toSorted()).toEqual(all.toSorted());
      expect(edgesOf(answer)).toEqual(chain());
    }
    expect(idsOf(await lineage({ name, version: '2' }))).toEqual([second, run, dataset]);
    expect(idsOf(await lineage({ name, version: '3' }))).toHaveLength(1);
    expect(idsOf(await lineage({ name, alias: 'latest' }))).toHaveLength(1);
  });

  test('one way is asked for, or a few steps', async () => {
    const { run, model, first, dataset, alias } = ids();
    expect(idsOf(await lineage({ model_id: modelId, direction: 'UPSTREAM' }))).toEqual([model, run, dataset]);
    expect(idsOf(await lineage({ model_id: modelId, direction: 'DOWNSTREAM' }))).toEqual([model, first, alias]);
    const near = await lineage({ model_id: modelId, max_depth: 1 });
    expect(idsOf(near).toSorted()).toEqual([model, run, first].toSorted());
  });

  test('nodes tell what they are', async () => {
    const { body } = await lineage({ name, alias: 'champion' });
    expect(body).toMatchObject({
      nodes: [
        { kind: 'alias', name, alias: 'champion', version: '1' },
        { kind: 'model_version', name, version: '1', current_stage: 'None' },
        { kind: 'logged_model', model_id: modelId, experiment_id: experimentId },
        { kind: 'run', run_id: runId, experiment_id: experimentId, lifecycle_stage: 'active' },
        { kind: 'dataset', experiment_id: experimentId, name: "it's", digest: 'd' },
      ],
    });
  });

  test('what there is no room for is told of', async () => {
    const { dataset } = ids();
    const few = await lineage({ experiment_id: experimentId, dataset_name: "it's", dataset_digest: 'd', max_nodes: 2 });
    expect(idsOf(few)).toHaveLength(2);
    expect(idsOf(few)[0]).toBe(dataset);
    expect(valueAt(few, 'is_truncated')).toBe(true);
  });

  test('agrees with the store once something is gone', async () => {
    const model = await newModel({ experiment_id: experimentId, source_run_id: 'gone' });
    expect(idsOf(await lineage({ model_id: model }))).toEqual([`logged_model:${model}`]);
    const run = await newRun({ experiment_id: experimentId });
    const deleted = await newModel({ experiment_id: experimentId, source_run_id: run });
    expect(idsOf(await lineage({ run_id: run }))).toEqual([`run:${run}`, `logged_model:${deleted}`]);
    await call('DELETE', `/api/2.0/mlflow/logged-models/${deleted}`);
    expect(idsOf(await lineage({ run_id: run }))).toEqual([`run:${run}`]);
    await post('runs/delete', { run_id: run });
    expect((await lineage({ run_id: run })).body).toMatchObject({ nodes: [{ lifecycle_stage: 'deleted' }] });
  });
});

describe('400', () => {
  test.each([
    {},
    { run_id: '' },
    { name: 'm' },
    { version: '1' },
    { run_id: 'r', model_id: 'm' },
    { name: 'm', version: '1', alias: 'a' },
    { experiment_id: '0', dataset_name: 'd' },
    { run_id: 'r', max_nodes: 0 },
    { run_id: 'r', max_nodes: 1001 },
    { run_id: 'r', max_depth: 5 },
    { run_id: 'r', direction: 'SIDEWAYS' },
  ])('%j is refused', async (query) => {
    expect(await lineage(query)).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });
});

test('404: what is not there has no lineage', async () => {
  const missing: readonly Query[] = [
    { run_id: '0'.repeat(32) },
    { model_id: 'm-none' },
    { name: 'none', version: '1' },
    { name, version: '99' },
    { experiment_id: experimentId, dataset_name: 'none', dataset_digest: 'd' },
  ];
  for (const query of missing) {
    expect(await lineage(query)).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  }
});
