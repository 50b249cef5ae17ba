import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topRows } from '../../../functions/store/segments/top-rows.ts';
import { upTo } from '../samples.ts';

test('the top rows are the first ones of all rows sorted, whatever the limit and the order', () => {
  const keysOf = fc.constantFrom<((row: number) => number)[]>(
    (row) => row,
    (row) => -row,
    (row) => (row * 7919) % 1009,
    () => 0,
    (row) => row % 32,
  );
  fc.assert(
    fc.property(fc.nat({ max: 3000 }), fc.nat({ max: 100 }), keysOf, (count, limit, keyOf) => {
      const compare = (a: number, b: number) => keyOf(a) - keyOf(b) || a - b;
      const rows = upTo(count);
      expect([...topRows(Uint32Array.from(rows), limit, compare)]).toEqual(rows.toSorted(compare).slice(0, limit));
    }),
    { seed: 80 },
  );
});
