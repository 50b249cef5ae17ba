import type { Run } from '../../../domain/entities.ts';
import type { Documents } from '../documents.ts';
import { homeOfRun, latestKey, runDocumentKey } from '../keys.ts';
import { hasMoreLatest, mergeLatest } from '../latest.ts';
import type { LiveRunReader } from '../live-runs.ts';
import type { Table } from '../table.ts';

/** Reads a single run item by item, for a table that keeps them; all else as `reader` does. */
export const readKeptRun = (reader: LiveRunReader, table: Table, documents: Documents<Run>): LiveRunReader => ({
  ...reader,
  readOne: async (runId) => {
    const home = homeOfRun(runId);
    if (!home) return reader.readOne(runId);
    const [run, latest] = await Promise.all([
      documents.find(runDocumentKey(home, runId)),
      table.get(latestKey(home, runId, 0)),
    ]);
    if (!run || hasMoreLatest(latest)) return reader.readOne(runId);
    return { run, metrics: mergeLatest(latest ? [latest] : []) };
  },
});
