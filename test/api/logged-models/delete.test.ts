import { describe, expect, test } from 'vitest';
import { listAt, openTestApp } from '../../support/test-app.ts';
import { expectNotFound, expectOk, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const remove = (id: string) => app.call('DELETE', `/api/2.0/mlflow/logged-models/${id}`);

describe('200', () => {
  test('hides the model from gets and searches, also the second time', async () => {
    const experimentId = await app.newExperiment();
    const id = await app.newModel({ experiment_id: experimentId });
    expectOk(await remove(id));
    expectOk(await remove(id));
    expectNotFound(await app.get(`logged-models/${id}`), `Logged model with ID '${id}' not found.`);
    expect(listAt(await app.post('logged-models/search', { experiment_ids: [experimentId] }), 'models')).toEqual([]);
  });
});

describe('404', () => {
  test('there is no such model', async () => {
    expectNotFound(await remove(NO_MODEL), `Logged model with ID '${NO_MODEL}' not found.`);
  });
});
