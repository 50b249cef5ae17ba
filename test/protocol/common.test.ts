import { describe, expect, test } from 'vitest';
import {
  keyedValue,
  keyValue,
  requiredText,
  runStatus,
  textOrEmpty,
  viewType,
} from '../../functions/protocol/common.ts';
import { decodeMessage } from '../../functions/protocol/decode-message.ts';
import { message } from '../../functions/protocol/message.ts';
import { expectRefusal } from '../domain/expect-refusal.ts';

describe('keyValue', () => {
  test.each([
    [{}, '', ''],
    [{ key: 'k' }, 'k', ''],
    [{ key: null, value: null }, '', ''],
    [{ key: 'k', value: 'v', other: 1 }, 'k', 'v'],
  ])('reads %j', (raw, key, value) => {
    expect(decodeMessage(keyValue, raw)).toEqual({ key, value });
  });
});

test('keyedValue must have its key, though not its value', () => {
  expect(decodeMessage(keyedValue, { key: 'k' })).toEqual({ key: 'k', value: '' });
  expectRefusal(() => decodeMessage(keyedValue, { value: 'v' }));
});

test('textOrEmpty is "" when absent, requiredText must be there', () => {
  const both = message({ a: textOrEmpty('x'), b: requiredText('x') });
  expect(decodeMessage(both, { b: 'b' })).toEqual({ a: '', b: 'b' });
  expectRefusal(() => decodeMessage(both, { a: 'a' }));
});

test.each([
  ['ACTIVE_ONLY', 1],
  ['DELETED_ONLY', 2],
  ['ALL', 3],
])('the view %s is number %d', (name, number) => {
  expect(viewType.parse(number)).toBe(name);
});

test.each([
  ['RUNNING', 1],
  ['SCHEDULED', 2],
  ['FINISHED', 3],
  ['FAILED', 4],
  ['KILLED', 5],
])('the status %s is number %d', (name, number) => {
  expect(runStatus.parse(number)).toBe(name);
});
