import { describe, expect, test } from 'vitest';
import { chooseSlot, colourOfId, colourOfSlot, coloursAmong } from '../../../web/charts/maths/run-colours.ts';

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

  test('is the same in whatever order they come, and follows from its id where it is alone', () => {
    const [there, here] = [coloursAmong([ids]), coloursAmong([ids.toReversed()])];
    expect(ids.map(here)).toEqual(ids.map(there));
    expect(new Set(ids.map((id) => there(id).light)).size).toBe(60);
    expect(coloursAmong([['run-7']])('run-7')).toEqual(colourOfId('run-7'));
    expect(there('unknown')).toEqual(colourOfId('unknown'));
  });

  test('does not change for runs that are added to the others', () => {
    const few = ids.slice(10, 20);
    expect(few.map(coloursAmong([few, ids.slice(0, 5)]))).toEqual(few.map(coloursAmong([few])));
  });

  test('differs between light and dark', () => {
    expect(new Set(Array.from({ length: 60 }, (_, slot) => colourOfSlot(slot).dark)).size).toBe(60);
  });
});
