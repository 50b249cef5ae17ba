import { expect, test } from 'vitest';
import { listAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';
import { BAD_NAME, noModel, noVersion, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const remove = (name: unknown) => app.remove('registered-models/delete', { name });

test('200: deletes the model with its versions and aliases; the name is free and the numbers begin anew', async () => {
  const name = await app.newRegisteredModel({ tags: [{ key: 'a', value: '1' }] });
  for (const _ of [1, 2]) await app.newVersion(name);
  await app.post('registered-models/alias', { name, alias: 'best', version: '2' });
  expectOk(await remove(name));
  expectNotFound(await remove(name), noModel(name));
  expectNotFound(await app.get('model-versions/get', { name, version: '1' }), noVersion(name, 1));
  expectNotFound(await app.get('registered-models/alias', { name, alias: 'best' }), noModel(name));
  expect(listAt(await app.get('model-versions/search', { filter: `name = '${name}'` }), 'model_versions')).toEqual([]);
  await app.post('registered-models/create', { name });
  await app.newVersion(name);
  expect(await app.versionOf(name, '1')).not.toHaveProperty('aliases');
  expect(await app.modelOf(name)).not.toHaveProperty('tags');
});

test('400: the name stands in the body', async () => {
  const name = await app.newRegisteredModel();
  expectMissing(await app.remove(`registered-models/delete?name=${encodeURIComponent(name)}`, {}), 'name');
  expectInvalid(await remove('a/b'), BAD_NAME);
});

test('404', async () => {
  expectNotFound(await remove('nobody'), noModel('nobody'));
});
