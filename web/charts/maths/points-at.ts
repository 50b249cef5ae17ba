import { nearestRow } from './interpolate.ts';
import type { Line } from './line.ts';

/** The point of a line that is nearest to an x. */
export interface PointAt {
  readonly line: Line;
  readonly x: number;
  readonly y: number;
}

/** Farther away than this part of what is in view, a point says nothing about an x. */
const NEAR = 0.03;

/** The nearest point of each line that has one near an x; `span` is how much of x is in view. */
export function pointsAt(lines: readonly Line[], x: number, span: number): readonly PointAt[] {
  return lines.flatMap((line) => {
    const row = nearestOf(line.xs, x);
    const point = { line, x: Number(line.xs[row]), y: Number(line.ys[row]) };
    const isWithin = x >= Number(line.xs[0]) && x <= Number(line.xs.at(-1));
    return Number.isFinite(point.y) && (isWithin || Math.abs(point.x - x) <= span * NEAR) ? [point] : [];
  });
}

/** Along another metric a line may go back and forth: then each of its points is looked at. */
function nearestOf(xs: Float64Array, x: number): number {
  const isAscending = xs.every((value, row) => row === 0 || value >= Number(xs[row - 1]));
  if (isAscending) return nearestRow(xs, x);
  return xs.reduce((best, value, row) => (Math.abs(value - x) < Math.abs(Number(xs[best]) - x) ? row : best), 0);
}
