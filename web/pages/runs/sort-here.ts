import type { Run } from '../../api/runs.ts';
import type { ColumnId } from './column-id.ts';
import { runValue } from './run-values.ts';
import type { StatisticOf } from './statistics/statistics.ts';

type Value = string | number | undefined;

interface Context {
  readonly statisticOf: StatisticOf;
  readonly experimentNames: ReadonlyMap<string, string>;
  /** When runs that go on are measured; in ms since the epoch. */
  readonly nowMs: number;
}

/** What runs are sorted by, among those that are loaded, for a column that MLflow cannot sort by: what it shows. */
export function valueToSortBy(run: Run, id: ColumnId, { statisticOf, experimentNames, nowMs }: Context): Value {
  if (id.kind === 'statistic') return statisticOf(run.runId, id);
  const value = runValue(run, id);
  if (id.kind !== 'attribute') return value;
  if (id.name === 'experiment') return experimentNames.get(run.experimentId) ?? run.experimentId;
  const goesOn = run.status === 'RUNNING' && run.startTime > 0;
  return id.name === 'duration' && value === undefined && goesOn ? nowMs - run.startTime : value;
}

/** Sorted by their values; what has none, or NaN, comes last either way, and equal ones stay in their order. */
export function sortHere<T>(items: readonly T[], isDescending: boolean, readValue: (item: T) => Value): readonly T[] {
  const order = isDescending ? -1 : 1;
  const keyed = items.map((item) => ({ item, value: readValue(item) }));
  const there = keyed.filter(({ value }) => isThere(value));
  const last = keyed.filter(({ value }) => !isThere(value));
  there.sort((a, b) => order * compare(a.value, b.value));
  return [...there, ...last].map(({ item }) => item);
}

const isThere = (value: Value): boolean => value !== undefined && value !== '' && !Number.isNaN(value);

/** Numbers by size, texts by their characters; a column holds one or the other. */
function compare(a: Value, b: Value): number {
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}
