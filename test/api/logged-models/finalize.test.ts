import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectMissing, expectNotFound, expectOk, expectWrongType, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const finalize = (id: string, fields: object) => app.call('PATCH', `/api/2.0/mlflow/logged-models/${id}`, fields);
const READY = 'LOGGED_MODEL_READY';

describe('200', () => {
  test.each([
    [READY, READY],
    ['LOGGED_MODEL_UPLOAD_FAILED', 'LOGGED_MODEL_UPLOAD_FAILED'],
    ['LOGGED_MODEL_PENDING', 'LOGGED_MODEL_PENDING'],
    [2, READY],
  ])('sets the status %j and answers the model', async (status, stored) => {
    const id = await app.newModel();
    const before = Object(valueAt(await app.get(`logged-models/${id}`), 'model', 'info'));
    const answer = await finalize(id, { model_id: id, status });
    expect(valueAt(answer, 'model', 'info')).toMatchObject({ model_id: id, status: stored });
    expect(valueAt(answer, 'model', 'info', 'last_updated_timestamp_ms')).toBeGreaterThan(
      before.last_updated_timestamp_ms,
    );
    expectOk(await app.get(`logged-models/${id}`), answer.body);
  });

  test('a deleted model can be finalized still', async () => {
    const id = await app.newModel();
    expectOk(await app.call('DELETE', `/api/2.0/mlflow/logged-models/${id}`));
    expect((await finalize(id, { model_id: id, status: READY })).status).toBe(200);
  });

  test('the id of the path counts, not that of the body', async () => {
    const [id, other] = [await app.newModel(), await app.newModel()];
    const answer = await finalize(id, { model_id: other, status: READY });
    expect(valueAt(answer, 'model', 'info', 'model_id')).toBe(id);
  });
});

describe('400', () => {
  test('the body lacks the id or the status', async () => {
    const id = await app.newModel();
    expectMissing(await finalize(id, { status: READY }), 'model_id');
    expectMissing(await finalize(id, { model_id: id }), 'status');
  });

  test('the status is unknown', async () => {
    expectWrongType(await finalize(NO_MODEL, { model_id: 'x', status: 'DONE' }), 'status', '"DONE"', 'str');
  });
});

describe('404', () => {
  test('there is no such model', async () => {
    const answer = await finalize(NO_MODEL, { model_id: NO_MODEL, status: READY });
    expectNotFound(answer, `Logged model with ID '${NO_MODEL}' not found.`);
  });
});
