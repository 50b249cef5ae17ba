import { describe, expect, test } from 'vitest';
import { parseExperimentId, validateExperimentName } from '../../functions/domain/experiment.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('validateExperimentName', () => {
  test.each([' ', 'a/b', '../a', '漢'.repeat(500)])('takes %j', (name) => {
    expect(() => validateExperimentName(name)).not.toThrow();
  });

  test('refuses no name', () => {
    expectRefusal(() => validateExperimentName(''), "Invalid experiment name: ''");
  });

  test('refuses 501 characters', () => {
    expectRefusal(() => validateExperimentName('a'.repeat(501)), "'name' exceeds the maximum length of 500 characters");
  });
});

describe('parseExperimentId', () => {
  test.each([
    ['0', 0],
    ['12', 12],
    [' 1 ', 1],
    ['\u00a01\n', 1],
    ['+1', 1],
    ['-1', -1],
    ['-0', 0],
    ['007', 7],
    ['1_0', 10],
    ['1_000_000', 1_000_000],
    ['746493812376420173', 746493812376420200],
  ])('reads %j as Python does', (text, id) => {
    expect(parseExperimentId(text)).toBe(id);
  });

  test.each(['abc', '', ' ', '1.0', '1e3', '0x1', '_1', '1_', '1__0', '+ 1', '+-1', '1 2', 'NaN', 'Infinity', "'1'"])(
    'refuses %j',
    (text) => {
      expectRefusal(
        () => parseExperimentId(text),
        `Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`,
      );
    },
  );
});
