import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageMark } from '../../../functions/domain/lifecycle.ts';
import { compileFilter } from '../../../functions/search/compile-filter.ts';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { parseOrderBy } from '../../../functions/search/parse-order-by.ts';
import { runRow } from '../../../functions/search/run-row.ts';
import { compareSortKeys, compileSortKey, type SortKey } from '../../../functions/search/sort-key.ts';
import type { ArchivedRun } from '../../../functions/store/segments/archived-run.ts';
import { materialise } from '../../../functions/store/segments/materialise.ts';
import { type SegmentQuery, searchSegment } from '../../../functions/store/segments/search-segment.ts';
import type { Segment } from '../../../functions/store/segments/segment.ts';
import { upTo } from '../samples.ts';
import { anyFilter, anyOrderBy } from './arbitrary-queries.ts';
import { similarRuns } from './arbitrary-runs.ts';
import { archivedRun, segmentOf } from './samples.ts';

interface Found {
  readonly sortKey: SortKey;
  readonly runId: string;
}

const throughJson = (key: SortKey): SortKey => JSON.parse(JSON.stringify(key));

/** What the same search finds by looking at each run. */
function findInMemory(runs: readonly ArchivedRun[], query: SegmentQuery): readonly Found[] {
  const matches = compileFilter(query.filter);
  const keyOf = compileSortKey(query.orderBy);
  return runs
    .filter(({ run }) => query.isVisible(run) && !query.isHidden(run.runId))
    .map(({ run, metrics }) => ({ runId: run.runId, row: runRow({ run, metrics }) }))
    .filter(({ row }) => matches(row))
    .map(({ runId, row }) => ({ runId, sortKey: keyOf(row) }))
    .filter(({ sortKey }) => query.after === undefined || compareSortKeys(query.orderBy, sortKey, query.after) > 0)
    .sort((a, b) => compareSortKeys(query.orderBy, a.sortKey, b.sortKey))
    .slice(0, query.limit);
}

async function findInSegments(segments: readonly Segment[], query: SegmentQuery): Promise<readonly Found[]> {
  const found = await Promise.all(
    segments.map(async (segment) => {
      const rows = await searchSegment(segment, query);
      const runs = await materialise(
        segment,
        rows.map(({ row }) => row),
      );
      return rows.map(({ sortKey }, at) => ({ runId: String(runs[at]?.run.runId), sortKey }));
    }),
  );
  return found
    .flat()
    .sort((a, b) => compareSortKeys(query.orderBy, a.sortKey, b.sortKey))
    .slice(0, query.limit);
}

const anyQuery = fc.record({
  filter: anyFilter,
  orderBy: anyOrderBy,
  limit: fc.integer({ min: 1, max: 12 }),
  isVisible: fc.constantFrom(
    () => true,
    () => false,
    ({ stage }: StageMark) => stage === 'active',
    ({ stage, stageGeneration }: StageMark) => stage === 'deleted' && stageGeneration === 2,
  ),
  isHidden: fc.constantFrom<((runId: string) => boolean)[]>(
    () => false,
    () => true,
    (runId) => /[02468]$/.test(runId),
  ),
});

describe('a search in segments', () => {
  test('finds page by page what a look at each run finds', async () => {
    await fc.assert(
      fc.asyncProperty(similarRuns, anyQuery, fc.integer({ min: 1, max: 3 }), async (runs, query, parts) => {
        const segments = await Promise.all(
          upTo(parts).map((part) => segmentOf(runs.filter((_, at) => at % parts === part))),
        );
        let after: SortKey | undefined;
        for (;;) {
          const expected = findInMemory(runs, { ...query, after });
          expect(await findInSegments(segments, { ...query, after })).toStrictEqual(expected);
          const last = expected.at(-1);
          if (last === undefined) break;
          after = throughJson(last.sortKey);
        }
      }),
      { seed: 72, numRuns: 1500 },
    );
  });

  test('starts behind a key that no run has', async () => {
    await fc.assert(
      fc.asyncProperty(similarRuns, similarRuns, anyQuery, async (runs, others, query) => {
        const segment = await segmentOf(runs);
        for (const { sortKey } of findInMemory(others, { ...query, isHidden: () => false })) {
          const resumed = { ...query, after: throughJson(sortKey) };
          expect(await findInSegments([segment], resumed)).toStrictEqual(findInMemory(runs, resumed));
        }
      }),
      { seed: 73, numRuns: 500 },
    );
  });
});

const MANY = upTo(3000).map((n) =>
  archivedRun(n, {
    metrics: { loss: (n * 7919) % 1000, ...(n % 100 === 0 && { rare: n }) },
    tags: new Map([['team', `team-${n % 20}`]]),
  }),
);

const query = (filter: string, orderBy: readonly string[], part: Partial<SegmentQuery> = {}): SegmentQuery => ({
  filter: parseFilter('runs', filter),
  orderBy: parseOrderBy('runs', orderBy),
  isVisible: () => true,
  isHidden: () => false,
  limit: 10,
  ...part,
});

describe('a search among thousands of runs', () => {
  test.each([
    ['', []],
    ['', ['metrics.loss DESC']],
    ['', ['start_time ASC']],
    ['', ['metrics.rare']],
    ['', ['tags.team', 'metrics.loss']],
    ["metrics.loss > 500 AND tags.team = 'team-3'", ['metrics.loss']],
    ["tags.team LIKE '%-1%' AND metrics.rare < 2000", []],
  ])('by %j in the order %j finds what a look at each run finds', async (filter, orderBy) => {
    const segment = await segmentOf(MANY);
    const hidden = new Set(MANY.filter((_, n) => n > 2800 || n % 3 === 0).map(({ run }) => run.runId));
    for (const isHidden of [() => false, (runId: string) => hidden.has(runId)]) {
      const asked = query(filter, orderBy, { isHidden, limit: 200 });
      expect(await findInSegments([segment], asked)).toStrictEqual(findInMemory(MANY, asked));
    }
  });

  test.each([
    ['', []],
    ['', ['metrics.loss DESC']],
    ["tags.team LIKE '%-1%'", []],
    ["tags.team LIKE '%-1%'", ['start_time ASC']],
  ])('by %j in the order %j leaves nothing out up to a key', async (filter, orderBy) => {
    const segment = await segmentOf(MANY);
    const all = findInMemory(MANY, query(filter, orderBy, { limit: 200 }));
    for (const last of [0, 1, 70, 199]) {
      const until = all[last]?.sortKey;
      const found = await findInSegments([segment], query(filter, orderBy, { limit: 200, until }));
      expect(found.slice(0, last + 1)).toStrictEqual(all.slice(0, last + 1));
    }
  });

  test('in the order of the rows takes none behind a key', async () => {
    const segment = await segmentOf(MANY);
    const [, , third] = findInMemory(MANY, query('', []));
    expect(await searchSegment(segment, query('', [], { until: third?.sortKey }))).toHaveLength(3);
  });

  test('asks about few runs whether they are hidden', async () => {
    const segment = await segmentOf(MANY);
    for (const orderBy of [[], ['metrics.loss']]) {
      let asked = 0;
      const isHidden = () => {
        asked += 1;
        return false;
      };
      await searchSegment(segment, query('', orderBy, { isHidden }));
      expect(asked).toBe(10);
    }
  });

  test('asks once about each mark whether it is visible', async () => {
    const segment = await segmentOf(MANY.map((one, n) => ({ ...one, run: { ...one.run, stageGeneration: n % 2 } })));
    const marks: StageMark[] = [];
    const isVisible = (mark: StageMark) => {
      marks.push(mark);
      return mark.stageGeneration === 1;
    };
    const found = await searchSegment(segment, query('', [], { isVisible }));
    expect(found.map(({ row }) => row)).toEqual(upTo(10).map((n) => n * 2));
    expect(marks).toEqual([
      { stage: 'active', stageGeneration: 0 },
      { stage: 'active', stageGeneration: 1 },
    ]);
  });
});
