import { afterAll, describe, expect, test } from 'vitest';
import { operations } from '../../../functions/api/index.ts';
import { createReadAhead, type ReadAhead, type WrittenRun } from '../../../functions/api/runs/read-ahead.ts';
import { searchRuns } from '../../../functions/api/runs/search.ts';
import { createApp } from '../../../functions/http/app.ts';
import { parseJson, stringifyJson } from '../../../functions/protocol/json.ts';
import { writtenText } from '../../../functions/protocol/written-json.ts';
import { openBackend } from '../../../local/backend.ts';
import { startStores } from '../../../local/stores.ts';
import { upTo } from '../../store/samples.ts';
import { requestFacts } from '../../support/request-facts.ts';
import { callers } from '../../support/test-app.ts';
import { expectOk } from '../expect-answer.ts';

const MUCH = 1_000_000;
const unexpected = () => expect.unreachable();

/** Read-ahead whose pauses end when the test says so. */
function openReadAhead(maxBytes = MUCH, report: (message: string, cause: unknown) => void = unexpected) {
  const waiting: (() => void)[] = [];
  const pause = () => new Promise<void>((resolve) => waiting.push(resolve));
  const goOn = async () => {
    for (const resolve of waiting.splice(0)) resolve();
    await new Promise(setImmediate);
  };
  return { readAhead: createReadAhead({ pause, report, maxBytes }), goOn };
}

const runOf = (version: string, size = 10): WrittenRun => ({ version, written: writtenText('x'.repeat(size)) });

async function* piecesOf(...pieces: readonly (readonly WrittenRun[])[]) {
  yield* pieces;
}

const taken = ({ take }: ReadAhead, ...versions: readonly string[]) =>
  versions.filter((version) => take(version) !== undefined);

describe('reading ahead', () => {
  test('keeps what was written until it is taken', async () => {
    const { readAhead, goOn } = openReadAhead();
    readAhead.begin('token', piecesOf([runOf('a'), runOf('b')]));
    expect(taken(readAhead, 'a')).toEqual([]);
    await goOn();
    expect(taken(readAhead, 'a', 'a', 'b', 'c')).toEqual(['a', 'b']);
  });

  test('ends between two pieces when somebody has come for the page', async () => {
    const { readAhead, goOn } = openReadAhead();
    readAhead.begin('token', piecesOf([runOf('a')], [runOf('b')]));
    readAhead.begin('other', piecesOf([runOf('c')], [runOf('d')]));
    await goOn();
    readAhead.end('token');
    await goOn();
    expect(taken(readAhead, 'a', 'b', 'c', 'd')).toEqual(['a', 'c', 'd']);
  });

  test('writes no more for a page than it may keep, and lets go what has waited longest', async () => {
    const { readAhead, goOn } = openReadAhead(25);
    readAhead.begin('first', piecesOf([runOf('a'), runOf('b')], [runOf('c')]));
    await goOn();
    await goOn();
    readAhead.begin('second', piecesOf([runOf('d')]));
    await goOn();
    expect(taken(readAhead, 'a', 'b', 'c', 'd')).toEqual(['b', 'd']);
  });

  test('counts a run once that is written twice', async () => {
    const { readAhead, goOn } = openReadAhead(25);
    for (const token of ['first', 'second', 'third']) readAhead.begin(token, piecesOf([runOf('a'), runOf('b')]));
    await goOn();
    expect(taken(readAhead, 'a', 'b')).toEqual(['a', 'b']);
  });

  test('stops, when the piece under way is written', async () => {
    const { readAhead, goOn } = openReadAhead();
    readAhead.begin('token', piecesOf([runOf('a')], [runOf('b')]));
    await goOn();
    const stopping = readAhead.stop();
    await goOn();
    await stopping;
    expect(taken(readAhead, 'a', 'b')).toEqual(['a']);
  });

  test('tells of what fails', async () => {
    const failures: unknown[] = [];
    const { readAhead, goOn } = openReadAhead(MUCH, (_, cause) => failures.push(cause));
    // biome-ignore lint/correctness/useYield: it fails before it gives anything.
    const failing = async function* (): AsyncGenerator<readonly WrittenRun[]> {
      throw new Error('S3 is away');
    };
    readAhead.begin('token', failing());
    await goOn();
    expect(failures).toEqual([new Error('S3 is away')]);
  });
});

const RUNS = 7;
const PAGE = 2;

/** Read-ahead that is never held up; `done` waits for all that was begun. */
function openBusyReadAhead() {
  const begun: Promise<void>[] = [];
  const readAhead = createReadAhead({ pause: () => Promise.resolve(), report: unexpected, maxBytes: MUCH });
  const begin: ReadAhead['begin'] = (token, pieces) => {
    begun.push(new Promise((resolve) => readAhead.begin(token, endingWith(pieces, resolve))));
  };
  return { readAhead: { ...readAhead, begin }, done: () => Promise.all(begun) };
}

async function* endingWith<T>(pieces: AsyncIterable<T>, onEnd: () => void): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    onEnd();
  }
}

/** Runs of which some have a dataset, all archived. */
async function openArchive() {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  afterAll(stores.stop);
  const backend = openBackend(stores, unexpected);
  const app = createApp(operations, backend.services, { report: unexpected });
  const { post, newExperiment, newRun } = callers(async (request) => app.fetch(request));
  const experimentId = await newExperiment();
  const runIds: string[] = [];
  for (const at of upTo(RUNS)) {
    const runId = await newRun({ experiment_id: experimentId, run_name: `r${at}`, start_time: 1_000 - at });
    const dataset = { name: `d${at}`, digest: '1', source_type: 'local', source: 's' };
    if (at % 2 === 1) expectOk(await post('runs/log-inputs', { run_id: runId, datasets: [{ dataset }] }));
    expect(await post('runs/update', { run_id: runId, status: 'FINISHED', end_time: 2_000 })).toMatchObject({
      status: 200,
    });
    runIds.push(runId);
  }
  await backend.settle();
  await backend.archiveAll();
  return { ...backend, ...openBusyReadAhead(), post, experimentId, runIds };
}

type Archive = Awaited<ReturnType<typeof openArchive>>;

/** Answers a page, and tells how many runs had to be read for it. */
async function readPage({ services, readAhead, experimentId }: Archive, pageToken: string | undefined, fields = {}) {
  const counts = { read: 0 };
  const store = {
    ...services.store,
    searchRuns: async (query: Parameters<typeof services.store.searchRuns>[0]) => {
      const found = await services.store.searchRuns(query);
      const read = async (places: readonly number[]) => {
        counts.read += places.length;
        return found.read(places);
      };
      return { ...found, read };
    },
  };
  const request = { experiment_ids: [experimentId], max_results: PAGE, page_token: pageToken, ...fields };
  const answer = await searchRuns.respond(request, { ...services, store, readAhead }, requestFacts());
  const { read } = counts;
  const { runs = [], next_page_token: next } = Object(parseJson(stringifyJson(answer)));
  return { runs, next, read };
}

/** Walks over all pages, each after the one before was read ahead of. */
async function walk(archive: Archive, between: (page: number) => Promise<void> = async () => undefined) {
  const pages: { readonly runs: readonly unknown[]; readonly read: number }[] = [];
  let token: string | undefined;
  do {
    const { runs, next, read } = await readPage(archive, token);
    pages.push({ runs, read });
    token = next;
    await archive.done();
    await between(pages.length);
  } while (token !== undefined);
  return { read: pages.map(({ read }) => read), runs: pages.flatMap(({ runs }) => runs) };
}

describe('a walk over archived runs', () => {
  test('reads from the third page on nothing more, and shows all as one page does', async () => {
    const archive = await openArchive();
    const { runs: all } = await readPage(archive, undefined, { max_results: 1000 });
    expect(all).toHaveLength(RUNS);
    expect(all[1]).toMatchObject({ inputs: { dataset_inputs: [{ dataset: { name: 'd1' } }] } });
    expect(await walk(archive)).toEqual({ read: [2, 2, 0, 0], runs: all });
  });

  test('shows what has changed since it was written ahead', async () => {
    const archive = await openArchive();
    const change = async (page: number) => {
      if (page !== 2) return;
      expectOk(await archive.post('runs/set-tag', { run_id: archive.runIds[4], key: 'seen', value: 'late' }));
      expectOk(await archive.post('runs/delete', { run_id: archive.runIds[5] }));
    };
    const { runs, read } = await walk(archive, change);
    const { runs: all } = await readPage(archive, undefined, { max_results: 1000 });
    expect(runs).toEqual(all);
    expect(JSON.stringify(all)).toContain('late');
    expect(read).toEqual([2, 2, 2]);
  });

  test('shows the stage of the experiment as it is by now', async () => {
    const archive = await openArchive();
    const first = await readPage(archive, undefined, { run_view_type: 'ALL' });
    const second = await readPage(archive, first.next, { run_view_type: 'ALL' });
    await archive.done();
    expectOk(await archive.post('experiments/delete', { experiment_id: archive.experimentId }));
    const third = await readPage(archive, second.next, { run_view_type: 'ALL' });
    expect(third.runs.map((run: unknown) => Object(run).info.lifecycle_stage)).toEqual(['deleted', 'deleted']);
  });
});
