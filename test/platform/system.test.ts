import { describe, expect, test } from 'vitest';
import { hmacSha256, newSortableId, randomHex } from '../../functions/platform/system.ts';

describe('newSortableId', () => {
  test('makes ids that are unique and sort in the order they were made', () => {
    const ids = Array.from({ length: 20_000 }, newSortableId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});

describe('randomHex', () => {
  test.each([1, 16, 21, 64])('gives %i digits', (digits) => {
    expect(randomHex(digits)).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`));
  });
});

test('hmacSha256 is the HMAC of RFC 4231, test case 2, as base64url', () => {
  const hex = Buffer.from(hmacSha256('Jefe', 'what do ya want for nothing?'), 'base64url').toString('hex');
  expect(hex).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});
