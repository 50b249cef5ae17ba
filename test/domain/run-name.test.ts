import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateRunName, RUN_NAME_TAG, runNameOf } from '../../functions/domain/run-name.ts';
import { expectRefusal } from './expect-refusal.ts';

const tagged = (value: string) => [
  { key: 'other', value: 'x' },
  { key: RUN_NAME_TAG, value },
];

describe('runNameOf', () => {
  test.each([
    ['a', [], 'a'],
    ['a', tagged('a'), 'a'],
    ['a', tagged(''), 'a'],
    [undefined, tagged('b'), 'b'],
    ['', tagged('b'), 'b'],
    [undefined, [], undefined],
    ['', tagged(''), undefined],
  ])('%j with %j is named %j', (runName, tags, name) => {
    expect(runNameOf(runName, tags)).toBe(name);
  });

  test('refuses two different names', () => {
    expectRefusal(
      () => runNameOf('a', tagged('b')),
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='a', mlflow.runName='b').",
    );
  });
});

describe('generateRunName', () => {
  test('has two words and a number, in at most 20 characters', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(random, random, random, (first, second, third) => {
        const numbers = [first, second, third];
        const name = generateRunName(() => numbers.shift() ?? 0);
        expect(name).toMatch(/^[a-z]{2,8}-[a-z]{2,7}-\d{1,3}$/);
      }),
      { seed: 10, numRuns: 1000 },
    );
  });

  test('reaches from the first words to the last', () => {
    expect(generateRunName(() => 0)).toBe('airy-acorn-0');
    expect(generateRunName(() => 1 - Number.EPSILON)).toBe('zippy-zephyr-999');
  });

  test('knows a hundred different words of each kind', () => {
    const firstWords = new Set(Array.from({ length: 2000 }, (_, at) => generateRunName(() => at / 2000).split('-')[0]));
    const secondWords = new Set(
      Array.from({ length: 2000 }, (_, at) => generateRunName(() => at / 2000).split('-')[1]),
    );
    expect(Math.min(firstWords.size, secondWords.size)).toBeGreaterThanOrEqual(100);
  });
});
