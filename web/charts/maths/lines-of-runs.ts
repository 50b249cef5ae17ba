import type { SampledSeries } from '../../api/metrics.ts';
import { type BandKind, meanOfLines } from './group-lines.ts';
import type { Line } from './line.ts';
import { smooth } from './smooth.ts';
import { type XAxis, xsOf } from './x-axis.ts';

/** A run of a chart, and the line it belongs to: its own, or that of its group. */
export interface ChartRun {
  readonly runId: string;
  readonly label: string;
  readonly isLive: boolean;
  readonly lineId: string;
  readonly lineLabel: string;
}

/** The id of the line that stands for a group. */
export const lineIdOfGroup = (label: string): string => `group ${label}`;

/** What the server has of a chart's runs, by their ids. */
export interface RunSamples {
  readonly series: ReadonlyMap<string, SampledSeries>;
  /** The metric that runs along; empty for other axes. */
  readonly along: ReadonlyMap<string, SampledSeries>;
  readonly origins: ReadonlyMap<string, number> | undefined;
}

interface LineProps {
  readonly runs: readonly ChartRun[];
  readonly samples: RunSamples;
  readonly axis: XAxis;
  /** Weight of the past, 0 to below 1. */
  readonly smoothing: number;
  readonly isGrouped: boolean;
  /** Around the mean of a group. */
  readonly band?: BandKind;
}

/** The lines of a chart, in the order of their runs; a run without points has none. */
export function linesOfRuns({ runs, samples, axis, smoothing, isGrouped, band }: LineProps): readonly Line[] {
  const own = runs.flatMap((run) => ownLine(run, samples, axis));
  if (!isGrouped) return own.map((line) => smoothLine(line, smoothing));
  const groups = new Map<string, OwnLine[]>();
  for (const line of own) {
    const members = groups.get(line.id);
    if (members === undefined) groups.set(line.id, [line]);
    else members.push(line);
  }
  return [...groups.values()].flatMap((members) => groupLine(members, smoothing, band));
}

type OwnLine = Omit<Line, 'rawYs' | 'band' | 'extremes'>;

function ownLine(run: ChartRun, { series, along, origins }: RunSamples, axis: XAxis): readonly OwnLine[] {
  const sampled = series.get(run.runId);
  if (sampled === undefined || sampled.values.length === 0) return [];
  const xs = xsOf(sampled, axis, { origin: origins?.get(run.runId), along: along.get(run.runId) });
  return [
    {
      id: run.lineId,
      label: run.lineLabel,
      xs,
      ys: sampled.values,
      loggedCount: sampled.count,
      shownCount: sampled.values.length,
    },
  ];
}

function smoothLine(line: OwnLine, weight: number): Line {
  const ys = smooth(line.ys, weight);
  return { ...line, ys, rawYs: ys === line.ys ? undefined : line.ys, band: undefined, extremes: undefined };
}

function groupLine(members: readonly OwnLine[], weight: number, kind: BandKind | undefined): readonly Line[] {
  const [first] = members;
  if (first === undefined) return [];
  const { xs, ys, band, extremes } = meanOfLines(members, kind);
  const total = (count: (line: OwnLine) => number) => members.reduce((sum, line) => sum + count(line), 0);
  return [
    {
      id: first.id,
      label: first.label,
      xs,
      ys: smooth(ys, weight),
      rawYs: undefined,
      band,
      extremes,
      loggedCount: total(({ loggedCount }) => loggedCount),
      shownCount: total(({ shownCount }) => shownCount),
    },
  ];
}
