import { homeOfRun } from '../dynamo/keys.ts';
import { MANY_WRITES, type QuietTimes } from './upkeep.ts';
import type { WorkItem } from './work-list.ts';

/** An experiment with runs to look at. */
export interface ExperimentWork {
  readonly experimentId: string;
  /** All runs of the experiment that were noted, whether they are due or not. */
  readonly items: readonly WorkItem[];
}

/**
 * Whether a run is to be looked at: once it may be quiet enough to be archived, and again whenever it has been quiet for
 * twice as long. A look reads all live runs of the experiment, so that one a schedule would be too many.
 */
export function isDue({ lastWriteAt, writes, lookedAt = 0 }: WorkItem, { over, open }: QuietTimes, now: number) {
  if (writes >= MANY_WRITES) return true;
  const quietMs = now - lastWriteAt;
  if (quietMs < over) return false;
  return lookedAt < lastWriteAt || quietMs >= open || quietMs >= 2 * (lookedAt - lastWriteAt);
}

/** The experiments that have a run to look at; those that have waited longest come first. */
export function dueWork(items: readonly WorkItem[], quietTimes: QuietTimes, now: number): readonly ExperimentWork[] {
  const byExperiment = new Map<string, WorkItem[]>();
  for (const item of items.toSorted((a, b) => a.lastWriteAt - b.lastWriteAt)) {
    const experimentId = homeOfRun(item.runId)?.experimentId;
    if (experimentId === undefined) continue;
    const ofExperiment = byExperiment.get(experimentId);
    if (ofExperiment) ofExperiment.push(item);
    else byExperiment.set(experimentId, [item]);
  }
  const work = [...byExperiment].map(([experimentId, ofExperiment]) => ({ experimentId, items: ofExperiment }));
  return work.filter(({ items: noted }) => noted.some((item) => isDue(item, quietTimes, now)));
}
