import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MlflowError } from '../../functions/domain/errors.ts';
import { decodeMessage } from '../../functions/protocol/decode-message.ts';
import { list, message, required, requiredList } from '../../functions/protocol/message.ts';
import { choice, double, flag, int32, int64, text } from '../../functions/protocol/scalars.ts';
import { expectRefusal } from '../domain/expect-refusal.ts';

const SEE_DOCS = ' See the API docs for more information about request parameters.';
const point = message({ key: required(text('x')), value: required(double('x')), step_no: int64('x') });
const schema = message(
  {
    run_id: required(text('x')),
    count: int32('x'),
    is_on: flag('x'),
    status: choice({ ON: 1 }, 'x'),
    points: list(point, 'x'),
    ids: requiredList(text('x'), 'x'),
  },
  { run_uuid: 'run_id' },
);

describe('the first thing that is wrong is named', () => {
  test('in the order of the fields', () => {
    expectRefusal(() => decodeMessage(schema, {}), `Missing value for required parameter 'run_id'.${SEE_DOCS}`);
    expectRefusal(
      () => decodeMessage(schema, { run_id: 'r', count: 'x', is_on: 'y' }),
      `Invalid value "x" for parameter 'count' supplied:  Hint: Value was of type 'str'.${SEE_DOCS}`,
    );
  });

  test('with its place', () => {
    const points = [{ key: 'a', value: 1 }, { key: 'b' }];
    expectRefusal(
      () => decodeMessage(schema, { run_id: 'r', points, ids: [] }),
      `Missing value for required parameter 'points[1].value'.${SEE_DOCS}`,
    );
  });

  test.each([
    [5, '5', 'int'],
    [5.5, '5.5', 'float'],
    [9007199254740993n, '9007199254740993', 'int'],
    [true, 'true', 'bool'],
    [[1, [null]], '[1,[null]]', 'list'],
    [{ b: 'é', a: 1 }, String.raw`{"a":1,"b":"\u00e9"}`, 'dict'],
  ])('with its value as JSON and its type in the words of Python: %#', (raw, json, type) => {
    expectRefusal(
      () => decodeMessage(schema, { run_id: raw }),
      `Invalid value ${json} for parameter 'run_id' supplied:  Hint: Value was of type '${type}'.${SEE_DOCS}`,
    );
  });

  test.each(['runId', 'run_uuid'])('with the value that came as %s', (name) => {
    expectRefusal(
      () => decodeMessage(schema, { [name]: 5 }),
      `Invalid value 5 for parameter 'run_id' supplied:  Hint: Value was of type 'int'.${SEE_DOCS}`,
    );
  });
});

test('a value nested so deeply that it cannot be shown is refused without it', () => {
  let value: unknown = 1;
  for (let level = 0; level < 20_000; level += 1) value = [value];
  const refusal = (path: string) =>
    `Invalid value for parameter '${path}' supplied: it is nested too deeply.${SEE_DOCS}`;
  expectRefusal(() => decodeMessage(schema, { run_id: value }), refusal('run_id'));
  expectRefusal(() => decodeMessage(schema, { run_id: 'r', points: value }), refusal('points[0]'));
  expect(decodeMessage(schema, { run_id: 'r', ids: [], unknown: value })).toMatchObject({ run_id: 'r' });
});

const names = ['run_id', 'runId', 'run_uuid', 'count', 'is_on', 'isOn', 'status', 'points', 'ids', 'key', 'value'];
const shapedLikeTheMessage = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());

test('whatever JSON comes, it is decoded or refused with 400', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shapedLikeTheMessage), (raw) => {
      try {
        decodeMessage(schema, raw);
      } catch (error) {
        expect(error).toBeInstanceOf(MlflowError);
        expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
      }
    }),
    { seed: 3, numRuns: 1000 },
  );
});

test('a message that was decoded decodes to itself', () => {
  fc.assert(
    fc.property(
      fc.record({
        run_id: fc.string({ minLength: 1 }),
        count: fc.option(fc.integer(), { nil: undefined }),
        is_on: fc.option(fc.boolean(), { nil: undefined }),
        points: fc.array(
          fc.record({ key: fc.string({ minLength: 1 }), value: fc.double({ noDefaultInfinity: true, noNaN: true }) }),
        ),
        ids: fc.array(fc.string()),
      }),
      (value) => {
        const once = decodeMessage(schema, value);
        expect(once).toMatchObject(JSON.parse(JSON.stringify({ run_id: value.run_id, ids: value.ids })));
        expect(decodeMessage(schema, once)).toEqual(once);
      },
    ),
    { seed: 4 },
  );
});
