import { isNewer, type MetricPoint } from '../../domain/metric.ts';
import { decodeLatestValue, encodeLatestValue, rankOf } from './codecs/latest-value.ts';
import { failedCondition, isItemTooLarge } from './failures.ts';
import { type Key, latestKey } from './keys.ts';
import type { Retry } from './retry.ts';
import { type Item, keyItem, type Table } from './table.ts';

/**
 * The last value of each metric of a run: attribute `m:<key>` of the `latest` item, 32 bytes that sort as MLflow
 * compares points. Values only ever move forward, so writers need not read first and never undo each other.
 * When the item is full, further values go to a second one; readers take the greater of the two.
 */
const PREFIX = 'm:';
/** A condition expression holds 4 KB and 300 operators; each metric takes about 45 bytes and 3 operators. */
const MAX_KEYS_PER_UPDATE = 70;

interface RunHome {
  readonly experimentId: string;
  readonly shard: number;
}

/** The last value of each metric, from the `latest` items of one run, by key: an item's attributes have no order. */
export function mergeLatest(items: readonly Item[]): readonly MetricPoint[] {
  const latest = new Map<string, Uint8Array>();
  for (const item of items) {
    for (const [name, { B: bytes }] of Object.entries(item)) {
      if (!name.startsWith(PREFIX) || !bytes) continue;
      const current = latest.get(name);
      if (!current || isGreater(bytes, current)) latest.set(name, bytes);
    }
  }
  const byKey = [...latest].sort(([a], [b]) => (a < b ? -1 : 1));
  return byKey.map(([name, bytes]) => decodeLatestValue(name.slice(PREFIX.length), bytes));
}

const isGreater = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(rankOf(a), rankOf(b)) > 0;

export interface LatestWriter {
  readonly table: Table;
  readonly retry: Retry;
  /** Hears of each run whose last values were written, once that has come to an end. */
  readonly onAdvanced: (experimentId: string, runId: string) => void;
}

/** Moves the last values of a run forward to `points` where these are newer. */
export async function advanceLatest(
  writer: LatestWriter,
  home: RunHome,
  runId: string,
  points: readonly MetricPoint[],
) {
  try {
    for (const values of fittingGroups(newestPerKey(points))) await advanceSomewhere(writer, home, runId, values);
  } finally {
    writer.onAdvanced(home.experimentId, runId);
  }
}

/** Writes to the first item of the run that has room. */
async function advanceSomewhere(writer: LatestWriter, home: RunHome, runId: string, values: Values): Promise<void> {
  for (let part = 0; ; part += 1) {
    try {
      return await advanceItem(writer, latestKey(home, runId, part), values);
    } catch (error) {
      if (!isItemTooLarge(error)) throw error;
    }
  }
}

type Values = ReadonlyMap<string, Uint8Array>;

/** An item holds 400 KB; what is written at once must fit an empty one. */
const MAX_GROUP_BYTES = 300_000;

function fittingGroups(values: Values): readonly Values[] {
  const groups: Map<string, Uint8Array>[] = [];
  let size = MAX_GROUP_BYTES;
  for (const [name, bytes] of values) {
    const entrySize = Buffer.byteLength(name) + bytes.length;
    if (size + entrySize > MAX_GROUP_BYTES) {
      groups.push(new Map());
      size = 0;
    }
    groups.at(-1)?.set(name, bytes);
    size += entrySize;
  }
  return groups;
}

/** Points are compared as points: of a batch of a thousand only the last of each metric need be encoded. */
function newestPerKey(points: readonly MetricPoint[]): Values {
  const newest = new Map<string, MetricPoint>();
  for (const point of points) {
    const current = newest.get(point.key);
    if (!current || isNewer(point, current)) newest.set(point.key, point);
  }
  return new Map([...newest].map(([key, point]) => [PREFIX + key, encodeLatestValue(point)]));
}

function advanceItem({ table, retry }: LatestWriter, key: Key, newest: Values): Promise<void> {
  return newest.size <= MAX_KEYS_PER_UPDATE
    ? advanceFewKeys(table, retry, key, newest)
    : advanceManyKeys(table, retry, key, newest);
}

/** One update without a read. A refusal brings the item along, which tells what is still newer. */
function advanceFewKeys(table: Table, retry: Retry, key: Key, newest: Values): Promise<void> {
  let rest = newest;
  return retry(async () => {
    if (rest.size === 0) return { done: undefined };
    try {
      await table.update(key, conditionalAdvance(rest));
      return { done: undefined };
    } catch (error) {
      rest = newerThan(rest, failedCondition(error).item);
      return 'again';
    }
  });
}

/** Too many keys for one expression: read, merge, and put if unchanged. */
function advanceManyKeys(table: Table, retry: Retry, key: Key, newest: Values): Promise<void> {
  return retry(async () => {
    const current = await table.get(key);
    const rest = newerThan(newest, current);
    if (rest.size === 0) return { done: undefined };
    const version = current?.v?.N ?? '0';
    const values = Object.fromEntries([...rest].map(([name, bytes]) => [name, { B: bytes }]));
    const item = { ...current, ...values, ...keyItem(key), v: { N: String(Number(version) + 1) } };
    const isUnchanged = current
      ? { expression: 'v = :v', values: { ':v': { N: version } } }
      : { expression: 'attribute_not_exists(pk)' };
    try {
      await table.put(item, isUnchanged);
      return { done: undefined };
    } catch (error) {
      failedCondition(error);
      return 'again';
    }
  });
}

function conditionalAdvance(values: Values) {
  const entries = [...values];
  const isNewer = entries.map((_, at) => `(attribute_not_exists(#${at}) OR #${at} < :r${at})`);
  return {
    UpdateExpression: `SET ${entries.map((_, at) => `#${at} = :${at}`).join(', ')} ADD v :one`,
    ConditionExpression: isNewer.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ...Object.fromEntries(entries.map(([, bytes], at) => [`:${at}`, { B: bytes }])),
      ...Object.fromEntries(entries.map(([, bytes], at) => [`:r${at}`, { B: rankOf(bytes) }])),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

function newerThan(values: Values, item: Item | undefined): Values {
  return new Map(
    [...values].filter(([name, bytes]) => {
      const current = item?.[name]?.B;
      return !current || isGreater(bytes, current);
    }),
  );
}
