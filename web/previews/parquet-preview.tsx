import { useEffect, useState } from 'react';
import { formatCount } from '../ui/format/number.ts';
import { Empty, Loading } from '../ui/states/states.tsx';
import styles from './previews.module.css';
import type { ParquetTable } from './read-parquet.ts';
import { TablePreview } from './table-preview.tsx';

interface Props {
  readonly name: string;
  readonly content: Blob;
}

type Reading = { readonly table: ParquetTable } | { readonly why: string };

/** The first rows of a Parquet file; the library that reads them comes with the first one. */
export function ParquetPreview({ name, content }: Props) {
  const reading = useReading(content);
  if (reading === undefined) return <Loading what="the file" />;
  if ('why' in reading) {
    return (
      <Empty title="The file cannot be shown">
        <p>{reading.why}. Download it, or read it in Python.</p>
      </Empty>
    );
  }
  const { table } = reading;
  return (
    <>
      {table.rowCount > table.rows.length && (
        <p className={styles.cut}>
          The first {table.rows.length.toLocaleString('en-US')} of {formatCount(table.rowCount, 'row')}.
        </p>
      )}
      <TablePreview name={name} table={table} />
    </>
  );
}

function useReading(content: Blob): Reading | undefined {
  const [reading, setReading] = useState<Reading>();
  useEffect(() => {
    let isCurrent = true;
    const show = (next: Reading) => isCurrent && setReading(next);
    read(content).then(
      (table) => show({ table }),
      (error: unknown) => show({ why: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [content]);
  return reading;
}

async function read(content: Blob): Promise<ParquetTable> {
  const [{ readParquet }, bytes] = await Promise.all([import('./read-parquet.ts'), content.arrayBuffer()]);
  return readParquet(bytes);
}
