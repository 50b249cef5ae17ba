import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSafePath, safeArtifactPath } from '../../functions/domain/artifact-path.ts';
import { expectRefusal } from './expect-refusal.ts';
import { HOSTILE } from './hostile-paths.ts';

describe('safeArtifactPath', () => {
  test('is tried with at least 60 hostile paths', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(60);
  });

  test.each(HOSTILE)('refuses %j', (path) => {
    expectRefusal(() => safeArtifactPath(path), 'Invalid path');
  });

  test.each([
    ['', ''],
    ['.', ''],
    ['./', ''],
    ['a', 'a'],
    ['a/', 'a'],
    ['a/b.txt', 'a/b.txt'],
    ['./a', 'a'],
    ['a/./b', 'a/b'],
    ['a/.', 'a'],
    ['...', '...'],
    ['a..b', 'a..b'],
    ['..a', '..a'],
    ['a../b', 'a../b'],
    ['.hidden/a', '.hidden/a'],
    ['~/a', '~/a'],
    ['a;..b', 'a;..b'],
    ['.. a', '.. a'],
    ['. .', '. .'],
    ['a b', 'a b'],
    [' a', ' a'],
    ['a+b', 'a+b'],
    ['a%20b', 'a%20b'],
    ['100%', '100%'],
    ['a%zz', 'a%zz'],
    ['%ff', '%ff'],
    ['a?b', 'a?b'],
    ['a;b', 'a;b'],
    ['a&b=c', 'a&b=c'],
    ['a\\b', 'a\\b'],
    ['ab:c', 'ab:c'],
    ['a/C:', 'a/C:'],
    ['é:b', 'é:b'],
    ['漢字/é', '漢字/é'],
    ['\u{1f600}', '\u{1f600}'],
    ['..\u2024', '..\u2024'],
    ['\uff0e\uff0e/a', '\uff0e\uff0e/a'],
    ['%c0%ae%c0%ae/a', '%c0%ae%c0%ae/a'],
    ['filename', 'filename'],
  ])('takes %j as %j', (path, safe) => {
    expect(safeArtifactPath(path)).toBe(safe);
  });

  const piece = fc.constantFrom(
    ...['a', '.', '..', '/', './', '\\', '%', '25', '2e', '2f', '5c', '%2e', '%2f', '%5c', '%25', '%252f', '%00'],
    ...['C:', 'file:', '#', '\u0000', ' ', '+', 'é', '?'],
  );
  const anyPath = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  function decodeOnce(text: string): string {
    return text.replace(/%([0-7][0-9a-f])/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  }

  test('lets nothing out of its root, on any system, however often it is decoded and normalised', () => {
    fc.assert(
      fc.property(anyPath, fc.array(fc.constantFrom(decodeOnce, posix.normalize), { maxLength: 12 }), (path, steps) => {
        let form = findSafePath(path);
        if (form === undefined) return;
        for (const step of [(same: string) => same, ...steps]) {
          form = step(form);
          expect(posix.resolve('/store/dir', form)).toMatch(/^\/store\/dir(\/|$)/);
          expect(win32.resolve('Q:\\store\\dir', form)).toMatch(/^Q:\\store\\dir(\\|$)/);
          expect(form).not.toContain('\u0000');
        }
      }),
      { seed: 12, numRuns: 5000 },
    );
  });

  test('gives a normal form, which it takes as it is', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const safe = findSafePath(path);
        if (safe === undefined) return;
        expect(findSafePath(safe)).toBe(safe);
        expect(safe === '' || posix.normalize(safe) === safe).toBe(true);
      }),
      { seed: 13, numRuns: 5000 },
    );
  });
});
