import type { GridSort } from './grid-types.ts';

/** Reads `last_update_time.desc`. */
export function sortOf(text: string): GridSort {
  const at = text.lastIndexOf('.');
  return { columnId: text.slice(0, at), isDescending: text.slice(at + 1) === 'desc' };
}

/** A sort as it stands in a URL. */
export const textOfSort = ({ columnId, isDescending }: GridSort): string =>
  `${columnId}.${isDescending ? 'desc' : 'asc'}`;
