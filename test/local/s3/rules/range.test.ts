import { describe, expect, it } from 'vitest';
import { parseCopyRange, parseRange } from '../../../../local/s3/rules/range.ts';

describe('ranges', () => {
  it.each([
    ['bytes=0-9', 10, [0, 9]],
    ['bytes=0-0', 10, [0, 0]],
    ['bytes=3-', 10, [3, 9]],
    ['bytes=-4', 10, [6, 9]],
    ['bytes=-40', 10, [0, 9]],
    ['bytes=5-50', 10, [5, 9]],
  ] as const)('takes %s of %i bytes as %j', (range, size, [first, last]) => {
    expect(parseRange(range, size)).toEqual({ first, last });
  });

  it.each([undefined, '', 'bytes=-', 'bytes=5-3', 'bytes=a-b', 'items=0-1', 'bytes=0-1,3-4', 'bytes 0-1'])(
    'ignores %j',
    (range) => {
      expect(parseRange(range, 10)).toBeUndefined();
    },
  );

  it.each([
    ['bytes=10-', 10],
    ['bytes=10-20', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
  ] as const)('refuses %s of %i bytes', (range, size) => {
    expect(() => parseRange(range, size)).toThrow(/not satisfiable/);
  });

  it('wants a closed range inside the source of a copy', () => {
    expect(parseCopyRange('bytes=0-9', 10)).toEqual({ first: 0, last: 9 });
    for (const range of ['bytes=0-', 'bytes=-5', 'bytes=3-2', '0-9'])
      expect(() => parseCopyRange(range, 10)).toThrow(/must be/);
    expect(() => parseCopyRange('bytes=0-10', 10)).toThrow(/not valid for source object of size: 10/);
  });
});
