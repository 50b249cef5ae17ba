import type { Run } from '../../../domain/entities.ts';
import type { Documents } from '../documents.ts';
import { homeOfRun, latestKey, runDocumentKey } from '../keys.ts';
import { hasMoreLatest } from '../latest.ts';
import { liveRecord, type RunReader, type RunRecord } from '../run-reader.ts';
import type { Table } from '../table.ts';

/** Reads a single live run item by item, for a table that keeps them; all else as `reader` does. */
export function readKeptRun(reader: RunReader, table: Table, documents: Documents<Run>): RunReader {
  const readKept = async (runId: string): Promise<RunRecord | undefined> => {
    const home = homeOfRun(runId);
    if (!home) return undefined;
    const key = runDocumentKey(home, runId);
    const document = await documents.findStored(key);
    if (!document) return undefined;
    const latest = await table.get(latestKey(home, runId, 0));
    if (hasMoreLatest(latest)) return undefined;
    if (latest) return liveRecord(document, [latest]);
    // It may have left for the archive between the two reads.
    const isStillThere = (await documents.findStored(key))?.version === document.version;
    return isStillThere ? liveRecord(document, []) : undefined;
  };

  return {
    ...reader,
    readLiveOne: async (runId) => (await readKept(runId)) ?? reader.readLiveOne(runId),
    readRun: async (runId) => (await readKept(runId)) ?? reader.readRun(runId),
  };
}
