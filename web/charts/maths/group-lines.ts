import { interpolate, nearestRow } from './interpolate.ts';
import type { Band } from './line.ts';

/** More places than a chart has pixels to show them apart. */
const MOST_PLACES = 500;

interface Points {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** What a band around a mean tells: the least to the greatest, or one standard deviation below and above. */
export type BandKind = 'range' | 'deviation';

/** The mean of several lines, and a band around it. */
export interface MeanLine extends Points {
  readonly band: Band;
  /** The least and the greatest, whatever the band is. */
  readonly extremes: Band;
}

/**
 * Puts lines together at the places where any has a point, or at even ones when those are too many. Between two of its
 * points a line counts with the straight line between them, before its first and after its last not at all. The extremes
 * hold each point near a place, so that no peak is lost between places.
 */
export function meanOfLines(lines: readonly Points[], kind: BandKind = 'range'): MeanLine {
  const xs = placesOf(lines);
  const sums = new Float64Array(xs.length);
  const counts = new Float64Array(xs.length);
  const lows = new Float64Array(xs.length).fill(Number.POSITIVE_INFINITY);
  const highs = new Float64Array(xs.length).fill(Number.NEGATIVE_INFINITY);
  const widen = (place: number, value: number) => {
    lows[place] = Math.min(Number(lows[place]), value);
    highs[place] = Math.max(Number(highs[place]), value);
  };
  for (const line of lines) {
    const { xs: lineXs, ys: lineYs } = withoutGaps(line);
    for (const [place, x] of xs.entries()) {
      const value = interpolate(lineXs, lineYs, x);
      if (Number.isNaN(value)) continue;
      sums[place] = Number(sums[place]) + value;
      counts[place] = Number(counts[place]) + 1;
      widen(place, value);
    }
    for (const [row, x] of lineXs.entries()) {
      const place = nearestRow(xs, x);
      if (Number(counts[place]) > 0) widen(place, Number(lineYs[row]));
    }
  }
  const isEmpty = (place: number) => counts[place] === 0;
  const ys = sums.map((sum, place) => (isEmpty(place) ? Number.NaN : sum / Number(counts[place])));
  const extremes = {
    lows: lows.map((low, place) => (isEmpty(place) ? Number.NaN : low)),
    highs: highs.map((high, place) => (isEmpty(place) ? Number.NaN : high)),
  };
  return { xs, ys, extremes, band: kind === 'deviation' ? deviationAround(ys, xs, lines) : extremes };
}

/** One standard deviation below and above a mean, of those lines that reach a place (all of them, not a sample of more). */
function deviationAround(means: Float64Array, xs: Float64Array, lines: readonly Points[]): Band {
  const squares = new Float64Array(xs.length);
  const counts = new Float64Array(xs.length);
  for (const line of lines) {
    const { xs: lineXs, ys: lineYs } = withoutGaps(line);
    for (const [place, x] of xs.entries()) {
      const value = interpolate(lineXs, lineYs, x);
      if (Number.isNaN(value)) continue;
      squares[place] = Number(squares[place]) + (value - Number(means[place])) ** 2;
      counts[place] = Number(counts[place]) + 1;
    }
  }
  const deviations = squares.map((square, place) => Math.sqrt(square / Number(counts[place])));
  return {
    lows: means.map((mean, place) => mean - Number(deviations[place])),
    highs: means.map((mean, place) => mean + Number(deviations[place])),
  };
}

function placesOf(lines: readonly Points[]): Float64Array {
  const all = new Set<number>();
  for (const { xs } of lines) for (const x of xs) if (Number.isFinite(x)) all.add(x);
  const sorted = Float64Array.from(all).sort();
  if (sorted.length <= MOST_PLACES) return sorted;
  const from = Number(sorted[0]);
  const to = Number(sorted.at(-1));
  return Float64Array.from({ length: MOST_PLACES }, (_, place) => from + ((to - from) * place) / (MOST_PLACES - 1));
}

function withoutGaps({ xs, ys }: Points): Points {
  const isKept = (row: number) => Number.isFinite(xs[row]) && Number.isFinite(ys[row]);
  return { xs: xs.filter((_, row) => isKept(row)), ys: ys.filter((_, row) => isKept(row)) };
}
