import { isNewer, type MetricPoint } from '../../domain/metric.ts';
import { decodeLatestValue, encodeLatestValue, rankOf } from './codecs/latest-value.ts';
import { failedCondition, isItemTooLarge } from './failures.ts';
import { type Key, latestKey } from './keys.ts';
import type { InTurn } from './only-writer/turns.ts';
import type { Retry } from './retry.ts';
import { type Condition, conditionInput, type Item, keyItem, type Table, type Update } from './table.ts';

/**
 * The last value of each metric of a run: attribute `m:<key>` of the `latest` item, 32 bytes that sort as MLflow
 * compares points. Values only ever move forward, so writers need not read first and never undo each other.
 * When the item is full, further values go to a second one; readers take the greater of the two.
 */
const PREFIX = 'm:';
/** A condition expression holds 4 KB and 300 operators; each metric takes about 45 bytes and 3 operators. */
const MAX_KEYS_PER_UPDATE = 70;
/** What an item's values cost the embedded engine when it is put, a third of their cost in an update, which has a price of its own. */
const WHOLE_TO_PART = 3;
const EXPRESSION_IN_VALUES = 16;

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

/** A second item was begun when the first had no room for at most MAX_GROUP_BYTES more; an item never shrinks. */
const LONE_ITEM_BYTES = 90_000;

/** Whether the run of a first `latest` item may have another one. */
export function hasMoreLatest(item: Item | undefined): boolean {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + (item[name]?.B?.length ?? 0);
  return bytes > LONE_ITEM_BYTES;
}

const isGreater = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(rankOf(a), rankOf(b)) > 0;

export interface LatestWriter {
  readonly table: Table;
  readonly retry: Retry;
  readonly inTurn: InTurn;
  /** Whether the table keeps items: then to read one first costs nothing, and spares the conditions. */
  readonly keepsItems: boolean;
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

function advanceItem(writer: LatestWriter, key: Key, newest: Values): Promise<void> {
  const { table, retry, inTurn, keepsItems } = writer;
  const isBlind = !keepsItems && newest.size <= MAX_KEYS_PER_UPDATE;
  return isBlind
    ? advanceBlindly(table, retry, key, newest)
    : inTurn(key, () => advanceKnown(table, retry, key, newest));
}

/** One update without a read. A refusal brings the item along, which tells what is still newer. */
function advanceBlindly(table: Table, retry: Retry, key: Key, newest: Values): Promise<void> {
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

/** Reads, merges, and writes if unchanged. */
function advanceKnown(table: Table, retry: Retry, key: Key, newest: Values): Promise<void> {
  return retry(async () => {
    const current = await table.get(key);
    const rest = newerThan(newest, current);
    if (rest.size === 0) return { done: undefined };
    try {
      await writeNewer(table, key, current, rest);
      return { done: undefined };
    } catch (error) {
      failedCondition(error);
      return 'again';
    }
  });
}

function writeNewer(table: Table, key: Key, current: Item | undefined, newer: Values): Promise<unknown> {
  const version = current?.v?.N ?? '0';
  const values = Object.fromEntries([...newer].map(([name, bytes]) => [name, { B: bytes }]));
  const item = { ...current, ...values, ...keyItem(key), v: { N: String(Number(version) + 1) } };
  if (!current) return table.put(item, { expression: 'attribute_not_exists(pk)' });
  const isFew = newer.size <= MAX_KEYS_PER_UPDATE;
  const isPart = isFew && Object.keys(item).length > newer.size * WHOLE_TO_PART + EXPRESSION_IN_VALUES;
  const ifUnchanged = { expression: 'v = :v', values: { ':v': { N: version } } };
  return isPart ? table.update(key, setValues(newer, ifUnchanged), item) : table.put(item, ifUnchanged);
}

function conditionalAdvance(values: Values): Update {
  const entries = [...values];
  const isNewer = entries.map((_, at) => `(attribute_not_exists(#${at}) OR #${at} < :r${at})`);
  const ranks = Object.fromEntries(entries.map(([, bytes], at) => [`:r${at}`, { B: rankOf(bytes) }]));
  return setValues(values, { expression: isNewer.join(' AND '), values: ranks });
}

function setValues(values: Values, condition: Condition): Update {
  const entries = [...values];
  const bytesAt = Object.fromEntries(entries.map(([, bytes], at) => [`:${at}`, { B: bytes }]));
  return {
    UpdateExpression: `SET ${entries.map((_, at) => `#${at} = :${at}`).join(', ')} ADD v :one`,
    ...conditionInput(condition),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
    ExpressionAttributeValues: { ':one': { N: '1' }, ...bytesAt, ...condition.values },
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
