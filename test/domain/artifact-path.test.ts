import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSafePath, safeArtifactPath } from '../../functions/domain/artifact-path.ts';
import { expectRefusal } from './expect-refusal.ts';

const HOSTILE = [
  '..',
  '../',
  '../a',
  '../../a',
  'a/..',
  'a/../',
  'a/../b',
  'a/../../b',
  './..',
  'a/./../../b',
  '..%2f',
  '..%2Fa',
  '%2e%2e',
  '%2e%2e/a',
  '%2E%2E%2Fa',
  '.%2e/a',
  '%2e./a',
  'a%2f..%2fb',
  'a/%2e%2e/b',
  '%252e%252e/a',
  '%25252e%25252e%25252fa',
  '..%252fa',
  '%25%32%65%25%32%65/a',
  '%2525252e%2525252e/a',
  `%${'25'.repeat(12)}2e`,
  '/',
  '//',
  '///a',
  '/a',
  '/etc/passwd',
  '//host/share',
  '/..',
  '%2fa',
  '%2Fetc%2Fpasswd',
  '%252fa',
  '%2f%2fhost',
  '\\',
  '\\a',
  '\\\\host\\share',
  '%5ca',
  '%5c%5chost%5cshare',
  '..\\a',
  'a\\..\\..\\b',
  '..%5ca',
  '%2e%2e%5ca',
  'a%255c..%255c..%255cb',
  'a/..\\b',
  'a\\../b',
  'C:',
  'C:a',
  'C:/a',
  'C:\\a',
  'c:/windows',
  'C%3a/a',
  'C%253A%255Ca',
  '%43:/a',
  'file:a',
  'file:/etc/passwd',
  'file:///etc/passwd',
  'FILE:///a',
  'file://host/a',
  'file:../a',
  'file%3a///a',
  'a#b',
  '#',
  'a%23b',
  'a%2523b',
  'a\u0000',
  'a%00b',
  'a%2500b',
  '%00../a',
  'a\u0007b',
  'a\nb',
  'a%0d%0ab',
  '.%09./a',
  '\u007f',
  '\u0085',
  '\ud800',
  'a/\udc00/b',
  'a//b',
  'a///b',
  'a//',
  'http://host/a',
  's3://bucket/key',
  './/a',
  './/..',
  './C:a',
  '././C:/a',
  '.\\C:\\a',
  './file:a',
  './%2fa',
  '%2e/%2fa',
  '%2e/%252fa',
  '%2e%2f%2fa',
  './%5ca',
  ' ..',
  '.. ',
  'a/ .. /b',
  '..?',
  '..;/a',
  '..;x=1/a',
  'a/..%3b/b',
  '..%20/a',
  ' /a',
  ' %2fa',
  ' C:a',
  '\u00a0..',
];

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
