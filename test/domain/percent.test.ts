import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodings, percentDecode } from '../../functions/domain/percent.ts';

describe('percentDecode', () => {
  test.each([
    ['', ''],
    ['a+b', 'a+b'],
    ['a%20b', 'a b'],
    ['%2F%2f', '//'],
    ['%c3%a9', 'é'],
    ['é%c3%a9', 'éé'],
    ['%f0%9f%98%80', '\u{1f600}'],
    ['%ef%bb%bfa', '\ufeffa'],
    ['%252e', '%2e'],
    ['%', '%'],
    ['a%2', 'a%2'],
    ['%zz%2', '%zz%2'],
    ['%ff', '\ufffd'],
    ['%c3a', '\ufffda'],
    ['%c0%ae', '\ufffd\ufffd'],
  ])('decodes %j as Python does', (text, decoded) => {
    expect(percentDecode(text)).toBe(decoded);
  });

  test('undoes encodeURIComponent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(percentDecode(encodeURIComponent(text))).toBe(text);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('decodings', () => {
  test('lists every form, the stable one last', () => {
    expect(decodings('a')).toEqual(['a']);
    expect(decodings('%25252e')).toEqual(['%25252e', '%252e', '%2e', '.']);
  });

  test('gives up where MLflow does', () => {
    expect(decodings(`%${'25'.repeat(9)}`)).toHaveLength(10);
    expect(decodings(`%${'25'.repeat(10)}`)).toBeUndefined();
  });
});
