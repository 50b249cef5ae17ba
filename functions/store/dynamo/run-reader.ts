import type { Run } from '../../domain/entities.ts';
import { isNewer, type MetricPoint } from '../../domain/metric.ts';
import type { ArchivedRun } from '../segments/archived-run.ts';
import type { Documents, StoredDocument } from './documents.ts';
import {
  archivedRunKey,
  archivedRunsPrefixes,
  homeOfRun,
  type Key,
  latestPrefix,
  liveRunPrefix,
  liveRunsPrefixes,
  parseRunSortKey,
} from './keys.ts';
import { mergeLatest } from './latest.ts';
import { type Item, keyOf, type Table } from './table.ts';

/** The version of an item with last values. */
export interface LatestVersion {
  readonly key: Key;
  readonly version: string;
}

/** A run as its items tell it; its effective stage depends on the experiment, too. */
export interface RunRecord extends ArchivedRun {
  /** The version of its document. */
  readonly version: number;
  /** The version that its row in the archive was made of, when it was there before. */
  readonly replaces: number | undefined;
  readonly isSpilled: boolean;
  /**
   * Whether the document lies among the archived ones. Last values may stand among the live ones all the same: those of a
   * log call that raced the archiver.
   */
  readonly isArchived: boolean;
  readonly latest: readonly LatestVersion[];
}

/** Reads runs from the table, strongly consistent. */
export interface RunReader {
  /** All runs of an experiment with live items. */
  readonly readLive: (experimentId: string) => Promise<readonly RunRecord[]>;
  /** One run with live items. */
  readonly readLiveOne: (runId: string) => Promise<RunRecord | undefined>;
  /** A run, wherever it is. */
  readonly readRun: (runId: string) => Promise<RunRecord | undefined>;
  /** The last value of a metric of a run, wherever it is. */
  readonly findLatest: (runId: string, key: string) => Promise<MetricPoint | undefined>;
  /** All archived runs of an experiment. */
  readonly readArchived: (experimentId: string) => Promise<readonly RunRecord[]>;
}

interface RunReaderProps {
  readonly table: Table;
  readonly runs: Documents<Run>;
  readonly archive: Documents<ArchivedRun>;
}

/**
 * A run moves between the live and the archived items in one transaction, but a query may see the first of its items
 * before the move and the others after it. What looks torn is read again where the run may have gone.
 */
export function createRunReader({ table, runs, archive }: RunReaderProps): RunReader {
  const findArchived = async (runId: string): Promise<RunRecord | undefined> => {
    const home = homeOfRun(runId);
    const stored = home && (await archive.findStored(archivedRunKey(home, runId)));
    return stored && archivedRecord(stored);
  };

  const findLive = async (runId: string): Promise<RunRecord | undefined> => {
    const home = homeOfRun(runId);
    if (!home) return undefined;
    const { documentItems, latestItems } = partition(await table.query(liveRunPrefix(home, runId)));
    const [document] = await runs.assembleStored(documentItems);
    if (document && latestItems.length > 0) return liveRecord(document, latestItems);
    const archived = document || latestItems.length > 0 ? await findArchived(runId) : undefined;
    if (archived) return withLatest(archived, latestItems);
    return document && liveRecord(document, latestItems);
  };

  const readRun = async (runId: string): Promise<RunRecord | undefined> =>
    // Live once more: it may have come back between the two.
    (await findLive(runId)) ?? (await findArchived(runId)) ?? (await findLive(runId));

  return {
    readLive: async (experimentId) => {
      const pages = await Promise.all(liveRunsPrefixes(experimentId).map((prefix) => table.query(prefix)));
      const { documentItems, latestItems } = partition(pages.flat());
      const latestOf = groupByRun(latestItems);
      const documents = await runs.assembleStored(documentItems);
      const live = documents.map((document) => liveRecord(document, latestOf.get(document.value.runId) ?? []));
      for (const { run } of live) latestOf.delete(run.runId);
      const others = await Promise.all([...latestOf.keys()].map(readRun));
      return [...live, ...others.filter((record) => record !== undefined)];
    },
    readLiveOne: findLive,
    readRun,
    findLatest: async (runId, key) => {
      const home = homeOfRun(runId);
      if (!home) return undefined;
      const live = mergeLatest(await table.query(latestPrefix(home, runId)));
      const find = (points: readonly MetricPoint[]) => points.find((point) => point.key === key);
      return find(live) ?? find((await findArchived(runId))?.metrics ?? []);
    },
    readArchived: async (experimentId) => {
      const pages = await Promise.all(archivedRunsPrefixes(experimentId).map((prefix) => table.query(prefix)));
      return (await archive.assembleStored(pages.flat())).map(archivedRecord);
    },
  };
}

/** A run of its document and last values. */
export const liveRecord = ({ value, ...stored }: StoredDocument<Run>, latestItems: readonly Item[]): RunRecord => ({
  run: value,
  metrics: mergeLatest(latestItems),
  ...stored,
  isArchived: false,
  latest: latestItems.map((item) => ({ key: keyOf(item), version: item.v?.N ?? '0' })),
});

const archivedRecord = ({ value, ...stored }: StoredDocument<ArchivedRun>): RunRecord => ({
  ...value,
  ...stored,
  isArchived: true,
  latest: [],
});

function withLatest(record: RunRecord, latestItems: readonly Item[]): RunRecord {
  return latestItems.length === 0
    ? record
    : { ...record, metrics: mergePoints(record.metrics, mergeLatest(latestItems)) };
}

/** The newer value of each metric, by key. */
function mergePoints(points: readonly MetricPoint[], others: readonly MetricPoint[]): readonly MetricPoint[] {
  const merged = new Map(points.map((point) => [point.key, point]));
  for (const point of others) {
    const known = merged.get(point.key);
    if (known === undefined || isNewer(point, known)) merged.set(point.key, point);
  }
  return [...merged.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function partition(items: readonly Item[]) {
  const isLatest = (item: Item) => parseRunSortKey(keyOf(item).sk).kind === 'latest';
  return { documentItems: items.filter((item) => !isLatest(item)), latestItems: items.filter(isLatest) };
}

function groupByRun(items: readonly Item[]): Map<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const { runId } = parseRunSortKey(keyOf(item).sk);
    const group = groups.get(runId);
    if (group) group.push(item);
    else groups.set(runId, [item]);
  }
  return groups;
}
