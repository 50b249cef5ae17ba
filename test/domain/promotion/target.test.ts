import { describe, expect, test } from 'vitest';
import {
  findGatedStage,
  holdersOf,
  isSameTarget,
  nameOfTarget,
  parseTarget,
  withEntrance,
  withHolders,
} from '../../../functions/domain/promotion/target.ts';
import { expectRefusal } from '../expect-refusal.ts';
import { CHAMPION, modelWith, PRODUCTION, STAGING } from './samples.ts';

describe('a target', () => {
  test('is a stage in any case, or an alias', () => {
    expect(parseTarget('production')).toEqual(PRODUCTION);
    expect(parseTarget('', 'champion')).toEqual(CHAMPION);
    expect([PRODUCTION, CHAMPION].map(nameOfTarget)).toEqual(["stage 'Production'", "alias 'champion'"]);
    expect(isSameTarget({ kind: 'alias', alias: 'Production' }, PRODUCTION)).toBe(false);
  });

  test.each<[string, string | undefined, string | undefined, string]>([
    ['none', undefined, undefined, "Name one target: a 'stage' or an 'alias'."],
    ['both', 'Staging', 'a', "Name one target: a 'stage' or an 'alias'."],
    [
      'a stage without a gate',
      'None',
      '',
      "Nothing is promoted into stage 'None'. Stages with a gate are Staging, Production.",
    ],
    ['a reserved alias', '', 'latest', "'latest' alias name (case insensitive) is reserved."],
  ])('is not %s', (_, stage, alias, message) => {
    expectRefusal(() => parseTarget(stage, alias), message);
  });

  test('is no stage that only takes versions out of use', () => {
    expect(['staging', 'archived', 'None'].map(findGatedStage)).toEqual(['Staging', undefined, undefined]);
  });
});

describe('what holds a target', () => {
  test('are the versions in the stage, or the one of the alias', () => {
    const model = modelWith('PSP', { champion: 2 });
    expect([PRODUCTION, STAGING, CHAMPION].map((target) => holdersOf(model, target))).toEqual([[1, 3], [2], [2]]);
    expect(holdersOf(modelWith('-'), CHAMPION)).toEqual([]);
  });

  test('changes as MLflow’s own calls change it', () => {
    const entrance = { versionNumber: 2, archivesOthers: true, now: 9 };
    expect(withEntrance(modelWith('P-'), PRODUCTION, entrance).stages).toBe('AP');
    expect(withEntrance(modelWith('P-', { champion: 1 }), CHAMPION, entrance).aliases.get('champion')).toBe(2);
  });

  test('can be said exactly: whoever leaves a stage is archived', () => {
    const restored = withHolders(modelWith('AAPP'), PRODUCTION, [1, 3], 9);
    expect(restored.stages).toBe('PAPA');
    expect([...restored.stageTimes]).toEqual([
      [4, 9],
      [1, 9],
    ]);
    expect(withHolders(modelWith('--', { champion: 2 }), CHAMPION, [1], 9).aliases.get('champion')).toBe(1);
  });
});
