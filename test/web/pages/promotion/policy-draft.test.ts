import { expect, test } from 'vitest';
import type { PromotionRule } from '../../../../web/api/promotion-policies.ts';
import { draftOf, NEW_RULE, policyOf } from '../../../../web/pages/promotion/policy-draft.ts';
import { demandTexts, targetsText } from '../../../../web/pages/promotion/rule-text.ts';

const RULE: PromotionRule = {
  stages: ['Production', 'Staging'],
  aliases: ['champion', 'blue'],
  metrics: [{ key: 'auc', comparator: '>=', value: 0.9 }],
  tags: [{ key: 'validated', value: 'yes' }, { key: 'owner' }],
  needsSignature: true,
  needsDescription: true,
  approvals: { count: 2, users: ['ann', 'bob'], roles: ['release managers'] },
};

test('a rule that is opened and saved is the same', () => {
  expect(policyOf([draftOf(RULE)], '').rules).toEqual([RULE]);
});

test('lists are typed with commas, aliases with or without their sign', () => {
  const { rules, protectedAliases } = policyOf([{ ...NEW_RULE, aliases: ' @a ,, b', approvals: '0' }], '@c');
  expect(rules).toMatchObject([{ aliases: ['a', 'b'], approvals: undefined }]);
  expect(protectedAliases).toEqual(['c']);
});

test('a rule is told in words', () => {
  expect(targetsText(RULE)).toBe('Production, Staging, @champion, @blue');
  expect(demandTexts(RULE)).toEqual([
    'metric auc >= 0.9',
    'tag validated = yes',
    'tag owner, with any value',
    'a signature',
    'a description',
    '2 approvals by ann, bob, whoever has the role release managers; not by author or requester',
  ]);
  expect(
    demandTexts({
      ...RULE,
      metrics: [],
      tags: [],
      needsSignature: false,
      needsDescription: false,
      approvals: { count: 1, users: [], roles: [] },
    }),
  ).toEqual(['1 approval by whoever may edit the model; not by author or requester']);
});
