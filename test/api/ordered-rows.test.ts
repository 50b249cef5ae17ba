import { describe, expect, test } from 'vitest';
import { createOrderedRows } from '../../functions/api/ordered-rows.ts';

const ascending = { name: 'up', keyOf: ({ value }: Row) => value, compare: (a: number, b: number) => a - b };
const orderNamed = (name: string) => ({ ...ascending, name });

interface Row {
  readonly value: number;
}

/** 500 numbers in no order. */
const numbers = () => Array.from({ length: 500 }, (_, at) => (at * 7919) % 500);

function countingRows() {
  let made = 0;
  const orderedRows = createOrderedRows((value: number): Row => {
    made += 1;
    return { value };
  });
  return { orderedRows, made: () => made };
}

describe('a list that is given again', () => {
  test('is sorted for the second search in an order, and its rows are made once', () => {
    const { orderedRows, made } = countingRows();
    const list = numbers();
    expect(orderedRows(list, ascending).isSorted).toBe(false);
    const again = orderedRows(list, ascending);
    expect(again.isSorted).toBe(true);
    expect(again.rows.map(({ value }) => value)).toEqual(list.toSorted((a, b) => a - b));
    expect(orderedRows(list, ascending).rows).toBe(again.rows);
    expect(made()).toBe(500);
  });

  test('is sorted for each order by itself', () => {
    const { orderedRows } = countingRows();
    const list = numbers();
    const descending = { ...ascending, name: 'down', compare: (a: number, b: number) => b - a };
    for (const order of [ascending, descending]) orderedRows(list, order);
    expect(orderedRows(list, descending).rows[0]).toEqual({ value: 499 });
    expect(orderedRows(list, ascending).rows[0]).toEqual({ value: 0 });
  });

  test('forgets the orders that were not asked for lately', () => {
    const { orderedRows } = countingRows();
    const list = numbers();
    for (const _ of [1, 2]) orderedRows(list, ascending);
    for (let at = 0; at < 8; at += 1) orderedRows(list, orderNamed(`other ${at}`));
    expect(orderedRows(list, ascending).isSorted).toBe(false);
  });
});

test('another list with other contents is never answered from the first', () => {
  const { orderedRows } = countingRows();
  const list = numbers();
  for (const _ of [1, 2]) orderedRows(list, ascending);
  const changed = [...list, -1];
  expect(orderedRows(changed, ascending).rows).toContainEqual({ value: -1 });
  expect(orderedRows(changed, ascending).rows[0]).toEqual({ value: -1 });
});

test('a short list is not kept', () => {
  const { orderedRows, made } = countingRows();
  const list = [2, 1];
  for (const _ of [1, 2, 3]) expect(orderedRows(list, ascending).isSorted).toBe(false);
  expect(made()).toBe(6);
});
