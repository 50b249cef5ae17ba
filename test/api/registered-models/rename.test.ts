import { describe, expect, test } from 'vitest';
import { uniqueName, valueAt } from '../../support/test-app.ts';
import { expectError, expectInvalid, expectMissing, expectNotFound } from '../expect-answer.ts';
import { BAD_NAME, noModel, noVersion, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const rename = (name: unknown, newName: unknown) => app.post('registered-models/rename', { name, new_name: newName });

describe('200', () => {
  test('moves versions, aliases and tags along, and changes model and versions', async () => {
    const name = await app.newRegisteredModel({ tags: [{ key: 'a', value: '1' }] });
    await app.newVersion(name);
    await app.post('registered-models/alias', { name, alias: 'best', version: '1' });
    const newName = uniqueName('renamed');
    const answer = await rename(name, newName);
    const model = valueAt(answer, 'registered_model');
    expect(model).toMatchObject({
      name: newName,
      tags: [{ key: 'a', value: '1' }],
      aliases: [{ alias: 'best', version: '1' }],
      latest_versions: [{ name: newName, version: '1' }],
    });
    const renamedAt = valueAt(answer, 'registered_model', 'last_updated_timestamp');
    expect(await app.versionOf(newName, '1')).toMatchObject({ name: newName, last_updated_timestamp: renamedAt });
    expectNotFound(await app.get('registered-models/get', { name }), noModel(name));
    expectNotFound(await app.get('model-versions/get', { name, version: '1' }), noVersion(name, 1));
  });

  test('gives the old name free', async () => {
    const name = await app.newRegisteredModel();
    await rename(name, uniqueName('renamed'));
    expect((await app.post('registered-models/create', { name })).status).toBe(200);
  });
});

test('400', async () => {
  const [name, other] = [await app.newRegisteredModel(), await app.newRegisteredModel()];
  expectError(
    await rename(name, other),
    400,
    'RESOURCE_ALREADY_EXISTS',
    `Registered Model (name=${other}) already exists.`,
  );
  expectMissing(await rename(name, ''), 'new_name');
  expectInvalid(await rename(name, ' '), "Missing value for required parameter 'new_name'.");
  expectInvalid(await rename(name, 'a/b'), BAD_NAME);
  expectInvalid(await rename('a/b', 'x'), BAD_NAME);
});

test('404', async () => {
  expectNotFound(await rename('nobody', 'somebody'), noModel('nobody'));
});
