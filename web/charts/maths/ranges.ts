import type { Line, Range } from './line.ts';

/** What stays free above and below the lines, as a part of the height. */
const ROOM = 0.05;
/** What counts as an outlier: beyond these parts of all values, as TensorBoard leaves them out. */
const LEAST_PART = 0.05;
const GREATEST_PART = 0.95;

interface Scale {
  readonly isLog: boolean;
}

/** From the first to the last x of all lines; undefined when there is none that the scale can show. */
export function xRangeOf(lines: readonly Line[], { isLog }: Scale): Range | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { xs, ys } of lines) {
    for (const [row, x] of xs.entries()) {
      if (!isShown(x, isLog) || Number.isNaN(ys[row])) continue;
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
  }
  return from > to ? undefined : apart({ from, to }, isLog);
}

interface YScale extends Scale {
  readonly isWithoutOutliers: boolean;
}

/** From the least to the greatest value within a range of x, with a little room; undefined when there is no value in it. */
export function yRangeOf(
  lines: readonly Line[],
  within: Range,
  { isLog, isWithoutOutliers }: YScale,
): Range | undefined {
  const values: number[] = [];
  for (const line of lines) {
    const columns = [line.ys, ...(isWithoutOutliers || line.rawYs === undefined ? [] : [line.rawYs])];
    if (line.band !== undefined) columns.push(line.band.lows, line.band.highs);
    for (const [row, x] of line.xs.entries()) {
      if (x < within.from || x > within.to) continue;
      for (const column of columns) {
        const value = Number(column[row]);
        if (isShown(value, isLog)) values.push(value);
      }
    }
  }
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => Number(sorted[Math.round((sorted.length - 1) * part)]);
  const range = isWithoutOutliers ? { from: at(LEAST_PART), to: at(GREATEST_PART) } : { from: at(0), to: at(1) };
  return withRoom(apart(range, isLog), isLog);
}

/** A logarithm has no place for zero and less. */
const isShown = (value: number, isLog: boolean): boolean => Number.isFinite(value) && (!isLog || value > 0);

/** A range of one value would have no height. */
function apart({ from, to }: Range, isLog: boolean): Range {
  if (from < to) return { from, to };
  if (isLog) return { from: from / 2, to: to * 2 };
  const half = Math.abs(from) / 10 || 0.5;
  return { from: from - half, to: to + half };
}

function withRoom({ from, to }: Range, isLog: boolean): Range {
  if (isLog) {
    const factor = (to / from) ** ROOM;
    return { from: from / factor, to: to * factor };
  }
  const room = (to - from) * ROOM;
  return { from: from - room, to: to + room };
}
