import { describe, expect, test } from 'vitest';
import {
  conflictingParam,
  conflictingParams,
  validateParam,
  validateUniqueParamKeys,
} from '../../functions/domain/param.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('validateParam', () => {
  test('gives back key and value', () => {
    expect(validateParam('lr', '0.1')).toEqual({ key: 'lr', value: '0.1' });
  });

  test('keeps an empty value', () => {
    expect(validateParam('lr', '')).toEqual({ key: 'lr', value: '' });
  });

  test('cuts a value off after 6000 characters', () => {
    expect(validateParam('p', 'a'.repeat(6001)).value).toBe('a'.repeat(6000));
    expect(validateParam('p', '\u{1f600}'.repeat(6001)).value).toBe('\u{1f600}'.repeat(6000));
  });

  test('takes a key of 250 characters and refuses one of 251, wherever it stands', () => {
    expect(validateParam('漢'.repeat(250), '').key).toBe('漢'.repeat(250));
    expectRefusal(
      () => validateParam('a'.repeat(251), '', 'params[0]'),
      "'Param key' exceeds the maximum length of 250 characters",
    );
  });

  test('names the place of a bad key', () => {
    const sentence = (path: string) =>
      new RegExp(`^Invalid value "a\\*" for parameter '${path}' supplied: Names may only`);
    expect(() => validateParam('a*', '', 'params[2]')).toThrow(sentence('params\\[2\\]\\.key'));
    expect(() => validateParam('a*', '')).toThrow(sentence('key'));
  });
});

describe('validateUniqueParamKeys', () => {
  test('lets different keys pass', () => {
    expect(() => validateUniqueParamKeys([])).not.toThrow();
    expect(() => validateUniqueParamKeys([{ key: 'a' }, { key: 'A' }, { key: '__proto__' }])).not.toThrow();
  });

  test('lists each repetition, as often as it comes', () => {
    expectRefusal(
      () => validateUniqueParamKeys(['a', 'a', 'b', 'b', 'a', 'c'].map((key) => ({ key }))),
      "Duplicate parameter keys have been submitted: ['a', 'b', 'a']. Please ensure the request contains only one param value per param key.",
    );
  });
});

test("conflictingParam says what stands and what came, in log-parameter's words", () => {
  expect(conflictingParam('r1', 'a', '1', '2')).toMatchObject({
    code: 'INVALID_PARAMETER_VALUE',
    message:
      "Changing param values is not allowed. Param with key='a' was already logged with value='1' for run ID='r1'. Attempted logging new value '2'.",
  });
});

test('conflictingParams prints a Python list of dicts', () => {
  const error = conflictingParams('r1', [
    { key: 'a', oldValue: '1', newValue: `it's\n\u200b\u{1f600}"` },
    { key: 'b', oldValue: '', newValue: "it's" },
  ]);
  expect(error).toMatchObject({
    code: 'INVALID_PARAMETER_VALUE',
    message:
      "Changing param values is not allowed. Params were already logged='[" +
      String.raw`{'key': 'a', 'old_value': '1', 'new_value': 'it\'s\n\u200b` +
      `\u{1f600}"'}, {'key': 'b', 'old_value': '', 'new_value': "it's"}]' for run ID='r1'.`,
  });
});
