import { describe, expect, test } from 'vitest';
import {
  validateCustomViewCount,
  validateCustomViewWrite,
  validateExperimentTag,
  validateRunTag,
} from '../../functions/domain/tag.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('validateRunTag', () => {
  test('gives back key and value', () => {
    expect(validateRunTag('mlflow.note.content', 'a\nb')).toEqual({ key: 'mlflow.note.content', value: 'a\nb' });
  });

  test('cuts a value off after 8000 characters', () => {
    expect(validateRunTag('t', '\u{1f600}'.repeat(8001)).value).toBe('\u{1f600}'.repeat(8000));
  });

  test('names the place of a key that is too long', () => {
    const long = 'a'.repeat(251);
    expectRefusal(() => validateRunTag(long, ''), "'key' exceeds the maximum length of 250 characters");
    expectRefusal(
      () => validateRunTag(long, '', 'tags[0]'),
      "'tags[0].key' exceeds the maximum length of 250 characters",
    );
  });

  test('names the place of a key that is no file name', () => {
    expect(() => validateRunTag('/a', '', 'tags[1]')).toThrow(
      /^Invalid value "\/a" for parameter 'tags\[1\]\.key' supplied:/,
    );
  });
});

describe('validateExperimentTag', () => {
  test('takes a value of 20000 characters and refuses one of 20001', () => {
    expect(() => validateExperimentTag('t', '漢'.repeat(20000))).not.toThrow();
    expectRefusal(
      () => validateExperimentTag('t', 'a'.repeat(20001)),
      "'value' exceeds the maximum length of 20000 characters",
    );
  });

  test('refuses a long key before it looks at the value', () => {
    expectRefusal(
      () => validateExperimentTag('a'.repeat(251), 'a'.repeat(20001)),
      "'key' exceeds the maximum length of 250 characters",
    );
  });

  test('refuses a bad key', () => {
    expect(() => validateExperimentTag('a//b', '')).toThrow(
      /^Invalid value "a\/\/b" for parameter 'key' supplied: Names may be/,
    );
  });

  test('looks into the tags that steer trace archival', () => {
    expectRefusal(
      () => validateExperimentTag('mlflow.trace.archivalRetention', '30d'),
      'Trace archival config must be encoded as a JSON object.',
    );
  });
});

const viewKeys = (count: number) => Array.from({ length: count }, (_, at) => `mlflow.customView.view${at}`);

const TOO_MANY = (experiment: string) =>
  `Unable to create another custom view${experiment}; the maximum number of custom views per experiment is 50. Delete an existing custom view before creating a new one.`;

describe('validateCustomViewCount', () => {
  test('lets 50 custom views and any other tags pass', () => {
    expect(() => validateCustomViewCount([...viewKeys(50), 'other', 'mlflow.customView'])).not.toThrow();
  });

  test('refuses 51 custom views', () => {
    expectRefusal(() => validateCustomViewCount(viewKeys(51)), TOO_MANY(''));
  });
});

describe('validateCustomViewWrite', () => {
  test('lets the fiftieth view pass and refuses the next', () => {
    expect(() => validateCustomViewWrite('7', viewKeys(49), 'mlflow.customView.viewNew')).not.toThrow();
    expectRefusal(
      () => validateCustomViewWrite('7', viewKeys(50), 'mlflow.customView.viewNew'),
      TOO_MANY(' for experiment 7'),
    );
  });

  test('lets a full experiment change a view it has, and any other tag', () => {
    expect(() => validateCustomViewWrite('7', viewKeys(50), 'mlflow.customView.view3')).not.toThrow();
    expect(() => validateCustomViewWrite('7', viewKeys(50), 'other')).not.toThrow();
  });
});
