import { parseFilter } from '../functions/search/parse-filter.ts';
import { parseOrderBy } from '../functions/search/parse-order-by.ts';
import { compareSortKeys, type SortKey } from '../functions/search/sort-key.ts';
import type { ArchivedRun } from '../functions/store/segments/archived-run.ts';
import { COLUMN_KINDS } from '../functions/store/segments/column.ts';
import { encodeSegment } from '../functions/store/segments/encode-segment.ts';
import { materialise } from '../functions/store/segments/materialise.ts';
import { mergeSegments } from '../functions/store/segments/merge-segments.ts';
import { openSegment } from '../functions/store/segments/open-segment.ts';
import { type SegmentQuery, searchSegment } from '../functions/store/segments/search-segment.ts';
import type { Segment } from '../functions/store/segments/segment.ts';
import { sourceOfBytes } from '../functions/store/segments/segment-source.ts';
import { runOf, upTo } from './archived-run.ts';

/*
 * What segments cost: `npx tsx --expose-gc bench/segments.ts` for 100,000 runs in one segment, 1,000,000 in ten and then
 * in one, and 20,000 with 12,000 keys; or with the numbers of runs and segments, 0 segments for the many keys. A run has
 * 10 metrics, 15 params and 8 tags, some of them with as many values as runs. Sources are in memory: cold is inflating.
 */
const ALL = { isDropped: () => false, isComplete: true };
const query = (filter: string, orderBy: readonly string[], limit: number, after?: SortKey): SegmentQuery => ({
  filter: parseFilter('runs', filter),
  orderBy: parseOrderBy('runs', orderBy),
  isVisible: () => true,
  isHidden: () => false,
  limit,
  after,
});

const QUERIES: readonly (readonly [name: string, query: SegmentQuery])[] = [
  ['newest 50', query('', [], 50)],
  ['metric range + param', query("metrics.m_00 > 0.5 and metrics.m_00 < 0.6 and params.p_00 = 'v3'", [], 50)],
  ['top 10 by metric', query('', ['metrics.m_00 DESC'], 10)],
  ['LIKE on a tag, 20 texts', query("tags.t_00 LIKE 'team-13%'", [], 50)],
  ['LIKE on a tag, all texts differ', query("tags.t_02 LIKE '%99'", [], 50)],
  ['param with all texts different =', query("params.p_01 = 'no'", [], 50)],
  ['by param, all texts differ', query('', ['params.p_01'], 50)],
  ['1000 by metric', query('', ['metrics.m_03'], 1000)],
];

interface Place {
  readonly segment: Segment;
  readonly sortKey: SortKey;
  readonly row: number;
}

/** A page over several segments, whole runs. */
async function search(segments: readonly Segment[], asked: SegmentQuery): Promise<readonly Place[]> {
  const found = await Promise.all(
    segments.map(async (segment) => (await searchSegment(segment, asked)).map((row) => ({ segment, ...row }))),
  );
  return found
    .flat()
    .sort((a, b) => compareSortKeys(asked.orderBy, a.sortKey, b.sortKey))
    .slice(0, asked.limit);
}

async function runsOf(places: readonly Place[]): Promise<number> {
  const bySegment = new Map<Segment, number[]>();
  for (const { segment, row } of places) bySegment.set(segment, [...(bySegment.get(segment) ?? []), row]);
  const pages = await Promise.all([...bySegment].map(([segment, rows]) => materialise(segment, rows)));
  return pages.flat().length;
}

async function timed<T>(work: () => Promise<T> | T): Promise<readonly [T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

/** The median of some repetitions, in ms. */
async function medianOf(work: () => Promise<unknown>, times = 9): Promise<number> {
  const took: number[] = [];
  for (let at = 0; at < times; at += 1) took.push((await timed(work))[1]);
  return Number(took.sort((a, b) => a - b)[times >> 1]);
}

const show = (name: string, value: number, unit: string): void =>
  console.log(`  ${name.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 1).padStart(9)} ${unit}`);

async function measure(files: readonly Uint8Array[], runs: number): Promise<void> {
  const open = () => Promise.all(files.map((bytes) => openSegment(sourceOfBytes(bytes))));
  show('size', files.reduce((sum, { length }) => sum + length, 0) / runs, 'B a run');
  show('open', await medianOf(open), 'ms');
  for (const [name, asked] of QUERIES) {
    const [places, coldMs] = await timed(async () => search(await open(), asked));
    const segments = await open();
    await search(segments, asked);
    show(`${name}: cold`, coldMs, `ms (${places.length} rows)`);
    show(`${name}: warm`, await medianOf(() => search(segments, asked)), 'ms');
    show(`${name}: whole runs`, await medianOf(() => runsOf(places), 5), 'ms');
  }
  await measurePaging(await open(), runs);
  await measureMemory(await open(), runs);
}

async function measurePaging(segments: readonly Segment[], runs: number): Promise<void> {
  let after: SortKey | undefined;
  let count = 0;
  const pages: number[] = [];
  const [, ms] = await timed(async () => {
    for (;;) {
      const asked = query('', [], 1000, after);
      const [places, pageMs] = await timed(async () => {
        const page = await search(segments, asked);
        count += await runsOf(page);
        return page;
      });
      after = places.at(-1)?.sortKey;
      if (after === undefined) break;
      pages.push(pageMs);
    }
  });
  if (count !== runs) throw new Error(`${count} runs of ${runs} were paged through`);
  show('all pages of 1000, whole runs', ms, `ms, ${Math.round((runs / ms) * 1000)} runs/s`);
  show('  the last page', Number(pages.at(-1)), 'ms');
}

async function measureMemory(segments: readonly Segment[], runs: number): Promise<void> {
  const memory = () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = memory();
  for (const segment of segments) {
    for (const kind of COLUMN_KINDS) for (const key of segment.keys(kind)) await segment.column({ kind, key });
  }
  const byteSize = segments.reduce((sum, segment) => sum + segment.byteSize, 0);
  show('all columns in memory, measured', (memory() - before) / runs, 'B a run');
  show('all columns in memory, byteSize', byteSize / runs, 'B a run');
  show('resident set of this process', process.memoryUsage().rss / 2 ** 20, 'MiB');
}

async function main(total: number, parts: number): Promise<void> {
  console.log(`${total} runs in ${parts} segment${parts === 1 ? '' : 's'}`);
  const size = total / parts;
  const files: Uint8Array[] = [];
  for (const part of upTo(parts)) {
    const runs = upTo(size).map((at) => runOf(at * parts + part));
    const [bytes, ms] = await timed(() => encodeSegment(runs));
    files.push(bytes);
    if (part === 0) show('encode one segment', ms, `ms, ${((ms / size) * 1000).toFixed(1)} µs a run`);
  }
  await measure(files, total);
  if (parts > 1) {
    const segments = await Promise.all(files.map((bytes) => openSegment(sourceOfBytes(bytes))));
    const [merged, ms] = await timed(() => mergeSegments(segments, ALL));
    show('merge them all into one', ms, `ms, ${((ms / total) * 1000).toFixed(1)} µs a run`);
    console.log(`${total} runs in the merged segment`);
    files.length = 0;
    await measure([merged], total);
  }
}

/** Each run has 30 metrics of an experiment's 12,000. */
async function measureManyKeys(count: number): Promise<void> {
  const runs = upTo(count).map((at): ArchivedRun => {
    const { run, metrics } = runOf(at);
    const own = upTo(30).map((n) => ({
      key: `layer.${(at * 31 + n * 397) % 12_000}.gradient.norm`,
      timestamp: 1,
      step: 1,
    }));
    return { run, metrics: [...metrics, ...own.map((point, n) => ({ ...point, value: Math.fround(at / (n + 7)) }))] };
  });
  console.log(`${count} runs with 30 metrics of 12,000 beside the others`);
  const [bytes, ms] = await timed(() => encodeSegment(runs));
  show('encode', ms, 'ms');
  show('size', bytes.length / count, 'B a run');
  const open = () => openSegment(sourceOfBytes(bytes));
  show('open', await medianOf(open), 'ms');
  const segment = await open();
  show('byteSize when opened', segment.byteSize / 1024, 'KiB');
  const asked = query('metrics.`layer.31.gradient.norm` > 100', ['metrics.`layer.31.gradient.norm`'], 50);
  const [places, coldMs] = await timed(async () => search([await open()], asked));
  show('by one of the metrics: cold', coldMs, `ms (${places.length} rows)`);
  show('by one of the metrics: warm', await medianOf(() => search([segment], asked)), 'ms');
  const page = await search([segment], query('', ['metrics.m_03'], 1000));
  show('1000 whole runs, scattered', await medianOf(() => runsOf(page)), 'ms');
  const [, mergeMs] = await timed(async () => mergeSegments([await open()], ALL));
  show('merge', mergeMs, 'ms');
}

const [runs, segments] = process.argv.slice(2).map(Number);
if (runs !== undefined && segments === 0) await measureManyKeys(runs);
else if (runs !== undefined) await main(runs, segments ?? 1);
else {
  await main(100_000, 1);
  await measureManyKeys(20_000);
  await main(1_000_000, 10);
}
