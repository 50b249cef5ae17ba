import { describe, expect, test } from 'vitest';
import type { ModelVersion, RegisteredModel } from '../../functions/domain/entities.ts';
import {
  aliasesOf,
  lastUpdateOf,
  noSuchVersion,
  parseVersionNumber,
  sortedAliases,
  viewOfVersion,
  withoutVersion,
  withTransition,
  withVersion,
} from '../../functions/domain/model-version.ts';
import { IS_PROMPT_TAG } from '../../functions/domain/prompt.ts';
import { stageOfVersion } from '../../functions/domain/version-stages.ts';
import { BLANK_REGISTERED_MODEL as MODEL } from './blank-registered-model.ts';
import { expectRefusal } from './expect-refusal.ts';

const VERSION: ModelVersion = {
  registeredModelId: 'id',
  versionNumber: 2,
  creationTime: 10,
  lastUpdateTime: 10,
  description: '',
  source: 's3://b/m',
  storageLocation: 's3://b/m',
  runId: '',
  loggedModelId: undefined,
  runLink: '',
  tags: new Map(),
};

const NONE = new Map<string, string>();
const withVersions = (count: number, model = MODEL) =>
  Array.from({ length: count }).reduce<RegisteredModel>(
    (current) => withVersion(current, { tags: NONE, now: 10 }),
    model,
  );

describe('parseVersionNumber', () => {
  test.each([
    ['1', 1],
    [' 01 ', 1],
    ['+1', 1],
    ['1_0', 10],
    ['-3', -3],
  ])('reads %j as Python does', (text, number) => {
    expect(parseVersionNumber(text)).toBe(number);
  });

  test.each(['', 'abc', '1.0', '1e0', 'latest', '1__0'])('refuses %j', (text) => {
    expectRefusal(() => parseVersionNumber(text), `Parameter 'version' must be an integer, got '${text}'.`);
  });
});

test('a version that is not there is named with its model', () => {
  expect(noSuchVersion('m', 3)).toMatchObject({
    code: 'RESOURCE_DOES_NOT_EXIST',
    message: 'Model Version (name=m, version=3) not found',
  });
});

describe('a version as a reader sees it', () => {
  test('is there when its model says so', () => {
    expect(viewOfVersion(withVersions(1), VERSION)).toBeUndefined();
    expect(viewOfVersion(withVersions(2), VERSION)).toMatchObject({ stage: 'None', version: VERSION });
  });

  test('was changed with its stage, its model’s name, or by itself, whichever came last', () => {
    const view = (model: Partial<RegisteredModel>) => ({
      model: { ...MODEL, ...model },
      version: VERSION,
      stage: 'None' as const,
    });
    expect(lastUpdateOf(view({}))).toBe(10);
    expect(lastUpdateOf(view({ renameTime: 11 }))).toBe(11);
    expect(lastUpdateOf(view({ renameTime: 11, stageTimes: new Map([[2, 12]]) }))).toBe(12);
    expect(lastUpdateOf(view({ stageTimes: new Map([[1, 12]]) }))).toBe(10);
  });

  test('has its own aliases, by name', () => {
    const aliases = new Map([
      ['z', 2],
      ['other', 1],
      ['\uff5e', 2],
      ['\u{1f600}', 2],
      ['a', 2],
    ]);
    expect(aliasesOf({ model: { ...MODEL, aliases }, version: VERSION, stage: 'None' })).toEqual([
      ...['a', 'z', '\uff5e', '\u{1f600}'],
    ]);
    expect(sortedAliases({ ...MODEL, aliases })[1]).toEqual(['other', 1]);
  });
});

describe('a model', () => {
  test('counts its versions up, and is changed by each', () => {
    expect(withVersions(3)).toMatchObject({ stages: '---', lastUpdateTime: 10, hasPrompts: false });
  });

  test('remembers that a version is a prompt’s', () => {
    const prompt = withVersion(MODEL, { tags: new Map([[IS_PROMPT_TAG, 'true']]), now: 10 });
    expect(prompt.hasPrompts).toBe(true);
    expect(withVersions(1, prompt).hasPrompts).toBe(true);
    expect(withVersion(MODEL, { tags: new Map([[IS_PROMPT_TAG, 'True']]), now: 10 }).hasPrompts).toBe(false);
  });

  test('loses a version with its aliases, and keeps the number used', () => {
    const aliases = new Map([
      ['a', 2],
      ['b', 1],
    ]);
    const stageTimes = new Map([
      [1, 5],
      [2, 6],
    ]);
    const model = withoutVersion({ ...withVersions(2), aliases, stageTimes }, 2, 20);
    expect(model).toMatchObject({ aliases: new Map([['b', 1]]), stageTimes: new Map([[1, 5]]), lastUpdateTime: 20 });
    expect(stageOfVersion(model.stages, 2)).toBeUndefined();
    expect(stageOfVersion(withVersions(1, model).stages, 3)).toBe('None');
  });

  test('moves a version into a stage beside the others', () => {
    const move = { stage: 'Production', archivesOthers: false, now: 20 } as const;
    const first = withTransition(withVersions(3), { ...move, versionNumber: 1 });
    const both = withTransition(first, { ...move, versionNumber: 3 });
    expect([1, 2, 3].map((number) => stageOfVersion(both.stages, number))).toEqual([
      'Production',
      'None',
      'Production',
    ]);
    expect(both.stageTimes).toEqual(
      new Map([
        [1, 20],
        [3, 20],
      ]),
    );
  });

  test('archives the others of the stage when it is to, and never the version itself', () => {
    const move = { stage: 'Production', archivesOthers: true } as const;
    const first = withTransition(withVersions(2), { ...move, versionNumber: 1, now: 20 });
    const second = withTransition(first, { ...move, versionNumber: 2, now: 30 });
    const again = withTransition(second, { ...move, versionNumber: 2, now: 40 });
    expect([1, 2].map((number) => stageOfVersion(again.stages, number))).toEqual(['Archived', 'Production']);
    expect(again).toMatchObject({ lastUpdateTime: 40 });
    expect([...again.stageTimes]).toEqual([
      [1, 30],
      [2, 40],
    ]);
  });
});
