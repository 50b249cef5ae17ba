import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFoundRun } from '../functions/protocol/write-run.ts';
import { parseFilter } from '../functions/search/parse-filter.ts';
import { parseOrderBy } from '../functions/search/parse-order-by.ts';
import type { SortKey } from '../functions/search/sort-key.ts';
import { createArchivedRuns } from '../functions/store/archive/archived-runs.ts';
import { EMPTY_MANIFEST, type Manifest } from '../functions/store/archive/manifest.ts';
import { createRunSearch } from '../functions/store/archive/search-runs.ts';
import { createSegmentCache } from '../functions/store/archive/segment-cache.ts';
import type { SegmentFiles } from '../functions/store/archive/segment-files.ts';
import { encodeSegment } from '../functions/store/segments/encode-segment.ts';
import type { RunQuery } from '../functions/store/store.ts';
import { runOf, upTo } from './archived-run.ts';

/*
 * What searches of a large archive take, and the memory of a process that does nothing else: `npx tsx bench/archive.ts` for
 * a million runs in ten segments, or with other numbers. The segments lie in files, made by another process; cold is a
 * file's first reads and inflating, not S3's time. What Lambda must hold: 1,769 MB.
 */
const MAX_CACHE_BYTES = 500_000_000;
const PAGES = 100;

const QUERIES: readonly (readonly [name: string, filter: string, orderBy: readonly string[], limit: number])[] = [
  ['newest 50', '', [], 50],
  ['metric range + param', "metrics.m_00 > 0.5 and metrics.m_00 < 0.6 and params.p_00 = 'v3'", [], 50],
  ['LIKE on a tag, 20 texts', "tags.t_00 LIKE 'team-13%'", [], 50],
  ['LIKE on a tag, all texts differ', "tags.t_02 LIKE '%99'", [], 50],
  ['top 10 by metric', '', ['metrics.m_00 DESC'], 10],
  ['1000 by metric', '', ['metrics.m_03'], 1000],
];

/** Run n is in segment n modulo their number: each page is of all segments, the worst that can be. */
function build(folder: string, runs: number, segments: number): void {
  for (const segment of upTo(segments)) {
    const rows = upTo(Math.ceil((runs - segment) / segments)).map((at) => runOf(at * segments + segment));
    writeFileSync(join(folder, `${segment}`), encodeSegment(rows));
  }
}

const filesOf = (folder: string): SegmentFiles => ({
  put: () => Promise.reject(new Error('Nothing is written')),
  remove: async () => undefined,
  listOlder: async () => [],
  open: (id, sizeBytes) => ({
    sizeBytes,
    read: async (offset, length) => {
      const file = await open(join(folder, id));
      try {
        return (await file.read(Buffer.alloc(length), 0, length, offset)).buffer;
      } finally {
        await file.close();
      }
    },
  }),
});

function openSearch(folder: string) {
  const sizeOf = (id: string): number => statSync(join(folder, id)).size;
  const segments = readdirSync(folder).map((id) => ({ id, sizeBytes: sizeOf(id), rowCount: 0 }));
  const manifest: Manifest = { ...EMPTY_MANIFEST, revision: 1, segments };
  const archivedRuns = createArchivedRuns({
    manifests: { read: async () => manifest, change: async () => false, remove: async () => undefined },
    cache: createSegmentCache(filesOf(folder), MAX_CACHE_BYTES),
    reader: { readLive: none, readArchived: none, readLiveOne: nobody, readRun: nobody },
    liveRuns: { list: none, touch: () => undefined, leave: () => undefined },
    onDamaged: () => undefined,
  });
  return createRunSearch({ archivedRuns, markOf: async () => ({ stage: 'active', stageGeneration: 0 }) });
}

const none = async () => [];
const nobody = async () => undefined;

const queryOf = (filter: string, orderBy: readonly string[], limit: number, after?: SortKey): RunQuery => ({
  experimentIds: ['1'],
  view: 'ACTIVE_ONLY',
  filter: parseFilter('runs', filter),
  orderBy: parseOrderBy('runs', orderBy),
  limit,
  after,
});

type Search = ReturnType<typeof openSearch>;

/** A page as it goes on the wire: its runs are found, read and written, 250 at a time. */
async function pageOf(search: Search, query: RunQuery) {
  const { sortKeys, read } = await search(query);
  let sizeBytes = 0;
  for (let at = 0; at < sortKeys.length; at += 250) {
    const views = await read(upTo(Math.min(250, sortKeys.length - at)).map((n) => at + n));
    for (const view of views) {
      const { chunks } = writeFoundRun(view, () => undefined);
      sizeBytes += chunks.reduce((sum, { length }) => sum + length, 0);
    }
  }
  return { runs: sortKeys.length, sizeBytes, last: sortKeys.at(-1) };
}

interface Timed<T> {
  readonly result: T;
  readonly ms: number;
  readonly cpuMs: number;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: performance.now() - start, cpuMs: (user + system) / 1000 };
}

const show = (name: string, { ms, cpuMs }: Timed<unknown>, more = ''): void =>
  console.log(
    `  ${name.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms  ${cpuMs.toFixed(1).padStart(9)} ms of CPU  ${more}`,
  );

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

async function measure(folder: string): Promise<void> {
  const start = process.memoryUsage().rss;
  const search = openSearch(folder);
  for (const [name, filter, orderBy, limit] of QUERIES) {
    const query = queryOf(filter, orderBy, limit);
    const cold = await timed(() => pageOf(search, query));
    show(`${name}: first time`, cold, `${cold.result.runs} runs`);
    const warm: Timed<unknown>[] = [];
    for (const _ of upTo(9)) warm.push(await timed(() => pageOf(search, query)));
    const median = warm.toSorted((a, b) => a.ms - b.ms)[4];
    if (median) show(`${name}: warm`, median, megabytes(process.memoryUsage().rss));
  }
  let runs = 0;
  const paging = await timed(async () => {
    let after: SortKey | undefined;
    for (const _ of upTo(PAGES)) {
      const page = await pageOf(search, queryOf('', [], 1000, after));
      runs += page.runs;
      after = page.last;
    }
  });
  show(`${PAGES} pages of 1000`, paging, `${Math.round((runs / paging.ms) * 1000)} runs/s`);
  show('a page of 50,000', await timed(() => pageOf(search, queryOf('', [], 50_000))));
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(`  memory: ${megabytes(start)} at the start, ${megabytes(peak)} at most`);
}

const [first = '1000000', second = '10'] = process.argv.slice(2);
if (first === '--measure') await measure(second);
else {
  const folder = mkdtempSync(join(tmpdir(), 'tracklet-bench-'));
  try {
    console.log(`${first} runs in ${second} segments`);
    build(folder, Number(first), Number(second));
    const bytes = readdirSync(folder).reduce((sum, id) => sum + readFileSync(join(folder, id)).length, 0);
    console.log(`  ${Math.round(bytes / Number(first))} bytes a run`);
    const file = fileURLToPath(import.meta.url);
    execFileSync(process.execPath, [...process.execArgv, file, '--measure', folder], { stdio: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
