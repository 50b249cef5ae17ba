import { sampleMetrics } from '../../../api/metrics.ts';
import type { Run } from '../../../api/runs.ts';
import { type Figures, figuresOf, type Statistics } from './statistics.ts';

/** The fewest the server gives: first, least, greatest and last. */
const FEWEST_POINTS = 4;
/** What the server takes in one question. */
const RUNS_AT_ONCE = 100;
const KEYS_AT_ONCE = 10;

/** Reads the statistics of some metrics of some runs. */
export async function readStatistics(
  runs: readonly Run[],
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Statistics> {
  const statistics = new Map<string, Map<string, Figures>>();
  for (const someKeys of inBatches(keys, KEYS_AT_ONCE)) {
    const having = runs.filter(({ metrics }) => someKeys.some((key) => metrics.has(key)));
    for (const some of inBatches(having, RUNS_AT_ONCE)) {
      const runIds = some.map(({ runId }) => runId);
      const question = {
        runIds,
        keys: someKeys,
        maxPoints: FEWEST_POINTS,
        x: 'STEP',
        from: undefined,
        to: undefined,
      } as const;
      for (const series of await sampleMetrics(question, signal)) {
        const ofRun = statistics.get(series.runId) ?? new Map<string, Figures>();
        statistics.set(series.runId, ofRun.set(series.key, figuresOf(series)));
      }
    }
  }
  return statistics;
}

function inBatches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
