import type { RunView } from '../../domain/entities.ts';
import { type StageMark, stageMatches, stageOfRun } from '../../domain/lifecycle.ts';
import { compileFilter } from '../../search/compile-filter.ts';
import { firstOf } from '../../search/first-of.ts';
import { runRow } from '../../search/run-row.ts';
import { compareSortKeys, compileSortKey, type SortKey } from '../../search/sort-key.ts';
import type { RunRecord } from '../dynamo/run-reader.ts';
import { materialise } from '../segments/materialise.ts';
import { loadColumns, searchSegment } from '../segments/search-segment.ts';
import type { Segment } from '../segments/segment.ts';
import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import type { FoundRuns, RunQuery } from '../store.ts';
import type { ArchivedRuns } from './archived-runs.ts';
import { inParallel } from './in-parallel.ts';
import { isReplaced } from './owners.ts';

/** Searches run over all experiments of a user, of which there may be thousands. */
const EXPERIMENTS_AT_ONCE = 32;

/** A run that was found, live or in a segment. */
interface Place {
  readonly sortKey: SortKey;
  readonly experimentId: string;
  readonly mark: StageMark;
  readonly from:
    | { readonly record: RunRecord }
    | { readonly segment: Segment; readonly segmentId: string; readonly row: number };
}

export interface RunSearchProps {
  readonly archivedRuns: ArchivedRuns;
  readonly markOf: (experimentId: string) => Promise<StageMark>;
}

/** Makes the search over live and archived runs of experiments. */
export function createRunSearch({ archivedRuns, markOf }: RunSearchProps): (query: RunQuery) => Promise<FoundRuns> {
  const searchExperiment = async (experimentId: string, query: RunQuery): Promise<readonly Place[]> => {
    const mark = await markOf(experimentId);
    if (mark.removal) return [];
    return archivedRuns.withAll(experimentId, async ({ live, liveIds, segments, segmentIds, owners }) => {
      const isVisible = (own: StageMark) => stageMatches(query.view, stageOfRun(own, mark));
      let places: readonly Place[] = [];
      const addPlaces = (more: readonly Place[]) => {
        if (more.length > 0) places = firstPlaces([...places, ...more], query);
      };
      addPlaces(
        searchLive(live, query, isVisible).map(({ sortKey, record }): Place => {
          return { sortKey, experimentId, mark, from: { record } };
        }),
      );
      const searchOne = async (index: number) => {
        const segment = segments[index];
        if (segment === undefined) return;
        const isHidden = (runId: string) => liveIds.has(runId) || isReplaced(owners, index, runId);
        const until = places[query.limit]?.sortKey;
        const rows = await searchSegment(segment, { ...query, limit: query.limit + 1, isVisible, isHidden, until });
        const segmentId = String(segmentIds[index]);
        addPlaces(
          rows.map(({ sortKey, row }): Place => ({ sortKey, experimentId, mark, from: { segment, segmentId, row } })),
        );
      };
      // All is read at once; then one segment after the other is searched. The last ones hold the newest runs, which
      // most searches begin with: they leave little to the others.
      await Promise.all(segments.flatMap((segment) => [loadColumns(segment, query), segment.runBlocks()]));
      for (const index of [...segments.keys()].reverse()) await searchOne(index);
      return places;
    });
  };

  return async (query) => {
    const search = (experimentId: string) => searchExperiment(experimentId, query);
    const found = (await inParallel(query.experimentIds, EXPERIMENTS_AT_ONCE, search)).flat();
    const first = firstPlaces(found, query);
    archivedRuns.trim();
    const places = first.slice(0, query.limit);
    return {
      sortKeys: places.map(({ sortKey }) => sortKey),
      versions: places.map(versionOf),
      hasMore: first.length > query.limit,
      read: async (wanted) => {
        const views = await viewsAt(wanted.map((place) => first[place]).filter(isThere), archivedRuns);
        archivedRuns.trim();
        return views;
      },
    };
  };
}

/** A segment never changes, and no other has its id; the stage that is seen depends on the experiment's mark, too. */
function versionOf({ from, mark }: Place): string | undefined {
  if ('record' in from) return undefined;
  return `${from.segmentId} ${from.row} ${mark.stage} ${mark.stageGeneration}`;
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** The first rows of an order, and one more when there is one. */
const firstPlaces = (places: readonly Place[], { orderBy, limit }: RunQuery): readonly Place[] =>
  firstOf(places, limit + 1, (a, b) => compareSortKeys(orderBy, a.sortKey, b.sortKey));

interface LiveFound {
  readonly sortKey: SortKey;
  readonly record: RunRecord;
}

function searchLive(
  live: readonly RunRecord[],
  { filter, orderBy, after }: RunQuery,
  isVisible: (mark: StageMark) => boolean,
): readonly LiveFound[] {
  const matches = compileFilter(filter);
  const keyOf = compileSortKey(orderBy);
  const found: LiveFound[] = [];
  for (const record of live) {
    if (!isVisible(record.run)) continue;
    const row = runRow(record);
    if (!matches(row)) continue;
    const sortKey = keyOf(row);
    if (after === undefined || compareSortKeys(orderBy, sortKey, after) > 0) found.push({ sortKey, record });
  }
  return found;
}

interface WantedRows {
  readonly experimentId: string;
  readonly rows: number[];
}

/** The whole runs, in the order of their places. */
async function viewsAt(places: readonly Place[], archivedRuns: ArchivedRuns): Promise<readonly RunView[]> {
  const wanted = new Map<Segment, WantedRows>();
  for (const { from, experimentId } of places) {
    if ('record' in from) continue;
    const ofSegment = wanted.get(from.segment) ?? { experimentId, rows: [] };
    ofSegment.rows.push(from.row);
    wanted.set(from.segment, ofSegment);
  }
  const read = async ([segment, { experimentId, rows }]: readonly [Segment, WantedRows]) => {
    try {
      return [segment, (await materialise(segment, rows)).values()] as const;
    } catch (error) {
      if (error instanceof SegmentCorrupt) await archivedRuns.reportDamage(experimentId, error);
      throw error;
    }
  };
  const queues = new Map(await Promise.all([...wanted].map(read)));
  return places.map(({ mark, from }) => {
    const run = 'record' in from ? from.record : queues.get(from.segment)?.next().value;
    if (!run) throw new Error('A row that was found has no run');
    return viewOf(run, mark);
  });
}

const viewOf = ({ run, metrics }: Pick<RunRecord, 'run' | 'metrics'>, mark: StageMark): RunView => ({
  run,
  stage: stageOfRun(run, mark),
  metrics,
});
