import type { Run } from '../../domain/entities.ts';
import type { Documents } from '../dynamo/documents.ts';
import { archivedRunKey, type Home, homeOfRun, latestPrefix, runDocumentKey } from '../dynamo/keys.ts';
import { advanceLatest, type LatestWriter } from '../dynamo/latest.ts';
import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { Marks } from '../dynamo/marks.ts';
import { keyItem, keyOf } from '../dynamo/table.ts';
import type { ArchivedRun } from '../segments/archived-run.ts';

export interface ReviveProps {
  readonly writer: LatestWriter;
  readonly marks: Marks;
  readonly runs: Documents<Run>;
  readonly archive: Documents<ArchivedRun>;
  readonly liveRuns: LiveRuns;
}

/**
 * Moves an archived run back among the live ones, so that it can be written to; gives whether it was archived. Its row
 * stays in its segment, where the live run hides it, and later the row that replaces it.
 */
export type Revive = (runId: string) => Promise<boolean>;

export function createRevive({ writer, marks, runs, archive, liveRuns }: ReviveProps): Revive {
  const { table, retry } = writer;

  /** Garbage collection was faster: the last values that were to come back are nobody's. */
  const clearIfRemoved = async (home: Home, runId: string) => {
    const run = await runs.find(runDocumentKey(home, runId));
    const isElsewhere = !run && (await archive.findStored(archivedRunKey(home, runId)));
    if (isElsewhere || (run && !run.removal)) return;
    await table.writeMany([], (await table.query(latestPrefix(home, runId))).map(keyOf));
  };

  return async (runId) => {
    const home = homeOfRun(runId);
    if (!home) return false;
    const key = archivedRunKey(home, runId);
    let wasArchived = false;
    return retry(async () => {
      const stored = await archive.findStored(key);
      if (!stored) {
        if (wasArchived) await clearIfRemoved(home, runId);
        return { done: wasArchived };
      }
      wasArchived = true;
      const { version, value } = stored;
      // First, for with the document the run counts as live: until then readers put both together.
      await advanceLatest(writer, home, runId, value.metrics);
      const layout = { version: version + 1, replaces: version };
      const deletion = {
        Delete: {
          TableName: table.name,
          Key: keyItem(key),
          ConditionExpression: 'v = :v',
          ExpressionAttributeValues: { ':v': { N: String(version) } },
        },
      };
      try {
        const outcome = await runs.putNew(runDocumentKey(home, runId), value.run, layout, [deletion]);
        if (outcome !== 'done') return 'again';
        if (stored.isSpilled) await archive.sweepGone(key, version);
        return { done: true };
      } finally {
        marks.forget(key);
        liveRuns.touch(home.experimentId, runId);
      }
    });
  };
}
