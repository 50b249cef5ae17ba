import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectNotFound, expectOk, expectWrongType, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const setTags = (id: string, tags: unknown) => app.call('PATCH', `/api/2.0/mlflow/logged-models/${id}/tags`, { tags });
const tagsOf = async (id: string) => valueAt(await app.get(`logged-models/${id}`), 'model', 'info', 'tags');
const pair = (key: string, value: string) => ({ key, value });

describe('200', () => {
  test('adds and overwrites; the last of a key counts', async () => {
    const id = await app.newModel({ tags: [pair('a', '1'), pair('b', '1')] });
    expectOk(await setTags(id, [pair('b', '2'), pair('c', 'x'), pair('c', ''), pair('__proto__', 'p')]));
    expect(await tagsOf(id)).toEqual([pair('a', '1'), pair('b', '2'), pair('c', ''), pair('__proto__', 'p')]);
  });

  test.each([[[]], [undefined], [null]])('no tags change nothing: %j', async (tags) => {
    const id = await app.newModel({ tags: [pair('a', '1')] });
    expectOk(await setTags(id, tags));
    expect(await tagsOf(id)).toEqual([pair('a', '1')]);
  });
});

describe('400', () => {
  test('the tags are no list', async () => {
    expectWrongType(await setTags(NO_MODEL, 'x'), 'tags', '"x"', 'str');
  });
});

describe('404', () => {
  test('there is no such model', async () => {
    expectNotFound(await setTags(NO_MODEL, [pair('a', 'b')]), `Logged model with ID '${NO_MODEL}' not found.`);
  });
});
