import type { StageMark } from '../../domain/lifecycle.ts';
import type { Filter } from '../../search/filter.ts';
import type { OrderBy } from '../../search/order-by.ts';
import { compareSortKeys, type SortKey, sortKeyPartOf } from '../../search/sort-key.ts';
import { type Column, type ColumnName, RUN_ID, STAGE_MARK, valueOfRow } from './column.ts';
import { markOfText } from './columns-of-runs.ts';
import { filterRows, filterTexts } from './filter-rows.ts';
import { type CompareRows, type RowOrder, rowOrderOf } from './row-order.ts';
import type { Segment } from './segment.ts';
import { allRows, keepRows, type RowSet } from './select-rows.ts';
import { topRows } from './top-rows.ts';

/** What a search asks of each segment. */
export interface SegmentQuery {
  readonly filter: Filter<'runs'>;
  readonly orderBy: OrderBy<'runs'>;
  /** Whether runs with this mark of their own are shown: the view and the experiment's mark, made one. */
  readonly isVisible: (mark: StageMark) => boolean;
  /** Whether a run is elsewhere now, such as among the live ones; true for few. */
  readonly isHidden: (runId: string) => boolean;
  readonly limit: number;
  /** Only rows behind this key are wanted. */
  readonly after?: SortKey | undefined;
  /** Rows behind this key need not be given: others have filled the page. */
  readonly until?: SortKey | undefined;
}

/** A row that was found, and its place among those of other segments and of live runs. */
export interface FoundRow {
  readonly sortKey: SortKey;
  readonly row: number;
}

/**
 * Gives the first `limit` rows that match, in the total order: what compileFilter and compareSortKeys give for the same
 * runs. Reads the columns that the query names, and those of the run's id, start and mark.
 */
export async function searchSegment(segment: Segment, query: SegmentQuery): Promise<readonly FoundRow[]> {
  const columns = await columnsOf(segment, query);
  const { rowCount } = segment;
  const order = rowOrderOf(query.orderBy, rowCount, ({ target }) => columns(target));
  const sortKeyOf = sortKeysBy(query.orderBy, columns);
  const runIds = columns(RUN_ID);
  const isHidden = (row: number): boolean => runIds !== undefined && query.isHidden(String(valueOfRow(runIds, row)));
  const matches = matchingRows(rowCount, query, columns);
  const rows = firstRows({ ...query, matches, rowCount, order, isHidden, sortKeyOf });
  return rows.map((row) => ({ sortKey: sortKeyOf(row), row }));
}

function sortKeysBy({ terms }: OrderBy<'runs'>, columnOf: ColumnOf): (row: number) => SortKey {
  const parts = terms.map(({ target, type }) => ({ column: columnOf(target), type }));
  return (row) => parts.map(({ column, type }) => sortKeyPartOf(column && valueOfRow(column, row), type));
}

type ColumnOf = (name: ColumnName) => Column | undefined;

/** Reads the columns that a search will use, and those of the run's id and mark. */
export async function loadColumns(segment: Segment, query: Pick<SegmentQuery, 'filter' | 'orderBy'>): Promise<void> {
  await columnsOf(segment, query);
}

async function columnsOf(
  segment: Segment,
  { filter, orderBy }: Pick<SegmentQuery, 'filter' | 'orderBy'>,
): Promise<ColumnOf> {
  const targets = [...filter.conditions, ...orderBy.terms].map(({ target }) => target);
  const names = new Map([STAGE_MARK, RUN_ID, ...targets].map((name): [string, ColumnName] => [idOf(name), name]));
  const loaded = await Promise.all(
    [...names].map(async ([id, name]): Promise<[string, Column | undefined]> => [id, await segment.column(name)]),
  );
  const columns = new Map(loaded);
  return (name) => columns.get(idOf(name));
}

const idOf = ({ kind, key }: ColumnName): string => `${kind} ${key}`;

/** Gives the rows that match; undefined for all of them. */
export async function findRows(segment: Segment, query: Pick<SegmentQuery, 'filter' | 'isVisible'>): Promise<RowSet> {
  return matchingRows(
    segment.rowCount,
    query,
    await columnsOf(segment, { ...query, orderBy: { entity: 'runs', terms: [] } }),
  );
}

function matchingRows(
  rowCount: number,
  { filter, isVisible }: Pick<SegmentQuery, 'filter' | 'isVisible'>,
  columnOf: ColumnOf,
): RowSet {
  const marks = columnOf(STAGE_MARK);
  const visible =
    marks?.type === 'text' ? filterTexts(marks, rowCount, (text) => isVisible(markOfText(text))) : undefined;
  return filter.conditions.reduce<RowSet>(
    (among, condition) => filterRows({ condition, column: columnOf(condition.target), rowCount, among }),
    visible,
  );
}

interface Selection extends Pick<SegmentQuery, 'orderBy' | 'limit' | 'after' | 'until'> {
  readonly matches: RowSet;
  readonly rowCount: number;
  readonly order: RowOrder;
  readonly isHidden: (row: number) => boolean;
  readonly sortKeyOf: (row: number) => SortKey;
}

function firstRows(selection: Selection): readonly number[] {
  const { matches, rowCount, order, after } = selection;
  const { compare } = order;
  if (compare === undefined) return firstStoredRows(selection);
  const rows = matches ?? allRows(rowCount);
  const place = after === undefined ? undefined : order.compareTo(after);
  return firstOrderedRows(place === undefined ? rows : keepRows(rows, (row) => place(row) > 0), compare, selection);
}

/** Rows that are stored in the order of the search: those between two keys are found by halving. */
function firstStoredRows(selection: Selection): readonly number[] {
  const { matches, rowCount, isHidden, limit, orderBy, sortKeyOf, after, until } = selection;
  const count = matches?.length ?? rowCount;
  const rowAt = (at: number): number => Number(matches === undefined ? at : matches[at]);
  const firstBehind = (key: SortKey): number =>
    firstPlace(count, (at) => compareSortKeys(orderBy, sortKeyOf(rowAt(at)), key) > 0);
  const end = until === undefined ? count : firstBehind(until);
  const found: number[] = [];
  for (let at = after === undefined ? 0 : firstBehind(after); at < end && found.length < limit; at += 1) {
    if (!isHidden(rowAt(at))) found.push(rowAt(at));
  }
  return found;
}

/** The first of `count` places from which on a test holds. */
function firstPlace(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Asks about hiding only for rows that would be in the page; for those that are hidden, the next ones come in. */
function firstOrderedRows(
  matches: Uint32Array,
  compare: CompareRows,
  { isHidden, limit }: Selection,
): readonly number[] {
  const found: number[] = [];
  let rest = matches;
  let size = limit;
  while (found.length < limit && rest.length > 0) {
    const top = topRows(rest, size, compare);
    for (const row of top) if (found.length < limit && !isHidden(row)) found.push(row);
    const last = Number(top.at(-1));
    if (found.length < limit) rest = keepRows(rest, (row) => compare(row, last) > 0);
    size *= 2;
  }
  return found;
}
