import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromWireJson, toWireJson } from '../../../../functions/store/dynamo/client/wire-json.ts';

const SEED = 20260802;

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const wire = (value: object) => JSON.parse(toWireJson(value));
/** What comes back of something that DynamoDB answers as it was sent. */
const echoed = (value: object) => fromWireJson(toWireJson(value));

/** An item whatever its attributes are called: an object literal has no place for `__proto__`. */
const itemOf = (...attributes: readonly (readonly [string, AttributeValue])[]) => Object.fromEntries(attributes);

describe('bytes on their way out', () => {
  const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const large = new Uint8Array(400_000).fill(251);

  test.each<[string, Uint8Array]>([
    ['none', bytes()],
    ['a zero', bytes(0)],
    ['one more than base64 takes at a time', bytes(255, 254, 253, 252)],
    ['all of them', everyByte],
    ['as many as an item takes', large],
    ['a part of a larger array', everyByte.subarray(100, 200)],
    ['an empty part', everyByte.subarray(7, 7)],
    ['a slice of the pool', Buffer.from('a small buffer')],
    ['those behind an offset', new Uint8Array(everyByte.buffer, 250)],
  ])('become base64: %s', (_, value) => {
    expect(wire({ Item: { b: { B: value } } })).toEqual({
      Item: { b: { B: Buffer.from(value).toString('base64') } },
    });
  });

  test('become base64 wherever they stand', () => {
    const b = bytes(1, 2);
    const put = { Put: { TableName: 't', Item: { b: { B: b } }, ExpressionAttributeValues: { ':b': { B: b } } } };
    const update = {
      Update: { ExpressionAttributeValues: { ':all': { L: [{ M: { b: { B: b } } }, { BS: [b, b] }] } } },
    };
    expect(wire({ TransactItems: [put, update] })).toEqual({
      TransactItems: [
        { Put: { TableName: 't', Item: { b: { B: 'AQI=' } }, ExpressionAttributeValues: { ':b': { B: 'AQI=' } } } },
        {
          Update: {
            ExpressionAttributeValues: { ':all': { L: [{ M: { b: { B: 'AQI=' } } }, { BS: ['AQI=', 'AQI='] }] } },
          },
        },
      ],
    });
  });

  test('leave what was given as it is', () => {
    const input = { Item: { b: { B: bytes(1) } } };
    toWireJson(input);
    expect(input).toEqual({ Item: { b: { B: bytes(1) } } });
  });
});

describe('what is no bytes', () => {
  test('goes out as it is, without what is undefined', () => {
    const input = {
      Key: { pk: { S: 'ü"\\\n\u2028' }, n: { N: '1e100' }, t: { BOOL: false }, z: { NULL: true }, l: { L: [] } },
      ExpressionAttributeNames: { '#b': 'B' },
      ExclusiveStartKey: undefined,
      ConsistentRead: true,
    };
    const { ExclusiveStartKey: _, ...said } = input;
    expect(wire(input)).toEqual(said);
  });
});

describe('bytes in an answer', () => {
  const sent = { pk: { S: 'a' }, b: { B: bytes(1, 2, 3) }, none: { B: bytes() } };
  const back = { pk: { S: 'a' }, b: { B: Buffer.from([1, 2, 3]) }, none: { B: Buffer.alloc(0) } };

  test.each<[string, object, object]>([
    ['an item', { Item: sent }, { Item: back }],
    ['the items of a page', { Items: [sent, {}, sent], Count: 3 }, { Items: [back, {}, back], Count: 3 }],
    ['new attributes', { Attributes: sent }, { Attributes: back }],
    [
      'the items of several tables',
      { Responses: { t: [sent], B: [sent, sent], empty: [] }, UnprocessedKeys: {} },
      { Responses: { t: [back], B: [back, back], empty: [] }, UnprocessedKeys: {} },
    ],
    [
      'the items that cancelled a transaction',
      { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: sent }] },
      { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: back }] },
    ],
  ])('are bytes again in %s', (_, answer, expected) => {
    expect(echoed(answer)).toEqual(expected);
  });

  test('are found in an answer with spaces', () => {
    expect(fromWireJson('{ "Item" : { "b" : { "B" : "AQ==" } } }')).toEqual({ Item: { b: { B: Buffer.from([1]) } } });
  });

  test('that were not processed can be sent again', () => {
    const request = {
      RequestItems: { t: [{ PutRequest: { Item: sent } }, { DeleteRequest: { Key: { pk: { S: 'a' } } } }] },
    };
    const { RequestItems: UnprocessedItems } = JSON.parse(toWireJson(request));
    const answer = fromWireJson(JSON.stringify({ UnprocessedItems }));
    expect(answer).toMatchObject({ UnprocessedItems: { t: [{ PutRequest: {} }, { DeleteRequest: {} }] } });
    expect(wire({ answer })).toEqual({ answer: { UnprocessedItems } });
  });

  test('stay base64 inside lists, maps and sets, which the store does not make', () => {
    const nested = { L: [{ B: 'AQ==' }] };
    expect(fromWireJson(JSON.stringify({ Item: { nested } }))).toEqual({ Item: { nested } });
  });
});

describe('names that mean something elsewhere', () => {
  test.each(['B', 'S', 'Item', 'Items', 'Responses', '__proto__', 'constructor', 'toString', 'length', ''])(
    'are names of attributes like any other: %j',
    (name) => {
      const answer = { Items: [itemOf([name, { B: bytes(9) }]), itemOf([name, { S: 'B' }])] };
      const [first = {}, second = {}] = (echoed(answer) as { Items: readonly object[] }).Items;
      expect(Object.entries(first)).toEqual([[name, { B: Buffer.from([9]) }]]);
      expect(Object.entries(second)).toEqual([[name, { S: 'B' }]]);
    },
  );

  test('are names of attributes also in a map', () => {
    const answer = { Item: { b: { B: bytes(9) }, map: { M: { B: { S: 'text' } } } } };
    expect(echoed(answer)).toEqual({ Item: { b: { B: Buffer.from([9]) }, map: { M: { B: { S: 'text' } } } } });
  });
});

describe('any item', () => {
  const value: fc.Arbitrary<AttributeValue> = fc.oneof(
    fc.record({ S: fc.string({ unit: 'binary' }) }),
    fc.record({ N: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) }),
    fc.record({ B: fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each)) }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ SS: fc.array(fc.string(), { minLength: 1 }) }),
    fc.record({ M: fc.constant({ B: { S: '"B"' } }) }),
  );
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('B', '__proto__', '"B"'));
  const item = fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each }).map((all) => itemOf(...all));

  test('comes back as it went', () => {
    const isSame = (each: Record<string, AttributeValue>) => {
      const { Item } = echoed({ Item: each }) as { Item: object };
      expect(Object.entries(Item)).toEqual(Object.entries(each));
    };
    fc.assert(fc.property(item, isSame), { seed: SEED, numRuns: 300 });
  });
});
