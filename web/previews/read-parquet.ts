import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { Table } from './read-csv.ts';

/** What is not in the first rows is not read here, but in Python. */
const MOST_ROWS = 1000;

/** The beginning of a Parquet file as text, and how many rows the file has. */
export interface ParquetTable extends Table {
  readonly rowCount: number;
}

/** Reads the first thousand rows of a Parquet file; throws, in words, for what is none or is compressed in a way that is not read here. */
export async function readParquet(file: ArrayBuffer): Promise<ParquetTable> {
  const metadata = parquetMetadata(file);
  const heading = parquetSchema(metadata).children.map(({ element }) => element.name);
  const rows = await parquetReadObjects({ file, metadata, rowEnd: MOST_ROWS });
  return {
    heading,
    rows: rows.map((row) => heading.map((name) => textOf(row[name]))),
    rowCount: Number(metadata.num_rows),
  };
}

/** A cell as pandas writes it into CSV: nothing for what is missing, a day without its midnight. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString().replace(/(?:T00:00:00)?\.000Z$/, '');
  return typeof value === 'object' ? JSON.stringify(value, asJson) : String(value);
}

const asJson = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
