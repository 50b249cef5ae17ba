import { describe, expect, test } from 'vitest';
import { hasDotSegments, rawPathOf } from '../../functions/http/raw-path.ts';

describe('rawPathOf', () => {
  test.each([
    ['the server of a laptop', { incoming: { url: '/a/../b?c=/../d' } }, '/a/../b'],
    ['a Lambda event', { event: { rawPath: '/a/%2e%2e/b' } }, '/a/%2e%2e/b'],
    ['nobody', {}, undefined],
    ['nobody at all', undefined, undefined],
    ['something else', { incoming: 'x', event: { rawPath: 5 } }, undefined],
  ])('is what %s tells', (_, env, path) => {
    expect(rawPathOf(env)).toBe(path);
  });
});

describe('hasDotSegments', () => {
  test.each(['/a/../b', '/..', '..', '/a/./b', '/a/.', '/%2e%2e/x', '/a/%2E%2e', '/a/.%2e/b', '/%2e/b'])(
    'finds one in %s',
    (path) => {
      expect(hasDotSegments(path)).toBe(true);
    },
  );

  test.each(['/', '/a/b', '/a..b', '/..a', '/a..', '/...', '/.a', '/a.', '/a/.hidden/b', '/%252e%252e/a', '/..%2fa'])(
    'finds none in %s',
    (path) => {
      expect(hasDotSegments(path)).toBe(false);
    },
  );
});
