import { describe, expect, test } from 'vitest';
import { appendToUriPath, parseUri, validateQuery } from '../../functions/domain/uri.ts';
import { expectRefusal } from './expect-refusal.ts';

const uri = (part: Partial<ReturnType<typeof parseUri>>) => ({
  scheme: '',
  authority: undefined,
  path: '',
  query: '',
  fragment: '',
  ...part,
});

test.each([
  ['', uri({})],
  ['a/b', uri({ path: 'a/b' })],
  ['/a', uri({ path: '/a' })],
  ['a:b', uri({ scheme: 'a', path: 'b' })],
  ['1:b', uri({ path: '1:b' })],
  ['a_b:c', uri({ path: 'a_b:c' })],
  [':a', uri({ path: ':a' })],
  ['S3://B/A', uri({ scheme: 's3', authority: 'B', path: '/A' })],
  ['s3://b', uri({ scheme: 's3', authority: 'b' })],
  ['s3:///a', uri({ scheme: 's3', authority: '', path: '/a' })],
  ['//h/a', uri({ authority: 'h', path: '/a' })],
  ['mlflow-artifacts:/a', uri({ scheme: 'mlflow-artifacts', path: '/a' })],
  ['s3://b?q#f', uri({ scheme: 's3', authority: 'b', query: 'q', fragment: 'f' })],
  ['a?b?c#d?e#f', uri({ path: 'a', query: 'b?c', fragment: 'd?e#f' })],
  ['a#b?c', uri({ path: 'a', fragment: 'b?c' })],
  ['a?b:c', uri({ path: 'a', query: 'b:c' })],
  ['a\nb:c', uri({ path: 'a\nb:c' })],
])('parseUri takes %j apart', (text, parts) => {
  expect(parseUri(text)).toEqual(parts);
});

test('validateQuery refuses two dots wherever they hide', () => {
  expect(() => validateQuery('')).not.toThrow();
  expect(() => validateQuery('a=b.c&d=.')).not.toThrow();
  expectRefusal(() => validateQuery('a..b'), 'Invalid query string');
  expectRefusal(() => validateQuery('%252e%2e'), 'Invalid query string');
  expectRefusal(() => validateQuery(`%${'25'.repeat(12)}`), 'Invalid query string');
});

describe('appendToUriPath', () => {
  test.each([
    ['mlflow-artifacts:/', ['1'], 'mlflow-artifacts:/1'],
    ['mlflow-artifacts:/1', ['r', 'artifacts'], 'mlflow-artifacts:/1/r/artifacts'],
    ['mlflow-artifacts://h:1/a/', ['b'], 'mlflow-artifacts://h:1/a/b'],
    ['s3://b', ['1'], 's3://b/1'],
    ['s3://b/', ['1'], 's3://b/1'],
    ['s3://b/x/', ['1', '/2'], 's3://b/x/1/2'],
    ['s3://b/x', ['//1/', '2'], 's3://b/x/1/2'],
    ['s3://b/x?y=z', ['1'], 's3://b/x/1?y=z'],
    ['s3://b/x#f', ['1'], 's3://b/x/1#f'],
    ['s3://B/X;p', ['a'], 's3://B/X;p/a'],
    ['s3:', ['a'], 's3:a'],
    ['dbfs:/x', ['a'], 'dbfs:/x/a'],
    ['dbfs:x', ['a'], 'dbfs:x/a'],
    ['S3://b/a', ['c'], 's3://b/a/c'],
    ['/a/b', ['1'], '/a/b/1'],
    ['', ['1'], '1'],
    ['a?b#c', ['1'], 'a?b#c/1'],
    ['s3://b/x', [], 's3://b/x'],
    ['s3://b/x', [''], 's3://b/x/'],
  ])('appends to %j as MLflow does', (root, segments, joined) => {
    expect(appendToUriPath(root, ...segments)).toBe(joined);
  });

  test('refuses a query that would climb out', () => {
    expectRefusal(() => appendToUriPath('s3://b/x?y=../', '1'), 'Invalid query string');
  });
});
