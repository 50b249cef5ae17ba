import { useEffect, useRef } from 'react';
import styles from './data-grid.module.css';
import type { GridProps, GridRow } from './grid-types.ts';
import { selectableIds } from './selectable-ids.ts';

/** Chooses all rows that are loaded, or none. */
export function SelectAll<Row extends GridRow<Row>>({
  grid: { rows, selectedIds, onSelect },
}: {
  readonly grid: GridProps<Row>;
}) {
  const box = useRef<HTMLInputElement>(null);
  const isSome = selectedIds.size > 0;
  const isAll = isSome && selectableIds(rows).every((id) => selectedIds.has(id));
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome && !isAll;
  }, [isSome, isAll]);
  return (
    // biome-ignore lint/a11y: the header of the column of check boxes.
    <div role="columnheader" aria-colindex={1} className={styles.check}>
      <input
        ref={box}
        type="checkbox"
        aria-label="Choose all loaded rows"
        checked={isAll}
        onChange={() => onSelect(isAll ? new Set() : new Set(selectableIds(rows)))}
      />
    </div>
  );
}
