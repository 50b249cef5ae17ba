import { expect, test } from 'vitest';
import { compareValues, hasLongTexts, shortNumbers, shownGroups } from '../../../web/comparison/compare-values.ts';

const things = [
  new Map([
    ['lr', '0.1'],
    ['depth', '3'],
  ]),
  new Map([
    ['lr', '0.2'],
    ['depth', '3'],
    ['seed', '1'],
  ]),
];

test('what is absent differs from what is there', () => {
  expect(compareValues(things)).toEqual([
    { key: 'depth', values: ['3', '3'], isDifferent: false },
    { key: 'lr', values: ['0.1', '0.2'], isDifferent: true },
    { key: 'seed', values: [undefined, '1'], isDifferent: true },
  ]);
});

test('only what differs is shown, or only what holds what was typed', () => {
  const groups = [{ title: 'Params', what: 'param', rows: compareValues(things) }];
  const keys = (onlyDifferent: boolean, typed: string) =>
    shownGroups(groups, { onlyDifferent, typed })[0]?.rows.map(({ key }) => key);
  expect(keys(true, '')).toEqual(['lr', 'seed']);
  expect(keys(false, 'D')).toEqual(['depth', 'seed']);
});

test('numbers are short, unless two that differ would look the same', () => {
  expect(shortNumbers(['1.2098059654', undefined, '2'])).toEqual(['1.2098', undefined, '2']);
  expect(shortNumbers(['1.00000001', '1.00000002'])).toEqual(['1.00000001', '1.00000002']);
});

test('texts are long where they cannot be read side by side', () => {
  const row = (values: readonly (string | undefined)[], isDifferent = true) => ({ key: 'prompt', values, isDifferent });
  expect(hasLongTexts(row(['x'.repeat(41), undefined]))).toBe(true);
  expect(hasLongTexts(row(['a\nb', 'a']))).toBe(true);
  expect(hasLongTexts(row(['x'.repeat(40), 'a']))).toBe(false);
  expect(hasLongTexts(row(['a\nb', 'a\nb'], false))).toBe(false);
});
