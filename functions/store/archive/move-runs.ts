import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Run } from '../../domain/entities.ts';
import { archivedRunCodec } from '../dynamo/codecs/archived-run-codec.ts';
import type { Documents } from '../dynamo/documents.ts';
import { cancellationCodes } from '../dynamo/failures.ts';
import { archivedRunKey, homeOfRun, type Key, runDocumentKey } from '../dynamo/keys.ts';
import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { Marks } from '../dynamo/marks.ts';
import type { Retry } from '../dynamo/retry.ts';
import type { RunReader, RunRecord } from '../dynamo/run-reader.ts';
import { type Item, keyItem, type Table } from '../dynamo/table.ts';
import type { ArchivedRun } from '../segments/archived-run.ts';
import { inParallel } from './in-parallel.ts';

/** Moves runs that have rows in the pending segment from the live items to the archived ones. */
export interface RunMover {
  /** Runs as they were when their rows were made. When it resolves, each is archived as its row says, or hides its row. */
  readonly moveAll: (experimentId: string, rows: readonly RunRecord[]) => Promise<void>;
  /** The same for one row, whatever has become of its run since. */
  readonly settle: (row: ArchivedRun) => Promise<void>;
}

export interface RunMoverProps {
  readonly table: Table;
  readonly retry: Retry;
  readonly marks: Marks;
  readonly runs: Documents<Run>;
  readonly archive: Documents<ArchivedRun>;
  readonly reader: RunReader;
  readonly liveRuns: LiveRuns;
}

/** A transaction takes 100 items and 4 MB. */
const MAX_TRANSACTION_ITEMS = 100;
const MAX_TRANSACTION_BYTES = 3_000_000;
const TRANSACTIONS_AT_ONCE = 4;
const SETTLED_AT_ONCE = 16;

/** A run's move: the items that stand in for it, and what is written for them. */
interface Move {
  readonly row: RunRecord;
  readonly items: readonly TransactWriteItem[];
  readonly sizeBytes: number;
}

export function createRunMover(props: RunMoverProps): RunMover {
  const { table, retry, marks, runs, archive, reader, liveRuns } = props;

  const keysOf = (runId: string): { readonly live: Key; readonly archived: Key } => {
    const home = homeOfRun(runId);
    if (!home) throw new Error(`Run ${runId} has no home`);
    return { live: runDocumentKey(home, runId), archived: archivedRunKey(home, runId) };
  };

  const deletesOf = ({ run, version, latest }: RunRecord): readonly TransactWriteItem[] => [
    deleteOfVersion(table, keysOf(run.runId).live, String(version)),
    ...latest.map((item) => deleteOfVersion(table, item.key, item.version)),
  ];

  const moveOf = (row: RunRecord): Move | undefined => {
    const { main, parts } = archive.layOut(keysOf(row.run.runId).archived, row, row);
    if (parts.length > 0 || row.isSpilled) return undefined;
    const put = { Put: { TableName: table.name, Item: { ...main }, ConditionExpression: 'attribute_not_exists(pk)' } };
    return { row, items: [put, ...deletesOf(row)], sizeBytes: sizeOf(main) };
  };

  /** Several runs in one transaction; gives those that are left when one of them was in the way. */
  const moveTogether = async (experimentId: string, moves: readonly Move[]): Promise<readonly RunRecord[]> => {
    const rows = moves.map(({ row }) => row);
    try {
      await table.transact(moves.flatMap(({ items }) => items));
    } catch (error) {
      for (const { run } of rows) liveRuns.touch(experimentId, run.runId);
      cancellationCodes(error);
      return rows;
    } finally {
      for (const { run } of rows) marks.forget(keysOf(run.runId).live);
    }
    liveRuns.leave(
      experimentId,
      rows.map(({ run }) => run.runId),
    );
    return [];
  };

  const moveOne = async (record: RunRecord) => {
    const { live, archived } = keysOf(record.run.runId);
    const outcome = await archive.putNew(archived, record, record, deletesOf(record));
    if (outcome === 'done' && record.isSpilled) await runs.sweepGone(live, record.version);
    return outcome;
  };

  const settle = async (row: ArchivedRun): Promise<void> => {
    try {
      await trySettle(row);
    } finally {
      marks.forget(keysOf(row.run.runId).live);
      liveRuns.touch(row.run.experimentId, row.run.runId);
    }
  };

  const trySettle = (row: ArchivedRun): Promise<void> =>
    retry(async () => {
      const record = await reader.readRun(row.run.runId);
      // One that is being removed hides its row, and is forgotten once that is gone from every segment.
      if (!record || record.run.removal || record.isArchived) return { done: undefined };
      if (archivedRunCodec.encode(record) === archivedRunCodec.encode(row)) {
        return (await moveOne(record)) === 'done' ? { done: undefined } : 'again';
      }
      // It has changed: its next row says that it takes the place of this one.
      return (await runs.replaceVersion(keysOf(row.run.runId).live)) ? { done: undefined } : 'again';
    });

  return {
    moveAll: async (experimentId, rows) => {
      const moves = rows.map((row) => moveOf(row) ?? row);
      const groups = groupMoves(moves.filter((move): move is Move => 'items' in move));
      const left = await inParallel(groups, TRANSACTIONS_AT_ONCE, (group) => moveTogether(experimentId, group));
      const spilled = moves.filter((move): move is RunRecord => !('items' in move));
      await inParallel([...left.flat(), ...spilled], SETTLED_AT_ONCE, settle);
    },
    settle,
  };
}

const deleteOfVersion = (table: Table, key: Key, version: string): TransactWriteItem => ({
  Delete: {
    TableName: table.name,
    Key: keyItem(key),
    ConditionExpression: 'v = :v',
    ExpressionAttributeValues: { ':v': { N: version } },
  },
});

const FIXED_BYTES = 500;
const sizeOf = ({ j, z }: Item): number => FIXED_BYTES + Buffer.byteLength(j?.S ?? '') + (z?.B?.length ?? 0);

function groupMoves(moves: readonly Move[]): readonly (readonly Move[])[] {
  const groups: Move[][] = [];
  let items = MAX_TRANSACTION_ITEMS;
  let bytes = 0;
  for (const move of moves) {
    items += move.items.length;
    bytes += move.sizeBytes;
    if (items > MAX_TRANSACTION_ITEMS || bytes > MAX_TRANSACTION_BYTES) {
      groups.push([]);
      items = move.items.length;
      bytes = move.sizeBytes;
    }
    groups.at(-1)?.push(move);
  }
  return groups;
}
