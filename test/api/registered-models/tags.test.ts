import { describe, expect, test } from 'vitest';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';
import { BAD_NAME, noModel, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const set = (name: string, key: unknown, value?: unknown) =>
  app.post('registered-models/set-tag', { name, key, value });
const unset = (name: string, key: unknown) => app.remove('registered-models/delete-tag', { name, key });

describe('200', () => {
  test('sets, sets again and deletes, and leaves the times alone', async () => {
    const name = await app.newRegisteredModel();
    const before = Object(await app.modelOf(name)).last_updated_timestamp;
    expectOk(await set(name, 'a', '1'));
    expectOk(await set(name, 'a', '2'));
    expectOk(await set(name, 'b'));
    expect(await app.modelOf(name)).toMatchObject({
      last_updated_timestamp: before,
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: '' },
      ],
    });
    expectOk(await unset(name, 'a'));
    expectOk(await unset(name, 'a'));
    expect(await app.modelOf(name)).toMatchObject({ tags: [{ key: 'b', value: '' }] });
  });
});

test('400', async () => {
  expectMissing(await set('m', ''), 'key');
  expectInvalid(await set('a/b', 'a*b'), BAD_NAME);
  expectInvalid(
    await set('nobody', 'k', 'v'.repeat(100_001)),
    "'value' exceeds the maximum length of 100000 characters",
  );
  expectInvalid(await unset('a/b', 'a'), BAD_NAME);
  expect((await unset('nobody', 'a*b')).status).toBe(400);
});

test('404', async () => {
  expectNotFound(await set('nobody', 'a', '1'), noModel('nobody'));
  expectNotFound(await unset('nobody', 'a'), noModel('nobody'));
});
