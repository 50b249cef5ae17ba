import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameText } from '../../functions/domain/same-text.ts';

describe('isSameText', () => {
  test('says of all texts what === says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'é'), maxLength: 4 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(isSameText(a, b)).toBe(a === b);
        expect(isSameText(a, a)).toBe(true);
      }),
      { seed: 11, numRuns: 2000 },
    );
  });

  test('knows a text from its beginning and from itself with more behind', () => {
    expect(isSameText('secret', 'secre')).toBe(false);
    expect(isSameText('secre', 'secret')).toBe(false);
    expect(isSameText('', 'a')).toBe(false);
    expect(isSameText('', '')).toBe(true);
  });
});

/** What is compared by its first differing character, and tells so by how long it takes. */
const EARLY_END =
  /(?:[sS]ignature|hmac|digestOf|passwordHash)\w*(?:\([^()]*\))?\)* *[!=]==|[!=]== *\w*(?:[sS]ignature|hmac|passwordHash)\b/;

test('no source compares a signature or a hash of a password by ===', () => {
  const root = join(import.meta.dirname, '../..');
  const sources = ['functions', 'local'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(folder, path)),
  );
  expect(EARLY_END.test('if ((await signatureOf(list, body)) !== signature)')).toBe(true);
  const found = sources.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => EARLY_END.test(line) && !/[!=]== (?:undefined|true|false)\b/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
