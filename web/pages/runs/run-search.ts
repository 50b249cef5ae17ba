import type { RunSearch } from '../../api/runs.ts';
import type { GridSort } from '../../grid/grid-types.ts';
import { parseColumnId, sortKeyOf } from './column-id.ts';
import { PERIODS, type RunsState } from './runs-state.ts';

/** Reads `metrics.loss.desc`. */
export function sortOf(text: string): GridSort {
  const at = text.lastIndexOf('.');
  return { columnId: text.slice(0, at), isDescending: text.slice(at + 1) === 'desc' };
}

export const textOfSort = ({ columnId, isDescending }: GridSort): string =>
  `${columnId}.${isDescending ? 'desc' : 'asc'}`;

type Chosen = Pick<RunsState, 'filter' | 'stage' | 'status' | 'since' | 'sort' | 'group'>;

/** What a person chose, as a search that MLflow understands; `now` in ms since the epoch is what periods end at. */
export function runSearchOf(experimentIds: readonly string[], chosen: Chosen, now: number): RunSearch {
  const { filter, stage, status, since, sort, group } = chosen;
  const period = PERIODS.find(({ value }) => value === since)?.ms;
  const clauses = [
    filter.trim(),
    status === 'any' ? '' : `attributes.status = '${status}'`,
    period === undefined ? '' : `attributes.start_time >= ${now - period}`,
  ];
  return {
    experimentIds,
    filter: joined(clauses),
    orderBy: orderByOf(sort, group),
    view: stage === 'deleted' ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
  };
}

const NEWEST_FIRST = 'attributes.start_time DESC';

/** Whether the first run that a search finds is the one that began last. */
export const isNewestFirst = ({ orderBy }: RunSearch): boolean => orderBy[0] === NEWEST_FIRST;

/** The same runs, those that began last first. */
export const newestOf = (search: RunSearch): RunSearch => ({ ...search, orderBy: [NEWEST_FIRST] });

/** The runs of a search that began after a moment, in ms since the epoch, the last first; all when it is undefined. */
export function startedAfter(search: RunSearch, sinceMs: number | undefined): RunSearch {
  const clauses = [search.filter, sinceMs === undefined ? '' : `attributes.start_time > ${sinceMs}`];
  return { ...newestOf(search), filter: joined(clauses) };
}

const joined = (clauses: readonly string[]): string => clauses.filter((clause) => clause !== '').join(' AND ');

/** Runs of a group come one after another, for the server sorts by the group first. */
function orderByOf(sort: string, group: string): readonly string[] {
  const { columnId, isDescending } = sortOf(sort);
  const groupKey = keyOf(group);
  const sortKey = keyOf(columnId);
  const items = [
    groupKey && `${groupKey} ASC`,
    sortKey !== groupKey && sortKey && `${sortKey} ${isDescending ? 'DESC' : 'ASC'}`,
  ];
  return items.filter((item) => typeof item === 'string');
}

function keyOf(columnId: string): string | undefined {
  const id = parseColumnId(columnId);
  return id && sortKeyOf(id);
}
