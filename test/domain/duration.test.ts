import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../functions/domain/duration.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('parseDuration', () => {
  test.each([
    ['30d', 2_592_000_000],
    ['1d2h3m4s', 93_784_000],
    ['1.2d3h4m5s', 114_725_000],
    ['8h', 28_800_000],
    ['2m4s', 124_000],
    ['.5s', 500],
    ['0.0015s', 1],
    ['0d', 0],
    ['', 0],
  ])('reads %j as %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['1', 'd', '1w', '1d ', '-1d', '1h1d', '1.2.3d', '.d', '30 days'])('refuses %j', (text) => {
    expectRefusal(
      () => parseDuration(text),
      `Could not parse any time information from '${text}'. Examples of valid strings: '8h', '2d8h5m20s', '2m4s'`,
    );
  });
});

describe('formatDuration', () => {
  test.each([
    [2_592_000_000, '30d'],
    [93_784_000, '1d2h3m4s'],
    [1_500, '1.5s'],
    [0, '0s'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('writes what parseDuration reads', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});
