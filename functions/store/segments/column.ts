import { type Int64, normalizeInt64 } from '../../domain/int64.ts';
import type { AttributeValue } from '../../search/row.ts';
import type { Dictionary } from './dictionary.ts';
import type { Integers } from './typed-bytes.ts';

/** What a column is of; `mark` is what the store notes about a row, the others are a filter's targets. */
export const COLUMN_KINDS = ['attribute', 'mark', 'metric', 'param', 'tag', 'dataset'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

export interface ColumnName {
  readonly kind: ColumnKind;
  readonly key: string;
}

/** The run's own stage mark. */
export const STAGE_MARK: ColumnName = { kind: 'mark', key: '' };
/** For rows that take the place of older ones in other segments: the document version of the one before (NewRow). */
export const REPLACES: ColumnName = { kind: 'mark', key: 'replaces' };
export const RUN_ID: ColumnName = { kind: 'attribute', key: 'run_id' };

interface Entries {
  /**
   * The row of each entry, ascending; undefined when entry n is row n's and every row has one. Columns of datasets
   * have several entries in a row.
   */
  readonly rows: Uint32Array | undefined;
  /** What the column takes in memory, about. */
  readonly byteSize: number;
}

/** Numbers by entry; bigints only where some integer is beyond 2^53. */
export interface NumberColumn extends Entries {
  readonly type: 'number';
  readonly values: Float64Array | BigInt64Array;
}

/** Texts by entry, as codes in a dictionary; the code `dictionary.size` stands for a missing text. */
export interface TextColumn extends Entries {
  readonly type: 'text';
  readonly codes: Integers;
  readonly dictionary: Dictionary;
}

/** A column in memory. */
export type Column = NumberColumn | TextColumn;

/** The one value of a row, undefined when it has none. */
export function valueOfRow(column: Column, row: number): AttributeValue | undefined {
  const at = entryOfRow(column, row);
  return at < 0 ? undefined : valueAt(column, at);
}

/** The value of an entry. */
export function valueAt(column: Column, at: number): AttributeValue | undefined {
  if (column.type === 'number') return int64Of(column.values[at]);
  const code = column.codes[at] ?? column.dictionary.size;
  return code === column.dictionary.size ? undefined : column.dictionary.at(code);
}

const int64Of = (value: Int64 | undefined): Int64 | undefined =>
  typeof value === 'bigint' ? normalizeInt64(value) : value;

/** The entry of a row, or -1. */
function entryOfRow({ rows }: Entries, row: number): number {
  if (rows === undefined) return row;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(rows[middle]) < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row ? low : -1;
}
