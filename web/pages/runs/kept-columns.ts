import { useEffect, useState } from 'react';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import type { runsSchema } from './runs-state.ts';

const storageKey = (experimentIds: readonly string[]): string => `tracklet.columns.${experimentIds.join(',')}`;

/** The columns that were last chosen for these experiments in this browser; none when nobody chose. */
function keptColumns(experimentIds: readonly string[]): readonly string[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(storageKey(experimentIds)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((column) => typeof column === 'string') : [];
  } catch {
    // A browser that keeps nothing, or a text of somebody else's: as if nobody had chosen.
    return [];
  }
}

/** Keeps a choice of columns for the next visit; nothing is forgotten by a browser that keeps nothing. */
export function keepColumns(experimentIds: readonly string[], columns: readonly string[]): void {
  try {
    window.localStorage.setItem(storageKey(experimentIds), JSON.stringify(columns));
  } catch {
    // The URL has them all the same.
  }
}

/** Forgets what was kept. */
export const forgetColumns = (experimentIds: readonly string[]): void => keepColumns(experimentIds, []);

/**
 * Writes the columns that were kept into an address that says nothing else, so that whoever gets it as a link sees the same.
 * Any other address without columns is somebody's link to the automatic ones, and stays it.
 */
export function useKeptColumns(experimentIds: readonly string[], change: ChangeState<typeof runsSchema>): void {
  // Read once: the step back from the first choice leads to the automatic columns.
  const [kept] = useState(() => (window.location.search === '' ? keptColumns(experimentIds) : []));
  useEffect(() => {
    if (kept.length > 0) change({ columns: kept }, 'replace');
  }, [kept, change]);
}
