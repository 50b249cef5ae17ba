import { describe, expect, test } from 'vitest';
import { hasDotSegments } from '../../functions/domain/dot-segments.ts';

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
