import type { DynamoDBRecord } from 'aws-lambda';
import { writtenRun } from '../dynamo/keys.ts';
import { inParallel } from './in-parallel.ts';
import type { TouchedRun } from './upkeep.ts';
import type { WorkList } from './work-list.ts';

/**
 * What of the table's stream tells of writes to runs, as patterns of Lambda's event filters: documents of live runs, which
 * carry the id of their write where last values do not, and appended history. A removed item has no new image. All else
 * stays outside and costs nothing: archived runs, what the packer makes, the notes themselves.
 */
export const RUN_WRITE_PATTERNS = [
  {
    dynamodb: {
      NewImage: { pk: { S: [{ prefix: 'RUNS#' }] }, sk: { S: [{ prefix: 'L#' }] }, w: { S: [{ exists: true }] } },
    },
  },
  { dynamodb: { NewImage: { pk: { S: [{ prefix: 'METRICS#' }] }, sk: { S: [{ prefix: 'S#' }] } } } },
];

/** The writes to a run that a batch of records tells of. */
interface WrittenRun extends TouchedRun {
  /** The place of the first one in the stream. */
  readonly sequenceNumber: string;
}

const NOTES_AT_ONCE = 16;

/** The runs that records tell of, each once. Records may come twice and in any order, and of items that nobody knows. */
export function writtenRuns(records: readonly DynamoDBRecord[]): readonly WrittenRun[] {
  const runs = new Map<string, WrittenRun>();
  for (const { eventName, dynamodb } of records) {
    const { Keys: keys, ApproximateCreationDateTime: seconds, SequenceNumber: sequenceNumber } = dynamodb ?? {};
    const runId = writtenRun({ pk: keys?.pk?.S ?? '', sk: keys?.sk?.S ?? '' });
    if (eventName === 'REMOVE' || !runId || seconds === undefined || sequenceNumber === undefined) continue;
    const known = runs.get(runId) ?? { runId, lastWriteAt: 0, writes: 0, sequenceNumber };
    const lastWriteAt = Math.max(known.lastWriteAt, seconds * 1000);
    runs.set(runId, { ...known, lastWriteAt, writes: known.writes + 1 });
  }
  return [...runs.values()];
}

/** Notes the runs that records tell of; gives the places in the stream from which it must be tried again. */
export async function noteWrites(
  records: readonly DynamoDBRecord[],
  workList: Pick<WorkList, 'note'>,
  report: (message: string, cause: unknown) => void,
): Promise<readonly string[]> {
  const failed: string[] = [];
  await inParallel(writtenRuns(records), NOTES_AT_ONCE, async (run) => {
    try {
      await workList.note(run);
    } catch (error) {
      report(`writes to run ${run.runId} were not noted and will be tried again`, error);
      failed.push(run.sequenceNumber);
    }
  });
  return failed;
}
