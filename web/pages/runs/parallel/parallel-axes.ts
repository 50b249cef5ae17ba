import type { Run } from '../../../api/runs.ts';
import { parseColumnId } from '../column-id.ts';
import { runValue } from '../run-values.ts';
import type { Brushes } from './brushes.ts';

/** An axis of parallel coordinates: a metric or a param, and where each run stands on it. */
export interface ParallelAxis {
  /** The column of the table that it shows. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'linear' | 'log' | 'words';
  /** The words in their order; none on an axis of numbers. */
  readonly words: readonly string[];
  /** A number for each run: on an axis of words the place of its word. NaN for a run that has none. */
  readonly places: readonly number[];
}

/** More cannot be read beside each other. */
export const MOST_AXES = 12;
/** From this ratio of the greatest to the least, positive numbers are spread by their logarithms: learning rates are. */
const LOG_RATIO = 100;

/** The metrics and params among the columns of a table, as axes; those on which no run stands are left out. */
export function parallelAxes(runs: readonly Run[], columns: readonly string[]): readonly ParallelAxis[] {
  return columns
    .flatMap((column) => axisOfColumn(runs, column) ?? [])
    .filter(({ places }) => places.some((place) => !Number.isNaN(place)));
}

/** Where runs stand on a metric or a param; undefined for any other column. */
export function axisOfColumn(runs: readonly Run[], column: string): ParallelAxis | undefined {
  const id = parseColumnId(column);
  if (id === undefined || (id.kind !== 'metric' && id.kind !== 'param')) return undefined;
  const values = runs.map((run) => runValue(run, id));
  return axisOf(column, id.key, values);
}

function axisOf(id: string, title: string, values: readonly (string | number | undefined)[]): ParallelAxis {
  const numbers = values.map((value) => (value === undefined || value === '' ? Number.NaN : Number(value)));
  const areNumbers = values.every(
    (value, row) => value === undefined || Number.isFinite(numbers[row]) || value === 'NaN',
  );
  if (areNumbers || values.some((value) => typeof value === 'number')) {
    const places = numbers.map((number) => (Number.isFinite(number) ? number : Number.NaN));
    return { id, title, kind: kindOf(places), words: [], places };
  }
  const words = [...new Set(values.filter((value) => value !== undefined).map(String))].sort();
  const places = values.map((value) => (value === undefined ? Number.NaN : words.indexOf(String(value))));
  return { id, title, kind: 'words', words, places };
}

function kindOf(places: readonly number[]): 'linear' | 'log' {
  const numbers = places.filter((place) => !Number.isNaN(place));
  const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return least > 0 && greatest / least >= LOG_RATIO ? 'log' : 'linear';
}

/** The runs that stand within a brushed stretch of every axis that has one; all when nothing is brushed. */
export function brushedRuns(runs: readonly Run[], axes: readonly ParallelAxis[], brushes: Brushes): readonly Run[] {
  return runs.filter((_, row) =>
    axes.every(({ id, places }) => {
      const stretches = brushes.get(id) ?? [];
      const place = places[row];
      return (
        stretches.length === 0 || stretches.some(([from, to]) => place !== undefined && place >= from && place <= to)
      );
    }),
  );
}
