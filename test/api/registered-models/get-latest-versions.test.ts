import { describe, expect, test } from 'vitest';
import { column } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';
import { noModel, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const latest = (name: string, stages?: readonly unknown[]) =>
  app.post('registered-models/get-latest-versions', { name, stages });

const name = await app.newRegisteredModel();
for (const _ of [1, 2, 3, 4]) await app.newVersion(name);
for (const [version, stage] of [
  ['2', 'Production'],
  ['3', 'Production'],
  ['1', 'Archived'],
]) {
  await app.post('model-versions/transition-stage', { name, version, stage });
}
await app.post('registered-models/alias', { name, alias: 'best', version: '3' });

describe('200', () => {
  test.each<[readonly string[] | undefined, readonly string[]]>([
    [undefined, ['1', '3', '4']],
    [[], ['1', '3', '4']],
    [['production'], ['3']],
    [
      ['NONE', 'Archived'],
      ['1', '4'],
    ],
    [['Staging'], []],
  ])('of %j are %j', async (stages, versions) => {
    expect(column(await latest(name, stages), ['model_versions'], 'version')).toEqual(versions);
  });

  test('come with their aliases, also by GET', async () => {
    const answer = await app.get('registered-models/get-latest-versions', { name, stages: ['Production'] });
    expect(column(answer, ['model_versions'], 'aliases')).toEqual([['best']]);
  });

  test('of a model without versions are none', async () => {
    expectOk(await latest(await app.newRegisteredModel()));
  });
});

test('400', async () => {
  expectMissing(await app.post('registered-models/get-latest-versions', {}), 'name');
  expectInvalid(
    await latest(name, ['Production', 'odd']),
    'Invalid Model Version stage: odd. Value must be one of None, Staging, Production, Archived.',
  );
});

test('404', async () => {
  expectNotFound(await latest('nobody'), noModel('nobody'));
});
