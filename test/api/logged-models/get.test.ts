import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectNotFound, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const get = (id: string, query = {}) => app.get(`logged-models/${id}`, query);
const notFound = (id: string) => `Logged model with ID '${id}' not found.`;

describe('200', () => {
  test('finds a deleted model when asked to', async () => {
    const id = await app.newModel({ name: 'n' });
    expect((await app.call('DELETE', `/api/2.0/mlflow/logged-models/${id}`)).status).toBe(200);
    expectNotFound(await get(id), notFound(id));
    expectNotFound(await get(id, { allow_deleted: 'false' }), notFound(id));
    for (const yes of ['true', 'TRUE']) {
      expect(valueAt(await get(id, { allow_deleted: yes }), 'model', 'info', 'name')).toBe('n');
    }
  });
});

describe('404', () => {
  test.each([NO_MODEL, 'x', 'm-', 'm-x', NO_MODEL.slice(2), 'm'.repeat(5000)])('nobody made %s', async (id) => {
    expectNotFound(await get(id), notFound(id));
  });

  test('an escaped id is decoded once', async () => {
    expectNotFound(await get('a%2Fb%2520c'), notFound('a/b%20c'));
  });
});
