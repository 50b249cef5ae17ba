import type { DynamoDBRecord } from 'aws-lambda';
import { type Item, keyOf } from '../../functions/store/dynamo/table.ts';

/** A condition of Lambda's event filters, of the kinds that ours use. */
interface Condition {
  readonly prefix?: string;
  readonly exists?: boolean;
}

interface Pattern {
  readonly [name: string]: Pattern | readonly Condition[];
}

/** What a stream tells of a change. */
interface Change {
  readonly before?: Item | undefined;
  readonly after?: Item | undefined;
  readonly at: number;
}

let records = 0;

/** A record as Lambda gets it from the stream; `at` in ms. */
export function streamRecord({ before, after, at }: Change): DynamoDBRecord {
  records += 1;
  const { pk, sk } = keyOf(after ?? before ?? {});
  return {
    eventID: String(records),
    eventName: nameOf(before, after),
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: { pk: { S: pk }, sk: { S: sk } },
      ...(after && { NewImage: imageOf(after) }),
      ...(before && { OldImage: imageOf(before) }),
      SequenceNumber: String(records).padStart(25, '0'),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

const nameOf = (before: Item | undefined, after: Item | undefined) => {
  if (!after) return 'REMOVE';
  return before ? 'MODIFY' : 'INSERT';
};

/** Bytes come in base64. The types of both ends say the same in different words. */
const imageOf = (item: Item): NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']> =>
  JSON.parse(
    JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)),
  );

/** A stream for engines that have none: each call gives what has changed in the table since the one before. */
export function streamOf(
  readItems: () => Promise<readonly Item[]>,
): (at: number) => Promise<readonly DynamoDBRecord[]> {
  let last = new Map<string, Item>();
  return async (at) => {
    const current = new Map((await readItems()).map((item) => [JSON.stringify(keyOf(item)), item]));
    const keys = new Set([...last.keys(), ...current.keys()]);
    const changes = [...keys].map((key) => ({ before: last.get(key), after: current.get(key), at }));
    last = current;
    return changes.filter(({ before, after }) => asText(before) !== asText(after)).map(streamRecord);
  };
}

/** Attributes have no order. */
const asText = (item: Item | undefined): string =>
  JSON.stringify(item && Object.entries(imageOf(item)).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Whether Lambda would call a function with a record (AWS: rules of event filtering). */
export const matches = (record: DynamoDBRecord, pattern: object): boolean =>
  // As the text in which it reaches AWS.
  fits(record, JSON.parse(JSON.stringify(pattern)));

const fits = (value: unknown, pattern: Pattern): boolean =>
  Object.entries(pattern).every(([name, expected]) => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    if (!isLeaf(expected)) return fits(found, expected);
    return expected.some(({ prefix, exists }) =>
      prefix === undefined ? (found !== undefined) === exists : typeof found === 'string' && found.startsWith(prefix),
    );
  });

const isLeaf = (pattern: Pattern | readonly Condition[]): pattern is readonly Condition[] => Array.isArray(pattern);
