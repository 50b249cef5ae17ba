import { describe, expect, test } from 'vitest';
import {
  changesBetween,
  type HolderChange,
  hasPassed,
  type Promotion,
  planRollback,
  promotionIdFor,
} from '../../../functions/domain/promotion/history.ts';
import type { PromotionTarget } from '../../../functions/domain/promotion/target.ts';
import { expectRefusal } from '../expect-refusal.ts';
import { CHAMPION, modelWith, PRODUCTION, policyWith, ruleWith, STAGING } from './samples.ts';

const gate = [{ scope: 'model', policy: policyWith([ruleWith({ needsDescription: true })]) }] as const;

describe('what changes', () => {
  test('is each target whose holders do', () => {
    const before = modelWith('P-S', { champion: 1, blue: 2 });
    const after = modelWith('APS', { champion: 3, green: 1 });
    expect(changesBetween(before, after, gate)).toEqual([
      { target: PRODUCTION, entered: [2], left: [1], isGated: true },
      { target: CHAMPION, entered: [3], left: [1], isGated: false },
      { target: { kind: 'alias', alias: 'blue' }, entered: [], left: [2], isGated: false },
      { target: { kind: 'alias', alias: 'green' }, entered: [1], left: [], isGated: false },
    ]);
  });

  test('is nothing when a version only leaves what has no gate', () => {
    expect(changesBetween(modelWith('-'), modelWith('A'), [])).toEqual([]);
    expect(changesBetween(modelWith('P'), modelWith('P'), [])).toEqual([]);
  });
});

let ids = 0;

const change = (target: PromotionTarget, entered: readonly number[], left: readonly number[] = []): HolderChange => ({
  target,
  entered,
  left,
  isGated: false,
});

const promotion = (changes: readonly HolderChange[], undoes?: Promotion['undoes']): Promotion => {
  ids += 1;
  const record = { kind: 'direct', by: undefined, time: ids, comment: '', requestId: undefined } as const;
  return { promotionId: `p${ids}`, registeredModelId: 'm1', ...record, undoes, changes };
};

describe('a rollback', () => {
  const first = promotion([change(PRODUCTION, [1])]);
  const second = promotion([change(PRODUCTION, [2], [1]), change(STAGING, [], [2])]);
  const history = [first, second];
  const plan = (
    stages: string,
    of: readonly Promotion[] = history,
    target: PromotionTarget = PRODUCTION,
    wanted?: number,
  ) => planRollback({ model: modelWith(stages), target, history: of, wanted });

  test('undoes the last change of its target', () => {
    expect(plan('AP')).toEqual({
      versionNumbers: [1],
      undoes: { promotionId: second.promotionId, target: PRODUCTION },
    });
  });

  test('leaves what else holds the target', () => {
    expect(plan('PP', [promotion([change(PRODUCTION, [2])])]).versionNumbers).toEqual([1]);
  });

  test('goes on from what it undid, at this target and no other', () => {
    const undone = promotion([change(PRODUCTION, [1], [2])], { promotionId: second.promotionId, target: PRODUCTION });
    const all = [...history, undone];
    expectRefusal(
      () => plan('PA', all),
      "No version of registered model 'm' held stage 'Production' before: there is nothing to roll back to.",
    );
    expect(plan('PA', all, STAGING)).toMatchObject({ versionNumbers: [2] });
  });

  test('is of a target that was ever held', () => {
    expectRefusal(
      () => plan('--', [], CHAMPION),
      "No version of registered model 'm' held alias 'champion' before: there is nothing to roll back to.",
    );
  });

  test('says when what it would bring back is gone', () => {
    expectRefusal(
      () => plan('xP'),
      "No version of registered model 'm' held stage 'Production' before: there is nothing to roll back to. " +
        'Version 1, which did, was deleted.',
    );
  });

  test('brings back the version that is named, if it ever held the target and is there', () => {
    expect(plan('AP', history, PRODUCTION, 1)).toEqual({ versionNumbers: [1], undoes: undefined });
    expect(plan('AP', history, STAGING, 2)).toEqual({ versionNumbers: [2], undoes: undefined });
    for (const [stages, wanted] of [
      ['xP', 1],
      ['AP-', 3],
    ] as const) {
      expectRefusal(
        () => plan(stages, history, PRODUCTION, wanted),
        `Version ${wanted} of registered model 'm' never held stage 'Production'.`,
      );
    }
  });
});

test('promotions sort by their number', () => {
  expect([9, 10].map(promotionIdFor)).toEqual(['0000000009', '0000000010']);
});

test('a version has passed a gate that stood there when it came, or when it was replaced', () => {
  const gated = { ...change(PRODUCTION, [2], [1]), isGated: true };
  const history = [promotion([change(PRODUCTION, [3])]), promotion([gated]), promotion([change(CHAMPION, [3])])];
  expect([1, 2, 3].map((number) => hasPassed(history, PRODUCTION, number))).toEqual([true, true, false]);
});
