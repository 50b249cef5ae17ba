import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

/** Writes ascending rows, which may repeat, as differences. */
export function writeRowList(writer: PackedWriter, rows: Uint32Array): void {
  let previous = 0;
  for (const row of rows) {
    writer.unsigned(row - previous);
    previous = row;
  }
}

/** Reads so many rows back; each must be below `rowCount`. */
export function readRowList(reader: PackedReader, count: number, rowCount: number): Uint32Array {
  const rows = new Uint32Array(count);
  let row = 0;
  for (let at = 0; at < count; at += 1) {
    row += reader.unsigned();
    if (row >= rowCount) throw new RangeError(`Row ${row} of ${rowCount}`);
    rows[at] = row;
  }
  return rows;
}
