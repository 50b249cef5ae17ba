import { normalizeInt64 } from '../../domain/int64.ts';
import type { Column, ColumnKind, NumberColumn, TextColumn } from './column.ts';
import type { ColumnData, NumberData, TextData } from './column-data.ts';

/** One segment's part of a merged column: `rowOf[row]` is the row's new place, or -1 when it is dropped. */
export interface ColumnPart {
  readonly column: Column;
  readonly rowOf: Int32Array;
}

/** An entry of a part, and the row that it goes to. */
interface Entries {
  readonly count: number;
  /** For each entry its row in the merged segment, ascending. */
  readonly rows: Uint32Array;
  /** For each entry its number among those of all parts. */
  readonly sources: Uint32Array;
}

/** Merges the parts of one column; undefined when no row of it is left. */
export function mergeColumn(kind: ColumnKind, parts: readonly ColumnPart[], rowCount: number): ColumnData | undefined {
  const entries = entriesOf(kind, parts);
  if (entries.count === 0) return undefined;
  const rows = isEveryRow(entries, rowCount) ? undefined : entries.rows;
  const texts = parts.map(({ column }) => column).filter((column) => column.type === 'text');
  if (texts.length === parts.length) return mergeTexts(texts, entries, rows);
  const numbers = parts.map(({ column }) => column).filter((column) => column.type === 'number');
  return mergeNumbers(numbers, entries, rows);
}

const entryCountOf = (column: Column): number => (column.type === 'number' ? column.values : column.codes).length;

function entriesOf(kind: ColumnKind, parts: readonly ColumnPart[]): Entries {
  const total = parts.reduce((sum, { column }) => sum + entryCountOf(column), 0);
  // Row and entry in one double, as far as 2^53: sorting doubles needs no comparator, and keeps the order of a row's.
  const keys = new Float64Array(total);
  let count = 0;
  let source = 0;
  for (const { column, rowOf } of parts) {
    const size = entryCountOf(column);
    for (let at = 0; at < size; at += 1, source += 1) {
      const row = Number(rowOf[column.rows === undefined ? at : Number(column.rows[at])]);
      if (row < 0 || isAbsent(kind, column, at)) continue;
      keys[count] = row * total + source;
      count += 1;
    }
  }
  const sorted = keys.subarray(0, count).sort();
  const rows = new Uint32Array(count);
  const sources = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    const key = Number(sorted[at]);
    rows[at] = Math.floor(key / total);
    sources[at] = key % total;
  }
  return { count, rows, sources };
}

/** A missing text fills a row that has none; of a dataset, it is a part that the dataset has not. */
const isAbsent = (kind: ColumnKind, column: Column, at: number): boolean =>
  kind !== 'dataset' && column.type === 'text' && column.codes[at] === column.dictionary.size;

const isEveryRow = ({ count, rows }: Entries, rowCount: number): boolean =>
  count === rowCount && rows.every((row, at) => row === at);

function mergeNumbers(
  columns: readonly NumberColumn[],
  { sources }: Entries,
  rows: Uint32Array | undefined,
): NumberData {
  const isWide = columns.some(({ values }) => values instanceof BigInt64Array);
  if (isWide) return { type: 'number', rows, values: mergeWideIntegers(columns, sources) };
  const all = new Float64Array(columns.reduce((sum, { values }) => sum + values.length, 0));
  let end = 0;
  for (const { values } of columns) {
    if (values instanceof Float64Array) all.set(values, end);
    end += values.length;
  }
  const values = new Float64Array(sources.length);
  for (let at = 0; at < sources.length; at += 1) values[at] = Number(all[Number(sources[at])]);
  return { type: 'number', rows, values };
}

/** Integers beyond 2^53 are rare, and may all have been dropped. */
function mergeWideIntegers(columns: readonly NumberColumn[], sources: Uint32Array): Float64Array | BigInt64Array {
  const all = columns.flatMap(({ values }) => Array.from<number | bigint, bigint>(values, BigInt));
  const values = Array.from(sources, (source) => all[source] ?? 0n);
  const isWide = values.some((value) => typeof normalizeInt64(value) === 'bigint');
  return isWide ? BigInt64Array.from(values) : Float64Array.from(values, Number);
}

function mergeTexts(columns: readonly TextColumn[], { sources }: Entries, rows: Uint32Array | undefined): TextData {
  const words: string[] = [];
  const places = new Int32Array(columns.reduce((sum, { codes }) => sum + codes.length, 0));
  let end = 0;
  for (const { codes, dictionary } of columns) {
    const base = words.length;
    for (let code = 0; code < dictionary.size; code += 1) words.push(dictionary.at(code));
    for (const code of codes) {
      places[end] = code === dictionary.size ? -1 : base + code;
      end += 1;
    }
  }
  const merged = new Int32Array(sources.length);
  for (let at = 0; at < sources.length; at += 1) merged[at] = Number(places[Number(sources[at])]);
  return { type: 'text', rows, words, places: merged };
}
