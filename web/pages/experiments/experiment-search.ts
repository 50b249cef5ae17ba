import type { ExperimentSearch } from '../../api/experiments.ts';
import type { GridSort } from '../../grid/grid-types.ts';
import { likeHolding } from '../../ui/format/search-text.ts';

/** What a person chose, as a search that MLflow understands. */
export function experimentSearchOf(name: string, stage: 'active' | 'deleted', sort: GridSort): ExperimentSearch {
  return {
    filter: name.trim() === '' ? '' : `name ILIKE ${likeHolding(name.trim())}`,
    orderBy: [`${sort.columnId} ${sort.isDescending ? 'DESC' : 'ASC'}`],
    view: stage === 'deleted' ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
  };
}

/** Reads `last_update_time.desc`. */
export function sortOf(text: string): GridSort {
  const at = text.lastIndexOf('.');
  return { columnId: text.slice(0, at), isDescending: text.slice(at + 1) === 'desc' };
}

export const textOfSort = ({ columnId, isDescending }: GridSort): string =>
  `${columnId}.${isDescending ? 'desc' : 'asc'}`;
