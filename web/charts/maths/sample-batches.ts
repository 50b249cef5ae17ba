import type { Range } from './line.ts';
import type { XAxis } from './x-axis.ts';

/** A question to the server: samples of some runs within a range. */
export interface SampleBatch {
  readonly runIds: readonly string[];
  /** Whether the runs go on: then it is asked again and again. */
  readonly isLive: boolean;
  readonly x: 'STEP' | 'TIME';
  /** First and last step, or ms since the epoch; undefined for all there is. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

interface BatchProps {
  readonly runs: readonly { readonly runId: string; readonly isLive: boolean }[];
  readonly axis: XAxis;
  readonly zoom: Range | undefined;
  /** When each run began, in ms since the epoch; needed for a zoom on relative time. */
  readonly origins: ReadonlyMap<string, number> | undefined;
}

/** Long histories take a second to sample: a chart begins with those that came first, and functions work side by side. */
const RUNS_OF_BATCH = 20;
/** A little beyond the edges, so that lines run to them. */
const MARGIN = 0.02;
/** Points of a chart, all runs together: more could not be told apart. */
const POINTS_OF_CHART = 20_000;
const MOST_POINTS = 1_000;
const LEAST_POINTS = 250;

/** How many points to ask for of each run: a chart is some hundred pixels wide. */
export const pointsOfRun = (runCount: number): number =>
  Math.max(LEAST_POINTS, Math.min(MOST_POINTS, Math.floor(POINTS_OF_CHART / Math.max(1, runCount))));

/**
 * The questions that bring the samples of a chart. Runs that have ended are asked for apart from those that go on. Zoomed
 * on relative time each run has a range of its own, and so a question; another metric is no range that can be asked for.
 */
export function sampleBatches({ runs, axis, zoom, origins }: BatchProps): readonly SampleBatch[] {
  const x = axis.kind === 'step' || axis.kind === 'metric' ? 'STEP' : 'TIME';
  if (axis.kind === 'relative' && zoom !== undefined) {
    return runs.flatMap(({ runId, isLive }) => {
      const origin = origins?.get(runId);
      return origin === undefined ? [] : [{ runIds: [runId], isLive, x, ...edgesOf(zoom, origin) }];
    });
  }
  const edges = axis.kind === 'metric' ? edgesOf(undefined) : edgesOf(zoom);
  return [true, false].flatMap((isLive) => {
    const runIds = runs.filter((run) => run.isLive === isLive).map(({ runId }) => runId);
    return inParts(runIds.toSorted()).map((part) => ({ runIds: part, isLive, x, ...edges }) as const);
  });
}

function edgesOf(zoom: Range | undefined, origin = 0): Pick<SampleBatch, 'from' | 'to'> {
  if (zoom === undefined) return { from: undefined, to: undefined };
  const margin = (zoom.to - zoom.from) * MARGIN;
  return { from: Math.floor(origin + zoom.from - margin), to: Math.ceil(origin + zoom.to + margin) };
}

const inParts = (runIds: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(runIds.length / RUNS_OF_BATCH) }, (_, part) =>
    runIds.slice(part * RUNS_OF_BATCH, (part + 1) * RUNS_OF_BATCH),
  );
