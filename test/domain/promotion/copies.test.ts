import { expect, test } from 'vitest';
import { isCopied } from '../../../functions/domain/promotion/copies.ts';
import { modelWith, versionWith } from './samples.ts';

const view = (name: string, source: string) => ({
  model: { ...modelWith('-'), name },
  version: versionWith({ source }),
});

test.each([
  ['models:/m/1', 1, true],
  ['models:/m/1', 2, false],
  ['models:/m/1', undefined, true],
  ['models:/other/1', 1, false],
  ['models:/m/Production', 1, false],
  ['models:/m-1', 1, false],
  ['models:/', 1, false],
  ['s3://bucket/m/1', 1, false],
])('a version from %s is a copy of version %j: %j', (source, versionNumber, expected) => {
  expect(isCopied([view('copy', source)], 'm', versionNumber)).toBe(expected);
});

test('versions of the model itself are none', () => {
  expect(isCopied([view('m', 'models:/m/1')], 'm', 1)).toBe(false);
});
