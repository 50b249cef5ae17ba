interface Pinnable {
  readonly id: string;
  readonly width: number;
  readonly isPinned: boolean;
}

/** How much of the view pinned columns may take: on a telephone the others must still be seen. */
const MOST = 0.62;

/** The pinned columns that fit the view; the rest of them scroll like all others. */
export function pinnedWithin(
  columns: readonly Pinnable[],
  widths: Readonly<Record<string, number>>,
  viewWidth: number,
): readonly string[] {
  const ids: string[] = [];
  let taken = 0;
  for (const { id, width } of columns.filter(({ isPinned }) => isPinned)) {
    taken += widths[id] ?? width;
    if (taken > viewWidth * MOST) break;
    ids.push(id);
  }
  return ids;
}
