import { afterAll, describe, expect, test } from 'vitest';
import type { RunView } from '../../../functions/domain/entities.ts';
import { MAX_ATTEMPTS } from '../../../functions/store/dynamo/client/create-dynamo-client.ts';
import type { DynamoStore } from '../../../functions/store/dynamo/index.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { allRuns } from '../all-runs.ts';
import { killedAt } from '../fault-scenario.ts';
import {
  createFaultyClient,
  type FaultPlan,
  failingFirst,
  throttledFirst,
  transactionConflict,
} from '../faulty-client.ts';
import { type MemoryFiles, memoryFilesOf } from '../memory-segment-files.ts';
import { openWithUpkeep, type TestStore } from '../open-test-store.ts';
import { randomText } from '../random-text.ts';
import { addRun, point, stateOf, upTo, withTag } from '../samples.ts';
import { engineAroundTests } from '../test-engine.ts';

const engine = engineAroundTests(() => startDynamoDb({ log: () => undefined }));

const EXPERIMENT = '0';
/** Params of one item, and such as need a second one. */
const PLAIN = new Map([['p0', 'plain']]);
const SPILLED = new Map(upTo(85).map((at) => [`p${at}`, randomText(6000, at)]));

/** A table, and processes on it. */
interface Bench {
  readonly table: TestStore;
  readonly files: MemoryFiles;
  readonly ids: readonly string[];
  readonly open: () => DynamoStore;
  /** A process that things happen to, and how many calls it has made. */
  readonly openTroubled: (plan: FaultPlan) => { readonly process: DynamoStore; readonly countCalls: () => number };
}

async function prepare(params: ReadonlyMap<string, string>): Promise<Bench> {
  const table = await engine.openTable();
  const { store, client, tableName } = table;
  const open = () => openWithUpkeep(client, tableName);
  const runs = await Promise.all(upTo(5).map((at) => addRun(store, EXPERIMENT, { startTime: at, status: 'FINISHED' })));
  const last = await addRun(store, EXPERIMENT, { startTime: 9, params });
  const [first] = runs;
  if (first) await store.appendMetrics(stateOf(first), [point({ key: 'loss' }), point({ key: 'acc' })]);
  return {
    table,
    files: memoryFilesOf(tableName),
    ids: [...runs, last].map(({ runId }) => runId),
    open,
    openTroubled: (plan) => {
      const faulty = createFaultyClient(engine.connection(), plan);
      return { process: openWithUpkeep(faulty.client, tableName), countCalls: faulty.countCalls };
    },
  };
}

const tidy = ({ upkeep }: DynamoStore, ids: readonly string[]) =>
  upkeep.tidy(
    EXPERIMENT,
    ids.map((runId) => ({ runId, lastWriteAt: 0, writes: 1 })),
  );

const archiveOneByOne = async (process: DynamoStore, ids: readonly string[]) => {
  for (const id of ids) await tidy(process, [id]);
};

/** Something that moves runs about, from a table made ready for it. */
interface Action {
  readonly name: string;
  readonly arrange: (bench: Bench) => Promise<unknown>;
  readonly act: (process: DynamoStore, ids: readonly string[]) => Promise<unknown>;
  /** Whether a reader may see a part of it. */
  readonly isInParts?: boolean;
  /** Those of the last run, where a process is killed; large ones make a case five times as dear. */
  readonly params?: ReadonlyMap<string, string>;
}

const ACTIONS: readonly Action[] = [
  { name: 'archiving', params: SPILLED, arrange: async () => undefined, act: tidy },
  {
    name: 'archiving again',
    arrange: async ({ open, ids }) => {
      await tidy(open(), ids);
      for (const id of ids.slice(3)) await open().store.updateRun(id, withTag('back'));
    },
    act: tidy,
  },
  {
    name: 'writing a tag to archived runs',
    params: SPILLED,
    arrange: ({ open, ids }) => tidy(open(), ids),
    act: async ({ store }, ids) => {
      for (const id of ids.slice(4)) await store.updateRun(id, withTag('late'));
    },
  },
  {
    name: 'logging a metric to an archived run',
    isInParts: true,
    arrange: ({ open, ids }) => tidy(open(), ids),
    act: async ({ store }, [id = '']) =>
      store.appendMetrics(await store.getRunState(id), [point({ key: 'loss', step: 7 }), point({ key: 'new' })]),
  },
  {
    name: 'merging',
    arrange: async ({ open, ids, table }) => {
      const more = await Promise.all(upTo(6).map((at) => addRun(table.store, EXPERIMENT, { startTime: 20 + at })));
      await archiveOneByOne(open(), [...ids.slice(0, 1), ...more.map(({ runId }) => runId)]);
    },
    act: (process, ids) => tidy(process, ids.slice(1)),
  },
  {
    name: 'rebuilding',
    arrange: ({ open, ids }) => archiveOneByOne(open(), ids.slice(0, 4)),
    act: ({ upkeep }) => upkeep.rebuild(EXPERIMENT),
  },
];

/** What any process must find, by a search and run by run. */
async function observe({ store }: DynamoStore): Promise<readonly RunView[]> {
  const found = await allRuns(store, EXPERIMENT);
  for (const view of found) expect(await store.getRun(view.run.runId)).toEqual(view);
  return found;
}

/** Of every run, once, either how it was before or how it is afterwards: nothing half done, nothing lost. */
function expectOneOf(found: readonly RunView[], before: readonly RunView[], after: readonly RunView[]): void {
  expect(found.map(({ run }) => run.runId)).toEqual(before.map(({ run }) => run.runId));
  for (const [at, view] of found.entries()) {
    expect([textOf(before[at]), textOf(after[at])]).toContain(textOf(view));
  }
}

/** The same runs; of their metrics some may have moved on. */
function expectRunsOf(found: readonly RunView[], before: readonly RunView[]): void {
  expect(found.map(({ run }) => run)).toEqual(before.map(({ run }) => run));
  for (const [at, { metrics }] of found.entries()) {
    const steps = new Map(metrics.map(({ key, step }) => [key, step]));
    for (const { key, step } of before[at]?.metrics ?? []) expect(steps.get(key)).toBeGreaterThanOrEqual(Number(step));
  }
}

const textOf = (view: RunView | undefined): string => JSON.stringify(view, jsonOfMaps);
const jsonOfMaps = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);

let cases = 0;
afterAll(() => console.info(`faults of the archive: ${cases} cases`));

describe.each(ACTIONS)('$name', ({ arrange, act, isInParts, params = PLAIN }) => {
  const reference = async (of: ReadonlyMap<string, string>) => {
    const bench = await prepare(of);
    await arrange(bench);
    const { process, countCalls } = bench.openTroubled(() => undefined);
    await act(process, bench.ids);
    return countCalls();
  };

  test('a process that is killed between any two calls leaves all runs as they were or as they are to be', async () => {
    const calls = await reference(params);
    for (const call of upTo(calls).map((at) => at + 1)) {
      cases += 1;
      const bench = await prepare(params);
      await arrange(bench);
      const before = await observe(bench.open());
      await Promise.allSettled([act(bench.openTroubled(killedAt(call)).process, bench.ids)]);
      const found = await observe(bench.open());
      // The next one, who knows nothing of the first, finishes it.
      await act(bench.open(), bench.ids);
      const after = await observe(bench.open());
      if (isInParts) expectRunsOf(found, before);
      else expectOneOf(found, before, after);
    }
  });

  test.each([
    ['lost once', () => ({ kind: 'answer lost', times: 1 }) as const],
    ['lost but for the last', () => ({ kind: 'answer lost', times: MAX_ATTEMPTS - 1 }) as const],
    ['throttled at first', () => throttledFirst(2)],
    ['an error at first', () => failingFirst(2)],
  ])('an answer that is %s changes nothing, whichever it is', async (_, faultOf) => {
    const calls = await reference(PLAIN);
    const clean = await prepare(PLAIN);
    await arrange(clean);
    await act(clean.open(), clean.ids);
    const expected = shapeOf(await observe(clean.open()), clean.ids);
    for (const call of upTo(calls).map((at) => at + 1)) {
      cases += 1;
      const bench = await prepare(PLAIN);
      await arrange(bench);
      await act(bench.openTroubled(({ number }) => (number === call ? faultOf() : undefined)).process, bench.ids);
      expect(shapeOf(await observe(bench.open()), bench.ids)).toEqual(expected);
    }
  });

  test('transactions of others in the way are waited out', async () => {
    const bench = await prepare(PLAIN);
    await arrange(bench);
    const met = new Set<string>();
    const plan: FaultPlan = ({ operation }) => {
      const isFirst = !met.has(operation);
      met.add(operation);
      return isFirst ? transactionConflict(operation) : undefined;
    };
    await act(bench.openTroubled(plan).process, bench.ids);
    const clean = await prepare(PLAIN);
    await arrange(clean);
    await act(clean.open(), clean.ids);
    expect(shapeOf(await observe(bench.open()), bench.ids)).toEqual(shapeOf(await observe(clean.open()), clean.ids));
  });

  test('two processes at once do it once', async () => {
    const bench = await prepare(PLAIN);
    await arrange(bench);
    await Promise.allSettled([act(bench.open(), bench.ids), act(bench.open(), bench.ids)]);
    await act(bench.open(), bench.ids);
    const clean = await prepare(PLAIN);
    await arrange(clean);
    await act(clean.open(), clean.ids);
    expect(shapeOf(await observe(bench.open()), bench.ids)).toEqual(shapeOf(await observe(clean.open()), clean.ids));
  });
});

/** Views without ids, which differ from table to table. */
const shapeOf = (views: readonly RunView[], ids: readonly string[]): unknown =>
  JSON.parse(
    ids.reduce((text, id, at) => text.replaceAll(id, `run ${at}`), JSON.stringify(views, jsonOfMaps)),
    (_, value: unknown) => (typeof value === 'string' ? value.replace(/[0-9a-f]{32}/g, 'another run') : value),
  );

const damageEach = (bytesOf: Map<string, Uint8Array>, damage: (bytes: Uint8Array) => Uint8Array): void => {
  for (const [id, bytes] of bytesOf) bytesOf.set(id, damage(bytes));
};

describe('a segment that cannot be read', () => {
  const archived = async () => {
    const bench = await prepare(SPILLED);
    await tidy(bench.open(), bench.ids);
    return { ...bench, before: await observe(bench.open()) };
  };

  const DAMAGES: readonly (readonly [string, (files: MemoryFiles) => void])[] = [
    ['is gone', (files) => files.bytesOf.clear()],
    [
      'has some bytes changed',
      ({ bytesOf }) => damageEach(bytesOf, (bytes) => bytes.map((byte, at) => (at % 97 === 0 ? ~byte : byte))),
    ],
    ['ends too early', ({ bytesOf }) => damageEach(bytesOf, (bytes) => bytes.subarray(0, bytes.length >> 1))],
    ['is another file', ({ bytesOf }) => damageEach(bytesOf, () => new TextEncoder().encode('no segment'))],
  ];

  test.each(DAMAGES)('since it %s, fails the search loudly, and is rebuilt', async (_, damage) => {
    const { files, open, before, ids } = await archived();
    damage(files);
    await expect(observe(open())).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    // Run by run all is there.
    for (const id of ids) expect((await open().store.getRun(id)).run.runId).toBe(id);
    expect(await open().upkeep.rebuild(EXPERIMENT)).toBe(ids.length);
    expect(await observe(open())).toEqual(before);
  });

  test('hinders neither writing to its runs nor archiving others', async () => {
    const { files, open, ids, table } = await archived();
    files.bytesOf.clear();
    await open().store.updateRun(ids[0] ?? '', withTag('late'));
    await addRun(table.store, EXPERIMENT, { startTime: 30 });
    await open().upkeep.rebuild(EXPERIMENT);
    const found = await observe(open());
    expect(found).toHaveLength(ids.length + 1);
    expect(found.find(({ run }) => run.runId === ids[0])?.run.tags.get('late')).toBe('late');
  });
});
