import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectNotFound, expectOk, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const remove = (id: string, key: string) =>
  app.call('DELETE', `/api/2.0/mlflow/logged-models/${id}/tags/${encodeURIComponent(key)}`);

describe('200', () => {
  test.each(['a', 'a b', 'a/b', 'a+b', '100%', 'a%2Fb', 'é漢', 'a?b#c', '..a'])(
    'removes the tag %j alone',
    async (key) => {
      const tags = [key, 'kept'].map((name) => ({ key: name, value: 'v' }));
      const id = await app.newModel({ tags });
      expectOk(await remove(id, key));
      expect(valueAt(await app.get(`logged-models/${id}`), 'model', 'info', 'tags')).toEqual(tags.slice(1));
    },
  );
});

describe('404', () => {
  test('there is no such tag', async () => {
    const id = await app.newModel();
    expectNotFound(await remove(id, 'a'), `No tag with key 'a' found for model with ID '${id}'.`);
  });

  test('there is no such model', async () => {
    expectNotFound(await remove(NO_MODEL, 'a'), `Logged model with ID '${NO_MODEL}' not found.`);
  });
});
