import { describe, expect, test } from 'vitest';
import { pairOf } from '../../../web/comparison/pair.ts';
import { writtenLines } from '../../../web/comparison/written-lines.ts';

test('JSON is compared value by value, and as it is written where it is none', () => {
  expect(writtenLines('json', '{"a":1}', '{ "a": 2 }')).toEqual(['{\n  "a": 1\n}', '{\n  "a": 2\n}']);
  expect(writtenLines('json', '{"a":1}', '{ "a": 1 }')).toEqual(['{"a":1}', '{ "a": 1 }']);
  expect(writtenLines('json', '{"a":', '{}')).toEqual(['{"a":', '{}']);
  expect(writtenLines('text', '{"a":1}', '{}')).toEqual(['{"a":1}', '{}']);
});

describe('the two things side by side', () => {
  const ids = ['a', 'b', 'c'];
  test('are those that were chosen', () => {
    expect(pairOf(ids, { left: 'c', right: 'a' }, () => true)).toEqual(['c', 'a']);
    expect(pairOf(ids, { left: 'b', right: 'b' }, () => true)).toEqual(['b', 'b']);
  });

  test('are else the first that have what is looked at', () => {
    expect(pairOf(ids, { left: '', right: '' }, (runId) => runId !== 'a')).toEqual(['b', 'c']);
    expect(pairOf(ids, { left: 'gone', right: 'a' }, () => true)).toEqual(['b', 'a']);
    expect(pairOf(ids, { left: '', right: '' }, (runId) => runId === 'c')).toEqual(['c', 'a']);
    expect(pairOf(ids, { left: 'a', right: '' }, (runId, left) => left === 'a' && runId === 'c')).toEqual(['a', 'c']);
  });
});
