import { formatCount, formatNumber } from '../../ui/format/number.ts';
import type { Line } from './line.ts';

/** What a line comes to, as it was logged; undefined where no value is a number. */
export interface LineFacts {
  readonly id: string;
  readonly label: string;
  readonly last: number | undefined;
  readonly least: number | undefined;
  readonly greatest: number | undefined;
  readonly count: number;
}

/** Last, least and greatest value of each line: what a chart says, for who reads it as a table. */
export const factsOfLines = (lines: readonly Line[]): readonly LineFacts[] =>
  lines.map(({ id, label, ys, rawYs, extremes, loggedCount }) => {
    const values = (rawYs ?? ys).filter((value) => !Number.isNaN(value));
    return {
      id,
      label,
      last: values.at(-1),
      least: leastOf(extremes?.lows ?? values),
      greatest: greatestOf(extremes?.highs ?? values),
      count: loggedCount,
    };
  });

const leastOf = (values: Float64Array): number | undefined =>
  values.reduce<number | undefined>(
    (least, value) => (least === undefined || value < least ? value : least),
    undefined,
  );

const greatestOf = (values: Float64Array): number | undefined =>
  values.reduce<number | undefined>((most, value) => (most === undefined || value > most ? value : most), undefined);

/** A chart in a sentence or two: how many lines, and where they end. */
export function summaryOf(key: string, axisName: string, lines: readonly Line[]): string {
  const head = `${key} by ${axisName}, ${formatCount(lines.length, 'line')}.`;
  const ends = factsOfLines(lines).flatMap(({ label, last }) => (last === undefined ? [] : [{ label, last }]));
  const [lowest] = ends.toSorted((a, b) => a.last - b.last);
  const [highest] = ends.toSorted((a, b) => b.last - a.last);
  if (lowest === undefined || highest === undefined) return head;
  if (ends.length === 1) return `${head} ${lowest.label} ends at ${formatNumber(lowest.last)}.`;
  return `${head} Last values from ${formatNumber(lowest.last)} (${lowest.label}) to ${formatNumber(highest.last)} (${highest.label}).`;
}

/** Says that a chart shows a part of the points; undefined when it shows them all. */
export function sampleNote(lines: readonly Line[]): string | undefined {
  let shown = 0;
  let logged = 0;
  for (const line of lines) {
    shown += line.shownCount;
    logged += line.loggedCount;
  }
  return shown < logged ? `${shown.toLocaleString('en-US')} of ${formatCount(logged, 'point')}, peaks kept` : undefined;
}
