import { describe, expect, test } from 'vitest';
import {
  isInForce,
  type PromotionRule,
  policiesOf,
  protectedTargets,
  protectionsOf,
  rulesFor,
  validatePolicy,
} from '../../../functions/domain/promotion/policy.ts';
import { expectRefusal } from '../expect-refusal.ts';
import { CHAMPION, modelWith, PRODUCTION, policyWith, ruleWith, STAGING } from './samples.ts';

const described = ruleWith({ needsDescription: true });
const signed = ruleWith({ stages: [], aliases: ['champion'], needsSignature: true });

describe('the policies of a model', () => {
  test('are its own beside that of all models, which is nothing when it says nothing', () => {
    const own = { ...modelWith('-'), policy: policyWith([signed]) };
    const byDefault = policyWith([described]);
    expect(policiesOf(own, byDefault).map(({ scope }) => scope)).toEqual(['default', 'model']);
    expect(policiesOf(own, policyWith([])).map(({ scope }) => scope)).toEqual(['model']);
    expect(policiesOf(modelWith('-'), undefined)).toEqual([]);
    expect(isInForce(policyWith([], ['blue']))).toBe(true);
  });

  test('have rules for targets', () => {
    const policies = policiesOf(
      { ...modelWith('-'), policy: policyWith([signed, described]) },
      policyWith([described]),
    );
    expect(rulesFor(policies, PRODUCTION)).toEqual([
      { scope: 'default', rule: described },
      { scope: 'model', rule: described },
    ]);
    expect(rulesFor(policies, CHAMPION)).toEqual([{ scope: 'model', rule: signed }]);
    expect(rulesFor(policies, STAGING)).toEqual([]);
  });
});

describe('what is protected', () => {
  const policies = policiesOf({ ...modelWith('-'), policy: policyWith([signed], ['champion', 'blue']) }, undefined);

  test('is whatever is in use, where there is a policy', () => {
    expect(protectedTargets([])).toEqual([]);
    expect(protectedTargets(policies)).toEqual([STAGING, PRODUCTION, CHAMPION, { kind: 'alias', alias: 'blue' }]);
  });

  test('is told of a version, or of all of a model', () => {
    const model = modelWith('PS-', { champion: 2, free: 3 });
    expect(protectionsOf(model, policies, 1)).toEqual(["stage 'Production' (version 1)"]);
    expect(protectionsOf(model, policies, 3)).toEqual([]);
    expect(protectionsOf(model, policies)).toEqual([
      "stage 'Staging' (version 2)",
      "stage 'Production' (version 1)",
      "alias 'champion' (version 2)",
    ]);
    expect(protectionsOf(model, [])).toEqual([]);
  });
});

describe('a policy', () => {
  const many = <T>(count: number, item: T): T[] => new Array<T>(count).fill(item);
  const metric = { key: 'm', comparator: '>', value: 1 } as const;

  test('may have up to its limits', () => {
    const rule = ruleWith({
      aliases: many(50, 'a'),
      metrics: many(20, { ...metric, key: 'k'.repeat(250) }),
      tags: [...many(19, { key: 't', value: 'v'.repeat(1000) }), { key: 't', value: undefined }],
      approvals: { count: 20, users: many(100, 'u'.repeat(255)), roles: many(100, 'r') },
    });
    expect(() => validatePolicy(policyWith(many(20, rule), many(50, 'a')))).not.toThrow();
    expect(() => validatePolicy(policyWith([], ['a']))).not.toThrow();
    expect(() => validatePolicy(policyWith([signed]))).not.toThrow();
    expect(() =>
      validatePolicy(policyWith([ruleWith({ approvals: { count: 1, users: [], roles: [] } })])),
    ).not.toThrow();
  });

  test.each<[Partial<PromotionRule>, string]>([
    [{}, 'rules[0] demands nothing.'],
    [{ stages: [], needsSignature: true }, 'rules[0] names no target: no stage and no alias.'],
    [{ aliases: many(51, 'a'), needsSignature: true }, 'rules[0].aliases can have 50 items at most. Received 51.'],
    [{ aliases: ['v1'], needsSignature: true }, "Version alias name 'v1' is reserved."],
    [{ metrics: many(21, metric) }, 'rules[0].metrics can have 20 items at most. Received 21.'],
    [
      { metrics: [{ ...metric, key: 'k'.repeat(251) }] },
      "'rules[0].metrics[0].key' exceeds the maximum length of 250 characters",
    ],
    [
      { metrics: [{ ...metric, value: Number.POSITIVE_INFINITY }] },
      'rules[0].metrics[0].value must be a finite number.',
    ],
    [{ tags: many(21, { key: 't', value: undefined }) }, 'rules[0].tags can have 20 items at most. Received 21.'],
    [
      { tags: [{ key: 'k'.repeat(251), value: undefined }] },
      "'rules[0].tags[0].key' exceeds the maximum length of 250 characters",
    ],
    [
      { tags: [{ key: 't', value: 'v'.repeat(1001) }] },
      "'rules[0].tags[0].value' exceeds the maximum length of 1000 characters",
    ],
    [
      { approvals: { count: 21, users: [], roles: [] } },
      'rules[0].approvals.count must be between 1 and 20. Received 21.',
    ],
    [
      { approvals: { count: 1, users: many(101, 'u'), roles: [] } },
      'rules[0].approvals.users can have 100 items at most. Received 101.',
    ],
    [
      { approvals: { count: 1, users: [], roles: many(101, 'u') } },
      'rules[0].approvals.roles can have 100 items at most. Received 101.',
    ],
    [
      { approvals: { count: 1, users: [], roles: ['r'.repeat(256)] } },
      "'rules[0].approvals.users, roles' exceeds the maximum length of 255 characters",
    ],
  ])('is refused for %j', (part, message) => {
    expectRefusal(() => validatePolicy(policyWith([ruleWith(part)])), message);
  });

  test('is refused when it says nothing, or too much', () => {
    expectRefusal(
      () => validatePolicy(policyWith([])),
      "A policy needs 'rules' or 'protected_aliases'. DELETE takes a policy away.",
    );
    expectRefusal(() => validatePolicy(policyWith(many(21, signed))), 'rules can have 20 items at most. Received 21.');
    expectRefusal(
      () => validatePolicy(policyWith([], many(51, 'a'))),
      'protected_aliases can have 50 items at most. Received 51.',
    );
  });
});
