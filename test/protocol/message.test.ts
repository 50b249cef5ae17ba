import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../functions/protocol/decode-message.ts';
import { isRepeated, list, message, required, requiredList } from '../../functions/protocol/message.ts';
import { int64, text } from '../../functions/protocol/scalars.ts';
import { expectRefusal } from '../domain/expect-refusal.ts';

const SEE_DOCS = ' See the API docs for more information about request parameters.';
const item = message({ step_count: int64('x'), name: text('x') });
const schema = message(
  { run_id: required(text('x')), max_results: int64('x'), items: list(item, 'x'), creation_time_ms: int64('x') },
  { run_uuid: 'run_id' },
);
const decode = (raw: unknown) => decodeMessage(schema, raw);

describe('names', () => {
  test('a field may be spelt in snake_case or in camelCase, deep inside as well', () => {
    const snake = { run_id: 'r', max_results: 1, items: [{ step_count: 2 }], creation_time_ms: 3 };
    const camel = { runId: 'r', maxResults: 1, items: [{ stepCount: 2 }], creationTimeMs: 3 };
    expect(decode(camel)).toEqual(decode(snake));
    expect(decode(snake)).toEqual(snake);
  });

  test.each([
    [{ run_id: 'r', runId: 'r' }, 'run_id', 'runId'],
    [{ runId: 'r', max_results: null, maxResults: 1 }, 'max_results', 'maxResults'],
    [{ run_id: 'r', items: [{}, { step_count: 1, stepCount: 1 }] }, 'step_count', 'stepCount'],
  ])('both spellings together are refused: %j', (raw, name, alias) => {
    expectRefusal(() => decode(raw), `Request specifies both '${name}' and '${alias}'; provide only one of them.`);
  });

  test('a synonym stands in where its field is not given, or null', () => {
    expect(decode({ run_uuid: 'u' })).toMatchObject({ run_id: 'u' });
    expect(decode({ run_id: null, run_uuid: 'u' })).toMatchObject({ run_id: 'u' });
    expect(decode({ run_id: 'r', run_uuid: 'u' })).toMatchObject({ run_id: 'r' });
    expect(decode({ runId: 'r', run_uuid: 'u' })).toMatchObject({ run_id: 'r' });
  });

  test('unknown fields are dropped, be they named like parts of every object', () => {
    const raw = JSON.parse('{"run_id":"r","other":1,"__proto__":{"max_results":5},"constructor":1,"toString":2}');
    expect(decode(raw)).toEqual({ run_id: 'r', items: [] });
  });

  test('tells its fields, to read them from a query string: synonyms, too', () => {
    expect(Object.keys(schema.fields)).toEqual(['run_id', 'max_results', 'items', 'creation_time_ms', 'run_uuid']);
  });
});

describe('a message', () => {
  test.each([[[]], ['x'], [5], [null], [undefined], [true]])('is an object, not %j', (raw) => {
    expectRefusal(() => decode(raw), 'Invalid request body: it must be a JSON object.');
  });

  test.each([
    [5, '5', 'int'],
    [null, 'null', 'NoneType'],
    [[1], '[1]', 'list'],
  ])('within a list is an object, not %j', (raw, json, type) => {
    expectRefusal(
      () => decode({ run_id: 'r', items: [{}, raw] }),
      `Invalid value ${json} for parameter 'items[1]' supplied:  Hint: Value was of type '${type}'.${SEE_DOCS}`,
    );
  });

  test('does not change what it reads', () => {
    const raw = Object.freeze({ runId: 'r', items: Object.freeze([Object.freeze({ stepCount: '1' })]) });
    expect(decode(raw)).toEqual({ run_id: 'r', items: [{ step_count: 1 }] });
  });
});

describe('required', () => {
  test.each([{}, { run_id: null }, { run_id: '' }, { run_uuid: '' }, { runId: '' }])('is missing in %j', (raw) => {
    expectRefusal(() => decode(raw), `Missing value for required parameter 'run_id'.${SEE_DOCS}`);
  });

  test.each([0, '0', false])('%j is a value', (raw) => {
    const flags = message({ value: required(int64('x')) });
    if (raw === false) expectRefusal(() => decodeMessage(flags, { value: raw }));
    else expect(decodeMessage(flags, { value: raw })).toEqual({ value: 0 });
  });
});

describe('list', () => {
  test.each([undefined, null])('%s is the empty list', (items) => {
    expect(decode({ run_id: 'r', items })).toEqual({ run_id: 'r', items: [] });
  });

  test('is not made of a single value', () => {
    expectRefusal(
      () => decode({ run_id: 'r', items: {} }),
      `Invalid value {} for parameter 'items' supplied:  Hint: Value was of type 'dict'.${SEE_DOCS}`,
    );
  });

  test('is known as repeated', () => {
    expect(isRepeated(list(text('x'), 'x'))).toBe(true);
    expect(isRepeated(requiredList(text('x'), 'x'))).toBe(true);
    expect(isRepeated(text('x'))).toBe(false);
  });
});

describe('requiredList', () => {
  const ids = message({ ids: requiredList(text('x'), 'x') });

  test('may be empty', () => {
    expect(decodeMessage(ids, { ids: [] })).toEqual({ ids: [] });
  });

  test.each([{}, { ids: null }])('is missing in %j', (raw) => {
    expectRefusal(() => decodeMessage(ids, raw), `Missing value for required parameter 'ids'.${SEE_DOCS}`);
  });

  test('is a list', () => {
    expectRefusal(
      () => decodeMessage(ids, { ids: 'a' }),
      `Invalid value "a" for parameter 'ids' supplied:  Hint: Value was of type 'str'.${SEE_DOCS}`,
    );
  });
});
