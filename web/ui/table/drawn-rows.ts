import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useRef } from 'react';

interface Rows {
  readonly count: number;
  /** In pixels, of each of them. */
  readonly rowHeight: number;
  /** How many more are drawn above and below those in view. */
  readonly around: number;
}

/** The rows of a long table that are drawn, and what the others would take, in pixels. */
interface DrawnRows {
  /** What scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly indices: readonly number[];
  readonly above: number;
  readonly below: number;
}

/** Draws only the rows of a table that are in view. */
export function useDrawnRows({ count, rowHeight, around }: Rows): DrawnRows {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: around,
  });
  const items = virtualizer.getVirtualItems();
  return {
    scroller,
    indices: items.map(({ index }) => index),
    above: items[0]?.start ?? 0,
    below: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}
