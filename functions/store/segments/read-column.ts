import { fromPlanes } from './byte-planes.ts';
import type { Column } from './column.ts';
import { readDictionary } from './dictionary.ts';
import { PackedReader } from './packed-reader.ts';
import { readRowList } from './row-list.ts';
import { integersOf } from './typed-bytes.ts';
import { ColumnForm } from './write-column.ts';

/** Reads what writeColumn wrote; throws RangeError where that cannot be. */
export function readColumn(bytes: Uint8Array, rowCount: number): Column {
  const reader = new PackedReader(bytes);
  const form = reader.unsigned();
  const hasRows = reader.unsigned() === 1;
  const count = reader.unsigned();
  const rows = hasRows ? readRowList(reader, count, rowCount) : undefined;
  if (!hasRows && count !== rowCount) throw new RangeError(`${count} entries for ${rowCount} rows`);
  const column = readValues(reader, form, count);
  return { ...column, rows, byteSize: column.byteSize + (rows?.byteLength ?? 0) };
}

function readValues(reader: PackedReader, form: number, count: number): Column {
  if (form === ColumnForm.Texts) {
    const width = reader.unsigned();
    const codes = integersOf(reader.take(count * width), width);
    const dictionary = readDictionary(reader);
    return { type: 'text', rows: undefined, codes, dictionary, byteSize: codes.byteLength + dictionary.byteSize };
  }
  if (form !== ColumnForm.Doubles && form !== ColumnForm.WideIntegers) throw new RangeError(`Column form ${form}`);
  const buffer = fromPlanes(reader.take(count * 8));
  const values = form === ColumnForm.Doubles ? new Float64Array(buffer) : new BigInt64Array(buffer);
  return { type: 'number', rows: undefined, values, byteSize: values.byteLength };
}
