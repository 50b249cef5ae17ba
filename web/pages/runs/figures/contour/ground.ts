import type { ParallelAxis } from '../../parallel/parallel-axes.ts';
import type { Dot } from '../figure-data.ts';

/** A run as a dot that stands at a height. */
export interface Peak extends Dot {
  readonly height: number;
}

/** A stretch of an axis, in its numbers. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly isLog: boolean;
}

/** Heights between runs, row by row from the lower left; NaN where no run is near. */
export interface Ground {
  readonly columns: number;
  readonly rows: number;
  readonly heights: Float64Array;
  readonly x: Stretch;
  readonly y: Stretch;
}

const COLUMNS = 96;
const ROWS = 64;
/** How far a run is felt, as a share of an axis: the spread of a normal distribution. */
const REACH = 0.09;
/** Where less than this of a single run is felt nothing is claimed: three times the spread away. */
const LEAST_WEIGHT = Math.exp(-4.5);
/** Room around the outermost runs, as a share of what lies between them. */
const MARGIN = 0.06;

/** The runs that stand on all three axes. */
export const peaksOf = (dots: readonly Dot[], heights: ReadonlyMap<string, number>): readonly Peak[] =>
  dots.flatMap((dot) => {
    const height = heights.get(dot.runId);
    return height === undefined || Number.isNaN(height) ? [] : [{ ...dot, height }];
  });

/** What an axis has to show of some places, with room around them. */
export function stretchOf(places: readonly number[], kind: ParallelAxis['kind']): Stretch {
  const isLog = kind === 'log';
  const least = scaled(Math.min(...places), isLog);
  const greatest = scaled(Math.max(...places), isLog);
  const room = (greatest - least || Math.abs(greatest) || 1) * MARGIN;
  return { from: unscaled(least - room, isLog), to: unscaled(greatest + room, isLog), isLog };
}

const scaled = (value: number, isLog: boolean): number => (isLog ? Math.log10(value) : value);
const unscaled = (value: number, isLog: boolean): number => (isLog ? 10 ** value : value);

/** Where a value stands on a stretch, from 0 to 1. */
function shareOf(value: number, { from, to, isLog }: Stretch): number {
  const start = scaled(from, isLog);
  return (scaled(value, isLog) - start) / (scaled(to, isLog) - start);
}

/**
 * The heights between runs: at each place the mean of the runs around it, near ones counting more (Nadaraya and Watson's
 * estimate with a normal kernel). Runs are gathered in cells first, so that thousands cost as much as ten.
 */
export function groundOf(peaks: readonly Peak[], x: Stretch, y: Stretch): Ground {
  const sums = new Float64Array(COLUMNS * ROWS);
  const counts = new Float64Array(COLUMNS * ROWS);
  for (const peak of peaks) {
    const cell = cellOf(shareOf(peak.y, y), ROWS) * COLUMNS + cellOf(shareOf(peak.x, x), COLUMNS);
    sums[cell] = Number(sums[cell]) + peak.height;
    counts[cell] = Number(counts[cell]) + 1;
  }
  const felt = blurred(counts);
  const heights = blurred(sums).map((sum, cell) =>
    Number(felt[cell]) < LEAST_WEIGHT ? Number.NaN : sum / Number(felt[cell]),
  );
  return { columns: COLUMNS, rows: ROWS, heights, x, y };
}

const cellOf = (share: number, cells: number): number => Math.min(cells - 1, Math.max(0, Math.floor(share * cells)));

/** A normal kernel is the same along both axes, so they are taken one after the other. */
function blurred(values: Float64Array): Float64Array {
  const across = blurredAlong(values, { cells: COLUMNS, stride: 1, lines: ROWS, lineStride: COLUMNS });
  return blurredAlong(across, { cells: ROWS, stride: COLUMNS, lines: COLUMNS, lineStride: 1 });
}

interface Lines {
  readonly cells: number;
  readonly stride: number;
  readonly lines: number;
  readonly lineStride: number;
}

function blurredAlong(values: Float64Array, { cells, stride, lines, lineStride }: Lines): Float64Array {
  const spread = REACH * cells;
  const kernel = Array.from({ length: cells }, (_, distance) => Math.exp(-0.5 * (distance / spread) ** 2));
  const result = new Float64Array(values.length);
  for (let line = 0; line < lines; line += 1) {
    for (let from = 0; from < cells; from += 1) {
      const value = Number(values[line * lineStride + from * stride]);
      if (value === 0) continue;
      for (let to = 0; to < cells; to += 1) {
        const at = line * lineStride + to * stride;
        result[at] = Number(result[at]) + value * Number(kernel[Math.abs(to - from)]);
      }
    }
  }
  return result;
}

/** The height anywhere, from its four neighbours; `column` and `row` count cells and may lie between them. */
export function heightAt({ columns, rows, heights }: Ground, column: number, row: number): number {
  const [left, low] = [Math.min(columns - 2, Math.floor(column)), Math.min(rows - 2, Math.floor(row))];
  const [right, up] = [column - left, row - low];
  const at = (across: number, above: number) => Number(heights[(low + above) * columns + left + across]);
  const below = at(0, 0) * (1 - right) + at(1, 0) * right;
  return below * (1 - up) + (at(0, 1) * (1 - right) + at(1, 1) * right) * up;
}
