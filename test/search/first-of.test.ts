import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstOf } from '../../functions/search/first-of.ts';
import { upTo } from '../store/samples.ts';

interface Item {
  readonly key: number;
  readonly place: number;
}

const byKey = (a: Item, b: Item) => a.key - b.key;

test('is the beginning of the whole sort, ties in the order they came', () => {
  const items = fc
    .array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 })
    .map((keys) => keys.map((key, place): Item => ({ key, place })));
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 250 }), (given, count) => {
      expect(firstOf(given, count, byKey)).toEqual(given.toSorted(byKey).slice(0, count));
    }),
    { seed: 5, numRuns: 500 },
  );
});

test.each([
  ['ascending', upTo(10_000)],
  ['descending', upTo(10_000).toReversed()],
])('compares far less than a sort where items come %s', (_, items) => {
  let comparisons = 0;
  const compare = (a: number, b: number) => {
    comparisons += 1;
    return a - b;
  };
  expect(firstOf(items, 50, compare)).toEqual(upTo(50));
  expect(comparisons).toBeLessThan(60_000);
});

test('leaves the items as they are', () => {
  const items = Object.freeze([3, 1, 2]);
  expect(firstOf(items, 1, (a, b) => a - b)).toEqual([1]);
});
