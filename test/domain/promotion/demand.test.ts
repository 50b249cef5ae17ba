import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  demandsOf,
  isApprover,
  isParty,
  type VersionFacts,
  type Voter,
} from '../../../functions/domain/promotion/demand.ts';
import { COMPARATORS, type Comparator, type PromotionRule } from '../../../functions/domain/promotion/policy.ts';
import { decided, type Review, standingReviews } from '../../../functions/domain/promotion/request.ts';
import { requestWith, reviewBy, ruleWith, versionWith } from './samples.ts';

const factsWith = (part: Partial<VersionFacts> = {}): VersionFacts => ({
  version: versionWith(),
  metrics: new Map(),
  hidesMetrics: false,
  signature: false,
  request: requestWith(),
  voters: new Map(),
  hasUsers: true,
  ...part,
});

/** What comes of a rule, as `met: message`. */
const outcomesOf = (rule: Partial<PromotionRule>, facts: Partial<VersionFacts> = {}) =>
  demandsOf([{ scope: 'model', rule: ruleWith(rule) }], factsWith(facts)).map(
    ({ isMet, message }) => `${isMet}: ${message}`,
  );

const metricRule = (comparator: Comparator, value: number) => ({ metrics: [{ key: 'auc', comparator, value }] });
const metrics = (value: number) => ({ metrics: new Map([['auc', value]]) });

describe('a metric', () => {
  test.each<[number, Comparator, number, boolean]>([
    [0.9, '>', 0.9, false],
    [0.91, '>', 0.9, true],
    [0.9, '>=', 0.9, true],
    [0.89, '<', 0.9, true],
    [0.9, '<', 0.9, false],
    [0.9, '<=', 0.9, true],
    [0.9, '==', 0.9, true],
    [0.9, '!=', 0.9, false],
    [Number.POSITIVE_INFINITY, '>', 1e300, true],
  ])('of %d is %s %d: %s', (value, comparator, wanted, isMet) => {
    expect(outcomesOf(metricRule(comparator, wanted), metrics(value))).toEqual([
      `${isMet}: metric 'auc' must be ${comparator} ${wanted}, and is ${value}`,
    ]);
  });

  test('that is NaN, or not there, meets nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(COMPARATORS)), fc.double({ noNaN: true }), (comparator, wanted) => {
        // The keys are the comparators.
        const rule = { metrics: [{ key: 'auc', comparator: comparator as Comparator, value: wanted }] };
        for (const facts of [metrics(Number.NaN), {}]) {
          expect(outcomesOf(rule, facts)[0]).toMatch(/^false: /);
        }
      }),
    );
  });

  test('that may not be told is only said to be met or not', () => {
    const rule = metricRule('>', 0.9);
    expect(outcomesOf(rule, { ...metrics(1), hidesMetrics: true })).toEqual([
      "true: metric 'auc' must be > 0.9, and is",
    ]);
    expect(outcomesOf(rule, { ...metrics(0), hidesMetrics: true })).toEqual([
      "false: metric 'auc' must be > 0.9, and is not",
    ]);
  });

  test('needs a run that is there', () => {
    const rule = metricRule('<', 1);
    expect(outcomesOf(rule)).toEqual(["false: metric 'auc' must be < 1, and run 'r' has no such metric"]);
    expect(outcomesOf(rule, { metrics: undefined })).toEqual([
      "false: metric 'auc' must be < 1, and run 'r' is not there",
    ]);
    expect(outcomesOf(rule, { metrics: undefined, version: versionWith({ runId: '' }) })).toEqual([
      "false: metric 'auc' must be < 1, and the version names no run",
    ]);
  });
});

test('a tag is there, or has the value that is wanted', () => {
  const version = versionWith({
    tags: new Map([
      ['a', '1'],
      ['empty', ''],
    ]),
  });
  const tags = [
    { key: 'a', value: undefined },
    { key: 'empty', value: undefined },
    { key: 'a', value: '1' },
    { key: 'a', value: '2' },
    { key: 'b', value: undefined },
  ];
  expect(outcomesOf({ tags }, { version })).toEqual([
    "true: tag 'a' must be set, and is",
    "true: tag 'empty' must be set, and is",
    "true: tag 'a' must be '1', and is",
    "false: tag 'a' must be '2', and is something else",
    "false: tag 'b' must be set, and is not set",
  ]);
});

test('a signature is there, or not, or nobody can tell', () => {
  const outcomes = [true, false, 'nobody can tell'].flatMap((signature) =>
    outcomesOf({ needsSignature: true }, { signature }),
  );
  expect(outcomes).toEqual([
    'true: the model must have a signature, and has one',
    'false: the model must have a signature, and has none',
    'false: the model must have a signature, and nobody can tell',
  ]);
});

test('a description is more than blanks', () => {
  const outcomes = [undefined, ' \n', 'good'].flatMap((description) =>
    outcomesOf({ needsDescription: true }, { version: versionWith({ description }) }),
  );
  expect(outcomes.map((outcome) => outcome.split(':')[0])).toEqual(['false', 'false', 'true']);
});

describe('approvals', () => {
  const anyEditor = { count: 2, users: [], roles: [] };
  const editor: Voter = { roles: [], mayEdit: true };
  const voters = new Map<string, Voter>([
    ...['ann', 'bob', 'cat', 'dan'].map((name) => [name, editor] as const),
    ['eve', { roles: ['releasers'], mayEdit: false }] as const,
  ]);
  const asked = (...reviews: readonly Review[]) => ({ request: requestWith({ reviews }), voters });

  test('are of others than author and requester', () => {
    const [one, two] = [reviewBy('cat', 'APPROVE'), reviewBy('dan', 'APPROVE')];
    const own = [reviewBy('ann', 'APPROVE'), reviewBy('bob', 'APPROVE')];
    const rule = { approvals: anyEditor };
    const text = '2 other than author and requester must approve, and';
    expect(outcomesOf(rule, asked())).toEqual([`false: ${text} nobody does`]);
    expect(outcomesOf(rule, asked(...own))).toEqual([`false: ${text} nobody does`]);
    expect(outcomesOf(rule, asked(...own, one))).toEqual([`false: ${text} 'cat' does`]);
    expect(outcomesOf(rule, asked(one, two))).toEqual([`true: ${text} 'cat', 'dan' do`]);
    expect(outcomesOf(rule, asked(one, one))).toEqual([`false: ${text} 'cat' does`]);
  });

  test('are nothing worth beside a refusal', () => {
    const reviews = [reviewBy('cat', 'APPROVE'), reviewBy('dan', 'APPROVE'), reviewBy('bob', 'REFUSE')];
    expect(outcomesOf({ approvals: anyEditor }, asked(...reviews))).toEqual([
      "false: 2 other than author and requester must approve, and 'cat', 'dan' do; refused by 'bob'",
    ]);
  });

  test('are of those whom the rule names, as they are now', () => {
    const approvals = { count: 1, users: ['zoe', 'cat'], roles: ['releasers'] };
    const text = "1 of 'zoe', 'cat', role 'releasers' other than author and requester must approve, and";
    expect(outcomesOf({ approvals }, asked(reviewBy('dan', 'APPROVE'), reviewBy('zoe', 'APPROVE')))).toEqual([
      `false: ${text} nobody does`,
    ]);
    expect(outcomesOf({ approvals }, asked(reviewBy('eve', 'APPROVE')))).toEqual([`true: ${text} 'eve' does`]);
    expect(outcomesOf({ approvals: anyEditor }, asked(reviewBy('eve', 'REFUSE')))[0]).not.toContain('refused');
    expect(isApprover(approvals, 'cat', { roles: [], mayEdit: false })).toBe(true);
  });

  test('need an open request, and users', () => {
    const text = '2 other than author and requester must approve, and nobody does';
    expect(outcomesOf({ approvals: anyEditor }, { request: undefined })).toEqual([
      `false: ${text}; no request is open`,
    ]);
    expect(outcomesOf({ approvals: anyEditor }, { request: undefined, hasUsers: false })).toEqual([
      `false: ${text}; this server has no users, so that nobody can`,
    ]);
  });

  test('know parties of a version that nobody is known to have made, and of a request of nobody', () => {
    const version = versionWith({ author: undefined });
    expect(isParty(version, requestWith(), 'bob')).toBe(true);
    expect(isParty(version, requestWith({ requester: undefined }), 'ann')).toBe(false);
  });
});

describe('reviews', () => {
  test('count as each reviewer said last, and not of whoever abstains', () => {
    const reviews = [
      reviewBy('cat', 'APPROVE'),
      reviewBy('dan', 'APPROVE'),
      reviewBy('cat', 'REFUSE'),
      reviewBy('dan', 'ABSTAIN'),
    ];
    expect(standingReviews({ reviews })).toEqual([reviewBy('cat', 'REFUSE')]);
  });

  test('stay when the request ends', () => {
    const decision = { by: 'ann', time: 3, comment: '' };
    const request = requestWith({ reviews: [reviewBy('cat', 'APPROVE')] });
    expect(decided(request, 'PROMOTED', decision)).toEqual({ ...request, state: 'PROMOTED', decision });
  });
});

test('demands of several rules are all there, each with whose it is', () => {
  const rules = [
    { scope: 'default', rule: ruleWith({ needsDescription: true }) },
    { scope: 'model', rule: ruleWith({ tags: [{ key: 'a', value: undefined }] }) },
  ] as const;
  expect(demandsOf(rules, factsWith()).map(({ scope, demand }) => [scope, demand])).toEqual([
    ['default', 'description'],
    ['model', 'tag'],
  ]);
});
