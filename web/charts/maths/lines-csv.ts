import { csvLine } from '../../ui/format/csv.ts';
import type { Line, Range } from './line.ts';

interface Drawn {
  readonly metricKey: string;
  /** What runs along, in a word. */
  readonly axisName: string;
  readonly lines: readonly Line[];
  /** What is in view; all when absent. */
  readonly zoom: Range | undefined;
}

/** The points that a chart draws as the lines of a CSV file; what is smoothed stands beside what was logged. */
export function linesCsv({ metricKey, axisName, lines, zoom }: Drawn): readonly string[] {
  const isSmoothed = lines.some(({ rawYs }) => rawYs !== undefined);
  const points = lines.flatMap(({ id, label, xs, ys, rawYs }) =>
    [...xs.entries()].flatMap(([row, x]) => {
      if (zoom !== undefined && (x < zoom.from || x > zoom.to)) return [];
      return [csvLine([id, label, x, ys[row], ...(isSmoothed ? [(rawYs ?? ys)[row]] : [])])];
    }),
  );
  return [csvLine(['id', 'name', axisName, metricKey, ...(isSmoothed ? [`${metricKey} as logged`] : [])]), ...points];
}
