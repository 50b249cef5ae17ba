import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOrderedRows, type RowOrder } from '../../functions/api/ordered-rows.ts';

interface Row {
  readonly id: number;
  readonly value: number;
}

const compare = (a: number, b: number) => a - b;
const ascending: RowOrder<Row, number> = { name: 'up', keyOf: ({ value, id }) => value * 1e6 + id, compare };
const descending = { ...ascending, name: 'down', compare: (a: number, b: number) => compare(b, a) };

/** Rows in no order. */
const rowsOf = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_, id) => ({ id, value: (id * 7919) % count }));

const sorted = (rows: readonly Row[], { keyOf, compare: order }: RowOrder<Row, number>) =>
  rows.toSorted((a, b) => order(keyOf(a), keyOf(b)));

describe('a list that is given again', () => {
  test('is sorted once', () => {
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    const { rows } = orderedRows(list, ascending);
    expect(rows).toEqual(sorted(list, ascending));
    expect(orderedRows(list, ascending).rows).toBe(rows);
  });

  test('is sorted for each order by itself', () => {
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    for (const order of [ascending, descending, ascending]) {
      expect(orderedRows(list, order).rows).toEqual(sorted(list, order));
    }
  });

  test('forgets the orders that were not asked for lately', () => {
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    const { rows } = orderedRows(list, ascending);
    for (const at of [1, 2, 3, 4]) orderedRows(list, { ...ascending, name: `other ${at}` });
    const again = orderedRows(list, ascending).rows;
    expect(again).toEqual(rows);
    expect(again).not.toBe(rows);
  });
});

describe('a column', () => {
  test('has what is read of the rows, in their order, and is read once', () => {
    let reads = 0;
    const read = ({ value }: Row) => {
      reads += 1;
      return value;
    };
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    const { rows, column } = orderedRows(list, descending);
    for (const _ of [1, 2]) expect(column('value', read)).toEqual(rows.map(({ value }) => value));
    expect(orderedRows(list, descending).column('value', read)).toHaveLength(500);
    expect(reads).toBe(500);
  });

  test('is of the list that it was asked for, not of the one before', () => {
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    orderedRows(list, ascending).column('value', ({ value }) => value);
    const { rows, column } = orderedRows([...list, { id: 500, value: 250 }], ascending);
    expect(column('value', ({ value }) => value)).toEqual(rows.map(({ value }) => value));
  });
});

describe('what passes a test', () => {
  const isEven = (rows: readonly Row[]) => (at: number) => (rows[at]?.value ?? 1) % 2 === 0;

  test('is found for the second who asks, in the order of the rows, once', () => {
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    const { rows, passing } = orderedRows(list, descending);
    expect(passing('even', isEven(rows))).toBeUndefined();
    const found = passing('even', isEven(rows));
    expect(found).toEqual(sorted(list, descending).filter(({ value }) => value % 2 === 0));
    expect(orderedRows(list, descending).passing('even', isEven(rows))).toBe(found);
  });

  test('is found anew after a change', () => {
    const orderedRows = createOrderedRows<Row, number>();
    const list = rowsOf(500);
    const before = orderedRows(list, ascending);
    for (const _ of [1, 2]) before.passing('even', isEven(before.rows));
    const { rows, passing } = orderedRows([...list, { id: 500, value: 1000 }], ascending);
    expect(passing('even', isEven(rows))).toBeUndefined();
    expect(passing('even', isEven(rows))?.at(-1)).toEqual({ id: 500, value: 1000 });
  });
});

test('a list that came of another one is in order whatever was changed, added and taken away', () => {
  const change = fc.record({ id: fc.nat(600), value: fc.integer(), kind: fc.constantFrom('put', 'drop') });
  const steps = fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 8 });
  fc.assert(
    fc.property(steps, (batches) => {
      const orderedRows = createOrderedRows<Row, number>();
      const kept = new Map(rowsOf(300).map((row) => [row.id, row]));
      for (const batch of [[], ...batches]) {
        for (const { id, value, kind } of batch) {
          if (kind === 'put') kept.set(id, { id, value });
          else kept.delete(id);
        }
        const list = [...kept.values()];
        for (const order of [ascending, descending]) {
          expect(orderedRows(list, order).rows).toEqual(sorted(list, order));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a list that has little to do with the one before is in order, too', () => {
  const orderedRows = createOrderedRows<Row, number>();
  for (const count of [2000, 0, 1, 1990]) {
    const list = rowsOf(count);
    expect(orderedRows(list, ascending).rows).toEqual(sorted(list, ascending));
  }
});
