import { numberOfSortKeyPart, type SortKeyPart } from '../../search/sort-key.ts';
import type { Column, TextColumn } from './column.ts';

/** Present values come first, then NaN, then missing ones, in either direction. */
const Rank = { Present: 0, NaN: 1, Missing: 2 } as const;

/** A value's place in one term of an order. */
export interface OrderKey {
  readonly rank: number;
  /** NaN where the rank says all. */
  readonly key: number;
}

interface Keys {
  readonly keys: Float64Array;
  /** 1 for what has no value; undefined when all have one. */
  readonly isMissing: Uint8Array | undefined;
}

/** The values of one term as numbers by row: a text is its code, which orders as the text does. */
export interface OrderKeys extends Keys {
  /** Where a part of a sort key stands among these values, be it there or not. */
  readonly locate: (part: SortKeyPart) => OrderKey;
}

const MISSING: OrderKey = { rank: Rank.Missing, key: Number.NaN };

const orderKey = (key: number): OrderKey => ({ rank: Number.isNaN(key) ? Rank.NaN : Rank.Present, key });

/** A row's place. */
export const orderKeyOfRow = ({ keys, isMissing }: OrderKeys, row: number): OrderKey =>
  isMissing?.[row] === 1 ? MISSING : orderKey(Number(keys[row]));

/** Makes the keys of a column with at most one value a row; no row has one when there is no column. */
export function orderKeysOf(column: Column | undefined, rowCount: number): OrderKeys {
  const { keys, isMissing, locate } = entryKeysOf(column);
  const byRow = column !== undefined && column.rows === undefined ? { keys, isMissing } : null;
  const locatePart = (part: SortKeyPart) => (part === null ? MISSING : orderKey(locate(part)));
  return { ...(byRow ?? spread(keys, column?.rows ?? new Uint32Array(), rowCount)), locate: locatePart };
}

interface EntryKeys extends Keys {
  readonly locate: (part: string | number) => number;
}

const numberOf = (part: string | number): number => Number(numberOfSortKeyPart(part));

function entryKeysOf(column: Column | undefined): EntryKeys {
  if (column === undefined) return { keys: new Float64Array(), isMissing: undefined, locate: numberOf };
  if (column.type === 'text') return keysOfTexts(column);
  const { values } = column;
  if (values instanceof BigInt64Array) return keysOfWideIntegers(values);
  return { keys: values, isMissing: undefined, locate: numberOf };
}

function keysOfTexts({ codes, dictionary }: TextColumn): EntryKeys {
  const keys = new Float64Array(codes);
  const isMissing = codes.includes(dictionary.size) ? new Uint8Array(codes.length) : undefined;
  for (let entry = 0; isMissing !== undefined && entry < codes.length; entry += 1) {
    if (codes[entry] !== dictionary.size) continue;
    keys[entry] = Number.NaN;
    isMissing[entry] = 1;
  }
  return { keys, isMissing, locate: (part) => dictionary.locate(String(part)) };
}

/** Doubles do not tell neighbours beyond 2^53 apart: such integers are ordered by their places among all. */
function keysOfWideIntegers(values: BigInt64Array): EntryKeys {
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  const locate = (wanted: number | bigint): number => (Number.isNaN(wanted) ? Number.NaN : placeAmong(sorted, wanted));
  const keys = Float64Array.from(values, locate);
  return { keys, isMissing: undefined, locate: (part) => locate(numberOfSortKeyPart(part)) };
}

/** The place of an integer, or half way between those of its neighbours. */
function placeAmong(sorted: readonly bigint[], wanted: number | bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] ?? 0n;
    if (value < wanted) low = middle + 1;
    else if (value > wanted) high = middle;
    else return middle;
  }
  return low - 0.5;
}

/** Puts the keys of entries where their rows are; the other rows have none. */
function spread(entryKeys: Float64Array, rows: Uint32Array, rowCount: number): Keys {
  const keys = new Float64Array(rowCount).fill(Number.NaN);
  const isMissing = new Uint8Array(rowCount).fill(1);
  for (let entry = 0; entry < rows.length; entry += 1) {
    const row = Number(rows[entry]);
    keys[row] = Number(entryKeys[entry]);
    isMissing[row] = 0;
  }
  return { keys, isMissing };
}
