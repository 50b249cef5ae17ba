import { describe, expect, test } from 'vitest';
import { validateBatchLimits, validateRunId } from '../../functions/domain/batch.ts';
import { expectRefusal } from './expect-refusal.ts';

const message = (limit: number, entities: string, count: number) =>
  `A batch logging request can contain at most ${limit} ${entities}. Got ${count} ${entities}. Please split up ${entities} across multiple requests and try again.`;

describe('validateBatchLimits', () => {
  test.each([
    { metrics: 0, params: 0, tags: 0 },
    { metrics: 1000, params: 0, tags: 0 },
    { metrics: 800, params: 100, tags: 100 },
  ])('lets %o pass', (counts) => {
    expect(() => validateBatchLimits(counts)).not.toThrow();
  });

  test.each([
    [{ metrics: 1001, params: 101, tags: 101 }, message(1000, 'metrics', 1001)],
    [{ metrics: 0, params: 101, tags: 101 }, message(100, 'params', 101)],
    [{ metrics: 0, params: 0, tags: 101 }, message(100, 'tags', 101)],
    [{ metrics: 801, params: 100, tags: 100 }, message(1000, 'metrics, params, and tags', 1001)],
  ])('refuses %o', (counts, refusal) => {
    expectRefusal(() => validateBatchLimits(counts), refusal);
  });
});

describe('validateRunId', () => {
  test.each(['a', '0', 'a-b_c', `a${'b'.repeat(255)}`, 'aé漢', 'a\n'])('takes %j', (runId) => {
    expect(() => validateRunId(runId)).not.toThrow();
  });

  test.each([
    ['', '""'],
    ['-a', '"-a"'],
    ['_a', '"_a"'],
    ['é1', String.raw`"\u00e91"`],
    ['a b', '"a b"'],
    ['a/b', '"a/b"'],
    ['a.b', '"a.b"'],
    ['a\nb', String.raw`"a\nb"`],
    [`a${'b'.repeat(256)}`, `"a${'b'.repeat(256)}"`],
  ])('refuses %j', (runId, json) => {
    expectRefusal(() => validateRunId(runId), `Invalid value ${json} for parameter 'run_id' supplied.`);
  });
});
