import { describe, expect, test } from 'vitest';
import { dedupeDatasetInputs, validateDatasetInput } from '../../functions/domain/dataset.ts';
import type { Dataset } from '../../functions/domain/entities.ts';
import { expectRefusal } from './expect-refusal.ts';

const dataset = (part: Partial<Dataset> = {}): Dataset => ({
  name: 'n',
  digest: 'd',
  sourceType: 's',
  source: '{}',
  schema: undefined,
  profile: undefined,
  ...part,
});
const LIMITS = [
  ['name', 500],
  ['digest', 36],
  ['source', 65535],
  ['schema', 1048575],
  ['profile', 16777215],
] as const;

describe('validateDatasetInput', () => {
  test.each(LIMITS)('takes a %s of %i characters and refuses one more', (field, limit) => {
    const inputOf = (length: number) => ({ dataset: dataset({ [field]: 'a'.repeat(length) }), tags: [] });
    expect(() => validateDatasetInput(inputOf(limit))).not.toThrow();
    expectRefusal(
      () => validateDatasetInput(inputOf(limit + 1)),
      `'${field}' exceeds the maximum length of ${limit} characters`,
    );
  });

  test.each([
    ['key', 255],
    ['value', 500],
  ] as const)('takes a tag with a %s of %i characters and refuses one more', (field, limit) => {
    const inputOf = (length: number) => ({
      dataset: dataset(),
      tags: [{ key: 'mlflow.data.context', value: 'training', [field]: '漢'.repeat(length) }],
    });
    expect(() => validateDatasetInput(inputOf(limit))).not.toThrow();
    expectRefusal(
      () => validateDatasetInput(inputOf(limit + 1)),
      `'${field}' exceeds the maximum length of ${limit} characters`,
    );
  });

  test('does not look at the characters of a tag', () => {
    expect(() => validateDatasetInput({ dataset: dataset(), tags: [{ key: '../*', value: '' }] })).not.toThrow();
  });
});

describe('dedupeDatasetInputs', () => {
  test('keeps the first of each name and digest, in order', () => {
    const input = (name: string, digest: string, id: number) => ({ dataset: dataset({ name, digest }), id });
    const inputs = [input('a', '1', 0), input('b', '1', 1), input('a', '1', 2), input('a', '2', 3), input('b', '1', 4)];
    expect(dedupeDatasetInputs(inputs).map(({ id }) => id)).toEqual([0, 1, 3]);
  });

  test('tells apart what runs together when joined', () => {
    const inputs = [{ dataset: { name: 'a","b', digest: 'c' } }, { dataset: { name: 'a', digest: 'b","c' } }];
    expect(dedupeDatasetInputs(inputs)).toEqual(inputs);
  });
});
