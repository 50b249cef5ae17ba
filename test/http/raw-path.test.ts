import { describe, expect, test } from 'vitest';
import { rawPathOf } from '../../functions/http/raw-path.ts';

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
