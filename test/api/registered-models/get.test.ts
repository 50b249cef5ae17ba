import { describe, expect, test } from 'vitest';
import { column } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound } from '../expect-answer.ts';
import { BAD_NAME, noModel, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();

describe('200', () => {
  test('gives the highest version of each stage without aliases, and the aliases with their versions', async () => {
    const name = await app.newRegisteredModel();
    for (const _ of [1, 2, 3]) await app.newVersion(name);
    await app.post('model-versions/transition-stage', { name, version: '1', stage: 'Production' });
    for (const alias of ['z', 'a']) await app.post('registered-models/alias', { name, alias, version: '3' });
    const answer = await app.get('registered-models/get', { name });
    const place = ['registered_model', 'latest_versions'];
    expect(column(answer, place, 'version')).toEqual(['1', '3']);
    expect(column(answer, place, 'current_stage')).toEqual(['Production', 'None']);
    expect(column(answer, place, 'aliases')).toEqual([undefined, undefined]);
    expect(await app.modelOf(name)).toMatchObject({
      aliases: [
        { alias: 'a', version: '3' },
        { alias: 'z', version: '3' },
      ],
    });
  });
});

test('400', async () => {
  expectMissing(await app.get('registered-models/get'), 'name');
  expectInvalid(await app.get('registered-models/get', { name: 'a/b' }), BAD_NAME);
});

test('404', async () => {
  expectNotFound(await app.get('registered-models/get', { name: 'nobody' }), noModel('nobody'));
});
