import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect } from 'react';
import { useWidth } from '../grid/use-width.ts';

const MOST_NAME_WIDTH = 288;
/** Of what there is, on a narrow screen. */
const NAME_SHARE = 0.36;
const LEAST_WIDTH = 152;
const COLUMNS_AROUND = 2;

/** The columns that are drawn, and how many before and behind them are not; widths in pixels. */
interface DrawnColumns {
  readonly nameWidth: number;
  readonly columnWidth: number;
  readonly first: number;
  /** The one behind the last. */
  readonly end: number;
}

/** Draws only the columns of a wide table that are in view, beside a first one that stays; few of them share the width. */
export function useDrawnColumns(scroller: RefObject<HTMLDivElement | null>, count: number): DrawnColumns {
  const width = useWidth(scroller);
  const nameWidth = Math.min(MOST_NAME_WIDTH, Math.round(width * NAME_SHARE));
  const columnWidth = Math.max(LEAST_WIDTH, Math.floor((width - nameWidth) / Math.max(1, count)));
  const virtualizer = useVirtualizer({
    count,
    horizontal: true,
    getScrollElement: () => scroller.current,
    estimateSize: () => columnWidth,
    paddingStart: nameWidth,
    overscan: COLUMNS_AROUND,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured holds for one width of a column.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, columnWidth]);
  const items = virtualizer.getVirtualItems();
  return { nameWidth, columnWidth, first: items[0]?.index ?? 0, end: (items.at(-1)?.index ?? -1) + 1 };
}
