import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import { keyedValue, textOrEmpty } from '../../functions/protocol/common.ts';
import { list, message, required, requiredList } from '../../functions/protocol/message.ts';
import { quickDecoderOf, UNSURE } from '../../functions/protocol/quick-decode.ts';
import { choice, double, flag, int32, int64, text } from '../../functions/protocol/scalars.ts';

const schema = message(
  {
    run_id: required(text('x')),
    value: required(double('x')),
    step: int64('x'),
    max_results: int32('x'),
    is_new: flag('x'),
    view: choice({ SOME: 1, ALL: 2 }, 'x'),
    user: textOrEmpty('x'),
    tags: list(keyedValue, 'x'),
    ids: requiredList(textOrEmpty('x'), 'x'),
  },
  { run_uuid: 'run_id' },
);

const decodeQuickly = (raw: unknown): unknown => quickDecoderOf(schema)?.(raw) ?? UNSURE;

const IN_ORDER = { run_id: 'r', value: 0.5, ids: [] };

const anyScalar = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    'NaN',
    '-inf',
    '7',
    '1e3',
    'SOME',
    '2',
    'true',
    1,
    2 ** 53,
    2n ** 60n,
    true,
    '\ud800',
  ),
  fc.string(),
  fc.double(),
  fc.bigInt(),
);
const anyTag = fc.oneof(anyScalar, fc.record({ key: anyScalar, value: anyScalar }, { requiredKeys: [] }));
const anyMessage = fc.record(
  {
    run_id: fc.oneof(fc.constant('r'), anyScalar),
    runId: anyScalar,
    run_uuid: anyScalar,
    value: fc.oneof(fc.double(), anyScalar),
    step: anyScalar,
    max_results: anyScalar,
    maxResults: anyScalar,
    is_new: anyScalar,
    view: anyScalar,
    user: anyScalar,
    tags: fc.oneof(anyScalar, fc.array(anyTag, { maxLength: 3 })),
    ids: fc.oneof(fc.array(anyScalar, { maxLength: 3 }), anyScalar),
    other: anyScalar,
  },
  { requiredKeys: [] },
);

test('a quick decoder gives what the schema gives, or is not sure', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyMessage,
        anyMessage.map((raw) => ({ ...IN_ORDER, ...raw })),
        anyTag,
      ),
      (raw) => {
        const quick = decodeQuickly(raw);
        if (quick !== UNSURE) expect(quick).toStrictEqual(schema.parse(raw));
      },
    ),
    { numRuns: 2000 },
  );
});

test('it is sure of a usual message', () => {
  const raw = { ...IN_ORDER, step: 3, tags: [{ key: 'a', value: 'b' }], view: 'ALL', is_new: false, other: 1 };
  expect(decodeQuickly(raw)).toEqual({
    run_id: 'r',
    value: 0.5,
    step: 3,
    is_new: false,
    view: 'ALL',
    user: '',
    tags: [{ key: 'a', value: 'b' }],
    ids: [],
  });
});

test.each([
  ['is missing', { value: 1, ids: [] }],
  ['is of a wrong type', { ...IN_ORDER, step: 'x' }],
  ['comes in camelCase', { ...IN_ORDER, maxResults: 1 }],
  ['comes by a synonym', { ...IN_ORDER, run_uuid: 'u' }],
])('it is not sure when a field %s', (_, raw) => {
  expect(decodeQuickly(raw)).toBe(UNSURE);
});

test('every operation that takes a message has one', () => {
  const slow = operations.filter((each) => each.kind === 'json' && quickDecoderOf(each.request) === undefined);
  expect(slow).toEqual([]);
});
