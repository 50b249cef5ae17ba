import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeArtifactKey, keyFault } from '../../functions/domain/artifact-key.ts';

test.each([
  ['7/run/artifacts/a.txt', 'artifacts/7/run/artifacts/a.txt'],
  ['a b+c', 'artifacts/a%20b%2Bc'],
  ['100%', 'artifacts/100%25'],
  ['a%2Fb', 'artifacts/a%252Fb'],
  ["!'()*~-._", 'artifacts/%21%27%28%29%2A~-._'],
  ['é\u{1f600}', 'artifacts/%C3%A9%F0%9F%98%80'],
])('%j is written %s', (path, encoded) => {
  expect(encodeArtifactKey(path)).toBe(encoded);
});

test('a key is written with unreserved characters, escapes and slashes alone, and reads as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (path) => {
      const encoded = encodeArtifactKey(path);
      expect(encoded).toMatch(/^(?:[\w.~/-]|%[0-9A-F]{2})+$/);
      expect(decodeURIComponent(encoded)).toBe(`artifacts/${path}`);
    }),
    { seed: 41, numRuns: 500 },
  );
});

test('a key of 1,024 bytes is the longest', () => {
  expect(keyFault(1024)).toBeUndefined();
  expect(keyFault(1025)).toBe('Invalid path: it takes 1025 bytes; at most 1024 are allowed.');
});
