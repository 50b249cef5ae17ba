import type { Run } from '../../../api/runs.ts';
import { changesBetween, type RunChange } from './run-changes.ts';

/** A change, and when the page saw it, in ms since the epoch. */
export interface ActivityEntry extends RunChange {
  readonly id: number;
  readonly seenAt: number;
}

/** What was seen of a run since its page was opened. */
export interface ActivityLog {
  /** When it was first looked at, in ms since the epoch. */
  readonly openedAt: number;
  /** The run as it was last looked at. */
  readonly run: Run;
  /** The newest first, at most MOST_ENTRIES. */
  readonly entries: readonly ActivityEntry[];
  /** How many there were, with those that are no longer kept. */
  readonly count: number;
}

/** More than anybody reads, and few enough to be kept for days. */
export const MOST_ENTRIES = 1_000;

/** The log of a run that was looked at for the first time. */
export const openLog = (run: Run, now: number): ActivityLog => ({ openedAt: now, run, entries: [], count: 0 });

/** The log after another look at its run. */
export function lookAgain(log: ActivityLog, run: Run, now: number): ActivityLog {
  const changes = changesBetween(log.run, run);
  const entries = changes.map((change, at) => ({ ...change, id: log.count + at, seenAt: now }));
  return {
    ...log,
    run,
    entries: [...entries, ...log.entries].slice(0, MOST_ENTRIES),
    count: log.count + changes.length,
  };
}
