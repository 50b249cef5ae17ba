import { describe, expect, test } from 'vitest';
import { valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';
import { BAD_NAME, noModel, noVersion, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const set = (name: string, alias: unknown, version: unknown) =>
  app.post('registered-models/alias', { name, alias, version });
const get = (name: string, alias: string) => app.get('registered-models/alias', { name, alias });
const unset = (name: string, alias: unknown) => app.remove('registered-models/alias', { name, alias });

const name = await app.newRegisteredModel();
for (const _ of [1, 2, 3]) await app.newVersion(name);

describe('200', () => {
  test('an alias stands for a version, moves and goes', async () => {
    expectOk(await set(name, 'champion', '1'));
    expectOk(await set(name, 'Champion', ' 2 '));
    expect(valueAt(await get(name, 'champion'), 'model_version')).toMatchObject({
      version: '1',
      aliases: ['champion'],
    });
    expectOk(await set(name, 'champion', '2'));
    const expected = { version: '2', aliases: ['Champion', 'champion'] };
    expect(valueAt(await get(name, 'champion'), 'model_version')).toMatchObject(expected);
    expectOk(await unset(name, 'champion'));
    expectOk(await unset(name, 'champion'));
    expectInvalid(await get(name, 'champion'), 'Registered model alias champion not found.');
  });

  test('latest is the highest version, whatever its stage', async () => {
    await app.post('model-versions/transition-stage', { name, version: '1', stage: 'Production' });
    expect(valueAt(await get(name, 'LATEST'), 'model_version', 'version')).toBe('3');
  });

  test('an alias goes with its version', async () => {
    const model = await app.newRegisteredModel();
    await app.newVersion(model);
    await set(model, 'a', '1');
    await app.remove('model-versions/delete', { name: model, version: '1' });
    expect(await app.modelOf(model)).not.toHaveProperty('aliases');
    expectInvalid(await get(model, 'a'), 'Registered model alias a not found.');
    expectNotFound(await get(model, 'latest'), `Latest version not found for model ${model}.`);
  });
});

describe('400', () => {
  test.each([
    ['latest', "'latest' alias name (case insensitive) is reserved."],
    ['V1', "Version alias name 'V1' is reserved."],
    ['a b', "Invalid alias name: 'a b'. Names may only contain alphanumerics, underscores (_), and dashes (-)."],
  ])('%s cannot be set', async (alias, message) => {
    expectInvalid(await set(name, alias, '1'), message);
  });

  test('what is wrong is named in MLflow’s order', async () => {
    expectMissing(await app.post('registered-models/alias', { name, alias: 'x' }), 'version');
    expectInvalid(await set('a/b', 'latest', 'abc'), BAD_NAME);
    expectInvalid(await set('nobody', 'x', 'abc'), "Parameter 'version' must be an integer, got 'abc'.");
    expectInvalid(await unset('a/b', 'x'), BAD_NAME);
    expectInvalid(await get('a/b', 'x'), BAD_NAME);
  });
});

test('404', async () => {
  expectNotFound(await set(name, 'x', '9'), noVersion(name, 9));
  expectNotFound(await set('nobody', 'x', '1'), noVersion('nobody', 1));
  expectNotFound(await get('nobody', 'x'), noModel('nobody'));
  expectNotFound(await get('nobody', 'latest'), noModel('nobody'));
  expectNotFound(await unset('nobody', 'x'), noModel('nobody'));
});
