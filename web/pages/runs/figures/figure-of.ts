import type { Run } from '../../../api/runs.ts';
import { formatCount, formatNumber } from '../../../ui/format/number.ts';
import { axisOfColumn, type ParallelAxis } from '../parallel/parallel-axes.ts';
import { peaksOf } from './contour/ground.ts';
import { barsOf, boxesOf, countGroups, countOf, dotsOf, importanceOf, MOST_BARS } from './figure-data.ts';
import type { Figure } from './figure-options.ts';

export type FigureKind = 'scatter' | 'bar' | 'box' | 'contour' | 'importance';

/** What can stand along an axis of numbers. */
export const NUMBERS: ReadonlySet<string | undefined> = new Set(['linear', 'log']);

interface Drawn {
  readonly figure: Figure;
  readonly label: string;
  /** The chart in words. */
  readonly summary: string;
}

/** The columns that a chart is drawn of, by their ids. */
export interface Chosen {
  readonly along: string;
  readonly by: string;
  readonly of: string;
  readonly candidates: readonly string[];
}

/** What is drawn; undefined when there is nothing to. */
export function figureOf(
  kind: FigureKind,
  runs: readonly Run[],
  { along, by, of, candidates }: Chosen,
): Drawn | undefined {
  const y = axisOfColumn(runs, of);
  if (y === undefined) return undefined;
  switch (kind) {
    case 'bar': {
      const bars = barsOf(runs, y);
      if (bars.length === 0) return undefined;
      const which = someOf(bars.length, countOf(y), 'value', 'greatest');
      const summary = `${which} of ${y.title}: ${bars[0]?.label} first.`;
      return { figure: { kind, bars, y }, label: `Bars of ${y.title}`, summary };
    }
    case 'importance': {
      const looked = candidates.slice(0, mostColumns(runs));
      const found = importanceOf(axesOf(runs, looked), y);
      if (found.length === 0) return undefined;
      const bars = found.slice(0, MOST_BARS);
      const which = someOf(bars.length, found.length, 'column', 'strongest');
      const part = someOf(looked.length, candidates.length, 'key', 'first');
      const among = looked.length < candidates.length ? ` Looked at: ${part.toLowerCase()} by name.` : '';
      const summary = `${bars[0]?.title} goes together with ${y.title} most. That is no proof of a cause. ${which}.${among}`;
      return { figure: { kind, bars }, label: `What goes together with ${y.title}`, summary };
    }
    case 'contour': {
      const axes = [axisOfColumn(runs, along), axisOfColumn(runs, by)];
      return contourOf(runs, axes, y);
    }
    default: {
      const x = axisOfColumn(runs, along);
      return x && figureOfTwo(kind, runs, x, y);
    }
  }
}

/** Values that are looked at, at most, to find what matters: about a tenth of a second. */
const MOST_VALUES = 500_000;

/** Of twelve thousand keys, as many as can be looked at between two frames. */
const mostColumns = (runs: readonly Run[]): number => Math.ceil(MOST_VALUES / Math.max(1, runs.length));

const axesOf = (runs: readonly Run[], columns: readonly string[]): readonly ParallelAxis[] =>
  columns.flatMap((column) => axisOfColumn(runs, column) ?? []);

/** `The 20 largest of 34 groups`, or `20 groups` when these are all. */
const someOf = (drawn: number, all: number, noun: string, which: string): string =>
  drawn < all ? `The ${formatNumber(drawn)} ${which} of ${formatCount(all, noun)}` : formatCount(drawn, noun);

/** With fewer there is no ground between them. */
const LEAST_PEAKS = 3;

function contourOf(
  runs: readonly Run[],
  [x, y]: readonly (ParallelAxis | undefined)[],
  z: ParallelAxis,
): Drawn | undefined {
  if (!NUMBERS.has(x?.kind) || !NUMBERS.has(y?.kind) || x === undefined || y === undefined) return undefined;
  const heights = new Map(runs.map(({ runId }, row) => [runId, z.places[row] ?? Number.NaN]));
  const peaks = peaksOf(dotsOf(runs, x, y), heights);
  if (peaks.length < LEAST_PEAKS) return undefined;
  const summary = `${formatCount(peaks.length, 'run')}; between them the mean of those nearby. A click chooses one.`;
  return {
    figure: { kind: 'contour', peaks, x, y, of: z.id },
    label: `${z.title} above ${x.title} and ${y.title}`,
    summary,
  };
}

function figureOfTwo(
  kind: 'scatter' | 'box',
  runs: readonly Run[],
  x: ParallelAxis,
  y: ParallelAxis,
): Drawn | undefined {
  if (kind === 'scatter') {
    const dots = dotsOf(runs, x, y);
    if (dots.length === 0) return undefined;
    const summary = `${formatCount(dots.length, 'run')}. A click chooses one.`;
    return { figure: { kind, dots, x, y }, label: `${y.title} against ${x.title}`, summary };
  }
  const boxes = boxesOf(x, y);
  if (boxes.length === 0) return undefined;
  const which = someOf(boxes.length, countGroups(x, y), 'group', 'largest');
  const summary = `Least, quartiles and greatest of ${y.title}. ${which}.`;
  return { figure: { kind, boxes, x, y }, label: `Boxes of ${y.title} by ${x.title}`, summary };
}
