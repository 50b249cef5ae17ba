import { describe, expect, test } from 'vitest';
import {
  appendModelHistory,
  appendModelVersion,
  checkLoggedModelJson,
  validateLoggedModelName,
} from '../../functions/domain/logged-model.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('validateLoggedModelName', () => {
  test.each([undefined, 'a', 'a b', ' ', 'a-b_c*', '漢', 'a\\b', 'a\n'])('takes %j', (name) => {
    expect(() => validateLoggedModelName(name)).not.toThrow();
  });

  test.each([
    ['', "''"],
    ['a/b', "'a/b'"],
    ['a:b', "'a:b'"],
    ['a.b', "'a.b'"],
    ['a%b', "'a%b'"],
    ['a"b', `'a"b'`],
    ["a'b", `"a'b"`],
    [`/'"`, String.raw`'/\'"'`],
    ['/\n', String.raw`'/\n'`],
  ])('refuses %j', (name, repr) => {
    expectRefusal(
      () => validateLoggedModelName(name),
      `Invalid model name (${repr}) provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
    );
  });
});

const MODEL = { artifact_path: 'm', flavors: {}, utc_time_created: 't', run_id: 'r' };

describe('checkLoggedModelJson', () => {
  test('gives back what it parsed, unknown fields too', () => {
    expect(checkLoggedModelJson(JSON.stringify({ ...MODEL, extra: [1] }))).toEqual({ ...MODEL, extra: [1] });
  });

  test('takes a field for present that is null', () => {
    expect(checkLoggedModelJson(JSON.stringify({ ...MODEL, run_id: null })).run_id).toBeNull();
  });

  test('refuses what is no JSON', () => {
    expectRefusal(() => checkLoggedModelJson('{a'), 'Malformed model info. \n {a \n is not a valid JSON.');
  });

  test.each([
    ['{"flavors":{},"run_id":"r"}', "{'artifact_path', 'utc_time_created'}"],
    ['{"artifact_path":"m","flavors":{},"utc_time_created":"t"}', "{'run_id'}"],
    ['{}', "{'artifact_path', 'flavors', 'utc_time_created', 'run_id'}"],
    ['[]', "{'artifact_path', 'flavors', 'utc_time_created', 'run_id'}"],
    ['null', "{'artifact_path', 'flavors', 'utc_time_created', 'run_id'}"],
    ['"a"', "{'artifact_path', 'flavors', 'utc_time_created', 'run_id'}"],
  ])('refuses %s, which lacks fields', (json, fields) => {
    expectRefusal(() => checkLoggedModelJson(json), `Model json is missing mandatory fields: ${fields}`);
  });
});

describe('appendModelHistory', () => {
  test('begins with a list of one, keeping what MLflow keeps', () => {
    const model = {
      ...MODEL,
      flavors: { a: { config: { x: 1 }, y: 2.5, é: null }, b: [1] },
      model_uuid: 'u',
      signature: { inputs: '[]' },
      mlflow_version: '3',
    };
    expect(appendModelHistory(undefined, model)).toBe(
      String.raw`[{"run_id": "r", "artifact_path": "m", "utc_time_created": "t", "model_uuid": "u", "flavors": {"a": {"y": 2.5, "\u00e9": null}, "b": [1]}}]`,
    );
  });

  test('appends to the list that stands', () => {
    expect(JSON.parse(appendModelHistory('[{"run_id":"old"}]', MODEL))).toEqual([
      { run_id: 'old' },
      { run_id: 'r', artifact_path: 'm', utc_time_created: 't', model_uuid: null, flavors: {} },
    ]);
  });

  test('leaves out a run and a path that are null', () => {
    const model = { artifact_path: null, flavors: null, utc_time_created: null, run_id: null };
    expect(appendModelHistory('[]', model)).toBe('[{"utc_time_created": "", "model_uuid": null, "flavors": {}}]');
  });

  test('writes a time that is no text as text', () => {
    expect(appendModelHistory(undefined, { ...MODEL, utc_time_created: 5 })).toContain('"utc_time_created": "5"');
  });

  test.each(['', '{', '{}', 'null', '"a"'])('refuses to append to %j', (previous) => {
    expectRefusal(
      () => appendModelHistory(previous, MODEL),
      "Cannot record the model: the tag 'mlflow.log-model.history' does not hold a JSON list.",
    );
  });
});

describe('the versions that a logged model is registered as', () => {
  test.each([
    [undefined, '[{"name": "m", "version": 1}]'],
    ['[{"name": "a", "version": 2}]', '[{"name": "a", "version": 2}, {"name": "m", "version": 1}]'],
    ['no JSON', '[{"name": "m", "version": 1}]'],
    ['{"a": 1}', '[{"name": "m", "version": 1}]'],
  ])('grow by one behind %j', (previous, expected) => {
    expect(appendModelVersion(previous, 'm', 1)).toBe(expected);
  });
});
