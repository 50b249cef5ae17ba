import { describe, expect, test } from 'vitest';
import { chooseSlot, colourOf, colourOfSlot } from '../../../web/charts/maths/run-colours.ts';

const ids = Array.from({ length: 60 }, (_, index) => `run-${index}`);

const slotsOf = (names: readonly string[]): readonly number[] => {
  const slots: number[] = [];
  for (const name of names) slots.push(chooseSlot(name, slots));
  return slots;
};

describe('the colour of a run', () => {
  test('follows from its id where no other is near', () => {
    for (const id of ids) expect(chooseSlot(id, [])).toBe(chooseSlot(id, []));
    expect(new Set(ids.map((id) => chooseSlot(id, []))).size).toBeGreaterThan(30);
  });

  test('is no other run’s, of sixty', () => {
    expect(new Set(slotsOf(ids)).size).toBe(60);
  });

  test('is one of those in use beyond that, rather than none', () => {
    const all = Array.from({ length: 60 }, (_, slot) => slot);
    expect(all).toContain(chooseSlot('one more', all));
  });

  test('stays the same as long as the page is open', () => {
    const before = ids.map(colourOf);
    expect(ids.toReversed().map(colourOf)).toEqual(before.toReversed());
    expect(new Set(before.map(({ light }) => light)).size).toBe(60);
  });

  test('differs between light and dark', () => {
    expect(new Set(Array.from({ length: 60 }, (_, slot) => colourOfSlot(slot).dark)).size).toBe(60);
  });
});
