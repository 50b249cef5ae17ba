import { describe, expect, test } from 'vitest';
import { isAccepted, isPassingStatus, parseRetryAfter, retryPauseMs } from '../../functions/domain/webhook-retry.ts';

test.each([
  [200, true, false],
  [204, true, false],
  [302, true, false],
  [400, false, false],
  [404, false, false],
  [410, false, false],
  [429, false, true],
  [500, false, true],
  [503, false, true],
  [507, false, true],
])('an answer of %i: arrived %s, may pass %s', (status, accepted, passing) => {
  expect([isAccepted(status), isPassingStatus(status)]).toEqual([accepted, passing]);
});

describe('the pause before the next try', () => {
  test.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [7, 60_000],
    [2000, 60_000],
  ])('after %i tries is %i ms and up to a second of jitter', (tries, pause) => {
    expect(retryPauseMs({ tries, random: 0 })).toBe(pause);
    expect(retryPauseMs({ tries, random: 0.5 })).toBe(pause + 500);
  });

  test('is as long as the receiver asks for, up to an hour', () => {
    expect(retryPauseMs({ tries: 1, random: 0, retryAfterMs: 120_000 })).toBe(120_000);
    expect(retryPauseMs({ tries: 1, random: 0, retryAfterMs: 1 })).toBe(1000);
    expect(retryPauseMs({ tries: 1, random: 0, retryAfterMs: 1e12 })).toBe(3_600_000);
  });
});

test.each([
  [undefined, undefined],
  ['5', 5000],
  ['Tue, 14 Nov 2023 22:13:30 GMT', 10_000],
  ['Tue, 14 Nov 2023 22:13:10 GMT', 0],
  ['soon', undefined],
])('a Retry-After of %j asks for %j ms', (header, pause) => {
  expect(parseRetryAfter(header, 1_700_000_000_000)).toBe(pause);
});
