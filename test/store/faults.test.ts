import { describe, expect, test } from 'vitest';
import type { Run } from '../../functions/domain/entities.ts';
import { MlflowError } from '../../functions/domain/errors.ts';
import { compareByTime } from '../../functions/domain/metric.ts';
import type { DynamoClient } from '../../functions/store/dynamo/client/operations.ts';
import type { Store } from '../../functions/store/store.ts';
import { allRuns } from './all-runs.ts';
import { faultEngine, untilAcknowledged } from './fault-suite.ts';
import {
  createFaultyClient,
  type FaultPlan,
  randomFaults,
  serverError,
  throttled,
  unanswered,
} from './faulty-client.ts';
import { connectionTo, openClient, openStore } from './open-test-store.ts';
import { addRun, historyOf, newExperiment, point, stateOf, upTo, withTag } from './samples.ts';

const engine = faultEngine();

const storeWith = (tableName: string, plan: FaultPlan) =>
  openStore(createFaultyClient(engine.connection(), plan).client, tableName);

/** Whether a call was acknowledged; a transient error says no, any other one fails the test. */
async function isAcknowledged(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof MlflowError && ['TEMPORARILY_UNAVAILABLE', 'REQUEST_LIMIT_EXCEEDED'].includes(error.code)) {
      return false;
    }
    throw error;
  }
}

const WRITERS = upTo(8);

describe('writers that race through faults of all kinds', () => {
  test('lose no change of a run', async () => {
    const { store, tableName } = await engine.openTable();
    const { runId } = await addRun(store);
    const write = (at: number) => {
      const own = storeWith(tableName, randomFaults(at));
      return untilAcknowledged(() => isAcknowledged(own.updateRun(runId, withTag(`t${at}`))));
    };
    await Promise.all(WRITERS.map(write));
    expect((await store.getRun(runId)).run.tags.size).toBe(WRITERS.length);
  });

  test('lose no point and leave the newest as the last value', async () => {
    const { store, tableName } = await engine.openTable();
    const run = await addRun(store);
    const write = (step: number) => {
      const own = storeWith(tableName, randomFaults(100 + step));
      return untilAcknowledged(() => isAcknowledged(own.appendMetrics(stateOf(run), [point({ step })])));
    };
    await Promise.all(WRITERS.map(write));
    expect((await store.getRun(run.runId)).metrics).toEqual([point({ step: WRITERS.length - 1 })]);
    expect(await historyOf(store, run.runId, 'loss')).toHaveLength(WRITERS.length);
  });

  test('lose no point to packers that race with them', async () => {
    const { store, tableName, reopen } = await engine.openTable();
    const run = await addRun(store);
    const at = (writer: number, call: number) => point({ step: writer * 20 + call, timestamp: call });
    let writing = WRITERS.length;
    const write = async (writer: number) => {
      const own = storeWith(tableName, randomFaults(400 + writer));
      for (const call of upTo(20)) {
        // As much as makes chunks, and each point twice.
        const points = upTo(15).map((copy) => ({ ...at(writer, call), value: copy }));
        const append = () => own.appendMetrics(stateOf(run), [...points, ...points]);
        await untilAcknowledged(() => isAcknowledged(append()));
      }
      writing -= 1;
    };
    const pack = async (packer: number) => {
      const own = storeWith(tableName, randomFaults(500 + packer));
      while (writing > 0) await isAcknowledged(own.packMetrics(run.runId, { force: true }));
      await untilAcknowledged(() => isAcknowledged(own.packMetrics(run.runId, { force: true })));
    };
    await Promise.all([...WRITERS.map(write), pack(0), pack(1), pack(2)]);
    const expected = WRITERS.flatMap((writer) =>
      upTo(20).flatMap((call) => upTo(15).map((copy) => ({ ...at(writer, call), value: copy }))),
    );
    const ordered = expected.toSorted(compareByTime);
    expect(await historyOf(store, run.runId, 'loss')).toEqual(ordered);
    await reopen().packMetrics(run.runId, { force: true });
    expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(ordered);
  });

  test('give a name to one experiment', async () => {
    const { store, tableName, keys } = await engine.openTable();
    const create = async (at: number) => {
      const own = storeWith(tableName, randomFaults(200 + at));
      const call = () => own.createExperiment(newExperiment('a')).catch(asTaken);
      await untilAcknowledged(() => isAcknowledged(call()));
    };
    await Promise.all(WRITERS.map(create));
    expect((await store.listExperiments()).map(({ name }) => name).toSorted()).toEqual(['Default', 'a']);
    expect((await keys()).filter(({ pk }) => pk.startsWith('NAME'))).toHaveLength(2);
  });

  test('agree on a secret', async () => {
    const { tableName } = await engine.openTable();
    const secrets = new Set<string>();
    const read = (at: number) => {
      const own = storeWith(tableName, randomFaults(300 + at));
      const call = async () => secrets.add(await own.getSecret('s'));
      return untilAcknowledged(() => isAcknowledged(call()));
    };
    await Promise.all(WRITERS.map(read));
    expect(secrets.size).toBe(1);
  });
});

function asTaken(error: unknown): void {
  if (!(error instanceof MlflowError && error.code === 'RESOURCE_ALREADY_EXISTS')) throw error;
}

/** Calls of a reader, before one of which something else happens. */
const interruptedAt = (client: DynamoClient, call: number, interrupt: () => Promise<unknown>): DynamoClient => {
  let calls = 0;
  return {
    send: async (operation, input) => {
      calls += 1;
      if (calls === call) await interrupt();
      return client.send(operation, input);
    },
  };
};

describe('packing', () => {
  /** Eight log calls of `count` points each, which packing puts into shared items or into chunks. */
  const logEightCalls = async (store: Store, run: Run, count: number, from: number) => {
    for (const call of upTo(8)) {
      const steps = upTo(count).map((at) => from + call * count + at);
      const points = steps.map((step) => point({ step, timestamp: step }));
      await store.appendMetrics(stateOf(run), points);
    }
  };

  test.each([
    ['into chunks that are joined', 40, 40],
    ['into shared items that are joined', 4, 4],
    ['out of shared items into chunks', 20, 20],
  ])('%s between any two calls of a reader hides nothing from it', async (_, before, after) => {
    for (const call of upTo(7)) {
      const { store, client, tableName } = await engine.openTable();
      const run = await addRun(store);
      await logEightCalls(store, run, before, 0);
      await store.packMetrics(run.runId, { force: true });
      await logEightCalls(store, run, after, 8 * before);
      const pack = () => store.packMetrics(run.runId, { force: true });
      const reader = openStore(interruptedAt(client, call, pack), tableName);
      const steps = (await historyOf(reader, run.runId, 'loss')).map(({ step }) => step);
      expect(steps).toEqual(upTo(8 * (before + after)));
    }
  });

  test.each([
    ['chunks', 40, ['C#', 'X#']],
    ['shared items', 2, ['P#', 'S~']],
  ])('into %s leaves nothing behind that no index names, whenever a packer died before', async (_, count, expected) => {
    for (const call of upTo(12)) {
      const { store, tableName, keys } = await engine.openTable();
      const run = await addRun(store);
      await logEightCalls(store, run, count, 0);
      await store.packMetrics(run.runId, { force: true });
      await logEightCalls(store, run, count, 8 * count);
      const dying = storeWith(tableName, ({ number }) => (number > call ? serverError() : undefined));
      await isAcknowledged(dying.packMetrics(run.runId, { force: true }));
      // As much again as all before it, so that it is joined with all before it.
      await logEightCalls(store, run, 2 * count, 16 * count);
      await store.packMetrics(run.runId, { force: true });
      const ofHistory = (await keys()).filter(({ pk }) => pk.startsWith('METRICS#'));
      expect({ call, kinds: ofHistory.map(({ sk }) => sk.slice(0, 2)).toSorted() }).toEqual({ call, kinds: expected });
    }
  });
});

describe('a last value that a dead writer left behind the history', () => {
  const killedBeforeLatest = (appends: number): FaultPlan => {
    let puts = 0;
    return ({ operation }) => {
      if (operation === 'PutItem') puts += 1;
      return operation === 'UpdateItem' || puts > appends ? serverError() : undefined;
    };
  };

  test('is repaired by whoever reads the history', async () => {
    const { store, tableName, reopen } = await engine.openTable();
    const run = await addRun(store);
    await store.appendMetrics(stateOf(run), [point({ step: 1 })]);
    const dying = storeWith(tableName, killedBeforeLatest(1));
    await expect(dying.appendMetrics(stateOf(run), [point({ step: 2 })])).rejects.toMatchObject({ status: 503 });
    expect((await reopen().getRun(run.runId)).metrics).toEqual([point({ step: 1 })]);
    expect(await historyOf(reopen(), run.runId, 'loss')).toHaveLength(2);
    expect((await reopen().getRun(run.runId)).metrics).toEqual([point({ step: 2 })]);
  });

  test('is repaired from packed points, without reading all of them', async () => {
    const { store, client, tableName, reopen } = await engine.openTable();
    const run = await addRun(store);
    for (const step of upTo(9))
      await store.appendMetrics(
        stateOf(run),
        upTo(40).map((at) => point({ step, timestamp: at })),
      );
    const dying = storeWith(tableName, killedBeforeLatest(1));
    await expect(dying.appendMetrics(stateOf(run), [point({ step: 99, timestamp: 5 })])).rejects.toMatchObject({
      status: 503,
    });
    await store.packMetrics(run.runId, { force: true });
    const operations: string[] = [];
    const watched: DynamoClient = {
      send: (operation, input) => {
        operations.push(operation);
        return client.send(operation, input);
      },
    };
    const last = point({ step: 8, timestamp: 39 });
    const page = await openStore(watched, tableName).readMetricHistory(run.runId, 'loss', { limit: 1, after: last });
    expect(page.hasMore).toBe(false);
    expect((await reopen().getRun(run.runId)).metrics).toEqual([last]);
    operations.length = 0;
    await openStore(watched, tableName).sampleMetricHistory(run.runId, 'loss', {
      kind: 'extremes',
      x: 'timestamp',
      maxPoints: 4,
    });
    // Which point of a chunk is the extreme one, its header may leave open: then the chunk is read, but not all of them.
    expect(operations.join(' ')).toMatch(/^Query GetItem (?:GetItem )?Query UpdateItem$/);
    expect((await reopen().getRun(run.runId)).metrics).toEqual([point({ step: 99, timestamp: 5 })]);
  });

  test('is repaired for a metric that had none', async () => {
    const { store, tableName, reopen } = await engine.openTable();
    const run = await addRun(store);
    const points = upTo(100).map((at) => point({ key: `m${at}` }));
    const dying = storeWith(tableName, killedBeforeLatest(1));
    await expect(dying.appendMetrics(stateOf(run), points)).rejects.toMatchObject({ status: 503 });
    expect((await reopen().getRun(run.runId)).metrics).toEqual([]);
    await historyOf(reopen(), run.runId, 'm7');
    expect((await reopen().getRun(run.runId)).metrics).toEqual([point({ key: 'm7' })]);
  });
});

describe('an error that outlives all retries', () => {
  const always =
    (fault: ReturnType<typeof throttled>): FaultPlan =>
    () =>
      fault;

  test.each([
    ['throttling', throttled(), 'REQUEST_LIMIT_EXCEEDED'],
    ['an error of the engine', serverError(), 'TEMPORARILY_UNAVAILABLE'],
    ['silence', unanswered(), 'TEMPORARILY_UNAVAILABLE'],
  ])('of %s leaves every verb as an error of ours', async (_, fault, code) => {
    const { store, tableName } = await engine.openTable();
    const run = await addRun(store);
    const failing = storeWith(tableName, always(fault));
    const calls = [
      failing.getExperiment('0'),
      failing.listExperiments(),
      failing.getRun(run.runId),
      allRuns(failing, '0'),
      failing.appendMetrics(stateOf(run), [point()]),
      failing.readMetricHistory(run.runId, 'loss'),
      failing.getSecret('s'),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code });
  });

  test('lets the same process read the default experiment once it is over', async () => {
    const { tableName } = await engine.openTable();
    const store = storeWith(tableName, ({ number }) => (number <= 2 ? serverError() : undefined));
    await expect(store.getExperiment('0')).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    await expect(store.listExperiments()).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    expect(await store.getExperiment('0')).toMatchObject({ name: 'Default' });
  });

  test('of a storage that cannot be reached, too', async () => {
    const { tableName } = await engine.openTable();
    const store = openStore(openClient(connectionTo('http://127.0.0.1:1')), tableName);
    await expect(store.getExperiment('0')).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
  });
});
