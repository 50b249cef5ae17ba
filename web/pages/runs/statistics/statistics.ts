import type { SampledSeries } from '../../../api/metrics.ts';
import { parseColumnId, type Statistic, type StatisticId } from '../column-id.ts';

/** What the history of a metric of a run comes to; undefined where no value is a number. */
export type Figures = Readonly<Record<Statistic, number | undefined>>;

/** By run, by metric. */
export type Statistics = ReadonlyMap<string, ReadonlyMap<string, Figures>>;

/** Gives a statistic of a run; undefined when there is none, or it is not read yet. */
export type StatisticOf = (runId: string, id: StatisticId) => number | undefined;

/** From a sample that keeps the first point, the least and the greatest. */
export function figuresOf({ values }: Pick<SampledSeries, 'values'>): Figures {
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return { min: undefined, max: undefined, first: values[0] };
  return { min: Math.min(...numbers), max: Math.max(...numbers), first: values[0] };
}

export const statisticsIn =
  (statistics: Statistics): StatisticOf =>
  (runId, { key, statistic }) =>
    statistics.get(runId)?.get(key)?.[statistic];

/** The metrics whose statistics stand among columns, each once. */
export const metricsOfStatistics = (columns: readonly string[]): readonly string[] => [
  ...new Set(columns.map(parseColumnId).flatMap((id) => (id?.kind === 'statistic' ? [id.key] : []))),
];
