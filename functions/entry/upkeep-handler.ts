import type { Context } from 'aws-lambda';
import type { ScheduledUpkeep, TimeLeft } from '../store/archive/scheduled-upkeep.ts';

/** Removes for good what was deleted so long ago, until the time is short; rejects when any part of it failed. */
export type ScheduledCollect = (olderThanMs: number, timeLeft: TimeLeft) => Promise<void>;

/** What the function can be asked for: by its schedules, or by an operator. */
export type UpkeepTask =
  | { readonly task: 'tidy' }
  | { readonly task: 'sweep' }
  | { readonly task: 'collect'; readonly olderThanDays: number }
  | { readonly task: 'rebuild'; readonly experimentId: string };

const DAY_MS = 86_400_000;

/** A handler that fails when a part of its task did, so that an alarm sees it. */
export type UpkeepHandler = (event: UpkeepTask, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<void>;

/** Does the task that an event names. An event is written by an operator, too: throws saying what there is. */
export const createUpkeepHandler =
  (upkeep: ScheduledUpkeep, collect: ScheduledCollect): UpkeepHandler =>
  async (event, context) => {
    const timeLeft = () => context.getRemainingTimeInMillis();
    if (event.task === 'tidy') return upkeep.tidy(timeLeft);
    if (event.task === 'sweep') return upkeep.sweep(timeLeft);
    if (event.task === 'collect' && event.olderThanDays >= 0) return collect(event.olderThanDays * DAY_MS, timeLeft);
    if (event.task === 'rebuild' && /^\d+$/.test(event.experimentId)) return upkeep.rebuild(event.experimentId);
    throw new Error(
      `There is no task ${JSON.stringify(event)}, but {"task":"tidy"}, {"task":"sweep"}, {"task":"rebuild","experimentId":"7"} ` +
        'and {"task":"collect","olderThanDays":30}',
    );
  };
